"""Random passages and questions over few forms, so that ties, repeats and empty fields occur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from indexer.backends.inverting import invert
from indexer.backends.segment import Segment
from indexer.backends.snapshot import Snapshot
from indexer.models import (
    Entry,
    Field,
    Filters,
    Group,
    Match,
    PassageKind,
    Preference,
    Query,
)
from tests.factories.entries import entry

# "ho" and "hộ" fall together without accents; "hộ_nghèo" is one word of two syllables.
TOKENS = ("hộ", "ho", "nghèo", "nước", "hộ_nghèo")
SYLLABLES = ("hộ", "ho", "nghèo", "nước", "không")
FORMS = {
    Field.SYLLABLES: SYLLABLES,
    Field.WORDS: (*TOKENS, "không"),
    Field.PAIRS: ("hộ nghèo", "nghèo hộ", "nước nước", "hộ không"),
    Field.HEADING: SYLLABLES,
    Field.LINKED: SYLLABLES,
    Field.FOLDED: ("ho", "ngheo", "nuoc", "khong"),
}
PLACES = ("", "Sông Lục", "Đồi Mây")
YEARS = ("", "2020", "2021")
TRAITS = ("target", "figure", "task")


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(TOKENS), max_size=most).map(" ".join)


@st.composite
def passages(draw: st.DrawFn, passage_id: str, most: int = 8) -> Entry:
    """Make a passage; no field has more than twice `most` forms."""
    return entry(
        passage_id,
        draw(texts(most)),
        heading=draw(texts(most // 2)),
        linked=draw(texts(most // 2)),
        kind=draw(st.sampled_from((PassageKind.BODY, PassageKind.FOOTNOTE))),
        place=draw(st.sampled_from(PLACES)),
        year=draw(st.sampled_from(YEARS)),
        traits=draw(st.lists(st.sampled_from(TRAITS), unique=True, max_size=2).map(tuple)),
    )


@dataclass(frozen=True)
class Batch:
    """A commit: these documents are deleted, then those passages are added."""

    deleted: tuple[str, ...]
    added: tuple[Entry, ...]


@st.composite
def histories(draw: st.DrawFn, *, batches: int = 5, most: int = 8) -> list[Batch]:
    """Make commits that add, replace and delete whole documents, of which there are few."""
    history = []
    for _ in range(draw(st.integers(1, batches))):
        touched = draw(st.lists(st.integers(0, 5), unique=True, max_size=4))
        added = [
            draw(passages(f"d{document}:p{number}", most))
            for document in touched
            for number in range(draw(st.integers(0, 4)))
        ]
        history.append(Batch(tuple(f"d{document}" for document in touched), tuple(added)))
    return history


def survivors(history: list[Batch]) -> list[Entry]:
    """Return the passages that can be found after all commits, as they were added."""
    left: list[Entry] = []
    for batch in history:
        left = [each for each in left if each.document_id not in batch.deleted]
        left += batch.added
    return left


def commit_of(history: Sequence[Batch], cache_bytes: int = 2**20) -> Snapshot:
    """Return one segment for each batch, with what later ones deleted of it."""
    segments = []
    for number, batch in enumerate(history):
        gone = {document for later in history[number + 1 :] for document in later.deleted}
        deleted = [n for n, each in enumerate(batch.added) if each.document_id in gone]
        segments.append((Segment(invert(batch.added)), frozenset(deleted)))
    return Snapshot(segments, cache_bytes)


@st.composite
def matches(
    draw: st.DrawFn,
    fields: tuple[Field, ...] = tuple(Field),
    longest: int = 3,
) -> Match:
    field = draw(st.sampled_from(fields))
    forms = draw(st.lists(st.sampled_from(FORMS[field]), min_size=1, max_size=longest))
    return Match(
        field,
        tuple(forms),
        draw(st.sampled_from((1.0, 0.25, 2.5))),
        draw(st.sampled_from((0, 0, 1, 3))),
    )


def groups(least: int = 0, **rest: object) -> st.SearchStrategy[Group]:
    alternatives = st.lists(matches(**rest), min_size=least, max_size=3)  # type: ignore[arg-type]
    return alternatives.map(tuple).map(Group)


def some(values: st.SearchStrategy[object], most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=most).map(tuple)


def filters() -> st.SearchStrategy[Filters]:
    runs = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=2).map(tuple)
    return st.builds(
        Filters,
        places=some(st.sampled_from((*PLACES[1:], "Bến Gỗ"))),
        years=some(st.sampled_from(YEARS[1:])),
        kinds=some(st.sampled_from(PassageKind)),
        documents=st.one_of(
            st.just(()), st.lists(st.sampled_from([f"d{n}" for n in range(7)]), min_size=3)
        ).map(tuple),
        sections=some(runs),
    )


def queries() -> st.SearchStrategy[Query]:
    """Make questions that use all that a question can have; most find something."""
    return st.builds(
        Query,
        groups=st.lists(groups(), max_size=3).map(tuple),
        minimum=st.integers(0, 4),
        boosts=some(matches()),
        required=st.one_of(st.just(()), some(groups(1), 1)),
        excluded=st.one_of(st.just(()), some(groups(1), 1)),
        preferences=st.lists(
            st.builds(Preference, st.sampled_from(TRAITS), st.sampled_from((0.5, 1.5, 2.0))),
            max_size=2,
            unique_by=lambda preference: preference.trait,
        ).map(tuple),
        complete_first=st.booleans(),
        coverage=st.sampled_from((0.0, 0.5, 1.0, 2.0)),
        filters=st.one_of(st.just(Filters()), filters()),
        limit=st.sampled_from((0, 1, 3, 10, 1000)),
        offset=st.sampled_from((0, 0, 1, 5)),
        facets=st.booleans(),
    )
