"""The zip around a Word file: opened with limits, its parts found by their relations.

A file comes from anywhere, so no size that it declares is trusted and nothing but
`UnreadableFile` leaves this module for a damaged one.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.readers.bounded_zip import DAMAGED_ZIP
from indexer.readers.containers import OLE_MAGIC
from indexer.readers.docx_xml import WORD, DamagedXml, Element, parse

MAX_FILE = 200_000_000
MAX_TOTAL = 300_000_000
MAX_PART = 100_000_000
MAX_MEMBERS = 5_000
_MAX_DIAGRAMS = 200

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_DEFAULT_MAIN = "word/document.xml"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_SAVE_AGAIN = "Hãy mở tệp bằng Word hoặc LibreOffice, lưu lại thành .docx rồi thử lại."
_ASK_AGAIN = "Hãy xin lại bản gốc của tệp rồi thử lại."
_CHECK_PATH = "Hãy kiểm tra đường dẫn và quyền đọc tệp."
_UNLOCK = "Hãy mở tệp bằng Word, bỏ mật khẩu, lưu lại rồi thử lại."
_TOO_LARGE = "Hãy bỏ bớt ảnh và tệp đính kèm trong văn bản, lưu lại thành .docx rồi thử lại."


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts that hold text, or say how text is numbered and looks."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    settings: Element | None
    theme: Element | None = None
    has_macros: bool = False
    diagrams: Mapping[str, Element] = field(default_factory=dict)


class _Refused(Exception):
    """The file breaks a rule: why, and what the reader of the message can do."""

    def __init__(self, why: str, hint: str) -> None:
        self.why, self.hint = why, hint
        super().__init__(why)


def read_parts(path: Path) -> Parts:
    """Return the parsed parts of the Word file at `path`.

    Raises UnreadableFile when it is damaged, locked, too large or no Word file.
    """
    with explained(path):
        data = _bounded_bytes(path)
        with (
            _damage_as("tệp bị hỏng hoặc chưa tải về đủ", _ASK_AGAIN),
            zipfile.ZipFile(io.BytesIO(data)) as package,
        ):
            return _parts(_Members(package))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a refusal, and nesting too deep to follow, into an UnreadableFile about `path`."""
    try:
        yield
    except _Refused as error:
        raise unreadable(path, error.why, error.hint) from error
    except DamagedXml as error:
        raise unreadable(path, str(error), _SAVE_AGAIN) from error
    except RecursionError as error:
        raise unreadable(path, "nội dung lồng vào nhau quá sâu", _SAVE_AGAIN) from error


def unreadable(path: Path, why: str, hint: str) -> UnreadableFile:
    """Return the error that says which file could not be read, why, and what to do."""
    return UnreadableFile(f"Không đọc được `{path.name}`: {why}.", hint)


@contextmanager
def _damage_as(why: str, hint: str) -> Iterator[None]:
    try:
        yield
    except (_Refused, DamagedXml, RecursionError):
        raise
    except DAMAGED_ZIP as error:
        raise _Refused(why, hint) from error


def _bounded_bytes(path: Path) -> bytes:
    with _damage_as("không mở được tệp", _CHECK_PATH), path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise _Refused(f"tệp lớn hơn {MAX_FILE // 1_000_000} MB", _TOO_LARGE)
    if not data:
        raise _Refused("tệp rỗng", _ASK_AGAIN)
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _Refused("tệp được bảo vệ bằng mật khẩu", _UNLOCK)
        raise _Refused("nội dung là tệp Office đời cũ đã bị hỏng", _ASK_AGAIN)
    # Counted before zipfile builds an object for each: its own count comes too late.
    if data.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise _Refused(f"bên trong có hơn {MAX_MEMBERS} phần", _SAVE_AGAIN)
    return data


class _Members:
    """The members of an open zip, read within the limits."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        infos = package.infolist()
        if sum(info.file_size for info in infos) > MAX_TOTAL:
            raise _Refused(f"giải nén ra sẽ lớn hơn {MAX_TOTAL // 1_000_000} MB", _TOO_LARGE)
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise _Refused("bên trong có phần được khóa bằng mật khẩu", _UNLOCK)
        self._package = package
        self._names = frozenset(info.filename for info in infos)
        self._left = MAX_TOTAL

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def root(self, name: str | None) -> Element | None:
        """Return the parsed member, None when there is no such member."""
        if name is None or name not in self._names:
            return None
        limit = min(MAX_PART, self._left)
        with self._package.open(name) as member:
            data = member.read(limit + 1)
        if len(data) > limit:
            raise _Refused(f"phần {name} lớn hơn {limit // 1_000_000} MB", _TOO_LARGE)
        self._left -= len(data)
        return parse(data)

    def relations(self, name: str) -> dict[str, str]:
        """Return kind → member name of what `name` ("" for the package) refers to."""
        found: dict[str, str] = {}
        for _, kind, target in self.all_relations(name):
            found.setdefault(kind, target)
        return found

    def all_relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, kind and member name of everything that `name` refers to."""
        folder, base = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in () if root is None else root.iter(_RELATIONS):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.join("/", folder, relation.get("Target", ""))
            yield relation.get("Id", ""), kind, posixpath.normpath(target).lstrip("/")


def _parts(members: _Members) -> Parts:
    main = members.relations("").get("officeDocument", _DEFAULT_MAIN)
    if main not in members:
        main = _DEFAULT_MAIN
    document = members.root(main)
    if document is None or document.tag != WORD + "document":
        raise _Refused("bên trong không có văn bản Word", _SAVE_AGAIN)
    all_relations = list(members.all_relations(main))
    relations = {kind: target for _, kind, target in reversed(all_relations)}
    folder = posixpath.dirname(main)

    def related(kind: str) -> Element | None:
        return members.root(relations.get(kind, posixpath.join(folder, f"{kind}.xml")))

    return Parts(
        document=document,
        styles=related("styles"),
        numbering=related("numbering"),
        footnotes=related("footnotes"),
        endnotes=related("endnotes"),
        settings=related("settings"),
        theme=related("theme"),
        has_macros="vbaProject" in relations,
        diagrams=_diagrams(members, all_relations),
    )


def _diagrams(members: _Members, relations: Iterable[tuple[str, str, str]]) -> dict[str, Element]:
    """Return id → root of the parts that hold the text of diagrams."""
    named = [(key, target) for key, kind, target in relations if kind == "diagramData"]
    roots = ((key, members.root(target)) for key, target in named[:_MAX_DIAGRAMS])
    return {key: root for key, root in roots if root is not None}
