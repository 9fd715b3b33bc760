from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from indexer.backends.bounded_cache import _OVERHEAD, BoundedCache


@dataclass(frozen=True)
class Value:
    """A value that says how much memory it takes."""

    key: object
    nbytes: int = 0


class Counted:
    """A cache that notes what had to be computed."""

    def __init__(self, most_bytes: int) -> None:
        self.cache = BoundedCache(most_bytes)
        self.computed: list[str] = []

    def get(self, key: str, size: int = 0) -> object:
        def compute() -> Value:
            self.computed.append(key)
            return Value(key, size)

        return self.cache.get(key, compute).key


def test_what_is_held_is_not_computed_again() -> None:
    counted = Counted(10_000)
    assert [counted.get("a"), counted.get("b"), counted.get("a")] == ["a", "b", "a"]
    assert counted.computed == ["a", "b"]


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    counted = Counted(3 * _OVERHEAD)
    for key in "abca":
        counted.get(key)
    counted.get("d")  # "b" goes, "a" was asked for again
    counted.computed.clear()
    for key in "acdb":
        counted.get(key)
    assert counted.computed == ["b"]


def test_as_many_go_as_make_room() -> None:
    counted = Counted(4 * _OVERHEAD)
    for key in "abcd":
        counted.get(key)
    counted.get("large", 2 * _OVERHEAD)
    counted.computed.clear()
    for key in ("large", "d"):
        counted.get(key)
    assert counted.computed == []
    assert counted.cache.bytes == 4 * _OVERHEAD


def test_what_is_larger_than_all_room_is_not_held_and_moves_nothing() -> None:
    counted = Counted(2 * _OVERHEAD)
    counted.get("a")
    assert counted.get("large", 10**6) == "large"
    assert counted.get("large", 10**6) == "large"
    counted.get("a")
    assert counted.computed == ["a", "large", "large"]
    assert counted.cache.bytes == _OVERHEAD


def test_without_room_everything_is_computed() -> None:
    counted = Counted(0)
    assert [counted.get("a"), counted.get("a")] == ["a", "a"]
    assert counted.computed == ["a", "a"]
    assert counted.cache.bytes == 0


@given(
    asked=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 900)), max_size=60),
    most=st.integers(0, 3000),
)
def test_it_holds_what_a_plain_one_would_hold(asked: list[tuple[int, int]], most: int) -> None:
    cache, plain, sizes = BoundedCache(most), OrderedDict[int, int](), dict[int, int]()
    for key, size in asked:
        hit = key in plain
        sizes = {key: size} | sizes if hit else sizes | {key: size}
        assert cache.get(key, lambda key=key, size=size: Value(key, size)).nbytes == sizes[key]
        if hit:
            plain.move_to_end(key)
        elif size + _OVERHEAD <= most:
            plain[key] = size + _OVERHEAD
        while sum(plain.values()) > most:
            plain.popitem(last=False)
        assert cache.bytes == sum(plain.values()) <= most


def test_an_error_is_passed_on_and_nothing_is_held() -> None:
    cache = BoundedCache(10_000)
    for _ in range(2):
        try:
            cache.get("a", lambda: Value(1 // 0))
        except ZeroDivisionError:
            continue
        raise AssertionError
    assert cache.bytes == 0


def test_threads_get_the_right_values_within_the_bound() -> None:
    cache, wrong = BoundedCache(20 * _OVERHEAD), list[object]()
    start = threading.Barrier(8)

    def work(thread: int) -> None:
        start.wait()
        for step in range(2000):
            key = (step * (thread + 1)) % 50
            value = cache.get(key, lambda key=key: Value(key, 2 * key))
            if value != Value(key, 2 * key):
                wrong.append((key, value))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert cache.bytes == sum(each.nbytes + _OVERHEAD for each in cache._held.values())
    assert cache.bytes <= 20 * _OVERHEAD


def test_a_slow_value_does_not_keep_others_waiting() -> None:
    cache, begun, free = BoundedCache(10_000), threading.Event(), threading.Event()

    def slow() -> Value:
        begun.set()
        assert free.wait(10)
        return Value("slow")

    thread = threading.Thread(target=cache.get, args=("slow", slow))
    thread.start()
    assert begun.wait(10)
    assert cache.get("fast", lambda: Value("fast")) == Value("fast")
    free.set()
    thread.join()
    assert cache.get("slow", lambda: Value("again")) == Value("slow")
