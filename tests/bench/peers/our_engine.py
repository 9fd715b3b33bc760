"""The embedded engine of this project, through the protocol that every backend keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from indexer.backends.base import Backend
from indexer.backends.registry import open_backend
from indexer.backends.schema import SCHEMA_VERSION
from indexer.config import load_settings
from indexer.models import (
    Analysis,
    Entry,
    Field,
    Group,
    IndexMeta,
    Match,
    PassageKind,
    Query,
    Span,
    Term,
)
from indexer.text.analysis import ANALYSIS_VERSION
from tests.bench.peers import BEST, Kind, Search

_META = IndexMeta(SCHEMA_VERSION, ANALYSIS_VERSION, "benchmark")
_PER_REPORT = 300
_TERMS = ("2000-2005", "2005-2010", "2010-2015", "2015-2020", "2020-2025")
_KINDS = (PassageKind.BODY, PassageKind.BODY, PassageKind.BODY, PassageKind.FOOTNOTE)
_SECTIONS = 60
_NOWHERE = Span(0, 1)


def build(folder: Path, passages: Iterable[str]) -> None:
    """Write an index; keys differ by report and section, so that facets have work to do."""
    backend = _open(folder)
    try:
        with backend.write(_META, fresh=True) as writer:
            for number, line in enumerate(passages):
                writer.add(_entry(number, line))
    finally:
        backend.close()


def open_index(folder: Path, *, facets: bool = False) -> Mapping[Kind, Search]:
    """Return the three searches. Each counts all hits, and with `facets` also these."""
    backend = _open(folder)

    def search(groups: tuple[Group, ...], minimum: int) -> int:
        query = Query(
            groups=groups, minimum=minimum, complete_first=False, limit=BEST, facets=facets
        )
        return backend.search(query).total

    def all_words(forms: Sequence[str]) -> int:
        groups = tuple(map(_group, forms))
        return search(groups, len(groups))

    return {
        Kind.ALL_WORDS: all_words,
        Kind.ANY_WORD: lambda forms: search(tuple(map(_group, forms)), 1),
        Kind.PHRASE: lambda forms: search((_group(*forms),), 1),
    }


def _open(folder: Path) -> Backend:
    return open_backend(load_settings({}, data=folder))


def _group(*forms: str) -> Group:
    return Group((Match(Field.SYLLABLES, forms),))


def _entry(number: int, line: str) -> Entry:
    report, place = divmod(number, _PER_REPORT)
    town, term = divmod(report, len(_TERMS))
    syllables = tuple(Term(form, at, _NOWHERE) for at, form in enumerate(line.split(" ")))
    return Entry(
        passage_id=f"{report:012x}:p{place:04}",
        document_id=f"{report:012x}",
        kind=_KINDS[number % len(_KINDS)],
        place=f"xã {town}",
        term=_TERMS[term],
        year=_TERMS[term][:4],
        section=f"{place % _SECTIONS}. Mục",
        analysis=Analysis(syllables, words=(), pairs=()),
        heading=(),
    )
