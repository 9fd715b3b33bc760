"""Office files of other formats: made by the real LibreOffice, or byte by byte where it cannot."""

from __future__ import annotations

import os
import struct
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from indexer.readers.programs import find_program
from indexer.readers.sandbox import run

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ENTRIES_A_SECTOR = 4


def soffice() -> Path:
    """Return where LibreOffice is; without it skip, or fail where it must be there."""
    found = find_program("soffice")
    if found is None:
        message = "LibreOffice is missing: apt-get install libreoffice-writer-nogui"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@cache
def saved_as(docx: bytes, ending: str) -> bytes:
    """Return the bytes of a Word file as LibreOffice saves it as "doc", "odt" or "rtf"."""
    program = soffice()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.docx").write_bytes(docx)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        run(
            [program, profile, "--headless", "--convert-to", ending, folder / "a.docx"],
            folder,
        )
        return (folder / f"a.{ending}").read_bytes()


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE2 file that holds these streams; each must be of 4096 bytes or more."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0)]
    for name, data in streams.items():
        entries.append(_entry(name, 2, len(sectors), len(data)))
        _add(sectors, table, data)
    while len(entries) % _ENTRIES_A_SECTOR:
        entries.append(bytes(128))
    directory = len(sectors)
    _add(sectors, table, b"".join(entries))
    table.append(_TABLE)
    assert len(table) <= _SECTOR // 4
    held = struct.pack("<128L", *table, *[_FREE] * (128 - len(table)))
    header = struct.pack(
        "<8s16x5H6x9L",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, directory, 0, 4096, _END, 0, _END, 0),
    )
    header += struct.pack("<109L", len(sectors), *[_FREE] * 108)
    return b"".join((header, *sectors, held))


def _add(sectors: list[bytes], table: list[int], data: bytes) -> None:
    first = len(sectors)
    pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)]
    sectors += pieces
    table += [*range(first + 1, first + len(pieces)), _END]


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    tail = struct.pack("<HBB3L36xLLL", len(encoded), kind, 1, _FREE, _FREE, _FREE, start, size, 0)
    return encoded.ljust(64, b"\0") + tail
