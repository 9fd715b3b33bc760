"""The engines that the benchmark compares, each a module with `build` and `open_index`.

Every engine gets the same passages: syllable forms joined by spaces, which it splits at the spaces
and at nothing else. A package that only a peer needs is imported when that peer is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

BEST = 10
# What all engines that let it be chosen weigh by; ours and Whoosh's have it by default.
K1, B = 1.2, 0.75


class Kind(StrEnum):
    """What a question asks of its words."""

    ALL_WORDS = "all_words"
    ANY_WORD = "any_word"
    PHRASE = "phrase"


TITLES = {Kind.ALL_WORDS: "All words", Kind.ANY_WORD: "Any word", Kind.PHRASE: "Phrase"}

# Finds the best passages for some forms; returns how many match, or None if that is not known.
Search = Callable[[Sequence[str]], int | None]


class Engine(Protocol):
    """What the module of an engine offers."""

    def build(self, folder: Path, passages: Iterable[str]) -> None:
        """Write an index of the passages into the folder."""

    def open_index(self, folder: Path) -> Mapping[Kind, Search]:
        """Return the searches of the index; a kind that the engine has not is left out."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine's name in tables, its module, and the packages that it needs."""

    title: str
    module: str
    packages: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the packages that are not installed."""
        return tuple(name for name in self.packages if find_spec(name) is None)

    def load(self) -> Engine:
        """Return the engine's module."""
        return import_module(f"{__name__}.{self.module}")


PEERS = {
    "ours": Peer("vankien", "our_engine"),
    "ours_facets": Peer("vankien, five facets counted", "our_facets_engine"),
    "tantivy": Peer("tantivy (Rust)", "tantivy_engine", ("tantivy",)),
    "tantivy_best": Peer("tantivy, hits not counted", "tantivy_best_engine", ("tantivy",)),
    "fts5": Peer("SQLite FTS5, bm25", "sqlite_engine"),
    "bm25s": Peer("bm25s with numba", "bm25s_engine", ("bm25s", "numba")),
    "whoosh": Peer("Whoosh, its own searcher", "whoosh_engine"),
}
