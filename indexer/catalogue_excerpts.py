"""Parts of documents: what a search shows and an answer is chosen from, without all the rest.

Reading a whole report takes longer than finding ten passages in a hundred thousand. What is read
here grows with the passages that are wanted, not with the reports in which they stand.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import sqlalchemy as sa

from indexer.catalogue_database import Database
from indexer.catalogue_rows import document_of, fact_of, passage_of, reference_of
from indexer.catalogue_tables import (
    documents,
    facts,
    footnote_marks,
    footnotes,
    passages,
    references,
    sections,
    tables,
)
from indexer.models import Document, PassageKind

# What is remembered of reports: a character takes two bytes, the outline of a report of 300
# passages about 80 kB.
MOST_CHARACTERS = 12_000_000
MOST_OUTLINES = 512
# SQLite takes 32,766 values in one question.
_MOST_VALUES = 10_000
_FRAME_PARTS = (sections, footnotes, footnote_marks, tables)
_KEYS = sa.select(documents.c.id, documents.c.revision)
_columns = passages.c
# The passages that call notes or are the bodies of notes, by what links them.
_LINKING = (
    sa.select(
        _columns.document_id,
        _columns.id,
        _columns.kind,
        _columns.footnotes,
        _columns.footnote,
    )
    .where(
        sa.or_(
            _columns.footnotes != sa.literal((), _columns.footnotes.type),
            _columns.footnote.is_not(None),
        )
    )
    .order_by(_columns.document_id, _columns.position)
)


# A document and its revision.
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which passages are wanted: those of the `ids`, and more of the documents that hold them.

    Those are passages that state one of the `indicators`, and those under a title that `is_about`
    what is asked. With `stated` the facts and references of all these come along, with `every`
    the other passages of the documents, too, without theirs.
    """

    ids: tuple[str, ...]
    indicators: frozenset[str] = frozenset()
    is_about: Callable[[str], bool] | None = None
    every: bool = False
    stated: bool = False

    @property
    def documents(self) -> list[str]:
        """Return the ids of the documents in which the passages stand."""
        return sorted({passage_id.partition(":")[0] for passage_id in self.ids})


@dataclass(frozen=True, slots=True)
class _Links:
    """Which passages of a document belong together, by their ids.

    `bodies` gives the body of each note, `callers` what calls it, `called` the notes that a
    passage calls.
    """

    bodies: Mapping[int, str]
    callers: Mapping[int, frozenset[str]]
    called: Mapping[str, tuple[int, ...]]

    def add_to(self, ids: set[str]) -> None:
        """Add to passages the notes that they call, and to notes the passages that call them."""
        numbers = (number for one in ids & self.called.keys() for number in self.called[one])
        ids.update([self.bodies[number] for number in numbers if number in self.bodies])
        for number, body in self.bodies.items():
            if body in ids:
                ids.update(self.callers.get(number, ()))


@dataclass(frozen=True, slots=True)
class _Frame:
    """A document without passages, facts and references, and how its passages belong together."""

    document: Document
    links: _Links


