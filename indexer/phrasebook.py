"""The phrases of the reports that are worth completing, learnt from the reports alone.

A phrase is offered when it recurs, holds together (normalised pointwise mutual information,
Bouma 2009) and is not nearly always part of a longer one.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from indexer.names import lowered
from indexer.phrase_counts import PhraseCounts
from indexer.phrase_runs import LONGEST
from indexer.phrase_totals import PhraseTotals
from indexer.text.analysis import forms
from indexer.text.phrases import PhraseTable

# Set by looking at the lists of real and sample reports.
_FEWEST = 3
_LEAST_COHESION = 0.3
_PART_OF = 0.85
_FEWEST_SYLLABLES = 2
_LONGEST_PHRASE = LONGEST - 1
_MAGIC = b"VKPB2"
_HEADER = struct.Struct("<5sI")
_SIZE = struct.Struct("<I")

# Small words; a phrase that begins or ends with one is a piece of a sentence.
_NEVER_FIRST = frozenset(
    forms(
        "và của các những cho với trong tại về ở là có được bị đã đang sẽ chưa không cũng còn vẫn"
        " để do từ đến theo trên dưới sau trước khi như thì mà nhưng hoặc bằng gồm cùng này đó nên"
        " số năm một hai ba bốn nhiều mỗi từng hơn nhất rất đều lại ra vào lên xuống qua nhằm đạt"
        " trở đối so tháng ngày vì cả mọi phải gần khoảng bởi giữa ngoài thuộc nếu tuy việc"
        " sự giảm tăng chiếm"
    )
)
_NEVER_LAST = _NEVER_FIRST - frozenset(
    forms("số năm ra vào trên dưới ngoài trước sau")
) | frozenset(forms("công việc tổ bước trên năm thứ đồng số lần lớp loại bậc tuy các"))


# What begins so is worth offering only where a value follows: as an indicator.
_MEASURES = frozenset({"tỉ lệ", "tỉ suất", "tỉ trọng", "tổng số"})


class PhraseKind(StrEnum):
    """What a phrase is in the reports."""

    INDICATOR = "indicator"
    HEADING = "heading"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to complete a question to, as the reports write it, and how often they do."""

    text: str
    kind: PhraseKind
    count: int


