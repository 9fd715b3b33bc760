"""Values that are kept between requests."""

from __future__ import annotations

import threading

import pytest

from search_app.kept import Kept


def test_the_value_that_was_not_asked_for_longest_goes_first():
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: "cũ")
    assert kept.get("a", lambda: "mới") == "cũ"
    assert kept.get("b", lambda: "mới") == "mới"


def test_what_fails_is_not_kept():
    kept: Kept[int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 5) == 5


def test_nobody_waits_for_another_value():
    kept: Kept[str] = Kept(2)
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert may_end.wait(5)
        return "chậm"

    thread = threading.Thread(target=kept.get, args=("a", slow))
    thread.start()
    assert begun.wait(5)
    other = threading.Thread(target=kept.get, args=("b", lambda: "nhanh"))
    other.start()
    other.join(2)
    waited = other.is_alive()
    may_end.set()
    thread.join(5)
    assert not waited and kept.get("b", str) == "nhanh"


def test_who_asks_for_the_same_meanwhile_waits_for_it():
    kept: Kept[int] = Kept(2)
    made: list[int] = []
    begun, may_end = threading.Event(), threading.Event()

    def make() -> int:
        begun.set()
        may_end.wait(5)
        made.append(1)
        return 7

    threads = [threading.Thread(target=kept.get, args=("a", make)) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait(5)
    may_end.set()
    for thread in threads:
        thread.join(5)
    assert made == [1]
