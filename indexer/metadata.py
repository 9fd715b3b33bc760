"""Who issued a document, for which place, term and date, as far as the document says so.

What is not said stays empty. The letterhead comes first, then the title, then the signature; what
the text says in passing never counts. Only a report of a congress, which speaks of its own
`Đảng bộ` again and again, may be placed by its text. The manifest always wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import takewhile

from indexer.bodies import Body, find_places, is_party
from indexer.front import text_of
from indexer.labels import LabelKind, parse_label
from indexer.letterhead import Letterhead, read_letterhead
from indexer.models import Metadata, RawBlock
from indexer.roles import Entry, Role
from indexer.signature import signed_for, signer_of
from indexer.titles import title_places

_YEARS = r"(?P<from>(?:19|20)\d\d)\s*[-–—]\s*(?P<to>(?:19|20)\d\d)"
_TERM = re.compile(rf"nhiệm kỳ\s+{_YEARS}", re.I)
_CONGRESS_TERM = re.compile(
    rf"lần thứ\s+(?P<congress>[IVXLC]+|\d+|nhất)[,\s]+nhiệm kỳ\s+{_YEARS}", re.I
)
_CONGRESS = re.compile(r"lần thứ\s+(?P<congress>[IVXLC]+|\d+|nhất)\b", re.I)
_DATE = re.compile(
    r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d\d)", re.I
)
_MONTH = re.compile(r",\s*tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d\d)", re.I)
_SHORT_DATE = re.compile(
    r"ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)", re.I
)
_DRAFT = re.compile(r"dự thảo(?:\s+(?:lần(?:\s+thứ)?)?\s*(?P<number>\d+|[IVX]+))?", re.I)
# A body of a province or of a ministry may sit in a town of another name.
_SEATED = ("huyện", "thị xã", "quận", "thị trấn", "phường", "xã")
_OWN_PARTY = re.compile(
    r"đảng bộ(?: và (?:nhân )?dân)?\s+(?P<level>thị xã|thành phố|huyện|quận|thị trấn|phường|xã)\b",
    re.I,
)
_OFTEN = 3
_MOSTLY = 0.5
_PROSE = (Role.BODY, Role.HEADING, Role.JOINED, Role.LEAD, Role.TITLE)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Who issued a document, and for which place and province."""

    issuer: str = ""
    place: str = ""
    province: str = ""
    central: bool = False


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
    head = read_letterhead(blocks)
    lines = [(entry.role, text_of(block)) for block, entry in zip(blocks, entries, strict=True)]
    title = " ".join(" ".join(head.title).split()) or _first_heading(lines)
    closing = [text for role, text in lines if role is Role.CLOSING]
    prose = "\n".join(text for role, text in lines if role in _PROSE)
    origin = _origin(head, closing, prose)
    term, congress = _term(title, head.above, "" if _is_other(head, origin) else prose)
    return Metadata(
        title=title,
        issuer=origin.issuer,
        place=origin.place,
        province=origin.province,
        term=term,
        congress=congress,
        date=_date(head, closing),
        draft=_draft(head.above, title),
        signer=signer_of(closing),
    )


def fill_gaps(found: Metadata, manifest: Mapping[str, str]) -> Metadata:
    """Return the metadata with what the manifest says of the file; the manifest always wins.

    >>> fill_gaps(Metadata(place="thị xã A", term="2015-2020"), {"place": "xã B"})
    Metadata(title='', issuer='', place='xã B', province='', term='2015-2020', congress='', \
date='', draft='', signer='', origin='', licence='')
    """
    told = {f.name: manifest[f.name] for f in fields(Metadata) if manifest.get(f.name)}
    return replace(found, **told)


def _first_heading(lines: Sequence[tuple[Role, str]]) -> str:
    """Return the heading with which a document begins when it has no title and no number."""
    if not lines or lines[0][0] is not Role.HEADING:
        return ""
    label = parse_label(lines[0][1])
    if label is not None and label.kind is not LabelKind.APPENDIX:
        return ""
    going_on = takewhile(lambda line: line[0] is Role.JOINED, lines[1:])
    return " ".join(" ".join([lines[0][1], *(text for _, text in going_on)]).split())


