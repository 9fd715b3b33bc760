"""What is learnt, in files and beside a shared catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from indexer.database_address import DatabaseAddress
from indexer.learned import learn, load_language, load_learned, open_learned
from indexer.learned_files import ABBREVIATIONS, LANGUAGE, PHRASES, LearnedPlace
from indexer.lessons import first_lesson, teach

NAMES = {LANGUAGE, ABBREVIATIONS, PHRASES}
REPORT = ("a1", "Bảo hiểm y tế (BHYT) đạt 90%. Tỷ lệ hộ nghèo còn 2%.")


@pytest.fixture
def place(address: DatabaseAddress) -> Iterator[LearnedPlace]:
    with closing(open_learned(address)) as found:
        yield found


def learn_one(place: LearnedPlace) -> None:
    learn(place, [first_lesson(), teach([REPORT])], {}, frozenset({"a1"}), fresh=True)


def test_before_anything_was_learnt_there_is_nothing(place):
    assert all(place.read(name) is None for name in NAMES)
    learned = load_learned(place)
    assert learned.language is None and not learned.definitions
    assert not learned.phrasebook.phrases and learned.version == place.versions()


def test_what_is_learnt_is_loaded_by_whoever_comes(place, address):
    learn_one(place)
    with closing(open_learned(address)) as other:
        learned = load_learned(other)
        assert learned.language is not None and load_language(other) is not None
        assert [found.short for found in learned.definitions["a1"]] == ["BHYT"]
        assert learned.version == other.versions() == place.versions()


def test_the_version_changes_with_every_content(place):
    seen = [place.versions()]
    for name in sorted(NAMES):
        place.write({name: f"một {name}".encode()})
        seen.append(place.versions())
    place.write({LANGUAGE: b"hai"})
    seen.append(place.versions())
    assert len(set(seen)) == len(seen) == 5
    assert place.read(LANGUAGE) == b"hai" and place.read(PHRASES) == f"một {PHRASES}".encode()


def test_what_is_damaged_counts_as_nothing_learnt(place):
    learn_one(place)
    place.write(dict.fromkeys(NAMES, b"damaged\xff"))
    learned = load_learned(place)
    assert learned.language is None and not learned.definitions
    assert not learned.phrasebook.phrases
