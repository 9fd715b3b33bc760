"""What reports teach: how they write, what they abbreviate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.text.language import LanguageModel
from indexer.text.mining import Definition, mine
from indexer.text.segment import lexicon
from indexer.text.training import train

_QUESTIONS = Path(__file__).parent / "data" / "question_phrases.txt"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What some reports teach: how they write, and what each of them abbreviates, by id."""

    language: LanguageModel
    definitions: Mapping[str, tuple[Definition, ...]]


def first_lesson() -> Lesson:
    """Return what is known before any report: the words of the dictionary, how people ask.

    Reports hardly ask; without these a bare "may" would never be read as "mấy".
    """
    return Lesson(train([_QUESTIONS.read_text(encoding="utf-8")], lexicon()), {})


def teach(reports: Iterable[tuple[str, str]]) -> Lesson:
    """Return what reports teach, given by id and text.

    >>> lesson = teach([("a1", "Bảo hiểm y tế (BHYT) đạt 90%.")])
    >>> [found.short for found in lesson.definitions["a1"]]
    ['BHYT']
    """
    definitions: dict[str, tuple[Definition, ...]] = {}

    def texts() -> Iterator[str]:
        # One report at a time: a whole archive of them may not fit into memory.
        for document_id, text in reports:
            definitions[document_id] = mine(text)
            yield text

    return Lesson(train(texts(), ()), definitions)