def _is_other(head: Letterhead, origin: _Origin) -> bool:
    """Say whether a document is none of a congress: a title or a body of the state says so."""
    told = " ".join(head.title).lower()
    congress = "chính trị" in told or "đại hội" in told
    return bool(head.title and not congress) or bool(origin.issuer and not is_party(origin.issuer))


def _origin(head: Letterhead, closing: Sequence[str], prose: str) -> _Origin:
    signed = signed_for(closing)
    issuing = head.bodies[-1] if head.bodies else None
    named = head.named[0] if head.named else None
    if issuing is None or (named and is_party(named.name) and named.place == issuing.place):
        issuing = named or issuing
    issuing = issuing or signed
    if issuing is not None and issuing.central:
        return _Origin(issuing.name, central=True)
    title = title_places(head.title)
    place = _place(issuing, head, title, signed)
    own = "" if place or _is_state(issuing) or head.bodies else _own_place(prose)
    place = place or own
    issuer = _issuer(issuing, place) or (f"Đảng bộ {place}" if own else "")
    provinces = [b.place for b in (*head.bodies, *head.named) if b.place.startswith("tỉnh ")]
    provinces += [name for name in title if name.startswith("tỉnh ")]
    if not provinces and place and is_party(issuer):
        provinces = _province(prose)
    return _Origin(issuer, place, next((p for p in provinces if p != place), ""))


def _is_state(body: Body | None) -> bool:
    return body is not None and not body.office and not is_party(body.name) and bool(body.level)


def _place(
    issuing: Body | None, head: Letterhead, title: Sequence[str], signed: Body | None
) -> str:
    """Return the place of who issues, by the letterhead, the title, the signature, the seat."""
    if issuing is not None and issuing.place:
        return issuing.place
    level = issuing.level if issuing is not None else ""
    below = [name for name in title if not name.startswith("tỉnh ")] or list(title)
    fitting = [body.place for body in head.named if body.place]
    fitting += below if len(below) == 1 else []
    fitting += [signed.place] if signed is not None and signed.place else []
    if level in _SEATED and head.seat:
        fitting.append(f"{level} {head.seat}")
    return next((name for name in fitting if name.startswith(level)), "")


def _issuer(issuing: Body | None, place: str) -> str:
    """Return the name of who issues, with the place that only stands elsewhere."""
    if issuing is None:
        return ""
    name = issuing.name
    if issuing.place or not place:
        return name
    if name.lower() == "ban chấp hành":
        return f"Ban Chấp hành Đảng bộ {place}"
    if issuing.level and name.endswith(f" {issuing.level}"):
        fits = place.startswith(issuing.level)
        return f"{name.removesuffix(issuing.level)}{place}" if fits else name
    return f"{name} {_bare(place)}" if is_party(name) else name


def _bare(place: str) -> str:
    return re.sub(r"^(?:thị xã|thành phố|huyện|quận|tỉnh)\s+", "", place)


def _own_place(prose: str) -> str:
    """Return the place that a report of a congress speaks of as its own, again and again."""
    levels = Counter(match["level"].lower() for match in _OWN_PARTY.finditer(prose))
    if not levels:
        return ""
    level, times = levels.most_common(1)[0]
    names = Counter(name for name in find_places(prose) if name.startswith(f"{level} "))
    if times < _OFTEN or not names:
        return ""
    name, said = names.most_common(1)[0]
    often = said >= _OFTEN and said > _MOSTLY * names.total()
    return name if often and re.search(rf"đảng bộ[^.;\n]{{0,20}}\s{name}", prose, re.I) else ""


def _province(prose: str) -> list[str]:
    """Return the province that a report names most, when hardly another is named."""
    prose = re.sub(r"\b(tỉnh) (?:ủy|uỷ|đảng bộ)\s", r"\1 ", prose, flags=re.I)
    names = Counter(name for name in find_places(prose) if name.startswith("tỉnh "))
    name, said = next(iter(names.most_common(1)), ("", 0))
    return [name] if said > _MOSTLY * names.total() else []


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


def _date(head: Letterhead, closing: Sequence[str]) -> str:
    own = " ".join(head.title).partition(head.number)[2] if head.number else ""
    for text in (head.above, own[:40], "\n".join(closing)):
        match = _DATE.search(text) or (_SHORT_DATE.search(text) if text == own[:40] else None)
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
