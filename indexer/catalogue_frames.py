"""What documents are apart from passages, facts and references: read once, then remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from indexer.bounded_cache import BoundedCache
from indexer.catalogue_rows import document_of
from indexer.catalogue_store import MOST_VALUES
from indexer.catalogue_tables import (
    documents,
    footnote_marks,
    footnotes,
    passages,
    sections,
    tables,
)
from indexer.models import Document, PassageKind

# A character takes two bytes, the outline of a report of 300 passages about 80 kB. A text is read
# again in a third of a millisecond, an outline in five.
MOST_CHARACTERS = 32_000_000
MOST_OUTLINES = 1_024
# The rows of an outline take several times the memory of the outline.
_READ_TOGETHER = 8
_PARTS = (sections, footnotes, footnote_marks, tables)
_KEYS = sa.select(documents.c.id, documents.c.revision)
_TEXTS = sa.select(documents.c.id, documents.c.text)
_WITHOUT_TEXT = sa.select(
    *(column for column in documents.c if column is not documents.c.text),
    sa.literal("").label("text"),
)
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

Value = TypeVar("Value")
# A document and its revision: each put draws a new revision, in any process.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Links:
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
class Frame:
    """A document without passages, facts and references, and how its passages belong together."""

    document: Document
    links: Links


class Frames:
    """Reads frames, and remembers texts and all the rest of them apart: texts are the larger."""

    def __init__(self, outlines: int = MOST_OUTLINES, characters: int = MOST_CHARACTERS) -> None:
        self.outlines: BoundedCache[Key, Frame] = BoundedCache(outlines, lambda _outline: 1)
        self.texts: BoundedCache[Key, str] = BoundedCache(characters, len)

    def clear(self) -> None:
        """Forget all that is remembered."""
        self.outlines.clear()
        self.texts.clear()

    def of(self, connection: sa.Connection, ids: Sequence[str]) -> dict[str, Frame]:
        """Return by id the frames of documents; what is unknown is left out."""
        rows = rows_with(connection, _KEYS, documents.c.id, ids)
        keys = {row.id: (row.id, row.revision) for row in rows}
        outlines = _held_or_read(self.outlines, keys, partial(_read_outlines, connection))
        texts = _held_or_read(self.texts, keys, partial(_read_texts, connection))
        return {
            name: Frame(replace(outlines[name].document, text=texts[name]), outlines[name].links)
            for name in keys
        }


def _held_or_read(
    cache: BoundedCache[Key, Value],
    keys: Mapping[str, Key],
    read: Callable[[Sequence[str]], Mapping[str, Value]],
) -> dict[str, Value]:
    """Return the values of documents by id; `read` gives those that are not held."""
    asked = {name: cache.get(key) for name, key in keys.items()}
    known = {name: value for name, value in asked.items() if value is not None}
    if len(known) < len(keys):
        new = read(sorted(keys.keys() - known.keys()))
        for name, value in new.items():
            cache.put(keys[name], value)
        known |= new
    return known


def _read_texts(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    return {row.id: row.text for row in rows_with(connection, _TEXTS, documents.c.id, ids)}


def _read_outlines(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Frame]:
    found: dict[str, Frame] = {}
    for start in range(0, len(ids), _READ_TOGETHER):
        found |= _read_some(connection, ids[start : start + _READ_TOGETHER])
    return found


def _read_some(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Frame]:
    parts = {part: by_document(connection, part, "document_id", ids) for part in _PARTS}
    links = _grouped(rows_with(connection, _LINKING, passages.c.document_id, ids))
    return {
        row.id: Frame(
            document_of(row, {part: rows[row.id] for part, rows in parts.items()}),
            _links(links[row.id]),
        )
        for row in rows_with(connection, _WITHOUT_TEXT, documents.c.id, ids)
    }


def _links(rows: Sequence[Any]) -> Links:
    callers: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        for number in row.footnotes:
            callers[number].add(row.id)
    return Links(
        bodies={row.footnote: row.id for row in rows if row.kind is PassageKind.FOOTNOTE},
        callers={number: frozenset(ids) for number, ids in callers.items()},
        called={row.id: row.footnotes for row in rows if row.footnotes},
    )


def by_document(
    connection: sa.Connection, part: sa.Table, key: str, values: Sequence[str]
) -> dict[str, list[Any]]:
    """Return the rows of a part that have one of the values, each document's by position."""
    rows = rows_with(connection, sa.select(part), part.c[key], values)
    # The first two columns of a part: by number they are read in half the time.
    return _grouped(sorted(rows, key=itemgetter(1)))


def rows_with(
    connection: sa.Connection,
    query: sa.Select[Any],
    key: sa.ColumnElement[Any],
    values: Sequence[str],
) -> list[Any]:
    """Return the rows of a query whose key is one of the values, however many these are."""
    found: list[Any] = []
    for start in range(0, len(values), MOST_VALUES):
        some = query.where(key.in_(values[start : start + MOST_VALUES]))
        found += connection.execute(some).all()
    return found


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return the rows by their first column, the id of a document."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found
