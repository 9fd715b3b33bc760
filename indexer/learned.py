"""What is learnt from the reports while indexing: how they write, what they abbreviate.

Three files in the data folder, each replaced in one step: the counts that restore accents, the
abbreviations that every report defines, and the phrases that questions are completed with. They
only help questions; without them search goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import DataFolderError, reason
from indexer.lessons import Lesson
from indexer.models import Span
from indexer.phrase_counts import PhraseCounts
from indexer.phrasebook import DamagedPhrasebook, Phrasebook
from indexer.text.mining import Definition
from indexer.text.restore import DamagedModel, LanguageModel, merge

_FOLDER = "learned"
_LANGUAGE = "language.bin"
_ABBREVIATIONS = "abbreviations.json"
_PHRASES = "phrases.bin"


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learnt; `version` changes whenever one of the files does."""

    language: LanguageModel | None
    definitions: Mapping[str, tuple[Definition, ...]]
    version: tuple[int, ...]
    phrasebook: Phrasebook = Phrasebook()


def learn(
    data: Path,
    lessons: Iterable[Lesson],
    counted: Mapping[str, PhraseCounts],
    kept: frozenset[str],
    *,
    fresh: bool = False,
) -> None:
    """Take what added reports teach, and the phrases counted in them, into what was learnt before.

    Where nothing was learnt yet, the lessons begin with `first_lesson`. Abbreviations and phrases
    of documents that are not `kept` are forgotten; counts of words stay
    until the next fresh start, for they only say how likely a word is. Raises DataFolderError.
    """
    before = Learned(None, {}, ()) if fresh else load_learned(data)
    definitions = {name: found for name, found in before.definitions.items() if name in kept}
    taught = [] if before.language is None else [before.language]
    for lesson in lessons:
        taught.append(lesson.language)
        definitions |= lesson.definitions
    _write(data, _LANGUAGE, merge(taught).to_bytes())
    _write(data, _ABBREVIATIONS, _rows(definitions))
    _write(data, _PHRASES, before.phrasebook.updated(counted, kept).to_bytes())


def _rows(definitions: Mapping[str, tuple[Definition, ...]]) -> bytes:
    rows = {
        name: [[item.short, item.long, item.how, item.count] for item in found]
        for name, found in sorted(definitions.items())
    }
    return json.dumps(rows, ensure_ascii=False).encode()


def load_learned(data: Path) -> Learned:
    """Return what was learnt; a file that is missing or damaged counts as nothing learnt."""
    version = learned_version(data)
    language = load_language(data)
    try:
        definitions = _definitions(json.loads((data / _FOLDER / _ABBREVIATIONS).read_bytes()))
    except (OSError, ValueError, TypeError, AttributeError):
        definitions = {}
    try:
        phrasebook = Phrasebook.from_bytes((data / _FOLDER / _PHRASES).read_bytes())
    except (OSError, DamagedPhrasebook):
        phrasebook = Phrasebook()
    return Learned(language, definitions, version, phrasebook)


def load_language(data: Path) -> LanguageModel | None:
    """Return how the reports write; None when nothing was learnt or the file is damaged."""
    try:
        return LanguageModel.from_bytes((data / _FOLDER / _LANGUAGE).read_bytes())
    except (OSError, DamagedModel):
        # Questions are then searched as they are typed, until the next rebuild.
        return None


def _definitions(rows: dict[str, list[Any]]) -> dict[str, tuple[Definition, ...]]:
    return {
        name: tuple(
            Definition(short, long, Span(0, 0), how, count) for short, long, how, count in found
        )
        for name, found in rows.items()
    }


def learned_version(data: Path) -> tuple[int, ...]:
    """Return a mark that changes whenever something new was learnt; cheap to ask."""
    return tuple(_modified(data / _FOLDER / name) for name in (_LANGUAGE, _ABBREVIATIONS, _PHRASES))


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _write(data: Path, name: str, content: bytes) -> None:
    path = data / _FOLDER / name
    temporary = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise DataFolderError(
            f"Không ghi được `{path}`: {reason(error)}.",
            "Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa rồi thử lại.",
        ) from error
