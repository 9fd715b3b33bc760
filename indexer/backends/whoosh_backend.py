"""The embedded engine. The only file that knows Whoosh; its errors end here.

Whoosh keeps pickles in its files, so the folder is private (mode 0700) and only ever holds what
this program wrote. The schema is handed in on opening and never read from there.
"""

from __future__ import annotations

import contextlib
import pickle
import struct
import threading
import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError, IndexReader
from whoosh.util.filelock import FileLock
from whoosh.writing import IndexingError

from indexer.backends.base import Writer
from indexer.backends.generations import (
    Generation,
    Generations,
    busy,
    check_meta,
    damaged,
    missing,
    reading,
    writing,
)
from indexer.backends.ranking import find
from indexer.backends.schema import KEYS, Places, keys_of, places_of
from indexer.models import Entry, Field, Hits, IndexMeta, Query

_OPENING_TRIES = 5
# What a batch holds in memory before it puts it on disk.
_BUFFER_MEGABYTES = 64
_POSITIONS = formats.Positions()
# Postings held in memory between searches, about 100 bytes each; the same words are asked again.
_KEPT_POSTINGS = 1_000_000

# The places of forms in at most so many passages are held, too, for so many forms.
_REMEMBERED_PLACES = 2_000
_KEPT_PLACES = 2_000

