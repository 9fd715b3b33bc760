"""Answers in words: dates, names, places, cited documents, and whole sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.facts.periods import find_periods, term_period
from indexer.models import Span
from indexer.text.analysis import forms
from indexer.text.normalise import match_form
from indexer.traits import Trait
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Unit, coverage
from search_app.answering.evidence import CLAUSE, Evidence, Zones
from search_app.answering.period_fit import days_of, period_fit
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
_RANK = re.compile(
    r"(?P<of>thứ|hạng|vị trí|loại|cấp)(?: thứ)? (?:\d+(?:\s*/\s*\d+)?|[IVX]+\b)", re.I
)
_WORD = re.compile(r"[^\W\d_]+")
_GOES_ON = re.compile(r"\s*(?:,|;|và|-)\s*")
# A definition says what something is, or gives an abbreviation beside its words.
_DEFINES = re.compile(r"\b(?:là|nghĩa là|gồm|tức|hay còn gọi|bao gồm)\b|\(\w{2,}\)|mô hình", re.I)
_NO_DEFINITION = 0.6
# "Rút ra kinh nghiệm gì?": so few words beside the kind that is wanted; a rare word is worth 4-6.
_LITTLE, _UNDER_HEADING = 8.0, 0.36
# What a list looks like: a colon, or several pieces.
_SEVERAL = re.compile(r":|;|,[^,]*(?:,| và )| và ")
# Levels of two syllables.
_TWO_WORDS = frozenset(
    {("thị", "xã"), ("thị", "trấn"), ("thành", "phố"), ("khu", "phố"), ("tổ", "dân phố")}
)
_WEEKDAYS = re.compile(
    r"(?<!lần )(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?:(?:,| và| hoặc)? ?"
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

Spans = Callable[[Evidence, Span, Wants], Iterable[Span]]


def trait_of(kind: AnswerType) -> Trait | None:
    """Return the kind of statement under whose headings such an answer stands."""
    return _SIGNS[kind][0] if kind in (AnswerType.CAUSE, AnswerType.LESSON) else None


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
    covered = _covered(evidence, units, zones, wants)
    near = covered * (1 - _RANK_STEP * evidence.rank) * _fit(evidence, sentence, wants)
    near *= _time_fit(evidence, sentence, wants)
    if wants.negative and not NEGATIVE.search(sentence.of(evidence.document.text)):
        near *= _NOT_NEGATIVE
    if spans is None:
        yield Candidate(evidence, sentence, _shorten(evidence, sentence, units), covered, near)
        return
    for value in spans(evidence, sentence, wants):
        piece = _clause_around(evidence.document.text, sentence, value)
        close = coverage(units, ((evidence.zone(piece), CLAUSE),))
        score = near * (0.8 + 0.2 * close) * _value_fit(evidence, value, wants)
        yield Candidate(evidence, sentence, value, covered, score)


def _covered(evidence: Evidence, units: Sequence[Unit], zones: Zones, wants: Wants) -> float:
    """Return how much of a question is held; one that asks for lessons alone holds under them."""
    covered = coverage(units, zones) if units else 1.0
    trait = trait_of(wants.type)
    alone = trait is not None and sum(unit.weight for unit in units) < _LITTLE
    return max(covered, _UNDER_HEADING) if alone and trait in evidence.traits else covered


def _fit(evidence: Evidence, sentence: Span, wants: Wants) -> float:
    """Return how well a sentence fits as a reason, a shortcoming, … ; 1 for other questions."""
    if wants.type is AnswerType.LIST:
        return 1.0 if _SEVERAL.search(sentence.of(evidence.document.text)) else 0.85
    if wants.type is AnswerType.DEFINITION:
        return 1.0 if _DEFINES.search(sentence.of(evidence.document.text)) else _NO_DEFINITION
    if wants.type not in _SIGNS:
        return 1.0
    trait, sign = _SIGNS[wants.type]
    headed = trait.value in evidence.traits
    signed = bool(sign.search(sentence.of(evidence.document.text)))
    return 1.0 if headed and signed else 0.95 if headed else 0.8 if signed else 0.5


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


def _times(evidence: Evidence, sentence: Span, wants: Wants) -> Iterator[Span]:
    """Yield the dates of a sentence that are as fine as the question asks for."""
    text = sentence.of(evidence.document.text)
    named = [r.span for r in evidence.references if r.number in wants.numbers]
    if wants.grain == 1 and not named:
        yield from (Span(*match.span()).shift(sentence.start) for match in _WEEKDAYS.finditer(text))
    for found in find_periods(text):
        span = found.span.shift(sentence.start)
        if named and not any(reference.holds(span) for reference in named):
            continue
        fine = not wants.grain or days_of(found.period) <= wants.grain
        if fine and found.period.explicit and any(sign.isdigit() for sign in found.span.of(text)):
            yield span


def _places(evidence: Evidence, sentence: Span, wants: Wants) -> Iterator[Span]:
    """Yield the places that a sentence names, several side by side as one."""
    text = sentence.of(evidence.document.text)
    own = match_form(evidence.document.metadata.place)
    found: list[Span] = []
    for name in _names(text, least=1):
        level = _level_before(text, name)
        if found and _GOES_ON.fullmatch(text, found[-1].end, level or name.start):
            found[-1] = Span(found[-1].start, name.end)
        elif level is not None and match_form(text[level : name.end]) != own:
            found.append(Span(level, name.end))
    yield from (span.shift(sentence.start) for span in found)


def _level_before(text: str, name: Span) -> int | None:
    """Return where the level before a name begins, None when there is none."""
    words = [match.span() for match in _WORD.finditer(text, max(0, name.start - 20), name.start)]
    if not words or match_form(text[slice(*words[-1])]) not in _LEVELS:
        return None
    pair = tuple(text[slice(*word)].lower() for word in words[-2:])
    return words[-2][0] if pair in _TWO_WORDS else words[-1][0]


def _persons(evidence: Evidence, sentence: Span, wants: Wants) -> Iterator[Span]:
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


def _ranks(evidence: Evidence, sentence: Span, wants: Wants) -> Iterator[Span]:
    for match in _RANK.finditer(sentence.of(evidence.document.text)):
        if match["of"].lower() in wants.rank or wants.rank in ("hạng", "thứ", "vị trí"):
            yield Span(*match.span()).shift(sentence.start)


def _documents(evidence: Evidence, sentence: Span, wants: Wants) -> Iterator[Span]:
    for reference in evidence.references:
        if sentence.holds(reference.span):
            yield reference.span


_SPANS: dict[AnswerType, Spans] = {
    AnswerType.WHEN: _times,
    AnswerType.WHERE: _places,
    AnswerType.DOCUMENT: _documents,
    AnswerType.RANK: _ranks,
}
