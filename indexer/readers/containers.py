"""What is inside a file that holds files: the names in an OLE2 file (.doc, .xls) or in a zip.

Word and Excel share their first bytes, and so do .docx and .odt: only the names inside tell them
apart. Nothing is unpacked here, and no count or size that a file declares is trusted.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
HEAD_BYTES = 4096

_ENTRY = 128
_END_OF_CHAIN = 0xFFFFFFFA
_UNUSED = 0xFFFFFFFF
_SMALL_STREAM, _SMALL_SECTOR = 4096, 64
_ROOT = "Root Entry"
_MAX_TABLES = 4_000
_MAX_ENTRIES = 4_000
_MAX_DIRECTORY = 2_000_000
_ZIP_END = struct.Struct("<4s4H2LH")
_ZIP_ENTRY = struct.Struct("<4s6H3L5H2L")
_ZIP_END_MAGIC, _ZIP_ENTRY_MAGIC = b"PK\x05\x06", b"PK\x01\x02"
# In the top folder of every document of Office or OpenDocument there is one of these.
_DOCUMENT_PARTS = frozenset(
    (b"[Content_Types].xml", b"mimetype", b"word/document.xml", b"xl/workbook.xml")
)
_ZIP_TAIL = _ZIP_END.size + 0xFFFF


class BrokenContainer(ValueError):
    """The table of contents of a file is not there or points nowhere."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A file inside an OLE2 file: its first sector and its size."""

    start: int
    size: int


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file; if it holds files, their names follow.

    Each name stands between zero bytes (`b"\\0WordDocument\\0" in head`). Of a damaged
    container there are only the first bytes. Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        names: tuple[bytes, ...] = ()
        try:
            if head.startswith(OLE_MAGIC):
                names = tuple(name.encode("utf-8", "replace") for name in OleFile(file).streams)
            elif head.startswith(ZIP_MAGIC):
                names = zip_names(file)
        except BrokenContainer:
            return head
    return b"\0".join((head, *names, b"")) if names else head


def zip_names(file: BinaryIO) -> tuple[bytes, ...]:
    """Return the names in the table of contents of a zip, at most a few thousand of them.

    Raises BrokenContainer when it has none: a zip that was cut off.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _ZIP_TAIL))
    tail = file.read(_ZIP_TAIL)
    at = tail.rfind(_ZIP_END_MAGIC)
    if at < 0 or len(tail) - at < _ZIP_END.size:
        raise BrokenContainer("no end of the table of contents")
    fields = _ZIP_END.unpack_from(tail, at)
    length = min(fields[5], _MAX_DIRECTORY)
    # From the end backwards: other bytes may stand before the zip.
    file.seek(max(0, size - len(tail) + at - fields[5]))
    return _names(file.read(length))


def is_document_zip(path: Path) -> bool | None:
    """Say whether a zip is a document of an office program, and no archive.

    None for what is no zip, and for one of which the table of contents is damaged. Raises OSError.
    """
    with path.open("rb") as file:
        if file.read(len(ZIP_MAGIC)) != ZIP_MAGIC:
            return None
        try:
            return not _DOCUMENT_PARTS.isdisjoint(zip_names(file))
        except BrokenContainer:
            return None


def _names(directory: bytes) -> tuple[bytes, ...]:
    found: list[bytes] = []
    at = 0
    while len(found) < _MAX_ENTRIES and directory.startswith(_ZIP_ENTRY_MAGIC, at):
        if len(directory) - at < _ZIP_ENTRY.size:
            break
        fields = _ZIP_ENTRY.unpack_from(directory, at)
        start = at + _ZIP_ENTRY.size
        found.append(directory[start : start + fields[10]])
        at = start + sum(fields[10:13])
    return tuple(found)


class OleFile:
    """The table of contents of an open OLE2 file.

    Raises BrokenContainer when the file was cut off or its tables make no sense.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        header = self._bytes(0, 512)
        shift = int.from_bytes(header[30:32], "little")
        if shift not in (9, 12):
            raise BrokenContainer("no such sector size")
        self._sector = 1 << shift
        self._tables = self._table_sectors(header)
        self.streams = self._directory(int.from_bytes(header[48:52], "little"))

    def beginning(self, stream: Stream, length: int) -> bytes:
        """Return the first bytes of a stream, at most 64 of them."""
        length = min(length, stream.size, _SMALL_SECTOR)
        if stream.size >= _SMALL_STREAM:
            return self._bytes(self._offset(stream.start), length)
        # Small streams lie side by side in the stream of the root.
        steps, place = divmod(stream.start * _SMALL_SECTOR, self._sector)
        if steps > _MAX_TABLES or _ROOT not in self.streams:
            raise BrokenContainer("a small stream beyond the others")
        sector = self.streams[_ROOT].start
        for _ in range(steps):
            sector = self._next(sector)
        return self._bytes(self._offset(sector) + place, length)

    def is_whole(self) -> bool:
        """Say whether every sector that the tables call used lies within the file."""
        per_table = self._sector // 4
        for number in reversed(range(len(self._tables))):
            table = self._numbers(self._bytes(self._offset(self._tables[number]), self._sector))
            used = [at for at, entry in enumerate(table) if entry != _UNUSED]
            if used:
                # The last sector may be shorter than the others.
                return self._offset(number * per_table + used[-1]) < self._size
        return True

    def _directory(self, sector: int) -> dict[str, Stream]:
        found: dict[str, Stream] = {}
        seen = 0
        while sector < _END_OF_CHAIN and seen < _MAX_TABLES:
            data = self._bytes(self._offset(sector), self._sector)
            for at in range(0, len(data), _ENTRY):
                entry = data[at : at + _ENTRY]
                length = int.from_bytes(entry[64:66], "little")
                if 2 < length <= 64:
                    name = entry[: length - 2].decode("utf-16-le", "replace")
                    start, size = struct.unpack_from("<2L", entry, 116)
                    found.setdefault(name, Stream(start, size))
            sector = self._next(sector)
            seen += 1
        return found

    def _next(self, sector: int) -> int:
        table, place = divmod(sector, self._sector // 4)
        if table >= len(self._tables):
            raise BrokenContainer("a sector beyond the tables")
        at = self._offset(self._tables[table]) + 4 * place
        return int.from_bytes(self._bytes(at, 4), "little")

    def _table_sectors(self, header: bytes) -> list[int]:
        """Return the sectors of the allocation table; the header holds the first 109."""
        sectors = self._numbers(header[76:512])
        more = int.from_bytes(header[68:72], "little")
        while more < _END_OF_CHAIN and len(sectors) < _MAX_TABLES:
            *held, more = self._numbers(self._bytes(self._offset(more), self._sector))
            sectors += held
        # Behind those that are declared there may stand anything.
        return sectors[: int.from_bytes(header[44:48], "little")]

    def _offset(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _numbers(self, data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}L", data))

    def _bytes(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) < length:
            raise BrokenContainer("the file ends too early")
        return data
