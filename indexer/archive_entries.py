"""The files in an archive (.zip, .tar, packed .tar), one like the other: name, size, bytes."""

from __future__ import annotations

import stat
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.readers import bounded_tar
from indexer.readers.bounded_tar import is_tar, open_tar
from indexer.readers.bounded_zip import Limits, open_zip

SUFFIXES = (".zip", *bounded_tar.SUFFIXES)

_UTF8_NAMES = 0x800
_HEAD_BYTES = 512
_LINK = "đó là liên kết tượng trưng, không phải tệp"
_NO_FILE = "đó là liên kết hoặc thiết bị, không phải tệp"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive: its path inside, its size as declared, and its bytes.

    `odd` says what it is instead of a file (Vietnamese). `pieces` raises RefusedZip.
    """

    inside: str
    size: int
    pieces: Callable[[], Iterator[bytes]]
    odd: str = ""


def entries(path: Path, folder: Path, limits: Limits) -> Iterator[Entry]:
    """Yield what is in an archive, the kind of which is found in its content.

    A packed tar is unpacked into `folder` meanwhile. Raises RefusedZip, OSError.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return _of_tar(path, folder, limits) if is_tar(head) else _of_zip(path, limits)


def _of_zip(path: Path, limits: Limits) -> Iterator[Entry]:
    with open_zip(path, limits) as package:
        for info in package.infos:
            odd = _LINK if stat.S_ISLNK(info.external_attr >> 16) else ""
            yield Entry(real_name(info), info.file_size, partial(package.pieces, info), odd)


def _of_tar(path: Path, folder: Path, limits: Limits) -> Iterator[Entry]:
    with open_tar(path, limits, folder) as package:
        for info in package.members():
            odd = "" if info.isreg() else _NO_FILE
            yield Entry(_name_in_tar(info), info.size, partial(package.pieces, info), odd)


def real_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip, whatever its program wrote it in, in NFC.

    Old programs say nothing of the encoding; zipfile then takes cp437, mostly wrongly.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        try:
            data = name.encode("cp437")
        except UnicodeEncodeError:
            data = b""
        name = _decoded(data) or name
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _name_in_tar(info: tarfile.TarInfo) -> str:
    data = info.name.encode("utf-8", "surrogateescape")
    return unicodedata.normalize("NFC", _decoded(data) or info.name)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def printable(name: str) -> str:
    """Return a name with a sign for every control character and half of a letter.

    >>> printable("a\\x07\\nb.txt")
    'a\ufffd\ufffdb.txt'
    """
    return "".join(
        "\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in name
    )
