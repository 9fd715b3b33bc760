"""LibreOffice as a converter to .docx: many files in one call, the one that breaks it alone.

Each call has a profile of its own, so that calls do not wait for each other. In the profile
macros are off and links to other files are not followed.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat, reason
from indexer.readers import programs, sandbox
from indexer.readers.office_formats import ENDINGS, check
from indexer.readers.work_folder import work_folder

WHAT = "tệp .doc, .odt, .rtf"

_ALONE = sandbox.Limits(seconds=90.0)
_SECONDS_EACH = 6.0
_FILTER = "docx:MS Word 2007 XML"
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    # In a profile of an older version it tests its drawing first, for longer than a file takes.
    ("Setup/Product", "ooSetupLastVersion", "999.9"),
)
_NOT_OPENED = "LibreOffice không mở được nội dung của tệp"
_NOT_OPENED_HINT = "Hãy mở tệp bằng Word, lưu lại thành .docx rồi thử lại."
_FAILED_HINT = "Hãy mở tệp bằng Word hoặc LibreOffice, lưu lại thành .docx rồi thử lại."
# Of a converted file only these members are kept: pictures are not read, and may be large.
_KEPT = (".xml", ".rels")
_PACKING = 1


@dataclass(frozen=True, slots=True)
class _Call:
    """One run of LibreOffice: what came out of it, and why it ended badly if it did."""

    made: dict[Path, Path]
    why: str


def convert_many(
    paths: Sequence[Path], into: Path, alone: sandbox.Limits = _ALONE
) -> dict[Path, Path | ReadingError]:
    """Return for each path the .docx made of it in the folder `into`, or why there is none.

    `alone` are the limits for a file converted by itself; a batch may take longer.
    """
    done: dict[Path, Path | ReadingError] = {}
    kinds: dict[Path, str] = {}
    for path in dict.fromkeys(paths):
        try:
            kinds[path] = check(path)
        except UnreadableFile as error:
            done[path] = error
    if not kinds:
        return done
    try:
        soffice = programs.need_program("soffice", WHAT)
        return done | _converted(soffice, kinds, into, alone)
    except UnsupportedFormat as error:
        return done | dict.fromkeys(kinds, error)


def _converted(
    soffice: Path, kinds: dict[Path, str], into: Path, alone: sandbox.Limits
) -> dict[Path, Path | ReadingError]:
    done: dict[Path, Path | ReadingError] = {}
    waiting = dict(kinds)
    batch = replace(alone, seconds=alone.seconds + _SECONDS_EACH * len(kinds))
    while waiting:
        if len(waiting) > 1:
            done |= _call(soffice, waiting, into, batch).made
            waiting = {path: kind for path, kind in waiting.items() if path not in done}
        if waiting:
            # The first that did not come out is what broke the call, or is no worse for waiting.
            first = next(iter(waiting))
            call = _call(soffice, {first: waiting.pop(first)}, into, alone)
            done[first] = call.made.get(first) or _error(first, call.why)
    return done


def _error(path: Path, why: str) -> UnreadableFile:
    hint = _FAILED_HINT if why else _NOT_OPENED_HINT
    return UnreadableFile(f"Không đọc được `{path.name}`: {why or _NOT_OPENED}.", hint)


def _call(soffice: Path, kinds: dict[Path, str], into: Path, limits: sandbox.Limits) -> _Call:
    try:
        with work_folder() as folder:
            copies = _copies(kinds, folder)
            command: list[str | Path] = [soffice, *_options(folder), *copies.values()]
            outcome = sandbox.run(command, folder, limits)
            made = {path: folder / "out" / f"{copy.stem}.docx" for path, copy in copies.items()}
            return _Call(_kept(made, into), outcome.why)
    except OSError as error:
        return _Call({}, f"không chuyển được sang .docx vì {reason(error)}")


def _copies(kinds: dict[Path, str], folder: Path) -> dict[Path, Path]:
    """Copy the files under plain names: a name from anywhere must not be read as an option."""
    copies = {
        path: folder / f"{number:04}{ENDINGS[kind]}"
        for number, (path, kind) in enumerate(kinds.items())
    }
    for path, copy in copies.items():
        shutil.copyfile(path, copy)
    return copies


def _options(folder: Path) -> list[str]:
    profile = folder / "profile"
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )
    return [
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", _FILTER, "--outdir", str(folder / "out")),
    ]


def _kept(made: dict[Path, Path], into: Path) -> dict[Path, Path]:
    """Put what was made and is whole into the folder `into`, without its pictures."""
    kept: dict[Path, Path] = {}
    for path, docx in made.items():
        if docx.is_file() and zipfile.is_zipfile(docx):
            handle = tempfile.NamedTemporaryFile(dir=into, suffix=".docx", delete=False)  # noqa: SIM115
            with handle, zipfile.ZipFile(docx) as source, zipfile.ZipFile(handle, "w") as target:
                for member in source.infolist():
                    if member.filename.endswith(_KEPT):
                        # It is read once and then deleted: little is won by packing it tighter.
                        data = source.read(member)
                        target.writestr(member.filename, data, zipfile.ZIP_DEFLATED, _PACKING)
            kept[path] = Path(handle.name)
    return kept
