from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from indexer.current import Current


def test_a_value_is_made_once_for_each_version():
    made: list[int] = []
    versions = [1]
    kept = Current(lambda: versions[0], lambda: made.append(versions[0]) or len(made))
    assert [kept.get(), kept.get()] == [1, 1]
    versions[0] = 2
    assert [kept.get(), kept.get()] == [2, 2]
    assert made == [1, 2]


def test_a_change_while_the_value_is_made_is_seen_the_next_time():
    state = {"version": 1, "text": "cũ"}

    def make() -> str:
        found = state["text"]
        state.update(version=2, text="mới")
        return str(found)

    kept = Current(lambda: state["version"], make)
    assert [kept.get(), kept.get()] == ["cũ", "mới"]


def test_threads_make_a_value_only_once():
    made: list[str] = []
    together = Barrier(8)
    kept = Current(lambda: 1, lambda: made.append("báo cáo"))

    def ask(_: int) -> None:
        together.wait()
        kept.get()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(8)))
    assert made == ["báo cáo"]


def test_a_value_that_could_not_be_made_is_tried_again():
    answers = iter([OSError("đĩa bận"), "báo cáo"])

    def make() -> str:
        found = next(answers)
        if isinstance(found, OSError):
            raise found
        return found

    kept = Current(lambda: 1, make)
    with pytest.raises(OSError, match="đĩa bận"):
        kept.get()
    assert kept.get() == "báo cáo"


def test_a_forgotten_value_is_made_anew():
    made: list[int] = []
    kept = Current(lambda: 1, lambda: made.append(1) or len(made))
    kept.get()
    kept.clear()
    assert kept.get() == 2
