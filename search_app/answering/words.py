"""Answers in words: dates, names, places, cited documents, and whole sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.facts.periods import find_periods, term_period
from indexer.models import PassageKind, Span
from indexer.text.analysis import forms
from indexer.text.normalise import match_form
from indexer.traits import Trait
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Unit, coverage
from search_app.answering.evidence import CLAUSE, Evidence
from search_app.answering.period_fit import period_fit
from search_app.answering.wants import NEGATIVE, AnswerType, Wants

_RANK_STEP = 0.01
# A sentence that tells of no failure hardly says what was not reached.
_NOT_NEGATIVE = 0.75
_LONGEST_VALUE = 260
_LEVELS = frozenset(
    forms(
        "xã phường huyện quận tỉnh ấp khóm thôn bản làng cồn đảo sông kênh rạch bãi vùng khu cụm "
        "chợ đường cầu cảng tổ hồ núi trấn phố"
    )
)
# The commonest family names; about nine in ten Vietnamese bear one of the first twelve.
_FAMILY_NAMES = frozenset(
    forms(
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương Trịnh "
        "Đoàn Mai Tô Cao Lâm Châu Tạ Thái Đào Hà Tôn Trương Quách La Từ Chu Kiều Đàm Thạch Kim "
        "Danh Lại Nghiêm Phùng Tăng Triệu Vương Văn Ông Hứa Giang Doãn Khổng Lưu Lò Giàng Lường Vi "
        "Nông Sơn"
    )
)
_RANK = re.compile(r"(?:thứ|hạng|vị trí)(?: thứ)? \d+(?:\s*/\s*\d+)?", re.I)
# What a list looks like: a colon, or several pieces.
_SEVERAL = re.compile(r":|;|,[^,]*(?:,| và )| và ")
_SECOND_HALVES = frozenset({"trấn", "phố"})
_WEEKDAYS = re.compile(
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?:(?:,| và| hoặc)? ?"
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật))*",
    re.I,
)
# What a reason, a shortcoming or a solution opens with, where no heading says it.
_SIGNS = {
    AnswerType.CAUSE: (Trait.CAUSE, re.compile(r"nguyên nhân|\bdo\b|\bvì\b|nhờ|bởi", re.I)),
    AnswerType.SHORTCOMING: (
        Trait.SHORTCOMING,
        re.compile(r"chưa|còn|hạn chế|thiếu|chậm|yếu|khó khăn|thấp|ô nhiễm", re.I),
    ),
    AnswerType.SOLUTION: (
        Trait.TASK,
        re.compile(r"tăng cường|đẩy mạnh|tập trung|tiếp tục|nâng cao|thực hiện|khuyến khích", re.I),
    ),
    AnswerType.LESSON: (Trait.LESSON, re.compile(r"(?:một|hai|ba|bốn|năm) là", re.I)),
}

Spans = Callable[[Evidence, Span], Iterable[Span]]


def word_candidates(
    evidences: Iterable[Evidence], units: Sequence[Unit], wants: Wants
) -> tuple[Candidate, ...]:
    """Return the statements that may answer in words, best first."""
    spans = _persons if wants.people else _SPANS.get(wants.type)
    found = [
        candidate
        for evidence in evidences
        for sentence in evidence.sentences
        for candidate in _candidates(evidence, sentence, units, spans, wants)
    ]
    return tuple(sorted(found, key=lambda c: (-c.score, c.evidence.rank, c.value)))


def _candidates(
    evidence: Evidence,
    sentence: Span,
    units: Sequence[Unit],
    spans: Spans | None,
    wants: Wants,
) -> Iterator[Candidate]:
    zones = ((evidence.zone(sentence), CLAUSE), *evidence.around)
    covered = coverage(units, zones)
    near = covered * (1 - _RANK_STEP * evidence.rank) * _fit(evidence, sentence, wants)
    near *= _time_fit(evidence, sentence, wants)
    if wants.negative and not NEGATIVE.search(sentence.of(evidence.document.text)):
        near *= _NOT_NEGATIVE
    if spans is None:
        yield Candidate(evidence, sentence, _shorten(evidence, sentence, units), covered, near)
        return
    for value in spans(evidence, sentence):
        piece = _clause_around(evidence.document.text, sentence, value)
        close = coverage(units, ((evidence.zone(piece), CLAUSE),))
        score = near * (0.8 + 0.2 * close) * _value_fit(evidence, value, wants)
        yield Candidate(evidence, sentence, value, covered, score)


def _fit(evidence: Evidence, sentence: Span, wants: Wants) -> float:
    """Return how well a sentence fits as a reason, a shortcoming, … ; 1 for other questions."""
    if wants.type is AnswerType.LIST:
        return 1.0 if _SEVERAL.search(sentence.of(evidence.document.text)) else 0.85
    if wants.type not in _SIGNS:
        return 1.0
    trait, sign = _SIGNS[wants.type]
    headed = trait.value in evidence.traits
    signed = bool(sign.search(sentence.of(evidence.document.text)))
    return 1.0 if headed and signed else 0.95 if headed else 0.85 if signed else 0.6


def _time_fit(evidence: Evidence, sentence: Span, wants: Wants) -> float:
    """Return how well the time of a sentence, else of its report, fits what the question names."""
    if not wants.periods or wants.type is AnswerType.WHEN:
        return 1.0
    known = evidence.document.metadata
    stated = [
        found.period
        for found in find_periods(sentence.of(evidence.document.text), known.date, known.term)
    ]
    if not stated:
        coming = Trait.TARGET.value in evidence.traits or Trait.TASK.value in evidence.traits
        stated = [term_period(known.term, past=not coming)]
    asked = wants.periods[-1]
    return max(period_fit(period, asked, evidence.document) for period in stated)


def _value_fit(evidence: Evidence, value: Span, wants: Wants) -> float:
    """Return less for a document without a number or date."""
    if wants.type is not AnswerType.DOCUMENT:
        return 1.0
    reference = next(r for r in evidence.references if r.span == value)
    return 1.0 if reference.number else 0.9 if reference.date else 0.75


def _clause_around(text: str, sentence: Span, value: Span) -> Span:
    """Return the piece between the commas and semicolons around a value."""
    before = max(text.rfind(sign, sentence.start, value.start) for sign in ";,")
    after = [at for sign in ";," if (at := text.find(sign, value.end, sentence.end)) >= 0]
    return Span(max(before + 1, sentence.start), min(after, default=sentence.end))


def _shorten(evidence: Evidence, sentence: Span, units: Sequence[Unit]) -> Span:
    """Return a long sentence without its far clauses: the run that holds most of the question."""
    text = evidence.document.text
    if sentence.end - sentence.start <= _LONGEST_VALUE:
        return sentence
    cuts = [match.end() for match in re.finditer(r"[;,:](?=\s)", sentence.of(text))]
    edges = [sentence.start, *(sentence.start + cut for cut in cuts), sentence.end]
    pieces = [Span(one, other) for one, other in pairwise(edges)]
    worth = [coverage(units, ((evidence.zone(piece), CLAUSE),)) for piece in pieces]
    first = last = worth.index(max(worth))
    while True:
        options = [(first - 1, last)] if first > 0 else []
        options += [(first, last + 1)] if last + 1 < len(pieces) else []
        options = [
            option
            for option in options
            if pieces[option[1]].end - pieces[option[0]].start <= _LONGEST_VALUE
        ]
        if not options:
            return _trim(text, Span(pieces[first].start, pieces[last].end))
        first, last = max(options, key=lambda option: sum(worth[option[0] : option[1] + 1]))


def _trim(text: str, span: Span) -> Span:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip(" \t\n-+*•"))
    return Span(start, span.end - (len(piece) - len(piece.rstrip(" \t\n,;:"))))


def _times(evidence: Evidence, sentence: Span) -> Iterator[Span]:
    text = sentence.of(evidence.document.text)
    for match in _WEEKDAYS.finditer(text):
        yield Span(*match.span()).shift(sentence.start)
    for found in find_periods(text):
        if found.period.explicit and any(sign.isdigit() for sign in found.span.of(text)):
            yield found.span.shift(sentence.start)


def _places(evidence: Evidence, sentence: Span) -> Iterator[Span]:
    text = sentence.of(evidence.document.text)
    own = evidence.document.metadata.place
    for name in _names(text, least=1):
        before = text[: name.start].split(" ")
        if len(before) < 2 or not before[-2] or match_form(before[-2]) not in _LEVELS:
            continue
        words = 2 if before[-2] in _SECOND_HALVES else 1
        length = sum(len(word) + 1 for word in before[-1 - words : -1])
        span = Span(max(0, name.start - length), name.end)
        if span.of(text).lower() != own.lower():
            yield span.shift(sentence.start)


def _persons(evidence: Evidence, sentence: Span) -> Iterator[Span]:
    text = sentence.of(evidence.document.text)
    for name in _names(text, least=2):
        if forms(name.of(text))[0] in _FAMILY_NAMES:
            yield name.shift(sentence.start)


def _names(text: str, least: int) -> Iterator[Span]:
    """Yield the runs of at least so many capitalised words; a number may end one."""
    words = [match.span() for match in re.finditer(r"[^\W_]+", text)]
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and _goes_on(text, words, start, end):
            end += 1
        if end - start >= least:
            yield Span(words[start][0], words[end - 1][1])
        start = max(end, start + 1)


def _goes_on(text: str, words: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    word = text[slice(*words[end])]
    beside = end == start or text[words[end - 1][1] : words[end][0]] in (" ", " - ")
    return beside and (word[0].isupper() or (end > start and word.isdigit()))


def _ranks(evidence: Evidence, sentence: Span) -> Iterator[Span]:
    for match in _RANK.finditer(sentence.of(evidence.document.text)):
        yield Span(*match.span()).shift(sentence.start)


def _documents(evidence: Evidence, sentence: Span) -> Iterator[Span]:
    for reference in evidence.references:
        if sentence.holds(reference.span):
            yield reference.span


_SPANS: dict[AnswerType, Spans] = {
    AnswerType.WHEN: _times,
    AnswerType.WHERE: _places,
    AnswerType.DOCUMENT: _documents,
    AnswerType.RANK: _ranks,
}


def is_row(candidate: Candidate) -> bool:
    """Say whether a candidate is a row of a table."""
    return candidate.evidence.passage.kind is PassageKind.TABLE
