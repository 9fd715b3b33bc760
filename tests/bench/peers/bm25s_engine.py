"""bm25s, scores made while indexing, added up by numba. It answers any-word questions only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.bench.peers import BEST, K1, B, Kind, Search


def build(folder: Path, passages: Iterable[str]) -> None:
    """Write an index."""
    import bm25s

    index = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numba")
    index.index([line.split(" ") for line in passages], show_progress=False)
    index.save(folder, show_progress=False)


def open_index(folder: Path) -> Mapping[Kind, Search]:
    """Return the one search."""
    import bm25s

    index = bm25s.BM25.load(folder)
    index.activate_numba_scorer()

    def any_word(forms: Sequence[str]) -> None:
        # It raises for forms that no passage has; the others' would be found all the same.
        known = [form for form in forms if form in index.vocab_dict]
        if known:
            index.retrieve([known], k=BEST, show_progress=False, n_threads=0)

    return {Kind.ANY_WORD: any_word}
