from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends.array_file import Array, Arrays, narrow, open_arrays, write_arrays
from indexer.backends.inverting import invert
from indexer.backends.merging import Part, merge
from indexer.backends.segment import FIELD_ARRAYS, Segment, array_name
from indexer.models import Entry, Field
from tests.factories.entries import entry
from tests.indexer.backends.strategies import passages


def part(entries: Sequence[Entry], deleted: Sequence[int] = ()) -> Part:
    made = Segment(invert(entries))
    return Part(lambda: made, len(entries), frozenset(deleted))


def merged(parts: Sequence[Part], path: Path) -> Arrays:
    number = merge(parts, path)
    found = open_arrays(path)
    assert len(Segment(found)) == number
    return found


def differing(found: Arrays, expected: Arrays) -> list[str]:
    """Return the names of arrays that do not hold the same numbers."""
    assert set(found) == set(expected)
    return [name for name in expected if not np.array_equal(found[name], expected[name])]


@st.composite
def parts_with_deleted(draw: st.DrawFn) -> list[tuple[list[Entry], list[int]]]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        size = draw(st.integers(0, 5))
        entries = [draw(passages(f"d{number}:p{n}")) for n in range(size)]
        deleted = draw(st.lists(st.integers(0, size - 1), unique=True)) if size else []
        made.append((entries, deleted))
    return made


@given(made=parts_with_deleted())
@settings(max_examples=80, deadline=None)
def test_merged_parts_are_what_is_left_of_them_inverted_at_once(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[list[Entry], list[int]]]
) -> None:
    left = [e for entries, gone in made for n, e in enumerate(entries) if n not in gone]
    path = tmp_path_factory.mktemp("merged") / "a"
    found = merged([part(entries, gone) for entries, gone in made], path)
    assert differing(found, invert(left)) == []


def test_merging_in_steps_is_merging_at_once(tmp_path: Path) -> None:
    parts = [part([entry(f"d{n}:p{m}", f"a b{m} c{n} a") for m in range(3)]) for n in range(6)]
    merge(parts[:2], tmp_path / "first")
    merge(parts[2:5], tmp_path / "second")
    halves = [
        Part(lambda: Segment(open_arrays(tmp_path / "first")), 6),
        Part(lambda: Segment(open_arrays(tmp_path / "second")), 9),
        parts[5],
    ]
    at_once = merged(parts, tmp_path / "at once")
    assert differing(merged(halves, tmp_path / "in steps"), at_once) == []


def test_the_parts_themselves_do_not_change(tmp_path: Path) -> None:
    arrays = {name: np.array(values) for name, values in invert([entry("d:p1", "a b")]).items()}
    kept = {name: values.copy() for name, values in arrays.items()}
    for values in arrays.values():
        values.flags.writeable = False
    merge(
        [Part(lambda: Segment(arrays), 1, frozenset()), part([entry("e:p1", "b")])], tmp_path / "a"
    )
    assert differing(arrays, kept) == []


# --- nothing in them ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        [part([])],
        [part([]), part([])],
        [part([entry("d:p1", "a b")], [0])],
        [part([]), part([entry("d:p1", "a"), entry("d:p2", "b")], [0, 1]), part([])],
    ],
    ids=["empty", "two empty", "all deleted", "empty and all deleted"],
)
def test_nothing_left_is_an_empty_segment(parts: list[Part], tmp_path: Path) -> None:
    assert differing(merged(parts, tmp_path / "a"), invert(())) == []


def test_what_only_deleted_passages_had_is_gone(tmp_path: Path) -> None:
    gone = entry("d:p1", "chỉ đây", place="Xã A", traits=("target",))
    kept = entry("e:p1", "ở đây", place="Xã B")
    found = Segment(merged([part([gone, kept], [0])], tmp_path / "a"))
    assert [each.decode() for each in found.field(Field.SYLLABLES).terms] == ["ở", "đây"][::-1]
    assert found.values("place") == ["Xã B"]
    assert found.values("traits") == [""]
    assert found.values("document_id") == ["e"]


def test_only_some_parts_have_a_field(tmp_path: Path) -> None:
    entries = [entry("d:p1", "a"), entry("e:p1", heading="a b"), entry("f:p1")]
    found = merged([part([each]) for each in entries], tmp_path / "a")
    assert differing(found, invert(entries)) == []


# --- many, and large ------------------------------------------------------------------------------


@contextmanager
def room_for_files(more: int) -> Iterator[None]:
    following = os.open(os.devnull, os.O_RDONLY)
    os.close(following)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (following + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_there_may_be_more_parts_than_open_files(tmp_path: Path) -> None:
    entries = [entry(f"d{n}:p", f"a b{n % 7} c{n}", year=str(n % 5)) for n in range(300)]
    for number, each in enumerate(entries):
        write_arrays(tmp_path / str(number), invert([each]))

    def stored(number: int) -> Part:
        return Part(lambda: Segment(open_arrays(tmp_path / str(number))), 1)

    with room_for_files(30):
        found = merged([stored(number) for number in range(300)], tmp_path / "all")
    assert differing(found, invert(entries)) == []


def test_more_terms_than_the_first_guess(tmp_path: Path) -> None:
    halves = [
        [entry(f"d{h}:p{n}", " ".join(f"t{h}{n}{m}" for m in range(60))) for n in range(50)]
        for h in range(2)
    ]
    found = merged([part(half) for half in halves], tmp_path / "a")
    assert differing(found, invert([each for half in halves for each in half])) == []


def test_numbers_take_the_room_that_the_largest_part_needs(tmp_path: Path) -> None:
    parts = [part([entry("d:p1", "a")]), part([entry("e:p1", "a " * 300)]), part([])]
    found = merged(parts, tmp_path / "a")
    for name in ("tfs", "lengths", "places"):
        values: Array = found[array_name(Field.SYLLABLES, name)]
        assert values.dtype == np.uint16
        assert values.max() >= 299
    assert narrow(found[array_name(Field.HEADING, "tfs")]).dtype == np.uint8


def test_merged_arrays_have_the_types_of_inverted_ones(tmp_path: Path) -> None:
    entries = [entry("d:p1", "a b a", heading="x"), entry("d:p2", "b")]
    found = merged([part([each]) for each in entries], tmp_path / "a")
    expected = invert(entries)
    names = {array_name(field, name) for field in Field for name in FIELD_ARRAYS}
    assert {n: found[n].dtype for n in names} == {n: expected[n].dtype for n in names}


def test_no_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.backends.array_file.os.posix_fallocate", full)
    with pytest.raises(OSError, match="No space"):
        merge([part([entry("d:p1", "a")])], tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_part_tells_what_is_left_of_it() -> None:
    some = part([entry(f"d:p{n}") for n in range(4)], [1, 3])
    assert some.kept == 2
    assert some.live.tolist() == [True, False, True, False]
    assert some.without_deleted(np.array([5, 6, 7, 8])).tolist() == [5, 7]
    assert part([entry("d:p1")]).without_deleted(np.array([5])).tolist() == [5]
