"""From what a person typed to a backend-neutral query.

Engines' own query parsers split on spaces before any analysis, which loses Vietnamese words; so
signs (`query_signs`) and filters are read apart and everything else is analysed whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

from indexer.errors import EmptyQuery, QueryTooBroad, QueryTooLong
from indexer.models import Field, Filters, Group, Match, Preference, Query
from indexer.text.analysis import analyse, forms
from indexer.text.normalise import strip_accents
from indexer.text.numerals import spell_date, spelt_dates
from indexer.text.phrases import Expansion
from indexer.traits import Trait, place_trait, term_trait
from search_app.languages import gettext as _
from search_app.query_signs import Question, read_signs
from search_app.spelling import Spelling
from search_app.understand import Understanding, name_of

# Part of the words may be missing: people add words that the report does not use, and a question
# more of them than a list of words.
_SHARE_OF_WORDS = 0.7
_SHARE_OF_A_QUESTION = 0.2
# Weights, found on one half of the development questions and checked on the other: docs/quality.md.
_MINOR_WEIGHT = 0.15
_EXPANSION = 0.8
_UNSURE_EXPANSION = 0.5
_COVERAGE = 0.5
_TRAIT_FACTOR = 1.4
_FIGURE_FACTOR = 1.1
_TERM_FACTOR = 1.15
# A place that is named without being asked for: of two passages with the words, that of the place.
_PLACE_FACTOR = 2.0
_PLACE_WORDS = 1.0
_AROUND = (Field.HEADING, Field.LINKED)
_OWN_AND_AROUND = (Field.SYLLABLES, *_AROUND)
# So many words at most may one beginning stand for.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for: the words, filters as typed, and which page of the hits.

    `skip` holds the keys of what is not to be read out of the words (see `understand`). At least
    `depth` hits are looked for, beyond those that are shown. `sort` names an order of `sorting`.
    """

    text: str = ""
    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    limit: int = 10
    offset: int = 0
    depth: int = 0
    sort: str = ""


def refuse_long(text: str, max_chars: int, what: str = "") -> None:
    """Raise QueryTooLong for a text over the limit; `what` names it if it is no question.

    >>> refuse_long("hộ nghèo", 1000, "Tên chỉ tiêu")
    """
    if len(text) > max_chars:
        what = what or _("Câu hỏi")
        raise QueryTooLong(
            _(
                "%(what)s dài %(length)s ký tự, quá giới hạn %(most)s.",
                what=what,
                length=len(text),
                most=max_chars,
            ),
            _("Hãy rút gọn còn những từ chính cần tìm."),
        )


def read_question(text: str, max_chars: int) -> Question:
    """Return the parts of a question. Raises QueryTooLong.

    >>> read_question("hộ nghèo -cận", 1000).free
    'hộ nghèo'
    """
    refuse_long(text, max_chars)
    return read_signs(text)


def begun_words(
    beginnings: Sequence[str], forms_of: Callable[[Field, str, int], Sequence[str]]
) -> tuple[Group, ...]:
    """Return a group for each beginning: the words that begin so. `forms_of` is the backend's.

    Of several syllables the last is only begun. A beginning typed without accents stands for
    words with any. Raises QueryTooBroad when all of them together are too many.
    """
    groups: list[Group] = []
    left = _MOST
    for beginning in beginnings:
        matches = _begun(beginning, forms_of, left)
        left -= len(matches)
        if left <= 0:
            raise QueryTooBroad(
                _("“%(start)s*” ứng với quá nhiều từ khác nhau.", start=beginning),
                _(
                    "Mỗi câu hỏi tìm được nhiều nhất %(most)s từ như vậy; hãy gõ thêm vài chữ "
                    "trước dấu *.",
                    most=_MOST,
                ),
            )
        groups.append(Group(matches))
    return tuple(groups)


def _begun(
    beginning: str, forms_of: Callable[[Field, str, int], Sequence[str]], most: int
) -> tuple[Match, ...]:
    *before, start = forms(beginning)

    def runs(field: Field) -> list[Match]:
        return [Match(field, (*before, form)) for form in forms_of(field, start, most)]

    bare = strip_accents(beginning) == beginning
    return (*runs(Field.SYLLABLES), *(runs(Field.FOLDED) if bare else ()))


