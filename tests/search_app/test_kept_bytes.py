from __future__ import annotations

import random

from search_app.kept_bytes import KeptAnswer, KeptAnswers


def test_the_one_not_asked_for_longest_goes_first():
    kept = KeptAnswers(10 * 2_000)
    for name in range(8):
        kept.put(name, KeptAnswer(b"a" * 1_000, {}))
    assert kept.get(0)
    for name in range(8, 10):
        kept.put(name, KeptAnswer(b"a" * 1_000, {}))
    assert kept.get(0)
    assert kept.get(1) is None


def test_what_is_kept_never_takes_more_than_its_room():
    chance, kept = random.Random(1), KeptAnswers(50_000)
    for _ in range(2_000):
        size = chance.randrange(8_000)
        kept.put(chance.randrange(40), KeptAnswer(b"a" * size, {}))
        found = [one for name in range(40) if (one := kept.get(name)) is not None]
        assert sum(one.size for one in found) <= 50_000
    # Nothing is counted twice: all of the room can still be filled.
    full = KeptAnswer(b"a" * (5_000 - KeptAnswer(b"", {}).size), {})
    for name in range(10):
        kept.put(name, full)
    assert all(map(kept.get, range(10)))


def test_a_large_answer_drives_nothing_out():
    kept = KeptAnswers(80_000)
    kept.put("small", KeptAnswer(b"a", {}))
    kept.put("large", KeptAnswer(b"a" * 20_000, {}))
    assert kept.get("small")
    assert kept.get("large") is None


def test_without_room_nothing_is_kept():
    kept = KeptAnswers(0)
    kept.put("a", KeptAnswer(b"", {}))
    assert kept.get("a") is None
