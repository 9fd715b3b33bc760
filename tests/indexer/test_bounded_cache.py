from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from indexer.bounded_cache import BoundedCache


@dataclass(frozen=True)
class Value:
    """A value that says how much memory it takes."""

    key: object
    nbytes: int = 0


def cache_of(most: int) -> BoundedCache[object, Value]:
    return BoundedCache(most, lambda value: value.nbytes)


class Counted:
    """A cache that notes what had to be computed."""

    def __init__(self, most: int) -> None:
        self.cache = cache_of(most)
        self.computed: list[str] = []

    def get(self, key: str, size: int = 1) -> object:
        def compute() -> Value:
            self.computed.append(key)
            return Value(key, size)

        return self.cache.compute(key, compute).key


def test_what_is_held_is_not_computed_again() -> None:
    counted = Counted(10_000)
    assert [counted.get("a"), counted.get("b"), counted.get("a")] == ["a", "b", "a"]
    assert counted.computed == ["a", "b"]


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    counted = Counted(3)
    for key in "abca":
        counted.get(key)
    counted.get("d")  # "b" goes, "a" was asked for again
    counted.computed.clear()
    for key in "acdb":
        counted.get(key)
    assert counted.computed == ["b"]


def test_as_many_go_as_make_room() -> None:
    counted = Counted(4)
    for key in "abcd":
        counted.get(key)
    counted.get("large", 2)
    counted.computed.clear()
    for key in ("large", "d"):
        counted.get(key)
    assert counted.computed == []
    assert counted.cache.size == 4


def test_what_is_larger_than_all_room_is_not_held_and_moves_nothing() -> None:
    counted = Counted(2)
    counted.get("a")
    assert counted.get("large", 10**6) == "large"
    assert counted.get("large", 10**6) == "large"
    counted.get("a")
    assert counted.computed == ["a", "large", "large"]
    assert counted.cache.size == 1


def test_without_room_everything_is_computed() -> None:
    counted = Counted(0)
    assert [counted.get("a"), counted.get("a")] == ["a", "a"]
    assert counted.computed == ["a", "a"]
    assert counted.cache.size == 0


@given(
    asked=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 900)), max_size=60),
    most=st.integers(0, 3000),
)
def test_it_holds_what_a_plain_one_would_hold(asked: list[tuple[int, int]], most: int) -> None:
    cache, plain, sizes = cache_of(most), OrderedDict[int, int](), dict[int, int]()
    for key, size in asked:
        hit = key in plain
        sizes = {key: size} | sizes if hit else sizes | {key: size}
        assert cache.compute(key, lambda key=key, size=size: Value(key, size)).nbytes == sizes[key]
        if hit:
            plain.move_to_end(key)
        elif size <= most:
            plain[key] = size
        while sum(plain.values()) > most:
            plain.popitem(last=False)
        assert cache.size == sum(plain.values()) <= most


def test_what_is_put_again_takes_the_place_of_what_was_there() -> None:
    cache = cache_of(10)
    cache.put("a", Value("old", 6))
    cache.put("b", Value("b", 4))
    cache.put("a", Value("new", 3))
    assert (cache.get("a"), cache.get("b"), cache.size) == (Value("new", 3), Value("b", 4), 7)
    cache.clear()
    assert (list(cache), cache.size, cache.get("a")) == ([], 0, None)


def test_an_error_is_passed_on_and_nothing_is_held() -> None:
    cache = cache_of(10_000)
    for _ in range(2):
        try:
            cache.compute("a", lambda: Value(1 // 0))
        except ZeroDivisionError:
            continue
        raise AssertionError
    assert cache.size == 0


def test_threads_get_the_right_values_within_the_bound() -> None:
    cache, wrong = cache_of(1000), list[object]()
    start = threading.Barrier(8)

    def work(thread: int) -> None:
        start.wait()
        for step in range(2000):
            key = (step * (thread + 1)) % 50
            value = cache.compute(key, lambda key=key: Value(key, 2 * key))
            if value != Value(key, 2 * key):
                wrong.append((key, value))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert cache.size == sum(cache.get(key).nbytes for key in cache)
    assert cache.size <= 1000


def test_a_slow_value_does_not_keep_others_waiting() -> None:
    cache, begun, free = cache_of(10_000), threading.Event(), threading.Event()

    def slow() -> Value:
        begun.set()
        assert free.wait(10)
        return Value("slow", 1)

    thread = threading.Thread(target=cache.compute, args=("slow", slow))
    thread.start()
    assert begun.wait(10)
    assert cache.compute("fast", lambda: Value("fast")) == Value("fast")
    free.set()
    thread.join()
    assert cache.compute("slow", lambda: Value("again")) == Value("slow", 1)