def build_query(
    question: Question,
    meaning: Understanding,
    filters: Filters,
    limit: int,
    offset: int,
    begun: Sequence[Group] = (),
) -> Query:
    """Return the query of a question that was understood; `begun` are those of `begun_words`.

    Raises EmptyQuery when there is neither a word to find nor a filter.

    >>> from search_app.understand import Knowledge, understand
    >>> question = read_question("hộ nghèo", 99)
    >>> query = build_query(question, understand(question.free, Knowledge()), Filters(), 10, 0)
    >>> len(query.groups), query.minimum
    (2, 2)
    """
    groups = _groups(meaning)
    close = _phrases([near.words for near in question.near], [n.slop for n in question.near])
    required = (*_phrases(question.phrases), *close)
    groups = (*groups, *begun)
    if not (groups or required or filters != Filters()):
        raise EmptyQuery(
            _("Câu hỏi không có từ nào để tìm."),
            _("Hãy gõ ít nhất một từ, ví dụ: %(words)s.", words="tỷ lệ hộ nghèo"),
        )
    quoted = tuple(group.alternatives[0] for group in required)
    share = _SHARE_OF_A_QUESTION if meaning.asks else _SHARE_OF_WORDS
    return Query(
        groups=groups,
        minimum=math.ceil(share * len(groups)),
        boosts=(*_boosts(meaning), *quoted),
        required=required,
        excluded=_phrases(question.excluded),
        preferences=_preferences(meaning),
        complete_first=not meaning.asks,
        coverage=_COVERAGE,
        filters=filters,
        limit=limit,
        offset=offset,
    )


def words_to_mark(question: Question, query: Query) -> tuple[str, ...]:
    """Return the phrases and words that are to be marked besides those that were understood."""
    near = (
        word.span.of(words.words) for words in question.near for word in analyse(words.words).words
    )
    begun = (
        form
        for group in (query.groups[-len(question.beginnings) :] if question.beginnings else ())
        for match in group.alternatives
        for form in match.forms
    )
    return (*question.phrases, *near, *begun)


def _preferences(meaning: Understanding) -> tuple[Preference, ...]:
    kinds = [
        Preference(trait.value, _FIGURE_FACTOR if trait is Trait.FIGURE else _TRAIT_FACTOR)
        for trait in meaning.traits
    ]
    near = (Preference(place_trait(place), _PLACE_FACTOR) for place in meaning.near)
    terms = (Preference(term_trait(term), _TERM_FACTOR) for term in meaning.terms)
    return (*kinds, *near, *terms)


def _groups(meaning: Understanding) -> tuple[Group, ...]:
    """Return a group for every content syllable, with what it may be found as."""
    groups: dict[str, list[Match]] = {}
    dates = spelt_dates(meaning.text)
    for index in meaning.content:
        form = meaning.form(index)
        matches = groups.setdefault(form, [Match(field, (form,)) for field in _OWN_AND_AROUND])
        matches += [Match(Field.SYLLABLES, (date,)) for date, spelt in dates if form in spelt]
        if spell_date(form):
            matches.append(Match(Field.SYLLABLES, spell_date(form)))
        matches += _as_typed(meaning.spelling, index)
        for expansion in meaning.expansions:
            if expansion.start <= index < expansion.end:
                matches += _expanded(expansion)
    return tuple(Group(tuple(dict.fromkeys(matches))) for matches in groups.values())


def _as_typed(spelling: Spelling, index: int) -> list[Match]:
    """Return what else a syllable typed without accents may be: other readings, any word."""
    if index not in spelling.bare:
        return []
    others = [
        Match(Field.SYLLABLES, (form,), share) for form, share in spelling.others.get(index, ())
    ]
    return [*others, Match(Field.FOLDED, (strip_accents(spelling.bare[index]),))]


def _expanded(expansion: Expansion) -> list[Match]:
    """Return the other wording as runs; its worth is shared out over the words it stands for."""
    sureness = _EXPANSION if expansion.sure else _UNSURE_EXPANSION
    weight = sureness / (expansion.end - expansion.start)
    return [Match(field, forms(expansion.to_text), weight) for field in _OWN_AND_AROUND]


def _boosts(meaning: Understanding) -> tuple[Match, ...]:
    """Return what raises a passage without being needed: neighbours, whole words, small words."""
    content = set(meaning.content)
    found = [
        Match(Field.SYLLABLES, (meaning.form(index),), _MINOR_WEIGHT) for index in meaning.minor
    ]
    found += [Match(Field.SYLLABLES, name_of(place), _PLACE_WORDS) for place in meaning.near]
    syllables = meaning.analysis.syllables
    for index, (one, other) in enumerate(pairwise(syllables)):
        if other.position == one.position + 1 and content & {index, index + 1}:
            found.append(Match(Field.PAIRS, (f"{one.form} {other.form}",)))
            found += [Match(field, (one.form, other.form)) for field in _AROUND]
    starts = {syllables[index].span.start for index in content}
    found += [
        Match(Field.WORDS, (word.form,))
        for word in meaning.analysis.words
        if "_" in word.form and any(word.span.start <= at < word.span.end for at in starts)
    ]
    return tuple(dict.fromkeys(found))


def _phrases(texts: Sequence[str], slops: Iterable[int] = repeat(0)) -> tuple[Group, ...]:
    runs = [(forms(text), slop) for text, slop in zip(texts, slops, strict=False)]
    return tuple(Group((Match(Field.SYLLABLES, run, slop=slop),)) for run, slop in runs if run)
