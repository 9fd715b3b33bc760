"""The counts of phrases of all reports together: what one report adds is added to them.

Counts can be added but not taken away, for the most frequent spelling of a phrase is kept alone.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.phrase_counts import PhraseCounts

# Keys and spellings hold no line break.
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums of counts by forms; of several spellings the one of the most counts in one report."""

    counts: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)

    def add(self, part: Mapping[str, tuple[str, int]]) -> None:
        """Add the counts of a report."""
        for key, (spelling, count) in part.items():
            before = self.counts.get(key)
            if before is None:
                self.counts[key] = self.most[key] = count
                self.spellings[key] = spelling
                continue
            self.counts[key] = before + count
            best, most = self.spellings[key], self.most[key]
            if spelling == best:
                self.most[key] = max(most, count)
            elif _rank(spelling, count) > _rank(best, most):
                self.spellings[key], self.most[key] = spelling, count

    def columns(self) -> list[object]:
        """Return the tally for `of`."""
        spellings, most = self.spellings.values(), self.most.values()
        return [_packed(self.counts), _packed(spellings), [*most], [*self.counts.values()]]

    @classmethod
    def of(cls, columns: Sequence[Any]) -> Tally:
        """Return the tally of these columns."""
        keys, spellings, most, counts = columns
        keys = _unpacked(keys, counts)
        return cls(
            dict(zip(keys, counts, strict=True)),
            dict(zip(keys, _unpacked(spellings, counts), strict=True)),
            dict(zip(keys, most, strict=True)),
        )


def _rank(spelling: str, count: int) -> tuple[bool, int, str]:
    # What is not in capitals says more about how a phrase is written.
    return bool(spelling) and not spelling.isupper(), count, spelling


@dataclass(slots=True)
class PhraseTotals:
    """The sums of what reports say about phrases; see `PhraseCounts`.

    A name is spelled as in the first report that has it.

    >>> totals = PhraseTotals()
    >>> totals.add(PhraseCounts(words=3, headings={"nông nghiệp": ("Nông nghiệp", 2)}))
    >>> PhraseTotals.from_bytes(totals.to_bytes()).headings.counts
    {'nông nghiệp': 2}
    """

    words: int = 0
    runs: Tally = field(default_factory=Tally)
    headings: Tally = field(default_factory=Tally)
    indicators: Tally = field(default_factory=Tally)
    names: dict[str, str] = field(default_factory=dict)
    capitals: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)

    def add(self, counts: PhraseCounts) -> None:
        """Add the counts of a report."""
        self.words += counts.words
        self.runs.add(counts.runs)
        self.headings.add(counts.headings)
        self.indicators.add(counts.indicators)
        for key, (spelling, often, seldom) in counts.names.items():
            self.names.setdefault(key, spelling)
            self.capitals[key] += often
            self.small[key] += seldom

    def to_bytes(self) -> bytes:
        """Return the totals as bytes for `from_bytes`; packed JSON, no pickle."""
        columns = [
            self.words,
            *(each.columns() for each in (self.runs, self.headings, self.indicators)),
            [_packed(self.names), _packed(self.names.values())],
            [[*self.capitals.values()], [*self.small.values()]],
        ]
        return zlib.compress(json.dumps(columns, ensure_ascii=False).encode(), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> PhraseTotals:
        """Return the totals that `to_bytes` wrote."""
        words, runs, headings, indicators, (keys, names), (capitals, small) = json.loads(
            zlib.decompress(data)
        )
        keys = _unpacked(keys, capitals)
        return cls(
            words,
            Tally.of(runs),
            Tally.of(headings),
            Tally.of(indicators),
            dict(zip(keys, _unpacked(names, capitals), strict=True)),
            Counter(dict(zip(keys, capitals, strict=True))),
            Counter(dict(zip(keys, small, strict=True))),
        )


def _packed(texts: Iterable[str]) -> str:
    return _SEPARATOR.join(texts)


def _unpacked(packed: str, beside: Sequence[object]) -> list[str]:
    return packed.split(_SEPARATOR) if beside else []
