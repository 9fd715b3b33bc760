"""Mentions by name: laws, and documents that are told by what they are about."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.models import Span
from indexer.references.drafts import Draft
from indexer.references.kinds import Kind, slug
from indexer.references.law_names import LAW_NAMES
from indexer.references.marks import GAP, MAY_GAP, UPPER, Marks, read_marks
from indexer.references.numbers import read_number
from indexer.references.subjects import read_name, read_subject

_WORD = (
    r"(?!(?:và|các|năm|được|có|đã|của|trong|cho|từ|đến|theo|để|là|này|nêu|số|khi|vào|với|hiện)\b)"
    r"[a-zà-ỹđ]\w*"
)
_LAW = re.compile(
    rf"{GAP}(?P<name>(?i:{LAW_NAMES})|[{UPPER}]\w*(?:,?{GAP}{_WORD}){{1,6}})"
    rf"(?:{MAY_GAP}\(?{MAY_GAP}sửa{GAP}đổi(?:,?{GAP}bổ{GAP}sung)?{MAY_GAP}\)?)?"
)
_YEAR = re.compile(
    rf"{GAP}(?:năm{GAP})?(?P<year>(?:19|20)\d\d)(?![\d/.,-]\d)|{MAY_GAP}\((?:năm{GAP})?(?P<in>(?:19|20)\d\d)\)"
)
_NUMBERED = re.compile(rf"{MAY_GAP}[,(]?{MAY_GAP}số{MAY_GAP}:?{MAY_GAP}")
_NO_LAW = re.compile(r"(?:pháp|kỷ|kỉ|đại học|khoa|ngành|cử nhân)\s+$", re.I)


def read_law(text: str, start: int, end: int, kind: Kind) -> list[Draft]:
    """Return the law, ordinance or constitution that is named here.

    >>> from indexer.references.kinds import kind_named
    >>> line = "Luật Thủy lợi năm 2017 có hiệu lực"
    >>> draft = read_law(line, 0, 4, kind_named("Luật"))[0]
    >>> draft.span.of(line), draft.key, draft.year
    ('Luật Thủy lợi năm 2017', 'thuy-loi', '2017')
    """
    if kind.key not in ("luat", "pl", "hp") or not text[start].isupper():
        return []
    if _NO_LAW.search(text, max(0, start - 12), start):
        return []
    if kind.key == "hp":
        year = _YEAR.match(text, end)
        span = Span(start, year.end()) if year else None
        return [Draft(span, kind, "hien-phap", year=_year(year))] if span else []
    named = _LAW.match(text, end)
    if named is None:
        return []
    return [_law(text, start, kind, named)]


def _law(text: str, start: int, kind: Kind, named: re.Match[str]) -> Draft:
    place = named.end()
    told = _NUMBERED.match(text, place)
    number = read_number(text, told.end(), told=True) if told else None
    if number is not None:
        place = number.end
    year = _YEAR.match(text, place)
    marks = read_marks(text, year.end() if year else place)
    end = marks.end
    code = "bo-luat-" if kind.name == "Bộ luật" else ""
    return Draft(
        span=Span(start, end),
        kind=kind,
        key=code + slug(named["name"]),
        number=number.text if number else "",
        year=_year(year) or (number.year if number else "") or marks.date[:4],
        date=marks.date or _year(year),
        issuer=marks.issuer,
    )


def _year(match: re.Match[str] | None) -> str:
    return (match["year"] or match["in"]) if match else ""


_TOLD_BY_SUBJECT = frozenset(
    {"Nghị quyết", "Chỉ thị", "Quy định", "Đề án", "Kế hoạch", "Chương trình hành động",
     "Hướng dẫn", "Kết luận", "Nghị quyết liên tịch"}
)  # fmt: skip
_WITHOUT_ISSUER = frozenset({"Nghị quyết", "Chỉ thị", "Đề án", "Chương trình hành động"})
_SEVERAL = re.compile(r"(?:các|những|nhiều|một số|mọi|\d+)\s+$", re.I)
_BEGINS = re.compile(r"(?:^|[.:;!?\n\[])[\s\-+*•]*$")
_SPECIAL = re.compile(rf"{GAP}(?i:chuyên{GAP}đề)")
_OF_PARTY = re.compile(rf"{GAP}của{GAP}Đảng(?!{GAP}(?:bộ|ủy|uỷ))")
_MAX_WORDS = 8


def read_titled(text: str, start: int, end: int, kind: Kind) -> list[Draft]:
    """Return a document that is named by what it is about alone.

    >>> from indexer.references.kinds import kind_named
    >>> line = "thực hiện Nghị quyết chuyên đề về phát triển nghề cá."
    >>> read_titled(line, 10, 20, kind_named("NQ"))[0].key
    'phat-trien-nghe-ca'
    """
    before = text[max(0, start - 12) : start]
    if kind.name not in _TOLD_BY_SUBJECT or not text[start].isupper() or _SEVERAL.search(before):
        return []
    special = _SPECIAL.match(text, end)
    marks = read_marks(text, special.end() if special else end)
    party = _OF_PARTY.match(text, marks.end)
    told = bool(special or marks.issuer or party)
    if not told and (kind.name not in _WITHOUT_ISSUER or _BEGINS.search(before)):
        return []
    # Places decide on like matters; without an issuer it is the report's own document.
    scope = "tw" if party else "" if marks.issuer else "own"
    draft = Draft(Span(start, party.end() if party else marks.end), kind, "", scope=scope)
    subject = _subject(text, draft)
    return [] if subject is None else [_titled(text, draft, marks, subject)]


def _subject(text: str, draft: Draft) -> Span | None:
    subject = read_subject(text, draft.span.end)
    if subject is None and draft.kind.name == "Đề án":
        return read_name(text, draft.span.end)
    return subject


def _titled(text: str, draft: Draft, marks: Marks, subject: Span) -> Draft:
    return replace(
        draft,
        span=Span(draft.span.start, subject.end),
        key="-".join(slug(subject.of(text)).split("-")[:_MAX_WORDS]),
        issuer=marks.issuer,
        date=marks.date,
        session=marks.sessions[0] if len(marks.sessions) == 1 else "",
        subject=subject,
    )
