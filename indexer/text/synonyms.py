"""Expressions that mean the same to a searcher, and pairs that must never be taken as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import chain, groupby, pairwise, product

from indexer.text.analysis import forms
from indexer.text.normalise import match_form
from indexer.text.phrases import Expansion, ExpansionKind, Found, PhraseTable

Forms = tuple[str, ...]
_Steps = dict[Forms, list["Synonym"]]


@dataclass(frozen=True, slots=True)
class Synonym:
    """An entry: all `terms` mean the same, or (with `to`) each of them also finds what is in `to`.

    `reason` is a short sentence for the person who asks.
    """

    terms: tuple[str, ...]
    reason: str
    to: tuple[str, ...] = ()
    topic: str = ""

    def others(self, term: str) -> tuple[str, ...]:
        """Return what is searched beside one of the terms.

        >>> Synonym(("trạm xá", "trạm y tế"), "").others("trạm xá")
        ('trạm y tế',)
        """
        return self.to or tuple(other for other in self.terms if other != term)


@dataclass(frozen=True)
class Synonyms:
    """All entries; what is `distinct` hides what stands inside it and is never expanded into it.

    >>> known = Synonyms((Synonym(("trạm xá", "trạm y tế"), "Tên gọi cũ và mới"),))
    >>> [(item.to_text, item.start, item.end) for item in known.of(("các", "trạm", "xá"))]
    [('trạm y tế', 1, 3)]
    """

    entries: tuple[Synonym, ...]
    distinct: tuple[tuple[str, str], ...] = ()
    _table: PhraseTable[tuple[tuple[str, Synonym], ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        table: dict[Forms, list[tuple[str, Synonym]]] = {}
        # A distinct expression without synonyms keeps its parts from being expanded on their own.
        for term in (term for pair in self.distinct for term in pair):
            table.setdefault(forms(term), [])
        for entry in self.entries:
            for term in entry.terms:
                table.setdefault(forms(term), []).append((term, entry))
        rows = {source: tuple(found) for source, found in table.items()}
        object.__setattr__(self, "_table", PhraseTable(rows))

    def of(self, question: Sequence[str]) -> tuple[Expansion, ...]:
        """Return the synonyms of all expressions in a question, given its syllable forms.

        The longest expression wins where two overlap; `start` and `end` count syllables.
        """
        return tuple(
            expansion
            for found in self._table.find(question)
            for expansion in _expansions(found).values()
        )


def _expansions(found: Found[tuple[tuple[str, Synonym], ...]]) -> dict[str, Expansion]:
    """Return what an expression is searched as, each once, with the reason of its first entry."""
    kind = ExpansionKind.SYNONYM
    expansions: dict[str, Expansion] = {}
    for term, entry in found.value:
        for other in entry.others(term):
            # What holds the expression itself is found without being searched for.
            if f" {' '.join(forms(term))} " in f" {' '.join(forms(other))} ":
                continue
            item = Expansion(term, other, kind, entry.reason, found.start, found.end)
            expansions.setdefault(match_form(other), item)
    return expansions


def find_cycle(entries: Iterable[Synonym]) -> tuple[str, ...]:
    """Return terms whose one-way entries lead back to the first one; empty when there are none.

    >>> find_cycle([Synonym(("a",), "", to=("b",)), Synonym(("b",), "", to=("a",))])
    ('b', 'a', 'b')
    """
    entries = tuple(entries)
    same = _Classes()
    for entry in entries:
        if not entry.to:
            same.join([forms(term) for term in entry.terms])
    graph: TopologicalSorter[Forms] = TopologicalSorter()
    steps: dict[tuple[Forms, Forms], tuple[str, str]] = {}
    for entry in entries:
        for term, other in product(entry.terms, entry.to):
            source, target = same.of(forms(term)), same.of(forms(other))
            steps[source, target] = (term, other)
            graph.add(target, source)
    try:
        graph.prepare()
    except CycleError as error:
        written = chain.from_iterable(steps[step] for step in pairwise(error.args[1]))
        return tuple(term for term, _ in groupby(written))
    return ()


def find_joined(entries: Iterable[Synonym], distinct: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the chain by which the first distinct pair is joined, empty when none is.

    >>> entries = [Synonym(("hộ nghèo", "hộ khó khăn", "hộ cận nghèo"), "")]
    >>> find_joined(entries, [("hộ nghèo", "hộ cận nghèo")])
    ('hộ nghèo', 'hộ cận nghèo')
    """
    steps: _Steps = {}
    for entry in entries:
        for term in entry.terms:
            steps.setdefault(forms(term), []).append(entry)
    for first, second in distinct:
        way = _chain(steps, first, second) or _chain(steps, second, first)
        if way:
            return way
    return ()


def _chain(steps: _Steps, start: str, goal: str) -> tuple[str, ...]:
    """Return the shortest way from one term to the other."""
    came_from: dict[Forms, str] = {forms(start): ""}
    queue = [start]
    for term in queue:
        entries = steps.get(forms(term), ())
        for other in chain.from_iterable(entry.others(term) for entry in entries):
            if forms(other) not in came_from:
                came_from[forms(other)] = term
                queue.append(other)
            if forms(other) == forms(goal):
                return _way_back(came_from, other)
    return ()


def _way_back(came_from: dict[Forms, str], term: str) -> tuple[str, ...]:
    way = [term]
    while before := came_from[forms(way[-1])]:
        way.append(before)
    return tuple(reversed(way))


class _Classes:
    """Terms that two-way entries make the same (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[Forms, Forms] = {}

    def of(self, term: Forms) -> Forms:
        while (parent := self._parent.get(term, term)) != term:
            self._parent[term] = self._parent.get(parent, parent)
            term = parent
        return term

    def join(self, terms: Sequence[Forms]) -> None:
        for term in terms[1:]:
            self._parent[self.of(term)] = self.of(terms[0])
