"""Whoosh as its manual has it: its own writer, its own searcher, its own BM25."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query

from tests.bench.peers import BEST, Kind, Search

_FIELD = "forms"
_BUFFER_MEGABYTES = 64


def build(folder: Path, passages: Iterable[str]) -> None:
    """Write an index with positions."""
    folder.mkdir(parents=True)
    text = fields.TEXT(analyzer=analysis.RegexTokenizer(r"\S+"), phrase=True)
    writer = index.create_in(str(folder), fields.Schema(**{_FIELD: text})).writer(
        limitmb=_BUFFER_MEGABYTES
    )
    for line in passages:
        writer.add_document(**{_FIELD: line})
    writer.commit()


def open_index(folder: Path) -> Mapping[Kind, Search]:
    """Return the three searches; counting all hits would read them again, so none is counted."""
    searcher = index.open_dir(str(folder)).searcher()

    def search(asked: Any) -> None:
        len(searcher.search(asked, limit=BEST).top_n)

    def terms(forms: Sequence[str]) -> list[Any]:
        return [query.Term(_FIELD, form) for form in forms]

    return {
        Kind.ALL_WORDS: lambda forms: search(query.And(terms(forms))),
        Kind.ANY_WORD: lambda forms: search(query.Or(terms(forms))),
        Kind.PHRASE: lambda forms: search(query.Phrase(_FIELD, list(forms))),
    }
