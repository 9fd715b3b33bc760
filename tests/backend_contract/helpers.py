"""Short ways to store passages, to ask for them and to read what was found.

Passages here are named by what matters in them; numbers of the form "d1:p1" say which document.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.backends.base import Backend
from indexer.models import Entry, Field, Group, Hits, IndexMeta, Match, Query
from tests.factories.entries import entry

META = IndexMeta(schema=1, analysis=1, segmenter="none")


def match(forms: str, field: Field = Field.SYLLABLES, weight: float = 1.0, slop: int = 0) -> Match:
    """Make a match from forms with spaces between; in PAIRS the forms are "a+b"."""
    return Match(field, tuple(form.replace("+", " ") for form in forms.split()), weight, slop)


def group(*alternatives: str | Match) -> Group:
    return Group(tuple(match(a) if isinstance(a, str) else a for a in alternatives))


def query(*groups: str | Group, **rest: object) -> Query:
    made = tuple(group(g) if isinstance(g, str) else g for g in groups)
    return replace(Query(made), **rest)  # type: ignore[arg-type]


def store(backend: Backend, *entries: Entry, meta: IndexMeta = META, fresh: bool = False) -> None:
    with backend.write(meta, fresh=fresh) as writer:
        for one in entries:
            writer.add(one)


def texts(backend: Backend, **by_id: str) -> None:
    """Store passages "d:<name>", one for each text."""
    store(backend, *(entry(f"d:{name}", text) for name, text in by_id.items()))


def ids(hits: Hits) -> list[str]:
    return [hit.passage_id for hit in hits.hits]


def names(hits: Hits) -> list[str]:
    return [hit.passage_id.partition(":")[2] for hit in hits.hits]


def facet(hits: Hits, name: str) -> list[tuple[str, int]]:
    (found,) = (facet for facet in hits.facets if facet.name == name)
    return [(value.value, value.count) for value in found.values]
