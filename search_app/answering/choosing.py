"""Which of the candidates answer: those that are certain enough, place by place, slot by slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product, zip_longest

from indexer.models import FactKind
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Unit
from search_app.answering.evidence import Evidence
from search_app.answering.figures import Asked, distinct, fact_candidates, is_number_of
from search_app.answering.front import front_candidates
from search_app.answering.names import Name, read_names, speaks_of, weigh_names
from search_app.answering.wants import REASONED, AnswerType, Slot, Wants
from search_app.answering.words import word_candidates
from search_app.understand import Understanding

MOST_ANSWERS = 6
# Below these scores nothing is answered; from the golden questions: docs/quality.md.
_ENOUGH = {
    AnswerType.WHEN: 0.45,
    AnswerType.CAUSE: 0.33,
    AnswerType.SHORTCOMING: 0.33,
    AnswerType.SOLUTION: 0.33,
    AnswerType.LESSON: 0.33,
}
_ENOUGH_FIGURE = 0.52
_ENOUGH_KEY_FIGURE = 0.7
# Of words that name no figure most of them have to stand beside it.
_ENOUGH_UNNAMED_FIGURE = 0.8
_ENOUGH_WORDS = 0.52
# A sentence in place of the figure that was probably meant.
_ENOUGH_INSTEAD = 0.65
# A further answer must be nearly as good as the best one.
_NEARLY = 0.93
# A question of nothing but light words (`bao nhiêu`, `của`) asks nothing; a rare word is worth 4-6.
_ENOUGH_WORTH = 1.5
# Reasons and lessons come several together.
_NEARLY_A_REASON = 0.8
_OTHER_PLACE = 0.8
# A question without a time is one of now: a later result that is told nearly as well goes first.
_LATER = 0.85
_BEFORE = 0.001


@dataclass(frozen=True, slots=True)
class Needs:
    """What every candidate is held against; `named`: the indicators that the question names.

    `of` are the places that it asks of, when documents of other places are read, too.
    """

    units: tuple[Unit, ...]
    wants: Wants
    named: Mapping[str, frozenset[int]]
    listed: frozenset[str]
    counted: frozenset[int]
    text: str
    of: tuple[str, ...] = ()


def choose(evidences: Sequence[Evidence], needs: Needs, meaning: Understanding) -> list[Candidate]:
    """Return the candidates that answer, best first; empty when none is certain enough."""
    asks = needs.wants.type in REASONED or sum(u.weight for u in needs.units) >= _ENOUGH_WORTH
    if not asks:
        return []
    names = read_names(meaning, [e.document for e in evidences])
    places = meaning.places or meaning.near
    found = _answering(evidences, needs, places, names)
    if not found and needs.wants.vague:
        sentences = replace(needs, wants=replace(needs.wants, type=AnswerType.STATEMENT, slots=()))
        found = [
            candidate
            for candidate in _answering(evidences, sentences, places, names)
            if candidate.score >= _ENOUGH_INSTEAD
        ]
    return found


def _answering(
    evidences: Sequence[Evidence], needs: Needs, places: Sequence[str], names: Sequence[Name]
) -> list[Candidate]:
    rows = []
    for row in _rows(evidences, needs, places):
        spoken = [candidate for candidate in row if speaks_of(candidate, needs.of)]
        held = [weigh_names(candidate, names) for candidate in spoken]
        held = _latest_first(sorted(held, key=lambda c: -c.score), needs)
        rows.append(_enough(held, needs))
    return _merge(rows)


def _latest_first(row: list[Candidate], needs: Needs) -> list[Candidate]:
    """Return the candidates with the latest result of each place before its earlier ones."""
    if needs.wants.times or any(slot.period for slot in needs.wants.slots):
        return row
    best: dict[str, Candidate] = {}
    for candidate in row:
        best.setdefault(candidate.place, candidate)
    for top in best.values():
        same = [c for c in row if _is_later(c, top)]
        if same:
            last = max(same, key=_ends)
            row = [replace(c, score=top.score + _BEFORE) if c is last else c for c in row]
    return sorted(row, key=lambda c: -c.score)


def _is_later(candidate: Candidate, top: Candidate) -> bool:
    """Say whether a candidate is a later result of the same indicator, told nearly as well."""
    fact, first = candidate.fact, top.fact
    return (
        fact is not None
        and first is not None
        and first.kind is FactKind.RESULT
        and (fact.kind, fact.indicator, fact.quantity.unit, candidate.place)
        == (first.kind, first.indicator, first.quantity.unit, top.place)
        and _ends(candidate) > _ends(top)
        and candidate.score >= _LATER * top.score
    )


def _ends(candidate: Candidate) -> str:
    return candidate.fact.period.end if candidate.fact else ""


def _rows(
    evidences: Sequence[Evidence], needs: Needs, places: Sequence[str]
) -> Iterator[tuple[Candidate, ...]]:
    """Yield the candidates for each place and each slot of the question."""
    for place in places if len(places) > 1 else ("",):
        own = [e for e in evidences if not place or e.document.metadata.place == place]
        if needs.wants.numeric or len(needs.wants.slots) > 1:
            kinds = (needs.wants.type, *needs.wants.further)
            for kind, slot in product(kinds, needs.wants.slots):
                wanted = replace(needs, wants=replace(needs.wants, type=kind))
                yield distinct(_figures(own, wanted, slot))
        elif needs.wants.type is AnswerType.KEYWORDS:
            figures = _figures(own, needs, needs.wants.slots[0])
            least = _ENOUGH_KEY_FIGURE if needs.wants.figure else _ENOUGH_UNNAMED_FIGURE
            certain = [c for c in figures if c.score >= least]
            yield distinct(certain)
            if not any(c.fact and c.fact.indicator in needs.named for c in certain):
                yield distinct(word_candidates(own, needs.units, needs.wants))
        else:
            documents = {e.document.id: e.document for e in own}.values()
            front = front_candidates(documents, needs.units, needs.wants, needs.text)
            yield distinct([*front, *word_candidates(own, needs.units, needs.wants)])


def _figures(evidences: Sequence[Evidence], needs: Needs, slot: Slot) -> tuple[Candidate, ...]:
    asked = Asked(needs.units, needs.wants, slot, needs.named, needs.listed, needs.counted)
    return fact_candidates(evidences, asked)


def _enough(row: Sequence[Candidate], needs: Needs) -> list[Candidate]:
    """Return the candidates that are certain enough, the best of every place first."""
    row = _of_the_indicator(_of_the_unit(row, needs), needs)
    if not row:
        return []
    least = _ENOUGH.get(needs.wants.type, _ENOUGH_FIGURE if needs.wants.numeric else _ENOUGH_WORDS)
    reasoned = needs.wants.type in REASONED
    nearly = (_NEARLY_A_REASON if reasoned else _NEARLY) * row[0].score
    best: dict[str, float] = {}
    first, further = [], []
    for candidate in row:
        is_best = candidate.place not in best
        best.setdefault(candidate.place, candidate.score)
        if candidate.score < least:
            continue
        if is_best and candidate.score >= _OTHER_PLACE * row[0].score:
            first.append(candidate)
        elif candidate.score >= nearly:
            further.append(candidate)
    if reasoned:
        # As the report tells them: "Một là, … Hai là, …".
        return sorted(first + further, key=lambda c: (c.place != row[0].place, c.quote))
    return first + further


def _of_the_unit(row: Sequence[Candidate], needs: Needs) -> Sequence[Candidate]:
    """Return no shares of the places whose number of things is told, when it is asked for."""
    noun = needs.wants.number_of
    if not noun or not row:
        return row
    counted = {
        candidate.place
        for candidate in row
        if candidate.fact is not None
        and is_number_of(candidate.fact, noun)
        and candidate.score >= _OTHER_PLACE * row[0].score
    }
    return [c for c in row if c.place not in counted or not _is_share(c)]


def _is_share(candidate: Candidate) -> bool:
    return candidate.fact is not None and candidate.fact.quantity.unit.startswith("%")


def _of_the_indicator(row: Sequence[Candidate], needs: Needs) -> Sequence[Candidate]:
    """Return only the values of the indicator that is named, when the best value is one."""
    if not row or row[0].fact is None or row[0].fact.indicator not in needs.named:
        return row
    return [c for c in row if c.fact is not None and c.fact.indicator in needs.named]


def _merge(rows: Sequence[list[Candidate]]) -> list[Candidate]:
    """Return the first of every row, then the second of every row, and so on."""
    turns = [candidate for turn in zip_longest(*rows) for candidate in turn if candidate]
    return list(_said_once(distinct(turns)))[:MOST_ANSWERS]


def _said_once(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates without sentences that another version of the report has, too."""
    said: dict[tuple[str, str], str] = {}
    for candidate in candidates:
        document = candidate.evidence.document
        sentence = " ".join(candidate.quote.of(document.text).split())
        first = said.setdefault((document.metadata.place, sentence), document.id)
        # A further value of the sentence comes from a fact; the same value was left out before.
        if first == document.id or candidate.fact is not None:
            yield candidate
