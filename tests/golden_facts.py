"""How well facts are found, measured on the hand-annotated numbers of `tests/golden`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer.facts.extract import find_facts
from indexer.indicators import load_indicators
from indexer.models import Document, Fact, Span
from indexer.readers.registry import read_file
from indexer.structure import build_document
from indexer.text.analysis import forms

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/golden"
ATTRIBUTES = ("value", "unit", "kind", "period", "place", "indicator")
MAX_BYTES = 10**8


@dataclass(frozen=True)
class Miss:
    """A number that was read otherwise than it was annotated: what differs, and both readings."""

    quote: str
    number: str
    wrong: tuple[str, ...]
    expected: Mapping[str, object]
    found: Fact | None


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1: right ones of those found, right ones of those annotated."""

    precision: float
    recall: float
    attributes: Mapping[str, float]
    misses: tuple[Miss, ...]
    false: tuple[str, ...]


def measure() -> Figures:
    """Return how well the facts of the sample reports are found."""
    facts = [line for line in _lines("facts.jsonl") if line["kind"] != "none"]
    found = {source: facts_of(source) for source in {str(line["source"]) for line in facts}}
    misses, right, counts, matched = [], 0, Counter[str](), 0
    right_spans = set()
    for line in facts:
        source = str(line["source"])
        place = number_span(document_of(source), line)
        fact = next((one for one in found[source] if _touch(one.quantity.number, place)), None)
        wrong = _differences(line, fact) if fact else ATTRIBUTES
        matched += fact is not None
        counts.update(name for name in ATTRIBUTES if fact is not None and name not in wrong)
        if fact is not None and not wrong:
            right += 1
            right_spans.add((source, fact.quantity.number))
        else:
            misses.append(Miss(str(line["quote"]), str(line["number"]), wrong, line, fact))
    inside = [(source, one) for source, all_of in found.items() for one in _inside(source, all_of)]
    false = [one for one in inside if (one[0], one[1].quantity.number) not in right_spans]
    return Figures(
        precision=1 - len(false) / len(inside),
        recall=right / len(facts),
        attributes={name: counts[name] / matched for name in ATTRIBUTES},
        misses=tuple(misses),
        false=tuple(f"{source}: {_told(source, one)}" for source, one in false),
    )


@lru_cache
def document_of(source: str) -> Document:
    """Return a sample report."""
    path = ROOT / "corpus" / source
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return build_document(read_file(path, MAX_BYTES), source, sha256)


@lru_cache
def facts_of(source: str) -> tuple[Fact, ...]:
    """Return the facts of a sample report."""
    return find_facts(document_of(source), load_indicators())


def number_span(document: Document, line: Mapping[str, object]) -> Span:
    """Return where the number of an annotation stands in its report."""
    quote, number = str(line["quote"]), str(line["number"])
    start = document.text.index(quote)
    for _ in range(int(str(line.get("occurrence", 1)))):
        start = document.text.index(number, start) + 1
    return Span(start - 1, start - 1 + len(number))


def _inside(source: str, facts: Sequence[Fact]) -> Iterator[Fact]:
    text = document_of(source).text
    for line in _lines("facts_complete.jsonl"):
        if line["source"] == source:
            start = text.index(str(line["quote_start"]))
            end = text.index(str(line["quote_end"]), start) + len(str(line["quote_end"]))
            yield from (one for one in facts if Span(start, end).holds(one.quantity.number))


def _differences(line: Mapping[str, object], fact: Fact) -> tuple[str, ...]:
    period = line["period"]
    assert isinstance(period, dict)
    value = str(fact.quantity.value)
    if fact.quantity.other is not None:
        value += f"/{fact.quantity.other}"
    same = {
        "value": value == line["value"],
        "unit": _head(fact.quantity.unit) == _head(str(line["unit"])),
        "kind": fact.kind.value == line["kind"],
        "period": (fact.period.start, fact.period.end) == (period["start"], period["end"]),
        "place": fact.place == line["place"],
        "indicator": _shares(str(line["indicator"]), f"{fact.parent} {fact.name}"),
    }
    return tuple(name for name in ATTRIBUTES if not same[name])


def _head(unit: str) -> str:
    return unit.partition("/")[0].split()[0].lower() if unit else ""


def _shares(expected: str, found: str) -> bool:
    """Say whether at least half of the words that are expected were found."""
    wanted = set(forms(expected))
    return 2 * len(wanted & set(forms(found))) >= len(wanted)


def _touch(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _told(source: str, fact: Fact) -> str:
    words = fact.clause.of(document_of(source).text)
    return f"{fact.quantity.value} {fact.quantity.unit} | {fact.name} | {fact.kind} | {words}"


@lru_cache
def _lines(name: str) -> tuple[Mapping[str, object], ...]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())
