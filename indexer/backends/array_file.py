"""Named arrays in one file that is mapped into memory instead of being read.

The arrays come first, each at a multiple of 64 bytes; then the directory (JSON: type, place and
length of every array); then 24 bytes that say where the directory is, its CRC-32 and the version of
this layout. A file that was cut short has no such end, so it is noticed on opening.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = Mapping[str, Array]
# The type and the number of values of every array.
Layout = Mapping[str, tuple[str, int]]

_END = struct.Struct("<8sQII")
_MAGIC = b"vkarray1"
_ALIGNED = 64
# Only numbers: a file says nothing that could be run.
_TYPES = frozenset({"|u1", "<u2", "<u4", "<u8"})


class DamagedArrays(ValueError):
    """A file of arrays that is cut short, of another layout, or not one at all."""


def open_arrays(path: Path) -> dict[str, Array]:
    """Return the arrays of a file, read-only; their memory is the file's own.

    Raises DamagedArrays, OSError.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _END.size:
            raise DamagedArrays(f"{path} is cut short")
        # The arrays keep the mapping open as long as any of them is used.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, start, length, crc = _END.unpack(mapped[size - _END.size :])
    directory = mapped[start : start + length]
    if magic != _MAGIC or zlib.crc32(directory) != crc:
        raise DamagedArrays(f"{path} is no file of arrays, or is cut short")
    return {
        name: _mapped(path, mapped, kind, count, place)
        for name, (kind, count, place) in json.loads(directory).items()
    }


def _mapped(path: Path, mapped: mmap.mmap, kind: str, count: int, place: int) -> Array:
    if kind not in _TYPES:
        raise DamagedArrays(f"{path} holds an array of type {kind}")
    return np.frombuffer(mapped, np.dtype(kind), count, place)


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays of unsigned numbers to a file, which is there whole or not at all."""
    layout = {name: (array.dtype.str, len(array)) for name, array in arrays.items()}
    with new_arrays(path, layout) as places:
        for name, array in arrays.items():
            places[name][:] = array


@contextmanager
def new_arrays(path: Path, layout: Layout) -> Iterator[dict[str, Array]]:
    """Give the arrays of a new file to be filled; the file gets its name when they are.

    Raises OSError where it cannot be written; nothing is left of it then.
    """
    directory: dict[str, tuple[str, int, int]] = {}
    place = 0
    for name, (kind, count) in layout.items():
        directory[name] = kind, count, place
        place += -(-count * np.dtype(kind).itemsize // _ALIGNED) * _ALIGNED
    told = json.dumps(directory).encode()
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("wb+") as file:
            # Claimed now: a full disk must be an error here, not a killed process later.
            _claim(file.fileno(), place + len(told) + _END.size)
            file.seek(place)
            file.write(told + _END.pack(_MAGIC, place, len(told), zlib.crc32(told)))
            file.flush()
            mapped = mmap.mmap(file.fileno(), 0)
            yield {
                name: np.frombuffer(mapped, np.dtype(kind), count, start)
                for name, (kind, count, start) in directory.items()
            }
            mapped.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _claim(handle: int, size: int) -> None:
    try:
        os.posix_fallocate(handle, 0, size)
    except AttributeError:  # not every system can
        os.ftruncate(handle, size)


def narrow(array: Array) -> Array:
    """Return whole numbers in the smallest type that holds them all.

    >>> narrow(np.array([0, 255])).dtype.str, narrow(np.array([0, 256])).dtype.str
    ('|u1', '<u2')
    """
    return array.astype(narrow_type(int(array.max()) if len(array) else 0))


def narrow_type(largest: int) -> str:
    """Return the smallest type for numbers up to `largest`.

    >>> narrow_type(65_536)
    '<u4'
    """
    return next(kind for kind in ("|u1", "<u2", "<u4", "<u8") if largest <= np.iinfo(kind).max)
