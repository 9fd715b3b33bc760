"""Mentions by conference or congress: `Nghị quyết Trung ương 4 (khóa XII)`, `… Đại hội XII`."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from indexer.models import Span
from indexer.references.drafts import Draft
from indexer.references.kinds import KHOA, Kind, slug
from indexer.references.marks import GAP, MAY_GAP, ROMAN, UPPER, Marks, read_marks, roman
from indexer.references.subjects import read_subject

_ORDINALS = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1
        )
    }
    | {"nhì": 2, "bốn": 4, "bẩy": 7, "mười một": 11, "mười hai": 12, "mười ba": 13}
)
_WORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ORDINAL = rf"(?:{ROMAN}|\d{{1,2}}(?![\d%]|[.,/]\d)|(?i:{_WORDS})(?!\w))"
_COUNT = r"\d{1,2}(?![\d%]|[.,/]\d)"
_CENTRE = (
    rf"(?:(?:BCH|(?i:Ban{GAP}Chấp{GAP}hành)){MAY_GAP})?"
    rf"(?:(?i:Trung{GAP}ương)|TW|TƯ)(?:{GAP}Đảng)?"
)
_NTH = rf"(?i:lần{GAP}thứ){GAP}"
_CONFERENCE = re.compile(
    rf"(?:{GAP}(?:của|tại))?(?:{MAY_GAP}(?i:Hội{GAP}nghị))?(?:"
    rf"{GAP}{_NTH}(?P<nth>{_ORDINAL})(?:,?{GAP}của)?,?{GAP}{_CENTRE}"
    rf"|{MAY_GAP}{_CENTRE}(?:{GAP}{_NTH}|{MAY_GAP})"
    rf"(?P<counts>{_COUNT}(?:{MAY_GAP}(?:,|{GAP}và){GAP}{_COUNT})*|{_ORDINAL})"
    rf"|{GAP}{_NTH}(?P<alone>{_ORDINAL})(?={MAY_GAP}[,(]?{MAY_GAP}(?i:{KHOA})))"
)
_MORE = re.compile(
    rf"{MAY_GAP}(?:[,;]|{GAP}và){GAP}{_CENTRE}{MAY_GAP}(?P<counts>{_COUNT})(?={MAY_GAP}[,(]?{MAY_GAP}"
    rf"(?i:{KHOA}))"
)


def read_conference(text: str, start: int, end: int, kind: Kind) -> list[Draft]:
    """Return the documents of conferences of the Central Committee, one for each term.

    >>> from indexer.references.kinds import kind_named
    >>> line = "Nghị quyết Trung ương 6 (khóa XI, XII)"
    >>> [draft.session for draft in read_conference(line, 0, 10, kind_named("NQ"))]
    ['XI', 'XII']
    """
    if kind.name not in ("Nghị quyết", "Kết luận"):
        return []
    match = _CONFERENCE.match(text, end)
    drafts: list[Draft] = []
    while match is not None:
        words = next(filter(None, match.groups()))
        marks = read_marks(text, match.end())
        drafts += _of_conference(text, kind, words, marks)
        match = _MORE.match(text, marks.end)
    last = max((draft.span.end for draft in drafts), default=end)
    return [replace(draft, span=Span(start, last)) for draft in drafts]


def _of_conference(text: str, kind: Kind, words: str, marks: Marks) -> list[Draft]:
    draft = Draft(
        span=Span(marks.end, marks.end),
        kind=kind,
        key="",
        issuer="Ban Chấp hành Trung ương",
        date=marks.date,
        scope="tw",
        subject=read_subject(text, marks.end),
    )
    return [
        replace(draft, key=f"hoi-nghi-{count}", session=session)
        for count in _counts(words)
        for session in marks.sessions or ("",)
    ]


def _counts(words: str) -> list[int]:
    if re.search(r"\d", words):
        return [int(count) for count in re.findall(r"\d+", words)]
    name = " ".join(words.lower().split())
    return [_ORDINALS.get(name) or roman(words)]


_LEVEL = r"(?i:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn)"
_NAME = rf"(?: +[{UPPER}][\w’']*){{1,3}}?"
_BODY = (
    rf"(?:(?:của{GAP})?(?:(?i:tỉnh{GAP})?(?i:Đảng{GAP}bộ)(?:{GAP}{_LEVEL}(?:{_NAME})?)?|{_LEVEL}(?:{_NAME})?"
    rf"|(?i:Đảng)(?!{GAP}(?i:bộ|ủy|uỷ|viên))(?:{GAP}(?i:Cộng{GAP}sản{GAP}Việt{GAP}Nam))?))"
)
_DELEGATES = rf"(?:{GAP}(?i:đại{GAP}biểu|đại{GAP}biêu|đảng{GAP}viên|toàn{GAP}quốc))*"
_OTHER = rf"(?:{GAP}(?!(?i:đề|đã|và|các|lần|nhiệm)\b)[^\W\d_]+){{1,9}}?"
_PERIOD = (
    rf",?{GAP}(?i:nhiệm{GAP}kỳ){GAP}(?P<from>(?:19|20)\d\d){MAY_GAP}[-–—]{MAY_GAP}(?:19|20)\d\d"
)
_CONGRESS = re.compile(
    rf"(?:{GAP}(?:của|tại))?{GAP}(?i:Đại{GAP}hội)(?P<before>{_DELEGATES}(?:{GAP}{_BODY}|{_OTHER})?)"
    rf"(?:,?{GAP}{_NTH}(?P<nth>{_ORDINAL})|{GAP}(?P<roman>{ROMAN})|(?=,?{GAP}(?i:nhiệm{GAP}kỳ)))"
    rf"(?P<after>(?:{GAP}{_BODY})?)(?P<period>{_PERIOD})?"
)


def read_congress(text: str, start: int, end: int, kind: Kind) -> list[Draft]:
    """Return the document of a congress, when its number or its term is told.

    >>> from indexer.references.kinds import kind_named
    >>> line = "Nghị quyết Đại hội XII của Đảng"
    >>> draft = read_congress(line, 0, 10, kind_named("NQ"))[0]
    >>> draft.session, draft.scope
    ('XII', 'tw')
    """
    if kind.name not in ("Nghị quyết", "Văn kiện"):
        return []
    match = _CONGRESS.match(text, end)
    if match is None:
        return []
    if not (match["nth"] or match["roman"] or match["period"]):
        return []
    ordinal = match["nth"] or match["roman"] or ""
    count = _counts(ordinal)[0] if ordinal else 0
    scope = _scope(f"{match['before']} {match['after']}")
    return [
        Draft(
            span=Span(start, match.end()),
            kind=kind,
            key=f"dai-hoi-{count}" if count else "dai-hoi",
            year=match["from"] if match["from"] and not count else "",
            session=_numeral(count),
            scope=scope,
            subject=read_subject(text, match.end()),
        )
    ]


def _scope(words: str) -> str:
    """Return whose congress it is; empty when the words do not tell."""
    lowered = " ".join(words.lower().split())
    if "toàn quốc" in lowered or re.search(r"đảng(?! bộ| ủy| uỷ| viên)", lowered):
        return "tw"
    if "tỉnh" in lowered:
        return "tu"
    if re.search(r"đảng bộ|thị xã|thành phố|huyện|quận|phường|\bxã", lowered):
        return "cu"
    rest = re.sub(r"đại bi[eê]u|đại biểu|đảng viên|của", "", lowered)
    return slug(rest)


def _numeral(count: int) -> str:
    """Return a small number as congresses are counted: in Roman numerals."""
    tens, ones = divmod(count, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
