"""What a question means: its content, the places it names, what kind of passage it wants.

Nothing is decided silently: the result says what was read out of the question, and every part of
it can be turned off by its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.models import Analysis, Span
from indexer.text.abbreviations import Abbreviations
from indexer.text.analysis import analyse, forms
from indexer.text.language import LanguageModel
from indexer.text.normalise import strip_accents
from indexer.text.phrases import Expansion
from indexer.text.segment import lexicon
from indexer.text.synonyms import Synonyms
from indexer.traits import Trait
from search_app.question_words import ASKING, CONNECTING, wanted_traits
from search_app.spelling import Spelling, read_spelling

# How a level is written, and the level it names.
_LEVELS = {
    forms(written): forms(level)
    for level, spellings in (
        ("thị xã", ("thị xã", "tx")),
        ("thành phố", ("thành phố", "tp")),
        ("thị trấn", ("thị trấn", "tt")),
        ("huyện", ("huyện",)),
        ("quận", ("quận",)),
        ("tỉnh", ("tỉnh",)),
        ("phường", ("phường",)),
        ("xã", ("xã",)),
    )
    for written in spellings
}
_TERM = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)(?!\d)")
_WHERE = tuple((form,) for form in forms("ở tại của"))
# The key that keeps a question as it was typed.
AS_TYPED = "accents"
# The key that reads no place out of a question.
ANYWHERE = "place:*"
# From here on a text is taken as a question even when no word of it asks.
_LONG = 8


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the library knows besides the index: places, terms, language, vocabulary."""

    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    language: LanguageModel | None = None
    abbreviations: Abbreviations = Abbreviations(())
    synonyms: Synonyms = Synonyms(())


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as it is searched. Indexes count the syllables of `analysis`.

    `content` must mostly be found, `minor` only helps; `places` filter; `near`, `terms` and
    `traits` are preferred (`near` are places that the text names without asking for them);
    nothing was found of `places_without`, so they filter no more.
    `spelling` says how it was typed.
    """

    spelling: Spelling
    analysis: Analysis
    content: tuple[int, ...]
    minor: tuple[int, ...]
    places: tuple[str, ...] = ()
    places_without: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    asks: bool = False

    @property
    def text(self) -> str:
        """Return the question as it is searched."""
        return self.spelling.text

    def form(self, index: int) -> str:
        """Return the form of a syllable."""
        return self.analysis.syllables[index].form


def understand(
    text: str, knowledge: Knowledge, skip: frozenset[str] = frozenset()
) -> Understanding:
    """Return what a question means; `skip` holds the keys of what is not to be read out of it.

    >>> found = understand("Cồn Mây có bao nhiêu hộ nghèo?", Knowledge(("thị xã Cồn Mây",)))
    >>> [found.form(index) for index in found.content], found.places
    (['hộ', 'nghèo'], ('thị xã Cồn Mây',))
    """
    model = None if AS_TYPED in skip else knowledge.language
    spelling = read_spelling(text, model)
    text = spelling.text
    analysis = analyse(text)
    syllables = tuple(term.form for term in analysis.syllables)
    asking = _find_all(syllables, ASKING)
    named = _name_places(analysis, text, knowledge.places, skip)
    taken = {index for span in named for index in span[0]}
    content = _content(analysis, asking | taken)
    places = tuple(dict.fromkeys(place for _, place in named))
    if not content:
        # "Cồn Mây" alone asks for the words, not for everything of the place.
        content, places, asking, taken = list(range(len(syllables))), (), set(), set()
    asks = bool(asking) or "?" in text or len(content) >= _LONG
    # Words without a question: a place among them may just as well be what they look for.
    near = places if not asks and not _says_where(named, syllables) else ()
    minor = [index for index in range(len(syllables)) if index not in {*content, *asking}]
    return Understanding(
        spelling=spelling,
        analysis=analysis,
        content=tuple(content),
        minor=tuple(minor),
        places=places if not near else (),
        near=near,
        terms=_name_terms(text, knowledge.terms, skip),
        traits=tuple(t for t in wanted_traits(text) if f"wants:{t.value}" not in skip),
        expansions=_expansions(analysis, text, taken, knowledge, skip),
        asks=asks,
    )


def _says_where(named: Sequence[tuple[range, str]], syllables: Sequence[str]) -> bool:
    """Say whether all places are asked for: with their level, or behind `ở`, `tại`, `của`."""
    return all(
        len(span) > len(_parts(place)[1]) or syllables[span.start - 1 : span.start] in _WHERE
        for span, place in named
    )


def _content(analysis: Analysis, taken: set[int]) -> list[int]:
    """Return the indexes of the syllables that carry the meaning.

    A small word inside a longer one (`hiện` in `phát hiện`) belongs to its meaning.
    """
    syllables = analysis.syllables
    free = [index for index in range(len(syllables)) if index not in taken]
    meaning = {index for index in free if syllables[index].form not in CONNECTING}
    for word in analysis.words:
        inside = [index for index in free if _stands_in(syllables[index].span, word.span)]
        if len(inside) > 1 and meaning.intersection(inside):
            meaning.update(inside)
    return sorted(meaning) if meaning or taken else free


def _stands_in(syllable: Span, word: Span) -> bool:
    return word.start <= syllable.start < word.end


def _find_all(syllables: Sequence[str], runs: Iterable[tuple[str, ...]]) -> set[int]:
    """Return the indexes of all syllables that belong to one of the runs, longest runs first."""
    found: set[int] = set()
    for run in runs:
        for start in range(len(syllables) - len(run) + 1):
            span = range(start, start + len(run))
            if tuple(syllables[start : start + len(run)]) == run and not found.intersection(span):
                found.update(span)
    return found


def _name_places(
    analysis: Analysis, text: str, places: Sequence[str], skip: frozenset[str]
) -> list[tuple[range, str]]:
    """Return the places that a question names and where, their level words included.

    A name typed without accents counts as well; a name after another level does not, and a name
    that is also a common word (`Đoàn Kết`) only with its level or its capitals. Of two names at
    one place the longer one counts.
    """
    syllables = tuple(term.form for term in analysis.syllables)
    ranked, by_first = _ranked(tuple(places))
    named: list[tuple[range, str]] = []
    begun = ((rank, at) for at, form in enumerate(syllables) for rank in by_first.get(form, ()))
    for rank, start in sorted(begun):
        place = ranked[rank]
        level, name = _parts(place)
        end = start + len(name)
        if not _same(syllables[start:end], name):
            continue
        width, named_level = _level_before(syllables, start)
        written = [term.span.of(text) for term in analysis.syllables[start:end]]
        small = text == text.lower()
        capital = all(word[0].isupper() for word in written)
        if width and level and named_level != level:
            continue
        if not width and not capital and (not small or _is_common(place, level)):
            continue
        span = range(start - width, end)
        if not any(set(span) & set(other) for other, _ in named):
            named.append((span, place))
    return [
        (span, place) for span, place in _lowest(named) if not skip & {f"place:{place}", ANYWHERE}
    ]


@lru_cache(maxsize=2)
def _ranked(places: tuple[str, ...]) -> tuple[tuple[str, ...], Mapping[str, Sequence[int]]]:
    """Return the places, long names first, and their ranks by the first syllable of the name.

    Thousands of places are too many to be compared with every question.
    """
    ranked = tuple(sorted(places, key=lambda place: -len(_parts(place)[1])))
    by_first: dict[str, list[int]] = {}
    for rank, place in enumerate(ranked):
        for first in _parts(place)[1][:1]:
            for form in {first, strip_accents(first)}:
                by_first.setdefault(form, []).append(rank)
    return ranked, by_first


def _lowest(named: Sequence[tuple[range, str]]) -> Iterator[tuple[range, str]]:
    """Yield the places without a province that only says where the place before it lies."""
    ends = {span.stop: place for span, place in named}
    for span, place in named:
        before = ends.get(span.start, "")
        if not (place.startswith("tỉnh ") and before and not before.startswith("tỉnh ")):
            yield span, place


def _is_common(place: str, level: tuple[str, ...]) -> bool:
    """Say whether the name of a place is also a word of the dictionary, written small there."""
    return " ".join(place.split()[len(level) :]).lower() in _common_words()


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(word for word in lexicon() if word == word.lower())


def name_of(place: str) -> tuple[str, ...]:
    """Return the forms of a place's name without its level.

    >>> name_of("thị xã Cồn Mây")
    ('cồn', 'mây')
    """
    return _parts(place)[1]


@lru_cache(maxsize=1 << 13)
def _parts(place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    whole = forms(place)
    level = next((level for level in _LEVELS if whole[: len(level)] == level), ())
    return level, whole[len(level) :]


def _level_before(syllables: tuple[str, ...], start: int) -> tuple[int, tuple[str, ...]]:
    """Return how many syllables before `start` name a level, and which."""
    for written, level in _LEVELS.items():
        if _same(syllables[max(0, start - len(written)) : start], written):
            return len(written), level
    return 0, ()


def _same(typed: Sequence[str], known: Sequence[str]) -> bool:
    """Compare forms; a syllable typed without accents equals any that it may stand for."""
    return len(typed) == len(known) and all(
        one == other or one == strip_accents(other) for one, other in zip(typed, known, strict=True)
    )


def _name_terms(text: str, terms: Sequence[str], skip: frozenset[str]) -> tuple[str, ...]:
    """Return the terms whose reports speak of a term that is named.

    What a term achieved stands in the report to the congress at its end: that of the next term.
    """
    found: list[str] = []
    for match in _TERM.finditer(text):
        found += [term for term in terms if term == f"{match[1]}-{match[2]}"]
        found += [term for term in terms if term.startswith(f"{match[2]}-")]
    return tuple(term for term in dict.fromkeys(found) if f"term:{term}" not in skip)


def _expansions(
    analysis: Analysis, text: str, taken: set[int], knowledge: Knowledge, skip: frozenset[str]
) -> tuple[Expansion, ...]:
    written = [term.span.of(text) for term in analysis.syllables]
    syllables = [term.form for term in analysis.syllables]
    found = (*knowledge.abbreviations.of(written), *knowledge.synonyms.of(syllables))
    return tuple(
        expansion
        for expansion in found
        if f"expand:{expansion.from_text}>{expansion.to_text}" not in skip
        and not taken.intersection(range(expansion.start, expansion.end))
    )
