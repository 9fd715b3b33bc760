"""Questions asked of Whoosh itself: its own searcher, on our files or on its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import query as wq
from whoosh import scoring
from whoosh.fields import ID, FieldType, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.formats import Positions

from indexer.backends.schema import SCORING, Places, places_of
from indexer.models import Entry, Field, Match, Query

_FORMAT = Positions()
# Whoosh keeps lengths in one byte; up to this one they are exact.
EXACT_LENGTH = 10


class _Placed(FieldType):  # type: ignore[misc]
    """A field whose values are forms with their places already."""

    def __init__(self) -> None:
        self.format = _FORMAT
        self.scorable = True
        self.indexed = True

    def index(self, value: Places, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places = defaultdict(list)
        for form, place in value:
            places[form].append(place)
        for form, found in places.items():
            yield form.encode(), len(found), float(len(found)), _FORMAT.encode(found)

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()


def stock_index(entries: Iterable[Entry]) -> Any:
    """Return an index that Whoosh wrote in its own format, in memory."""
    fields = {field.value: _Placed() for field in Field}
    index = RamStorage().create_index(Schema(passage_id=ID(sortable=True), **fields))
    writer = index.writer()
    for entry in entries:
        places = {field.value: places for field, places in places_of(entry).items() if places}
        writer.add_document(passage_id=entry.passage_id, **places)
    writer.commit()
    return index


def ask(index: Any, question: Query) -> dict[str, float]:
    """Return the score of every passage that Whoosh finds."""
    weighting = scoring.MultiWeighting(
        scoring.BM25F(),
        **{field.value: scoring.BM25F(B=rules.b, K1=rules.k1) for field, rules in SCORING.items()},
    )
    with index.searcher(weighting=weighting) as searcher:
        if not searcher.doc_count():
            return {}
        ids = searcher.reader().column_reader("passage_id")
        # Its AndNot keeps a first passage that it should not; its mask does what it says.
        excluded = [match for group in question.excluded for match in group.alternatives]
        results = searcher.search(
            _translated(question), limit=None, mask=_any(excluded) if excluded else None
        )
        return {str(ids[hit.docnum]): hit.score for hit in results}


def _translated(question: Query) -> Any:
    """Return a question for any or all of its groups, without what it excludes."""
    groups = [_any(group.alternatives) for group in question.groups]
    found = wq.Or(groups) if question.minimum == 1 else wq.And(groups)
    for group in question.required:
        found = wq.Require(found, _any(group.alternatives))
    return wq.AndMaybe(found, _any(question.boosts)) if question.boosts else found


def _any(matches: Iterable[Match]) -> Any:
    return wq.Or([_run(match) for match in matches])


def _run(match: Match) -> Any:
    field, weight = match.field.value, match.weight * SCORING[match.field].weight
    if len(match.forms) == 1:
        return wq.Term(field, match.forms[0], boost=weight)
    return wq.Phrase(field, list(match.forms), slop=match.slop + 1, boost=weight)
