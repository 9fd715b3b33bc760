"""Tantivy, the engine in Rust, by its Python package and as that package is by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.peers import BEST, Kind, Search

_FIELD = "forms"
_SPLITTER = "spaces"


def build(folder: Path, passages: Iterable[str]) -> None:
    """Write an index with positions."""
    import tantivy

    folder.mkdir(parents=True)
    index = _with_splitter(tantivy.Index(_schema(), path=str(folder)))
    writer = index.writer()
    for line in passages:
        writer.add_document(tantivy.Document(**{_FIELD: line}))
    writer.commit()
    writer.wait_merging_threads()


def open_index(folder: Path, *, counting: bool = True) -> Mapping[Kind, Search]:
    """Return the three searches; they count all hits, which tantivy does by default."""
    import tantivy

    schema = _schema()
    index = _with_splitter(tantivy.Index(schema, path=str(folder)))
    index.reload()
    searcher = index.searcher()

    def search(query: Any) -> int | None:
        count: int | None = searcher.search(query, BEST, count=counting).count
        return count

    def of_words(occur: Any, forms: Sequence[str]) -> int | None:
        words = [(occur, tantivy.Query.term_query(schema, _FIELD, form)) for form in forms]
        return search(tantivy.Query.boolean_query(words))

    return {
        Kind.ALL_WORDS: lambda forms: of_words(tantivy.Occur.Must, forms),
        Kind.ANY_WORD: lambda forms: of_words(tantivy.Occur.Should, forms),
        Kind.PHRASE: lambda forms: search(
            tantivy.Query.phrase_query(schema, _FIELD, list(forms))
            if len(forms) > 1
            else tantivy.Query.term_query(schema, _FIELD, forms[0])
        ),
    }


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_FIELD, tokenizer_name=_SPLITTER, index_option="position")
    return builder.build()


def _with_splitter(index: Any) -> Any:
    import tantivy

    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPLITTER, splitter)
    return index
