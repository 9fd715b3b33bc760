"""Who issued a report, for which place, term and date: from its text, manifest and file name.

What is not said stays empty. The text comes first: letterhead, title, signature, then what the
report says of itself most often; the manifest fills gaps, the file name what is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import takewhile

from indexer.front import text_of
from indexer.models import Metadata, RawBlock
from indexer.roles import Entry, Role

_UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_NAME = rf"(?:[{_UPPER}][\w’']*|\d{{1,2}})(?:[ -][{_UPPER}][\w’']*){{0,3}}"
_LEVELS = ("thị xã", "thành phố", "huyện", "quận", "thị trấn", "phường", "xã")
_PLACE = re.compile(rf"(?P<level>(?i:{'|'.join(_LEVELS)}))\s+(?P<name>{_NAME})")
_PARTY_PLACE = re.compile(
    rf"(?i:đảng bộ|đảng ủy|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)\s+{_PLACE.pattern}"
)
_PROVINCE = re.compile(
    rf"(?i:tỉnh (?:ủy |uỷ |đảng bộ )?)(?P<name>[{_UPPER}]\w*(?:[ -][{_UPPER}]\w*){{1,3}})"
)
_NOT_A_NAME = re.compile(r"Đảng|Ủy|Uỷ|Hội|Ban|Đoàn|Nhà|Trung", re.I)
_YEARS = r"(?P<from>(?:19|20)\d\d)\s*[-–—]\s*(?P<to>(?:19|20)\d\d)"
_TERM = re.compile(rf"nhiệm kỳ\s+{_YEARS}", re.I)
_CONGRESS_TERM = re.compile(
    rf"lần thứ\s+(?P<congress>[IVXLC]+|\d+|nhất)[,\s]+nhiệm kỳ\s+{_YEARS}", re.I
)
_CONGRESS = re.compile(r"lần thứ\s+(?P<congress>[IVXLC]+|\d+|nhất)\b", re.I)
_DATE = re.compile(
    r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d\d)", re.I
)
_MONTH = re.compile(r",\s*tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d\d)", re.I)
_DRAFT = re.compile(r"dự thảo(?:\s+(?:lần(?:\s+thứ)?)?\s*(?P<number>\d+|[IVX]+))?", re.I)
_ISSUER = re.compile(r"(?:của|CỦA)\s+(?P<issuer>.+?)(?=\s+(?i:trình|tại|về|khóa|khoá)\b|$)")
_SIGNER = re.compile(rf"(?:[{_UPPER}][\w’']*)(?:\s+[{_UPPER}][\w’']*){{1,4}}")
_ON_BEHALF = re.compile(r"(?:T/M|TM\.|THAY MẶT)\s*(?P<body>.+)")
_OFFICE = re.compile(r"\b(?:PHÓ |QUYỀN |Q\. ?)*(?:BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH)\b")


def find_metadata(blocks: Sequence[RawBlock], entries: Sequence[Entry]) -> Metadata:
    """Return what the report says of itself.

    >>> from indexer.models import BlockKind
    >>> from indexer.outline import outline
    >>> lines = ("BÁO CÁO CHÍNH TRỊ", "trình Đại hội Đảng bộ thị xã Cồn Sậy lần thứ II,",
    ...     "nhiệm kỳ 2015 - 2020", "I- KẾT QUẢ", "Đạt chỉ tiêu.")
    >>> blocks = [RawBlock(BlockKind.PARAGRAPH, line) for line in lines]
    >>> found = find_metadata(blocks, outline(blocks))
    >>> found.place, found.term, found.congress
    ('thị xã Cồn Sậy', '2015-2020', 'II')
    """
    lines = [(entry.role, text_of(block)) for block, entry in zip(blocks, entries, strict=True)]
    title = " ".join(text for role, text in lines if role is Role.TITLE)
    front = "\n".join(text.replace("\t", "\n") for role, text in lines if role is Role.FRONT)
    closing = [text for role, text in lines if role is Role.CLOSING]
    body = "\n".join(text for role, text in lines)
    term, congress = _term(title, front, body)
    place = _place(title, body)
    return Metadata(
        title=" ".join(title.split()),
        issuer=_issuer(title, closing, place),
        place=place,
        province=_province(front, body),
        term=term,
        congress=congress,
        date=_date(front, closing),
        draft=_draft(front, title),
        signer=_signer(closing),
    )


def fill_gaps(found: Metadata, manifest: Mapping[str, str], file_name: str) -> Metadata:
    """Return the metadata with gaps filled from the manifest, then from the file's name.

    >>> fill_gaps(Metadata(place="thị xã A"), {"place": "B", "date": "2020-01-01"}, "x.txt").date
    '2020-01-01'
    """
    for field in fields(Metadata):
        value = manifest.get(field.name, "")
        if value and not getattr(found, field.name):
            found = replace(found, **{field.name: str(value)})
    years = re.search(_YEARS.replace(r"\s*[-–—]\s*", r"[-_–]"), file_name)
    if years and not found.term:
        found = replace(found, term=f"{years['from']}-{years['to']}")
    return found


def _term(title: str, front: str, body: str) -> tuple[str, str]:
    """Return the term and the congress that a report is made for: those of its title.

    A report without a title speaks of the last congress (results) and of the coming one; it is
    made for the latest congress that it names together with a term.
    """
    head = (title, " ".join(front.split()))
    term = next(filter(None, map(_TERM.search, head)), None)
    if term is not None:
        congress = next(filter(None, map(_CONGRESS.search, head)), None)
        return _years(term), _ordinal(congress)
    named = max(_CONGRESS_TERM.finditer(body), key=lambda m: m["from"], default=None)
    return ("", "") if named is None else (_years(named), _ordinal(named))


def _years(match: re.Match[str]) -> str:
    return f"{match['from']}-{match['to']}"


def _ordinal(match: re.Match[str] | None) -> str:
    """Return the number of a congress as it is usually written: `nhất` is I."""
    number = match["congress"].upper() if match else ""
    return "I" if number == "NHẤT" else number


def _place(title: str, body: str) -> str:
    """Return the place of the title, or the one the report names most, bodies of it twice."""
    for found in (_places(title, _PLACE), _places(body, _PLACE) + _places(body, _PARTY_PLACE)):
        if found:
            return found.most_common(1)[0][0]
    return ""


def _places(text: str, pattern: re.Pattern[str]) -> Counter[str]:
    return Counter(
        f"{match['level'].lower()} {match['name']}"
        for match in pattern.finditer(text)
        if not match["name"].isupper() and not _NOT_A_NAME.match(match["name"])
    )


def _province(front: str, body: str) -> str:
    names = Counter(
        match["name"]
        for match in _PROVINCE.finditer(front + "\n" + body)
        if not match["name"].isupper() and not _NOT_A_NAME.match(match["name"])
    )
    return f"tỉnh {names.most_common(1)[0][0]}" if names else ""


def _date(front: str, closing: Sequence[str]) -> str:
    for text in (front, "\n".join(closing)):
        match = _DATE.search(text)
        if match:
            return _iso(match["year"], match["month"], match["day"])[:10]
        match = _MONTH.search(text)
        if match:
            return _iso(match["year"], match["month"], "1")[:7]
    return ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _draft(front: str, title: str) -> str:
    match = _DRAFT.search(front) or _DRAFT.search(title)
    return (match["number"] or "dự thảo") if match else ""


def _issuer(title: str, closing: Sequence[str], place: str) -> str:
    match = _ISSUER.search(title)
    if match:
        return " ".join(match["issuer"].split()).strip(" ,;")
    for line in closing:
        behalf = _ON_BEHALF.search(line)
        if behalf:
            body = _OFFICE.split(_signed_body(behalf["body"]), maxsplit=1)[0]
            return body.strip(" ,;").capitalize().replace(place.lower(), place)
    return ""


def _signed_body(line: str) -> str:
    """Return the words in capitals: whose name a report is signed in, and the office."""
    words = line.split("\t")[0].split()
    return " ".join(takewhile(lambda word: word.isupper() or not word.isalnum(), words))


def _signer(closing: Sequence[str]) -> str:
    """Return the last line of the closing that is a person's name, after the signature opens."""
    lines = [" ".join(part.split()) for line in closing for part in re.split(r"[\t\n]", line)]
    start = next((at for at, line in enumerate(lines) if _ON_BEHALF.search(line)), None)
    if start is None:
        return ""
    # One cell of a table may hold all of it: "T/M BAN CHẤP HÀNH BÍ THƯ Nguyễn Văn An".
    behalf = lines[start].split()
    name = list(takewhile(lambda word: not word.isupper(), reversed(behalf)))
    candidates = [" ".join(reversed(name)), *lines[start + 1 :]]
    names = [line for line in candidates if _SIGNER.fullmatch(line) and not line.isupper()]
    return names[-1] if names else ""
