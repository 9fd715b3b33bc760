"""LibreOffice as a converter to .docx: many files in one call, the one that breaks it alone.

Each call has a profile of its own, so that calls do not wait for each other. In the profile
macros are off and links to other files are not followed.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import (
    ReadingError,
    TempFolderFull,
    UnreadableFile,
    UnsupportedFormat,
    reason,
)
from indexer.readers import programs, sandbox
from indexer.readers.office_formats import ENDINGS, check
from indexer.readers.work_folder import is_full, temp_folder_full, work_folder

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
# So many calls in a row that nothing came out of in time say that it is not for the files.
_MAX_HANGS = 3
_HANGS = (
    "LibreOffice không chạy được trên máy này: nhiều lần liền chạy quá giờ mà không chuyển được "
    "tệp nào"
)
_OURS = b"{\\rtf1 tom}"
_HANGS_HINT = (
    "Hãy thử mở LibreOffice trên máy này, cài lại nếu cần, rồi lập chỉ mục lại; các tệp loại khác "
    "vẫn được đọc."
)


@dataclass(frozen=True, slots=True)
class _Call:
    """One run of LibreOffice: what came out of it, and why it ended badly if it did."""

    made: dict[Path, Path]
    why: str
    is_full: bool = False


class Patience:
    """How often in a row LibreOffice took too long, shared by the calls of a run."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._hangs = 0
        self._is_over = False

    def lasts(self, works: Callable[[], bool]) -> bool:
        """Say whether to go on; after too many hangs only if it `works` on a file of our own."""
        with self._lock:
            if self._hangs >= _MAX_HANGS and not self._is_over:
                self._is_over = not works()
                self._hangs = 0
            return not self._is_over

    def note(self, *, made: bool, timed_out: bool) -> None:
        """Note how a call ended: whether something came out of it, whether it took too long."""
        with self._lock:
            self._hangs = 0 if made else self._hangs + timed_out


def convert_many(
    paths: Sequence[Path],
    into: Path,
    alone: sandbox.Limits = _ALONE,
    patience: Patience | None = None,
) -> dict[Path, Path | ReadingError]:
    """Return for each path the .docx made of it in the folder `into`, or why there is none.

    `alone` are the limits for a file converted by itself; a batch may take longer. With the
    `patience` of a run nothing is tried any more when it is over.
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
        batch = _Batch(soffice, into, alone, patience or Patience())
        return done | batch.converted(kinds)
    except UnsupportedFormat as error:
        return done | dict.fromkeys(kinds, error)


class _Batch:
    """The files of one chunk, converted together or, where that fails, one by one."""

    def __init__(
        self, soffice: Path, into: Path, alone: sandbox.Limits, patience: Patience
    ) -> None:
        self._soffice = soffice
        self._into = into
        self._alone = alone
        self._patience = patience

    def converted(self, kinds: dict[Path, str]) -> dict[Path, Path | ReadingError]:
        done: dict[Path, Path | ReadingError] = {}
        waiting = dict(kinds)
        batch = replace(self._alone, seconds=self._alone.seconds + _SECONDS_EACH * len(kinds))
        while waiting:
            if len(waiting) > 1:
                done |= self._call(waiting, batch).made
                waiting = {path: kind for path, kind in waiting.items() if path not in done}
            if waiting:
                # The first that did not come out broke the call, or is no worse for waiting.
                first = next(iter(waiting))
                call = self._call({first: waiting.pop(first)}, self._alone)
                done[first] = call.made.get(first) or _error(first, call)
        return done

    def _call(self, kinds: dict[Path, str], limits: sandbox.Limits) -> _Call:
        if not self._patience.lasts(self._works):
            return _Call({}, _HANGS)
        try:
            with work_folder() as folder:
                copies = _copies(kinds, folder)
                command: list[str | Path] = [self._soffice, *_options(folder), *copies.values()]
                outcome = sandbox.run(command, folder, limits)
                made = {path: folder / "out" / f"{copy.stem}.docx" for path, copy in copies.items()}
                kept = _kept(made, self._into)
                self._patience.note(made=bool(kept), timed_out=outcome.timed_out)
                return _Call(kept, outcome.why, len(kept) < len(made) and is_full())
        except TempFolderFull:
            return _Call({}, "", is_full=True)
        except OSError as error:
            return _Call({}, f"không chuyển được sang .docx vì {reason(error)}", is_full(error))

    def _works(self) -> bool:
        """Say whether a file is converted of which we know that nothing is wrong with it."""
        with work_folder() as folder:
            ours = folder / "ours.rtf"
            ours.write_bytes(_OURS)
            command: list[str | Path] = [self._soffice, *_options(folder), ours]
            sandbox.run(command, folder, self._alone)
            return (folder / "out" / "ours.docx").is_file()


def _error(path: Path, call: _Call) -> ReadingError:
    if call.is_full:
        return temp_folder_full(path.name)
    if call.why == _HANGS:
        return UnreadableFile(f"Không đọc được `{path.name}`: {_HANGS}.", _HANGS_HINT)
    hint = _FAILED_HINT if call.why else _NOT_OPENED_HINT
    return UnreadableFile(f"Không đọc được `{path.name}`: {call.why or _NOT_OPENED}.", hint)


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