class Excerpts:
    """Reads parts of documents; what does not depend on the passages is remembered."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # By document and revision: each put draws a new revision, in any process.
        self._frames: OrderedDict[_Key, _Frame] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def clear(self) -> None:
        """Forget all that is remembered."""
        with self._lock:
            self._frames.clear()
            self._characters = 0

    def of(self, selection: Selection) -> dict[str, Document]:
        """Return by id the documents of a selection, with the selected passages alone.

        The passages bring along the notes that they call and the passages that call them. All
        other parts are whole, but for facts and references. What is unknown is left out.
        """
        with self._database.reading() as connection:
            keys = _rows(connection, _KEYS, documents.c.id, selection.documents)
            frames = self._remembered({(row.id, row.revision) for row in keys})
            missing = sorted({row.id for row in keys} - frames.keys())
            if missing:
                read = _read_frames(connection, missing)
                self._remember(
                    {(row.id, row.revision): read[row.id] for row in keys if row.id in read}
                )
                frames |= read
            ids = _wanted(connection, selection, frames.values())
            parts = _parts(connection, selection, ids)
        return {name: _filled(frame.document, parts, name) for name, frame in frames.items()}

    def _remembered(self, keys: set[_Key]) -> dict[str, _Frame]:
        with self._lock:
            known = keys & self._frames.keys()
            for key in known:
                self._frames.move_to_end(key)
            return {key[0]: self._frames[key] for key in known}

    def _remember(self, read: Mapping[_Key, _Frame]) -> None:
        with self._lock:
            for key, frame in read.items():
                if key not in self._frames:
                    self._frames[key] = frame
                    self._characters += len(frame.document.text)
            while len(self._frames) > MOST_OUTLINES or self._characters > MOST_CHARACTERS:
                _key, dropped = self._frames.popitem(last=False)
                self._characters -= len(dropped.document.text)


def _read_frames(connection: sa.Connection, ids: Sequence[str]) -> dict[str, _Frame]:
    parts = {part: _by_document(connection, part, "document_id", ids) for part in _FRAME_PARTS}
    links = _grouped(_rows(connection, _LINKING, passages.c.document_id, ids))
    return {
        row.id: _Frame(
            document_of(row, {part: rows[row.id] for part, rows in parts.items()}),
            _links(links[row.id]),
        )
        for row in _rows(connection, sa.select(documents), documents.c.id, ids)
    }


def _filled(
    frame: Document, parts: Mapping[sa.Table, Mapping[str, Sequence[Any]]], name: str
) -> Document:
    return replace(
        frame,
        passages=tuple(map(passage_of, parts[passages].get(name, ()))),
        facts=tuple(map(fact_of, parts[facts].get(name, ()))),
        references=tuple(map(reference_of, parts[references].get(name, ()))),
    )


def _links(rows: Sequence[Any]) -> _Links:
    callers: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        for number in row.footnotes:
            callers[number].add(row.id)
    return _Links(
        bodies={row.footnote: row.id for row in rows if row.kind is PassageKind.FOOTNOTE},
        callers={number: frozenset(ids) for number, ids in callers.items()},
        called={row.id: row.footnotes for row in rows if row.footnotes},
    )


def _wanted(
    connection: sa.Connection, selection: Selection, frames: Collection[_Frame]
) -> list[str]:
    """Return the ids of the selected passages, with what belongs to them."""
    ids, names = set(selection.ids), selection.documents
    if selection.indicators:
        stating = sa.select(facts.c.passage_id).where(
            facts.c.document_id.in_(names), facts.c.indicator.in_(sorted(selection.indicators))
        )
        ids.update(connection.execute(stating).scalars())
    if selection.is_about is not None:
        about = [
            section.id
            for frame in frames
            for section in frame.document.sections
            if selection.is_about(section.title)
        ]
        under = sa.select(passages.c.id).where(passages.c.document_id.in_(names))
        ids.update(row.id for row in _rows(connection, under, passages.c.section_id, about))
    for frame in frames:
        frame.links.add_to(ids)
    return sorted(ids)


def _parts(
    connection: sa.Connection, selection: Selection, ids: Sequence[str]
) -> dict[sa.Table, dict[str, list[Any]]]:
    stated = ids if selection.stated else ()
    found = {
        passages: _by_document(connection, passages, "id", ids),
        facts: _by_document(connection, facts, "passage_id", stated),
        references: _by_document(connection, references, "passage_id", stated),
    }
    if selection.every:
        found[passages] = _by_document(connection, passages, "document_id", selection.documents)
    return found


def _by_document(
    connection: sa.Connection, part: sa.Table, key: str, values: Sequence[str]
) -> dict[str, list[Any]]:
    """Return the rows of a part that have one of the values, each document's by position."""
    rows = _rows(connection, sa.select(part), part.c[key], values)
    return _grouped(sorted(rows, key=lambda row: row.position))


def _rows(
    connection: sa.Connection,
    query: sa.Select[Any],
    key: sa.ColumnElement[Any],
    values: Sequence[str],
) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(values), _MOST_VALUES):
        some = query.where(key.in_(values[start : start + _MOST_VALUES]))
        found += connection.execute(some).all()
    return found


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.document_id].append(row)
    return found
