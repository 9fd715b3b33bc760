"""From what a person typed to a backend-neutral query.

Engines' own query parsers split on spaces before any analysis, which loses Vietnamese words; so
quotation marks, minus signs and filters are read here and everything else is analysed whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import EmptyQuery, QueryTooLong
from indexer.models import Field, Filters, Group, Match, Query, Term
from indexer.text.analysis import analyse, forms
from indexer.text.normalise import fold_characters

_QUOTED = re.compile(r"(?P<minus>(?<!\S)-)?[\"“”„](?P<phrase>[^\"“”„]*)[\"“”„]")
_EXCLUDED = re.compile(r"(?<!\S)-(?P<word>[^\s\"“”„-][^\s\"“”„]*)")
_QUOTE = re.compile(r"[\"“”„]")
# Part of the words may be missing: people add words that the report does not use.
_SHARE_WANTED = 0.6


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for: the words, filters as typed, and which page of the hits."""

    text: str = ""
    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A text after reading its signs: free words, quoted phrases, what must not occur.

    `notes` say in Vietnamese what was understood differently than it was typed.
    """

    text: str
    free: str
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_question(text: str, max_chars: int) -> Question:
    """Return the parts of a question.

    Raises QueryTooLong.

    >>> question = read_question('"tỷ lệ hộ nghèo" giảm -cận', 1000)
    >>> question.free, question.phrases, question.excluded
    ('giảm', ('tỷ lệ hộ nghèo',), ('cận',))
    """
    if len(text) > max_chars:
        raise QueryTooLong(
            f"Câu hỏi dài {len(text)} ký tự, quá giới hạn {max_chars}.",
            "Hãy rút gọn còn những từ chính cần tìm.",
        )
    folded = " ".join(fold_characters(text).split())
    phrases: list[str] = []
    excluded: list[str] = []

    def take(match: re.Match[str]) -> str:
        if match["phrase"].strip():
            (excluded if match["minus"] else phrases).append(match["phrase"].strip())
        return " "

    rest = _QUOTED.sub(take, folded)
    notes: tuple[str, ...] = ()
    if _QUOTE.search(rest):
        notes = ("Dấu ngoặc kép chưa đóng: các từ sau nó được tìm như từ thường.",)
        rest = _QUOTE.sub(" ", rest)
    excluded += [match["word"] for match in _EXCLUDED.finditer(rest)]
    free = " ".join(_EXCLUDED.sub(" ", rest).split())
    return Question(folded, free, tuple(phrases), tuple(excluded), notes)


def build_query(question: Question, filters: Filters, limit: int, offset: int) -> Query:
    """Return the query of a question.

    Raises EmptyQuery when there is neither a word to find nor a filter.

    >>> query = build_query(read_question("hộ nghèo", 99), Filters(), 10, 0)
    >>> len(query.groups), query.boosts[0].forms
    (2, ('hộ nghèo',))
    """
    analysis = analyse(question.free)
    wanted = tuple(dict.fromkeys(term.form for term in analysis.syllables))
    required = _phrases(question.phrases)
    found = tuple(group.alternatives[0] for group in required)
    excluded = _phrases(question.excluded)
    if not (wanted or required or filters != Filters()):
        raise EmptyQuery(
            "Câu hỏi không có từ nào để tìm.", "Hãy gõ ít nhất một từ, ví dụ: tỷ lệ hộ nghèo."
        )
    return Query(
        groups=tuple(_syllable(form) for form in wanted),
        minimum=math.ceil(_SHARE_WANTED * len(wanted)),
        boosts=(*_boosts(analysis.words, analysis.pairs), *found),
        required=required,
        excluded=excluded,
        filters=filters,
        limit=limit,
        offset=offset,
    )


def _syllable(form: str) -> Group:
    return Group((Match(Field.SYLLABLES, (form,)), Match(Field.HEADING, (form,))))


def _boosts(words: Sequence[Term], pairs: Sequence[Term]) -> tuple[Match, ...]:
    """Return whole words and neighbouring syllables: they raise a passage, none is needed."""
    found = [Match(Field.PAIRS, (form,)) for form in _forms(pairs)]
    found += [Match(Field.WORDS, (form,)) for form in _forms(words) if "_" in form]
    return tuple(found)


def _forms(terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.form for term in terms))


def _phrases(texts: Sequence[str]) -> tuple[Group, ...]:
    runs = [forms(text) for text in texts]
    return tuple(Group((Match(Field.SYLLABLES, run),)) for run in runs if run)