class DamagedPhrasebook(ValueError):
    """The bytes are no phrasebook of this version, or not all of it."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The phrases of all reports, most frequent first.

    `documents` keeps the counts of each report and `totals` those of all, packed, for the next
    selection.
    """

    phrases: tuple[Phrase, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)
    totals: bytes = PhraseTotals().to_bytes()

    def updated(self, added: Mapping[str, PhraseCounts], kept: frozenset[str]) -> Phrasebook:
        """Return the book with the counts of added reports and without those not kept.

        >>> counts = PhraseCounts(headings={"nông nghiệp": ("NÔNG NGHIỆP", 2)})
        >>> book = Phrasebook().updated({"a1": counts}, frozenset(["a1"]))
        >>> [(phrase.text, phrase.kind.value) for phrase in book.phrases]
        [('Nông nghiệp', 'heading')]
        >>> book.updated({}, frozenset()).phrases
        ()
        """
        documents = {name: packed for name, packed in self.documents.items() if name in kept}
        documents |= {name: pack_counts(counts) for name, counts in added.items()}
        totals = PhraseTotals.from_bytes(self.totals)
        new: Iterable[PhraseCounts] = added.values()
        if documents.keys() - added.keys() != self.documents.keys():
            # What a report counted cannot be taken out of the totals.
            totals, new = PhraseTotals(), map(unpack_counts, documents.values())
        for counts in new:
            totals.add(counts)
        return Phrasebook(select(totals), documents, totals.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the book as bytes for `from_bytes`; packed JSON, no pickle."""
        head = {
            "phrases": [[phrase.text, phrase.kind.value, phrase.count] for phrase in self.phrases],
            "documents": {name: len(packed) for name, packed in self.documents.items()},
        }
        packed = zlib.compress(json.dumps(head, ensure_ascii=False).encode())
        body = _SIZE.pack(len(packed)) + packed + b"".join(self.documents.values()) + self.totals
        return _HEADER.pack(_MAGIC, zlib.crc32(body)) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Phrasebook:
        """Return the book that `to_bytes` wrote. Raises DamagedPhrasebook.

        >>> Phrasebook.from_bytes("tỷ lệ hộ nghèo".encode())
        Traceback (most recent call last):
        indexer.phrasebook.DamagedPhrasebook: This is no phrasebook of this version.
        """
        if len(data) < _HEADER.size or not data.startswith(_MAGIC):
            raise DamagedPhrasebook("This is no phrasebook of this version.")
        _, checksum = _HEADER.unpack_from(data)
        body = data[_HEADER.size :]
        if zlib.crc32(body) != checksum:
            raise DamagedPhrasebook("The phrasebook is damaged.")
        start = _SIZE.size + _SIZE.unpack_from(body)[0]
        head = json.loads(zlib.decompress(body[_SIZE.size : start]))
        documents = {}
        for name, length in head["documents"].items():
            documents[name] = body[start : start + length]
            start += length
        phrases = (Phrase(text, PhraseKind(kind), count) for text, kind, count in head["phrases"])
        return cls(tuple(phrases), documents, body[start:])


def select(totals: PhraseTotals) -> tuple[Phrase, ...]:
    """Return the phrases worth completing, most frequent first; the same words only once."""
    names = _names(totals)
    kinds = (
        (PhraseKind.INDICATOR, totals.indicators, totals.indicators.counts),
        (PhraseKind.HEADING, totals.headings, totals.headings.counts),
        (PhraseKind.PHRASE, totals.runs, _cohesive(totals)),
    )
    found: dict[str, Phrase] = {}
    for kind, tally, keys in kinds:
        for key in keys:
            count = tally.counts[key]
            if before := found.get(key):
                # A heading is a phrase of the text as well.
                found[key] = replace(before, count=max(before.count, count))
                continue
            spelling = tally.spellings[key]
            text = lowered(spelling, names) if spelling.isupper() else spelling
            found[key] = Phrase(text[0].upper() + text[1:], kind, count)
    return tuple(sorted(found.values(), key=lambda phrase: (-phrase.count, phrase.text)))


def _names(totals: PhraseTotals) -> PhraseTable[str]:
    """Return the names that mostly stand with capitals."""
    capitals, small = totals.capitals, totals.small
    # A capital letter met once may be a slip.
    return PhraseTable(
        {
            tuple(key.split(" ")): text
            for key, text in totals.names.items()
            if capitals[key] > max(1, small[key])
        }
    )


def _cohesive(totals: PhraseTotals) -> list[str]:
    counts, spellings = totals.runs.counts, totals.runs.spellings
    good = {
        key: count
        for key, count in counts.items()
        if count >= _FEWEST
        and spellings[key]
        and _is_phrase(key)
        and _holds(key, counts, totals.words)
    }
    longer: dict[str, int] = {}
    for key, count in good.items():
        for part in _parts(key):
            if part in good:
                longer[part] = max(longer.get(part, 0), count)
    return [
        key
        for key, count in good.items()
        if longer.get(key, 0) < _PART_OF * count and key.count(" ") < _LONGEST_PHRASE
    ]


def _is_phrase(key: str) -> bool:
    syllables = key.split(" ")
    return (
        len(syllables) >= _FEWEST_SYLLABLES
        and syllables[0] not in _NEVER_FIRST
        and syllables[-1] not in _NEVER_LAST
        and len(syllables[0]) > 1
        and " ".join(syllables[:2]) not in _MEASURES
    )


def _holds(key: str, counts: Mapping[str, int], total: int) -> bool:
    """Say whether the two sides of every seam stand together more often than by chance."""
    whole = counts[key] / total
    return all(
        math.log(whole * total * total / (counts[left] * counts[right])) / -math.log(whole)
        >= _LEAST_COHESION
        for left, right in _seams(key)
        if left in counts and right in counts and whole < 1
    )


def _seams(key: str) -> Iterator[tuple[str, str]]:
    at = key.find(" ")
    while at >= 0:
        yield key[:at], key[at + 1 :]
        at = key.find(" ", at + 1)


def _parts(key: str) -> Iterator[str]:
    """Yield the shorter runs of a phrase."""
    syllables = key.split(" ")
    for size in range(_FEWEST_SYLLABLES, len(syllables)):
        for start in range(len(syllables) - size + 1):
            yield " ".join(syllables[start : start + size])


def pack_counts(counts: PhraseCounts) -> bytes:
    """Return counts as bytes for `unpack_counts`."""
    columns = {each.name: getattr(counts, each.name) for each in fields(counts)}
    return zlib.compress(json.dumps(columns, ensure_ascii=False).encode(), 1)


def unpack_counts(packed: bytes) -> PhraseCounts:
    """Return the counts that `pack_counts` packed."""
    found: dict[str, Any] = json.loads(zlib.decompress(packed))
    return PhraseCounts(**found)
