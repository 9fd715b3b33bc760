"""How Whoosh names and reads our segments: a codec, which is Whoosh's place for another format.

Whoosh keeps the table of contents (which segments make up which commit, what is deleted in them).
Its own searcher runs on the same files; the tests use it as the reference of our ranking.

Whoosh keeps pickles in its files, and these name `ArraySegment` by its module: whoever moves or
renames it raises SCHEMA_VERSION.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns, fields, formats
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.backends.array_file import Array, open_arrays
from indexer.backends.schema import KEYS
from indexer.backends.segment import Segment, SegmentField, decode, encode
from indexer.models import Field

INDEX_NAME = "MAIN"
EXTENSION = ".arrays"
_POSITIONS = formats.Positions()
_NAMES = tuple(field.value for field in Field)


def rounded_lengths(lengths: Array) -> Array:
    """Return the lengths as Whoosh's own format keeps them, in one byte.

    So that a passage has the score here that it has in an index that Whoosh itself wrote.

    >>> rounded_lengths(np.array([7, 110, 1000])).tolist()
    [7, 110, 1032]
    """
    values, places = np.unique(lengths, return_inverse=True)
    rounded = [byte_to_length(length_to_byte(int(value))) for value in values]
    return np.array(rounded, np.int64)[places]


class ArraySegment(base.Segment):  # type: ignore[misc]
    """A segment as Whoosh's table of contents has it."""

    def __init__(self, passages: int = 0) -> None:
        super().__init__(INDEX_NAME)
        self.passages = passages
        self.deleted: frozenset[int] = frozenset()

    def path(self, folder: Path) -> Path:
        """Return where the arrays are."""
        return folder / str(self.make_filename(EXTENSION))

    def load(self, folder: Path) -> Segment:
        """Return the segment, opened. Raises DamagedArrays, OSError."""
        return Segment(open_arrays(self.path(folder)))

    def codec(self, **_: Any) -> ArrayCodec:
        """Return what reads the segment."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """Return how many passages there are, deleted ones included."""
        return self.passages

    def deleted_count(self) -> int:
        """Return how many of them are deleted."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Return the numbers of the deleted ones."""
        return iter(self.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Say whether a passage is deleted."""
        return docnum in self.deleted


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments from files of arrays; they are written by `merging`, not through Whoosh."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> Any:
        """Return what reads terms and postings."""
        return _TermsReader(segment.load(Path(storage.folder)))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> Any:
        """Return what reads keys and lengths."""
        return _PassageReader(segment, segment.load(Path(storage.folder)))


class _TermsReader(base.TermsReader):  # type: ignore[misc]
    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def _field(self, name: str) -> SegmentField:
        return self._segment.field(Field(name))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, text = term
        return name in _NAMES and self._field(name).terms.position(text) is not None

    def indexed_field_names(self) -> tuple[str, ...]:
        return _NAMES

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in _NAMES:
            yield from self.terms_from(name, b"")

    def terms_from(self, name: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for text in self._field(name).terms:
            if text >= prefix:
                yield name, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return (((name, text), self.term_info(name, text)) for name, text in self.terms())

    def items_from(self, name: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        found = self.terms_from(name, prefix)
        return (((name, text), self.term_info(name, text)) for name, text in found)

    def _postings(self, name: str, text: bytes) -> tuple[SegmentField, int]:
        field = self._field(name)
        term = field.terms.position(text)
        if term is None:
            raise KeyError(text)
        return field, term

    def term_info(self, name: str, text: bytes) -> Any:
        field, term = self._postings(name, text)
        docs, tfs = field.postings(term)
        lengths = field.lengths[docs]
        return TermInfo(
            float(tfs.sum()),
            len(docs),
            int(lengths.min()),
            int(lengths.max()),
            float(tfs.max()),
            int(docs[0]),
            int(docs[-1]),
        )

    def frequency(self, name: str, text: bytes) -> float:
        return float(self.term_info(name, text).weight())

    def doc_frequency(self, name: str, text: bytes) -> int:
        return int(self.term_info(name, text).doc_frequency())

    def matcher(self, name: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        field, term = self._postings(name, text)
        docs, tfs = field.postings(term)
        places = np.split(field.all_places(term), np.cumsum(tfs)[:-1])
        return ListMatcher(
            docs.tolist(),
            tfs.astype(float).tolist(),
            [_POSITIONS.encode(each.tolist()) for each in places],
            format_,
            scorer=scorer,
            term=(name, text),
            terminfo=self.term_info(name, text),
        )


class _PassageReader(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, listed: ArraySegment, segment: Segment) -> None:
        self._listed, self._segment = listed, segment

    def doc_count(self) -> int:
        return len(self._segment) - len(self._listed.deleted)

    def doc_count_all(self) -> int:
        return len(self._segment)

    def has_deletions(self) -> bool:
        return bool(self._listed.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._listed.deleted

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._listed.deleted)

    def supports_columns(self) -> bool:
        return True

    def has_column(self, name: str) -> bool:
        return name in KEYS

    def column_reader(self, name: str, column: Any) -> Any:
        if name == "passage_id":
            return _Values(list(self._segment.ids))
        values = [encode(value) for value in self._segment.values(name)]
        return _Values([values[code] for code in self._segment.codes(name)])

    def doc_field_length(self, docnum: int, name: str, default: int = 0) -> int:
        return int(self._lengths(name)[docnum]) or default

    def field_length(self, name: str) -> int:
        return int(self._lengths(name).sum(dtype=np.int64))

    def min_field_length(self, name: str) -> int:
        return int(self._lengths(name).min())

    def max_field_length(self, name: str) -> int:
        return int(self._lengths(name).max())

    def _lengths(self, name: str) -> Any:
        return self._segment.field(Field(name)).lengths

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {}


class _Values(columns.ColumnReader):  # type: ignore[misc]
    def __init__(self, values: list[bytes]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> bytes:
        return self._values[docnum]


class _PlacedForms(fields.FieldType):  # type: ignore[misc]
    """A field of forms with their places; what is put into it was analysed before."""

    def __init__(self) -> None:
        # No analyser, which the base class insists on: nothing is written through Whoosh.
        self.format = _POSITIONS
        self.scorable = True

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else encode(value)

    def from_bytes(self, value: bytes) -> str:
        return decode(value)


class _Key(fields.COLUMN):  # type: ignore[misc]
    """A value to filter by, count and show; no search goes through it."""

    def to_bytes(self, value: str) -> bytes:
        return encode(value)

    def from_bytes(self, value: bytes) -> str:
        return decode(value)


def schema() -> Any:
    """Return the fields and keys of a passage as Whoosh wants them told."""
    return fields.Schema(
        **{key: _Key() for key in KEYS}, **{name: _PlacedForms() for name in _NAMES}
    )
