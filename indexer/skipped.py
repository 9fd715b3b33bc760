"""Files that are never reports, known by their names: what a run passes over, and why."""

from __future__ import annotations

from pathlib import PurePosixPath

from indexer.manifest import MANIFEST

_OFFICE_LOCK = "~$"
_OF_THE_SYSTEM = frozenset({"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"})
_ENDINGS = {
    "chương trình": ".exe .msi .dll .sys .bat .cmd .scr .ps1 .apk .dmg .jar",
    "lối tắt": ".lnk .url .webloc",
    "tệp âm thanh": ".mp3 .wav .wma .m4a .aac .ogg .flac .amr .opus",
    "phim": ".mp4 .avi .mov .wmv .mkv .flv .3gp .webm .m4v .mpg .mpeg .vob",
    "tệp tạm": ".tmp .crdownload .part",
}
_WHAT = {ending: what for what, endings in _ENDINGS.items() for ending in endings.split()}


def is_never_report(name: str) -> bool:
    """Say whether a file of this name, below its folder, is never a report.

    >>> is_never_report("xa/.an.txt"), is_never_report("xa/a.docx"), is_never_report("hop.MP3")
    (True, False, True)
    """
    path = PurePosixPath(name)
    if path.name == MANIFEST or path.stem.upper() == "README":
        return True
    hidden = any(part.startswith(".") for part in path.parts)
    return hidden or path.name.startswith(_OFFICE_LOCK) or bool(_what(path))


def skipped(name: str) -> str:
    """Return how a file that is never a report is told of: with what it is, if not clear.

    >>> skipped("xa/Thumbs.db"), skipped("~$a.docx"), skipped("hop.mp3")
    ('xa/Thumbs.db (tệp của hệ điều hành)', '~$a.docx', 'hop.mp3 (tệp âm thanh)')
    """
    what = _what(PurePosixPath(name))
    return f"{name} ({what})" if what else name


def _what(path: PurePosixPath) -> str:
    if any(part.lower() in _OF_THE_SYSTEM for part in path.parts):
        return "tệp của hệ điều hành"
    return _WHAT.get(path.suffix.lower(), "")
