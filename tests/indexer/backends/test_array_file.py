from __future__ import annotations

import errno
import json
import os
import resource
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends import array_file
from indexer.backends.array_file import (
    Array,
    DamagedArrays,
    narrow,
    narrow_type,
    new_arrays,
    open_arrays,
    write_arrays,
)

KINDS = ("|u1", "<u2", "<u4", "<u8")
END = struct.Struct("<8sQII")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "passages.arrays"


def some_arrays() -> dict[str, Array]:
    return {kind: np.arange(5, dtype=kind) for kind in KINDS} | {"none": np.zeros(0, np.uint32)}


def same(found: dict[str, Array], expected: dict[str, Array]) -> bool:
    return list(found) == list(expected) and all(
        found[name].dtype == values.dtype and np.array_equal(found[name], values)
        for name, values in expected.items()
    )


def values_of(kind: str) -> st.SearchStrategy[Array]:
    numbers = st.integers(0, int(np.iinfo(kind).max))
    return st.lists(numbers, max_size=20).map(lambda made: np.array(made, kind))


@given(
    arrays=st.dictionaries(
        st.text(st.characters(codec="utf-8"), max_size=5),
        st.sampled_from(KINDS).flatmap(values_of),
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_arrays_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, arrays: dict[str, Array]
) -> None:
    path = tmp_path_factory.mktemp("arrays") / "a"
    write_arrays(path, arrays)
    assert same(open_arrays(path), arrays)


def test_arrays_are_mapped_not_read_and_cannot_be_changed(path: Path) -> None:
    write_arrays(path, some_arrays())
    for values in open_arrays(path).values():
        assert not values.flags.owndata
        assert not values.flags.writeable


def test_every_array_begins_at_a_multiple_of_64_bytes(path: Path) -> None:
    write_arrays(path, some_arrays())
    addresses = [values.ctypes.data for values in open_arrays(path).values() if len(values)]
    assert [address % 64 for address in addresses] == [0] * 4


def test_arrays_outlive_their_file(path: Path) -> None:
    write_arrays(path, some_arrays())
    found = open_arrays(path)
    path.unlink()
    assert same(found, some_arrays())


def test_a_file_replaces_the_one_before_it_at_once(path: Path) -> None:
    write_arrays(path, {"a": np.array([1], np.uint8)})
    before = open_arrays(path)
    with new_arrays(path, {"a": ("|u1", 1)}) as places:
        places["a"][:] = 2
        assert open_arrays(path)["a"].tolist() == [1]
    assert open_arrays(path)["a"].tolist() == [2]
    assert before["a"].tolist() == [1]
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_fails_while_it_is_filled_leaves_nothing(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_arrays(path, {"a": ("<u4", 1000)}):
        raise KeyboardInterrupt
    assert list(path.parent.iterdir()) == []


# --- damage ---------------------------------------------------------------------------------------


def test_a_file_cut_anywhere_is_damaged(path: Path) -> None:
    write_arrays(path, some_arrays())
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedArrays):
            open_arrays(path)


def test_any_changed_byte_of_directory_or_end_is_damage(path: Path) -> None:
    write_arrays(path, some_arrays())
    whole = path.read_bytes()
    _, start, length, _ = END.unpack(whole[-END.size :])
    for at in (*range(start, start + length), *range(len(whole) - END.size, len(whole))):
        changed = bytearray(whole)
        changed[at] ^= 0xFF
        path.write_bytes(changed)
        with pytest.raises(DamagedArrays):
            open_arrays(path)


@pytest.mark.parametrize("content", [b"", b"x" * 10, b"\0" * 4096, b"PK\3\4" * 500])
def test_another_file_is_damaged(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DamagedArrays, match=path.name):
        open_arrays(path)


def test_a_missing_file_is_an_error_of_the_system(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_arrays(path)


def foreign(path: Path, magic: bytes, directory: object) -> None:
    told = json.dumps(directory).encode()
    path.write_bytes(bytes(64) + told + END.pack(magic, 64, len(told), zlib.crc32(told)))


def test_another_version_of_the_layout_is_damaged(path: Path) -> None:
    foreign(path, b"vkarray1", {"a": ["<u4", 2, 0]})
    assert open_arrays(path)["a"].tolist() == [0, 0]
    foreign(path, b"vkarray2", {"a": ["<u4", 2, 0]})
    with pytest.raises(DamagedArrays):
        open_arrays(path)


@pytest.mark.parametrize("kind", ["O", "|O8", "<f8", "<i8", "V8", "|S8", ">u4", "nothing"])
def test_an_array_of_another_type_is_not_opened(path: Path, kind: str) -> None:
    foreign(path, b"vkarray1", {"a": [kind, 1, 0]})
    with pytest.raises(DamagedArrays):
        open_arrays(path)


@pytest.mark.parametrize(
    "directory",
    [
        {"a": ["<u4", 10**6, 0]},
        {"a": ["<u4", 1, 10**6]},
        {"a": ["<u4", 1, -8]},
        {"a": ["<u4"]},
        {"a": 7},
        {"a": ["<u4", "x", 0]},
        [1, 2],
    ],
)
def test_a_directory_that_makes_no_sense_is_no_foreign_error(path: Path, directory: object) -> None:
    foreign(path, b"vkarray1", directory)
    with pytest.raises((ValueError, TypeError, AttributeError)):
        open_arrays(path)


# --- a full disk ----------------------------------------------------------------------------------


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_too_little_room_is_an_error_before_anything_is_filled(path: Path) -> None:
    with (
        files_of_at_most(10_000),
        pytest.raises(OSError, match=os.strerror(errno.EFBIG)),
        new_arrays(path, {"a": ("<u8", 5000)}),
    ):
        pytest.fail("the block must not run")
    assert list(path.parent.iterdir()) == []


def test_a_full_disk_keeps_the_file_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_arrays(path, {"a": np.array([1], np.uint8)})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(array_file.os, "posix_fallocate", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_arrays(path, {"a": np.array([2], np.uint8)})
    assert open_arrays(path)["a"].tolist() == [1]
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_system_that_cannot_claim_room_writes_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(array_file.os, "posix_fallocate")
    write_arrays(path, some_arrays())
    assert same(open_arrays(path), some_arrays())


# --- types ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("largest", "kind"),
    [
        (0, "|u1"),
        (2**8 - 1, "|u1"),
        (2**8, "<u2"),
        (2**16 - 1, "<u2"),
        (2**16, "<u4"),
        (2**32 - 1, "<u4"),
        (2**32, "<u8"),
        (2**64 - 1, "<u8"),
    ],
)
def test_the_smallest_type_that_holds_the_largest_number(largest: int, kind: str) -> None:
    assert narrow_type(largest) == kind
    narrowed = narrow(np.array([0, largest], np.uint64))
    assert narrowed.dtype.str == kind
    assert narrowed.tolist() == [0, largest]


def test_no_numbers_need_the_smallest_type() -> None:
    assert narrow(np.zeros(0, np.int64)).dtype.str == "|u1"
