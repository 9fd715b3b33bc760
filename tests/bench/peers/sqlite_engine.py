"""SQLite's full-text index, FTS5, without a copy of the text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from tests.bench.peers import BEST, Kind, Search

# Vietnamese letters must keep their accents, numbers their commas.
_TABLE = """
    create virtual table passages using fts5(
        forms, content='', tokenize="unicode61 remove_diacritics 0 tokenchars ',./-%'"
    )
"""
_QUERY = f"select rowid from passages where passages match ? order by rank limit {BEST}"


def build(folder: Path, passages: Iterable[str]) -> None:
    """Write an index into one file."""
    folder.mkdir(parents=True)
    with closing(_open(folder)) as database, database:
        database.execute(_TABLE)
        database.executemany("insert into passages values (?)", ((line,) for line in passages))


def open_index(folder: Path) -> Mapping[Kind, Search]:
    """Return the three searches; none counts its hits."""
    database = _open(folder)

    def search(asked: str) -> None:
        database.execute(_QUERY, (asked,)).fetchall()

    return {
        Kind.ALL_WORDS: lambda forms: search(" AND ".join(_quoted(forms))),
        Kind.ANY_WORD: lambda forms: search(" OR ".join(_quoted(forms))),
        Kind.PHRASE: lambda forms: search(f'"{" ".join(forms)}"'),
    }


def _open(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "passages.sqlite")


def _quoted(forms: Sequence[str]) -> list[str]:
    return [f'"{form}"' for form in forms]
