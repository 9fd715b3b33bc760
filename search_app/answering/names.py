"""Names in a question that are no places of reports: an answer must hold them.

`Cồn Sậy` in a question about a town without a report, `xã Phú Bần` inside a town: a statement
that does not hold the name speaks of something else, however many other words it shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.indicators import Indicators
from indexer.models import Document, Span
from indexer.text.analysis import forms
from indexer.text.segment import lexicon
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Zone, zone_of
from search_app.answering.evidence import HEADING, SENTENCE
from search_app.understand import Understanding, name_of

_LEVELS = frozenset(forms("xã phường huyện tỉnh quận ấp khóm thôn phố trấn"))
_AT = frozenset(forms("ở tại của"))
_LONGEST = 4
_FRONT_CHARS = 1000
# A statement without a name that the question gives is hardly about it.
_WITHOUT_PLACE = 0.3
_WITHOUT_NAME = 0.75


@dataclass(frozen=True, slots=True)
class Name:
    """A run of forms that names something; `strict` when it says where."""

    run: tuple[str, ...]
    strict: bool


def read_names(meaning: Understanding, documents: Iterable[Document]) -> tuple[Name, ...]:
    """Return the names in a question, without those of the places that are searched.

    >>> from search_app.understand import Knowledge, understand
    >>> meaning = understand("Tỷ lệ hộ nghèo ở huyện Cồn Sậy là bao nhiêu?", Knowledge())
    >>> read_names(meaning, ())
    (Name(run=('cồn', 'sậy'), strict=True),)
    """
    # "thị xã A, tỉnh B": the province only says which town is meant.
    own = {forms(d.metadata.province) for d in documents} if meaning.places else set()
    own |= {forms(place) for place in meaning.places}
    names = [*_capitals(meaning), *_known_places(meaning)]
    return tuple(
        dict.fromkeys(name for name in names if not any(_inside(name.run, run) for run in own))
    )


def strict_spans(meaning: Understanding) -> Iterator[Span]:
    """Yield where a question says of which place it asks, for a place without a document.

    Whether a statement is of that place is weighed by its name alone: it may stand far above.
    """
    found = [term.form for term in meaning.analysis.syllables]
    for run in (name.run for name in read_names(meaning, ()) if name.strict):
        for start in range(len(found) - len(run) + 1):
            if tuple(found[start : start + len(run)]) == run:
                inside = meaning.analysis.syllables[start : start + len(run)]
                yield Span(inside[0].span.start, inside[-1].span.end)


def named_indicators(meaning: Understanding, indicators: Indicators) -> dict[str, frozenset[int]]:
    """Return the indicators that a question names, by key, with the syllables that name each."""
    found: dict[str, frozenset[int]] = {}
    for match in indicators.find(meaning.text):
        inside = frozenset(
            index
            for index, term in enumerate(meaning.analysis.syllables)
            if match.span.holds(term.span)
        )
        found[match.indicator.slug] = found.get(match.indicator.slug, frozenset()) | inside
    return found


def named_provinces(meaning: Understanding, provinces: Iterable[str]) -> Iterator[Span]:
    """Yield where a question with a place says in which province it lies."""
    found = [term.form for term in meaning.analysis.syllables]
    for run in (forms(province) for province in provinces if province and meaning.places):
        for start in range(len(found) - len(run) + 1):
            if tuple(found[start : start + len(run)]) == run:
                inside = meaning.analysis.syllables[start : start + len(run)]
                yield Span(inside[0].span.start, inside[-1].span.end)


def weigh_names(candidate: Candidate, names: Sequence[Name]) -> Candidate:
    """Return a candidate with a lower score for every name that it does not hold."""
    if not names:
        return candidate
    score = candidate.score
    for name in names:
        if not _holds(candidate, name):
            score *= _WITHOUT_PLACE if name.strict else _WITHOUT_NAME
    return replace(candidate, score=score)


def speaks_of(candidate: Candidate, places: Sequence[str]) -> bool:
    """Say whether a statement speaks of one of the places, as its document's or by its name."""
    own = candidate.evidence.document.metadata.place
    names = [(place, Name(name_of(place), strict=True)) for place in places]
    return not places or any(
        _holds(candidate, name) and (own == place or not _inside(name.run, forms(own)))
        for place, name in names
    )


def _holds(candidate: Candidate, name: Name) -> bool:
    """Say whether a statement speaks of what is named, itself or by what stands above it.

    A figure of another place than its document's is only held by its own place.
    """
    evidence, fact = candidate.evidence, candidate.fact
    own = evidence.document.metadata.place
    if name.strict and fact is not None and fact.place and fact.place != own:
        return _inside(name.run, forms(fact.place))
    if _inside(name.run, forms(own)):
        return True
    zones = [evidence.zone(candidate.quote)]
    least = HEADING - 0.1 if not name.strict else SENTENCE - 0.1
    zones += [zone for zone, worth in evidence.around if worth >= least]
    zones += [zone_of(heading) for heading in evidence.headings]
    if not own:
        zones.append(_front(evidence.document))
    return any(zone.has(name.run) == 1.0 for zone in zones)


def _front(document: Document) -> Zone:
    """Return what the first lines of a document say, title and letterhead."""
    first = document.sections[0].heading.start if document.sections else _FRONT_CHARS
    lines = document.text[: min(first, _FRONT_CHARS)]
    return zone_of(f"{document.metadata.title}. {document.metadata.issuer}. {lines}")


def _capitals(meaning: Understanding) -> Iterable[Name]:
    """Yield the runs of two and more capitalised syllables that are content."""
    syllables = meaning.analysis.syllables
    content = set(meaning.content)
    written = [term.span.of(meaning.text) for term in syllables]
    start = 0
    while start < len(syllables):
        end = start
        while end < len(syllables) and end in content and _is_capital(written[end]):
            end += 1
        levels = start
        while levels < end - 1 and syllables[levels].form in _LEVELS:
            levels += 1  # "Xã Suối Cạn" at the beginning of a question
        strict = levels > start or (start > 0 and syllables[start - 1].form in _LEVELS | _AT)
        start = levels
        if end - start > 1 or (end > start and start and syllables[start - 1].form in _LEVELS):
            yield Name(tuple(term.form for term in syllables[start:end]), strict)
        start = max(end, start + 1)


def _known_places(meaning: Understanding) -> Iterable[Name]:
    """Yield names of real places that stand where a place is said, in small letters too."""
    found = [term.form for term in meaning.analysis.syllables]
    content = set(meaning.content)
    for start in range(1, len(found)):
        if found[start - 1] not in _LEVELS | _AT:
            continue
        for end in range(min(len(found), start + _LONGEST), start + 1, -1):
            run = tuple(found[start:end])
            if content.issuperset(range(start, end)) and run in _place_names():
                yield Name(run, strict=True)
                break


def _is_capital(word: str) -> bool:
    return word[0].isupper() and not (len(word) > 1 and word.isupper())


def _inside(run: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[at : at + len(run)] == run for at in range(len(whole) - len(run) + 1))


@lru_cache(maxsize=1)
def _place_names() -> frozenset[tuple[str, ...]]:
    common = {word for word in lexicon() if word == word.lower()}
    return frozenset(
        forms(word) for word in lexicon() if word != word.lower() and word.lower() not in common
    )
