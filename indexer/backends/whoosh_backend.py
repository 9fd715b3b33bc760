"""The embedded engine: Whoosh keeps the commits, our arrays the postings.

Whoosh keeps pickles in its table of contents, so the folder is private (mode 0700) and only ever
holds what this program wrote. The schema is handed in on opening and never read from there.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import struct
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files
from whoosh.util.filelock import FileLock

from indexer.backends.array_file import open_arrays, write_arrays
from indexer.backends.base import Writer
from indexer.backends.generations import (
    Generation,
    Generations,
    busy,
    check_meta,
    damaged,
    missing,
    reading,
    settle,
    writing,
)
from indexer.backends.inverting import invert
from indexer.backends.merging import Part, merge
from indexer.backends.ranking import find, tally
from indexer.backends.segment import Segment
from indexer.backends.snapshot import Snapshot
from indexer.backends.whoosh_codec import INDEX_NAME, ArraySegment, schema
from indexer.models import Entry, Field, Hits, IndexMeta, Query

_OPENING_TRIES = 5
# What a batch holds in memory before it puts it on disk: about 30 MB of entries.
_BUFFERED = 2_000
# A segment that is never merged again unless half of it is deleted.
_LARGEST_MERGED = 100_000
_PARTS = ".parts-"
# What searches hold when nothing else is said: a word of everyday use has an impact of 4 bytes for
# every passage, and 100 such words serve most questions.
_LEAST_CACHE = 128 * 2**20
_CACHE_BYTES_A_PASSAGE = 400

# What reading a damaged file can raise inside Whoosh, which checks little of what it unpickles.
_DAMAGE = (
    index.IndexError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
    ArithmeticError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    AssertionError,
    AttributeError,
    TypeError,
    ValueError,
)


class WhooshBackend:
    """A Backend that keeps its index in files below one folder."""

    def __init__(self, folder: Path, cache_bytes: int = 0) -> None:
        """Use the index in `folder`; 0 bytes of cache are as many as its passages need."""
        self._folder = folder
        self._cache_bytes = cache_bytes
        self._generations = Generations(folder)
        # Commits never change while they are searched, so only their exchange takes turns.
        self._lock = threading.Lock()
        self._opened: _Commit | None = None

    def meta(self) -> IndexMeta | None:
        """Return the rules the index was built with, or None when there is no index."""
        current = self._generations.current()
        return None if current is None else current.meta

    def search(self, query: Query) -> Hits:
        """Return one page of hits and the facets of all of them, from the newest commit."""
        commit = self._searched()
        with _reading(commit.folder):
            return find(query, commit.snapshot)

    def tally(self, query: Query) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Return, by document and kind, how many passages are found, and how many of them whole."""
        commit = self._searched()
        with _reading(commit.folder):
            return tally(query, commit.snapshot)

    def forms(self, field: Field, beginning: str, most: int) -> tuple[str, ...]:
        """Return the forms of a field that begin so, in order of their bytes; at most so many."""
        commit = self._searched()
        with _reading(commit.folder):
            return commit.snapshot.forms(field, beginning, most)

    def document_ids(self) -> frozenset[str]:
        """Return the ids of the documents that can be found now; empty without an index."""
        commit = self._newest()
        if commit is None:
            return frozenset()
        with _reading(commit.folder):
            column, live = commit.snapshot.column("document_id"), commit.snapshot.live
            return frozenset(column.values[code] for code in np.unique(column.codes[live]))

    def count(self) -> int:
        """Return how many passages can be found now; 0 without an index."""
        return commit.snapshot.count if (commit := self._newest()) else 0

    def prune(self) -> tuple[str, ...]:
        """Delete the builds that are kept beside the one that is searched; return their names."""
        if self._generations.current() is None:
            return ()
        with _locked(self._folder), writing(self._folder):
            return self._generations.prune()

    def close(self) -> None:
        """Let go of the files; searches that still run keep theirs until they end."""
        with self._lock:
            self._opened = None

    @contextmanager
    def write(self, meta: IndexMeta, *, fresh: bool = False) -> Iterator[Writer]:
        """Return a batch that commits when its block ends and is discarded on an exception."""
        with writing(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(self._folder):
            current = None if fresh else self._generations.current()
            if current is None:
                with self._fresh(meta) as folder, _batch(folder) as writer:
                    yield writer
                return
            check_meta(current.meta, meta)
            with _batch(current.folder) as writer:
                yield writer

    @contextmanager
    def _fresh(self, meta: IndexMeta) -> Iterator[Path]:
        with writing(self._folder):
            folder = self._generations.begin()
        try:
            with writing(folder):
                TOC.create(FileStorage(str(folder)), schema(), INDEX_NAME)
            yield folder
            with writing(self._folder):
                self._generations.publish(Generation(folder, meta))
        except BaseException:
            self._generations.discard(folder)
            raise

    def _searched(self) -> _Commit:
        commit = self._newest()
        if commit is None:
            raise missing(self._folder)
        return commit

    def _newest(self) -> _Commit | None:
        current = self._generations.current()
        opened = self._opened
        if opened is not None and opened.is_newest(current):
            return opened
        with self._lock:
            # Another search may have opened it meanwhile, or one that has been replaced since.
            current, opened = self._generations.current(), self._opened
            if opened is None or not opened.is_newest(current):
                self._opened = _Commit(current, self._cache_bytes) if current else None
            return self._opened


class _Commit:
    """A commit that is open for searches."""

    def __init__(self, generation: Generation, cache_bytes: int) -> None:
        self._generation = generation
        self.folder = generation.folder
        with _reading(self.folder):
            number, segments = _opened(self.folder)
        self._table = str(self.folder / _table_name(number))
        self._next_table = str(self.folder / _table_name(number + 1))
        passages = sum(len(segment) for segment, _ in segments)
        self.snapshot = Snapshot(
            segments, cache_bytes or max(_LEAST_CACHE, _CACHE_BYTES_A_PASSAGE * passages)
        )

    def is_newest(self, generation: Generation | None) -> bool:
        """Say whether a search now would see this commit."""
        # A commit raises the number by one and then removes the table before it.
        return (
            generation == self._generation
            and os.path.exists(self._table)  # noqa: PTH110 - for every search
            and not os.path.exists(self._next_table)  # noqa: PTH110
        )


class _Batch:
    """The Writer of one commit."""

    def __init__(self, folder: Path, table: Any, scratch: Path) -> None:
        self._folder = folder
        self._table = table
        self._scratch = scratch
        self._buffer: list[Entry] = []
        self._parts: list[Part] = []
        self._added: set[str] = set()
        self._gone: set[str] = set()

    def add(self, entry: Entry) -> None:
        self._added.add(entry.document_id)
        self._buffer.append(entry)
        if len(self._buffer) >= _BUFFERED:
            self._flush()

    def add_inverted(self, document_id: str, path: Path) -> None:
        self._flush()
        self._added.add(document_id)
        self._parts.append(_part(path))

    def delete_document(self, document_id: str) -> None:
        if document_id in self._added:
            # Only what was committed before can be deleted, so this would silently do nothing.
            raise ValueError(f"{document_id} was added in this batch; delete it before adding")
        self._gone.add(document_id)

    def _flush(self) -> None:
        if self._buffer:
            path = self._scratch / str(len(self._parts))
            with writing(self._folder):
                write_arrays(path, invert(self._buffer))
            self._parts.append(_part(path))
            self._buffer.clear()

    def commit(self) -> None:
        """Make one segment of what was added, take out what was deleted, publish both."""
        self._flush()
        kept = [each for each in map(self._without_gone, self._table.segments) if _is_left(each)]
        merged = _to_merge(kept, sum(part.passages for part in self._parts))
        parts = [self._old_part(each) for each in kept if each in merged] + self._parts
        segments = [each for each in kept if each not in merged]
        if parts:
            new = ArraySegment()
            new.passages = merge(parts, new.path(self._folder))
            segments.append(new)
        storage, number = FileStorage(str(self._folder)), self._table.generation + 1
        TOC(schema(), segments, number).write(storage, INDEX_NAME)
        settle(self._folder / _table_name(number))
        settle(self._folder)  # before the old ones go
        clean_files(storage, INDEX_NAME, number, segments)

    def _without_gone(self, segment: ArraySegment) -> ArraySegment:
        if self._gone:
            loaded = segment.load(self._folder)
            values = loaded.values("document_id")
            gone = [code for code, value in enumerate(values) if value in self._gone]
            numbers = np.flatnonzero(np.isin(loaded.codes("document_id"), gone))
            segment.deleted |= frozenset(numbers.tolist())
        return segment

    def _old_part(self, segment: ArraySegment) -> Part:
        return Part(lambda: segment.load(self._folder), segment.passages, segment.deleted)


def _part(path: Path) -> Part:
    return Part(lambda: Segment(open_arrays(path)), len(Segment(open_arrays(path))))


def _is_left(segment: ArraySegment) -> bool:
    return segment.passages > len(segment.deleted)


def _to_merge(segments: Sequence[ArraySegment], added: int) -> set[ArraySegment]:
    """Return the segments to be merged with what is added.

    Those that are no larger than all smaller ones together: so there are never more of them than
    their number of passages has binary digits, and each passage is written as often. Also those
    with more deleted than left.
    """
    merged, total = set(), added
    for segment in sorted(segments, key=lambda each: each.doc_count()):
        worn = segment.deleted_count() > segment.doc_count()
        if worn or segment.doc_count() <= min(total, _LARGEST_MERGED):
            merged.add(segment)
            total += segment.doc_count()
    return merged


def _table_name(number: int) -> str:
    return f"_{INDEX_NAME}_{number}.toc"


def _table_of(folder: Path) -> Any:
    return TOC.read(FileStorage(str(folder)), INDEX_NAME, schema=schema())


def _opened(folder: Path) -> tuple[int, list[tuple[Segment, frozenset[int]]]]:
    for _ in range(_OPENING_TRIES - 1):
        # A commit removes the old table and its segments; they can go while they are opened.
        with contextlib.suppress(FileNotFoundError):
            return _open_once(folder)
    return _open_once(folder)


def _open_once(folder: Path) -> tuple[int, list[tuple[Segment, frozenset[int]]]]:
    table = _table_of(folder)
    opened = [(each.load(folder), each.deleted) for each in table.segments]
    if [len(segment) for segment, _ in opened] != [each.passages for each in table.segments]:
        raise ValueError(f"a segment in {folder} has another number of passages than it should")
    return int(table.generation), opened


@contextmanager
def _batch(folder: Path) -> Iterator[_Batch]:
    with _reading(folder):
        table = _table_of(folder)
    with writing(folder):
        for left in folder.glob(f"{_PARTS}*"):  # of a killed process
            shutil.rmtree(left, ignore_errors=True)
        scratch = Path(tempfile.mkdtemp(prefix=_PARTS, dir=folder))
    try:
        batch = _Batch(folder, table, scratch)
        yield batch
        with writing(folder), _damage(folder):
            batch.commit()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    # One lock for all generations: Whoosh's own guards only the folder that it writes into.
    lock = FileLock(str(folder / "write.lock"))
    with writing(folder):
        if not lock.acquire():
            raise busy(folder)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise damaged(folder) from error


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    with reading(folder), _damage(folder):
        yield
