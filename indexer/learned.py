"""What is learnt from the reports while indexing: how they write, what they abbreviate.

Three contents, in files of the data folder or beside a catalogue that is shared: the counts that
restore accents, the abbreviations that every report defines, and the phrases that questions are
completed with. They only help questions; without them search goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.database_address import DatabaseAddress
from indexer.learned_files import ABBREVIATIONS, LANGUAGE, PHRASES, LearnedFiles, LearnedPlace
from indexer.lessons import Lesson
from indexer.models import Span
from indexer.phrase_counts import PhraseCounts
from indexer.phrasebook import DamagedPhrasebook, Phrasebook
from indexer.text.mining import Definition
from indexer.text.restore import DamagedModel, LanguageModel, merge


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learnt; `version` changes whenever something of it does."""

    language: LanguageModel | None
    definitions: Mapping[str, tuple[Definition, ...]]
    version: tuple[int, ...]
    phrasebook: Phrasebook = Phrasebook()


def open_learned(address: DatabaseAddress) -> LearnedPlace:
    """Return where what is learnt is kept: beside the catalogue. Nothing is made or asked yet."""
    if not address.url:
        return LearnedFiles(address.data)
    # Here, because who uses files need not wait for the driver.
    from indexer.learned_table import LearnedTable

    return LearnedTable(address.url)


def learn(
    place: LearnedPlace,
    lessons: Iterable[Lesson],
    counted: Mapping[str, PhraseCounts],
    kept: frozenset[str],
    *,
    fresh: bool = False,
) -> None:
    """Take what added reports teach, and the phrases counted in them, into what was learnt before.

    Where nothing was learnt yet, the lessons begin with `first_lesson`. Abbreviations and phrases
    of documents that are not `kept` are forgotten; counts of words stay
    until the next fresh start, for they only say how likely a word is. Raises StorageError.
    """
    before = Learned(None, {}, ()) if fresh else load_learned(place)
    definitions = {name: found for name, found in before.definitions.items() if name in kept}
    taught = [] if before.language is None else [before.language]
    for lesson in lessons:
        taught.append(lesson.language)
        definitions |= lesson.definitions
    place.write(
        {
            LANGUAGE: merge(taught).to_bytes(),
            ABBREVIATIONS: _rows(definitions),
            PHRASES: before.phrasebook.updated(counted, kept).to_bytes(),
        }
    )


def _rows(definitions: Mapping[str, tuple[Definition, ...]]) -> bytes:
    rows = {
        name: [[item.short, item.long, item.how, item.count] for item in found]
        for name, found in sorted(definitions.items())
    }
    return json.dumps(rows, ensure_ascii=False).encode()


def load_learned(place: LearnedPlace) -> Learned:
    """Return what was learnt; what is missing or damaged counts as nothing learnt.

    Raises StorageError when the database cannot be asked.
    """
    version = place.versions()
    language = load_language(place)
    try:
        definitions = _definitions(json.loads(place.read(ABBREVIATIONS) or b"{}"))
    except (ValueError, TypeError, AttributeError):
        definitions = {}
    try:
        phrasebook = Phrasebook.from_bytes(place.read(PHRASES) or b"")
    except DamagedPhrasebook:
        phrasebook = Phrasebook()
    return Learned(language, definitions, version, phrasebook)


def load_language(place: LearnedPlace) -> LanguageModel | None:
    """Return how the reports write; None when nothing was learnt or it is damaged.

    Raises StorageError when the database cannot be asked.
    """
    try:
        return LanguageModel.from_bytes(place.read(LANGUAGE) or b"")
    except DamagedModel:
        # Questions are then searched as they are typed, until the next rebuild.
        return None


def _definitions(rows: dict[str, list[Any]]) -> dict[str, tuple[Definition, ...]]:
    return {
        name: tuple(
            Definition(short, long, Span(0, 0), how, count) for short, long, how, count in found
        )
        for name, found in rows.items()
    }