# What reading a damaged file can raise inside Whoosh, which checks little of what it unpickles.
_DAMAGE = (
    index.IndexError,
    CorruptIndexError,
    FileFormatError,
    IndexingError,
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

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._generations = Generations(folder)
        # Whoosh's readers share a file position, so one search at a time may read. Searches are
        # Python and would take turns anyway.
        self._lock = threading.Lock()
        self._snapshot: _Snapshot | None = None

    def meta(self) -> IndexMeta | None:
        """Return the rules the index was built with, or None when there is no index."""
        current = self._generations.current()
        return None if current is None else current.meta

    def search(self, query: Query) -> Hits:
        """Return one page of hits and the facets of all of them, from the newest commit."""
        with self._lock:
            snapshot = self._newest()
            if snapshot is None:
                raise missing(self._folder)
            return find(query, snapshot)

    def document_ids(self) -> frozenset[str]:
        """Return the ids of the documents that can be found now; empty without an index."""
        with self._lock:
            snapshot = self._newest()
            if snapshot is None:
                return frozenset()
            return frozenset(map(snapshot.column("document_id").__getitem__, snapshot.live))

    def count(self) -> int:
        """Return how many passages can be found now; 0 without an index."""
        with self._lock:
            return len(snapshot.live) if (snapshot := self._newest()) else 0

    def close(self) -> None:
        """Release the files that searches keep open."""
        with self._lock:
            self._release()

    @contextmanager
    def write(self, meta: IndexMeta, *, fresh: bool = False) -> Iterator[Writer]:
        """Return a batch that commits when its block ends and is discarded on an exception."""
        with writing(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(self._folder):
            current = None if fresh else self._generations.current()
            if current is None:
                with self._fresh(meta) as folder, _batch(folder, _create) as writer:
                    yield writer
                return
            check_meta(current.meta, meta)
            with _batch(current.folder, _open) as writer:
                yield writer

    @contextmanager
    def _fresh(self, meta: IndexMeta) -> Iterator[Path]:
        with writing(self._folder):
            folder = self._generations.begin()
        try:
            yield folder
            with writing(self._folder):
                self._generations.publish(Generation(folder, meta))
        except BaseException:
            self._generations.discard(folder)
            raise

    def _newest(self) -> _Snapshot | None:
        current = self._generations.current()
        if self._snapshot and not self._snapshot.is_newest(current):
            self._release()
        if self._snapshot is None and current is not None:
            self._snapshot = _Snapshot(current)
        return self._snapshot

    def _release(self) -> None:
        if self._snapshot:
            self._snapshot.close()
        self._snapshot = None


class _Batch:
    """The Writer of one Whoosh index."""

    def __init__(self, folder: Path, writer: Any) -> None:
        self._folder = folder
        self._writer = writer
        self._added: set[str] = set()

    def add(self, entry: Entry) -> None:
        self._added.add(entry.document_id)
        places = {field.value: found for field, found in places_of(entry).items()}
        with writing(self._folder):
            self._writer.add_document(**keys_of(entry), **places)

    def delete_document(self, document_id: str) -> None:
        if document_id in self._added:
            # Whoosh deletes only what was committed before, so this would silently do nothing.
            raise ValueError(f"{document_id} was added in this batch; delete it before adding")
        with _reading(self._folder):
            self._writer.delete_by_term("document_id", document_id)


class _Snapshot:
    """One commit, held open. It is the Source that ranking reads; columns are read once."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._folder = generation.folder
        with _reading(self._folder):
            self._index = _open(self._folder)
            # Asked before opening: a commit in between makes the next search open it again.
            self._commit = self._index.latest_generation()
            self._reader: IndexReader = self._index.reader()
            self._leaves = [leaf for leaf in self._reader.leaf_readers() if leaf[0].doc_count_all()]
            self.live: Set[int] = frozenset(
                base + number for leaf, base in self._leaves for number in leaf.all_doc_ids()
            )
        self._columns: dict[str, list[str]] = {}
        self._lengths: dict[Field, array[int]] = {}
        self._averages: dict[Field, float] = {}
        self._postings: dict[tuple[Field, str], dict[int, int]] = {}
        self._kept = 0
        self._places: dict[tuple[Field, str], Mapping[int, Set[int]]] = {}

    def is_newest(self, generation: Generation | None) -> bool:
        """Say whether a search now would see this commit."""
        return generation == self._generation and self._commit == self._index.latest_generation()

    def postings(self, field: Field, form: str) -> Mapping[int, int]:
        found = self._postings.get((field, form))
        if found is None:
            found = self._read_postings(field, form)
            if self._kept > _KEPT_POSTINGS:
                self._postings.clear()
                self._kept = 0
            self._postings[field, form] = found
            self._kept += len(found) + 1
        return found

    def _read_postings(self, field: Field, form: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for matcher, base in self._matchers(field, form):
            with _reading(self._folder):
                while matcher.is_active():
                    found[base + matcher.id()] = int(matcher.weight())
                    matcher.next()
        return found

    def places(self, field: Field, form: str, passages: Sequence[int]) -> Mapping[int, Set[int]]:
        if len(self.postings(field, form)) > _REMEMBERED_PLACES:
            return self._read_places(field, form, passages)
        known = self._places.get((field, form))
        if known is None:
            known = self._read_places(field, form, sorted(self.postings(field, form)))
            if len(self._places) >= _KEPT_PLACES:
                self._places.clear()
            self._places[field, form] = known
        return known

    def _read_places(
        self, field: Field, form: str, passages: Sequence[int]
    ) -> Mapping[int, Set[int]]:
        found: dict[int, Set[int]] = {}
        following = iter((*passages, len(self.lengths(field))))
        number = next(following)
        for matcher, base in self._matchers(field, form):
            with _reading(self._folder):
                while matcher.is_active():
                    matcher.skip_to(number - base)
                    if matcher.is_active() and base + matcher.id() == number:
                        found[number] = frozenset(matcher.value_as("positions"))
                        number = next(following)
        return found

    def lengths(self, field: Field) -> Sequence[int]:
        if field not in self._lengths:
            with _reading(self._folder):
                self._lengths[field] = array(
                    "I",
                    (
                        # Whoosh gives None, not the default, where a field is empty.
                        leaf.doc_field_length(number, field) or 0
                        for leaf, _ in self._leaves
                        for number in range(leaf.doc_count_all())
                    ),
                )
        return self._lengths[field]

    def average_length(self, field: Field) -> float:
        if field not in self._averages:
            lengths = self.lengths(field)
            total = sum(lengths[number] for number in self.live)
            self._averages[field] = total / len(self.live) or 1.0
        return self._averages[field]

    def column(self, key: str) -> Sequence[str]:
        if key not in self._columns:
            same: dict[str, str] = {}  # one string for all passages that share a value
            with _reading(self._folder):
                self._columns[key] = [
                    same.setdefault(value, value)
                    for leaf, _ in self._leaves
                    for value in leaf.column_reader(key)
                ]
        return self._columns[key]

    def close(self) -> None:
        self._reader.close()

    def _matchers(self, field: Field, form: str) -> Iterator[tuple[Any, int]]:
        term = _encode(form)
        for leaf, base in self._leaves:
            with _reading(self._folder):
                matcher = leaf.postings(field, term) if (field, term) in leaf else None
            if matcher is not None:
                yield matcher, base


class _PlacedForms(fields.FieldType):
    """A field whose value is our own analysis; Whoosh only stores it."""

    def __init__(self) -> None:
        # No analyser, which the base class insists on: `index` replaces what would call it.
        self.format = _POSITIONS
        self.scorable = True

    def index(
        self, value: Places, **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        places: dict[str, list[int]] = defaultdict(list)
        for form, place in value:
            places[form].append(place)
        for form, found in places.items():
            yield _encode(form), len(found), float(len(found)), _POSITIONS.encode(sorted(found))


class _Key(fields.COLUMN):
    """A value to filter by, count and show; no search goes through it."""

    def to_bytes(self, value: str) -> bytes:
        return _encode(value)

    def from_bytes(self, value: Any) -> Any:
        return value.decode("utf-8", "surrogatepass")


def _schema() -> fields.Schema:
    # Deleting a document is the one lookup by key that must not read every passage.
    keys = {key: _Key() for key in KEYS} | {"document_id": fields.ID(sortable=True)}
    # Plain names: Whoosh pickles them into its files, which must not name our classes.
    return fields.Schema(**keys, **{field.value: _PlacedForms() for field in Field})


def _encode(text: str) -> bytes:
    # A lone surrogate, which JSON can carry, is then a form like any other: one without hits.
    return text.encode("utf-8", "surrogatepass")


def _create(folder: Path) -> Any:
    return index.create_in(str(folder), _schema())


def _open(folder: Path) -> Any:
    for _ in range(_OPENING_TRIES - 1):
        # A commit removes the old table of contents; it can go between its listing and opening.
        with contextlib.suppress(FileNotFoundError):
            return index.open_dir(str(folder), schema=_schema())
    return index.open_dir(str(folder), schema=_schema())


@contextmanager
def _batch(folder: Path, opened: Callable[[Path], Any]) -> Iterator[_Batch]:
    with writing(folder), _damage(folder):
        try:
            writer = opened(folder).writer(limitmb=_BUFFER_MEGABYTES)
        except index.LockError as error:
            raise busy(folder) from error
    try:
        yield _Batch(folder, writer)
    except BaseException:
        with writing(folder):
            writer.cancel()
        raise
    with writing(folder), _damage(folder):
        writer.commit()


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
