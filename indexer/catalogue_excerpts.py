"""Parts of documents: what a search shows and an answer is chosen from, without all the rest.

Reading a whole report takes longer than finding ten passages in a hundred thousand. What is read
here grows with the passages that are wanted, not with the reports in which they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from indexer.catalogue_database import Database
from indexer.catalogue_frames import Frame, Frames, by_document, rows_with
from indexer.catalogue_rows import fact_of, passage_of, reference_of
from indexer.catalogue_tables import facts, passages, references
from indexer.models import Document


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


class Excerpts:
    """Reads parts of documents; what does not depend on the passages is remembered."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.frames = Frames()

    def clear(self) -> None:
        """Forget all that is remembered."""
        self.frames.clear()

    def of(self, selection: Selection) -> dict[str, Document]:
        """Return by id the documents of a selection, with the selected passages alone.

        The passages bring along the notes that they call and the passages that call them. All
        other parts are whole, but for facts and references. What is unknown is left out.
        """
        with self._database.reading() as connection:
            frames = self.frames.of(connection, selection.documents)
            ids = _wanted(connection, selection, frames.values())
            parts = _parts(connection, selection, ids)
        return {name: _filled(frame.document, parts, name) for name, frame in frames.items()}


def _filled(
    frame: Document, parts: Mapping[sa.Table, Mapping[str, Sequence[Any]]], name: str
) -> Document:
    return replace(
        frame,
        passages=tuple(map(passage_of, parts[passages].get(name, ()))),
        facts=tuple(map(fact_of, parts[facts].get(name, ()))),
        references=tuple(map(reference_of, parts[references].get(name, ()))),
    )


def _wanted(
    connection: sa.Connection, selection: Selection, frames: Collection[Frame]
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
        ids.update(row.id for row in rows_with(connection, under, passages.c.section_id, about))
    for frame in frames:
        frame.links.add_to(ids)
    return sorted(ids)


def _parts(
    connection: sa.Connection, selection: Selection, ids: Sequence[str]
) -> dict[sa.Table, dict[str, list[Any]]]:
    stated = ids if selection.stated else ()
    found = {
        passages: by_document(connection, passages, "id", ids),
        facts: by_document(connection, facts, "passage_id", stated),
        references: by_document(connection, references, "passage_id", stated),
    }
    if selection.every:
        found[passages] = by_document(connection, passages, "document_id", selection.documents)
    return found
