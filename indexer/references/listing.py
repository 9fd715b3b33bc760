"""Mentions by number: `Nghị quyết số 08-NQ/TU và 09-NQ/TU ngày 12/6/2017 của …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from indexer.models import Span
from indexer.references.drafts import Draft
from indexer.references.kinds import Kind, issuer_of, kind_named
from indexer.references.marks import GAP, MAY_GAP, Marks, read_marks
from indexer.references.numbers import NUMBER, Number, number_of, read_number
from indexer.references.subjects import read_subject

_TOLD = re.compile(rf"{MAY_GAP}(?:số|sô){MAY_GAP}[:.]?{MAY_GAP}|{GAP}", re.I)
# Only one body issues them, so a suffix can be left out.
_ALWAYS = MappingProxyType({"nd": "CP"})
_NEXT = re.compile(
    rf"{MAY_GAP}(?:[,;]|(?<=\s)và|{GAP}và|,{GAP}và){GAP}(?:các{GAP})?(?P<told>(?i:số){MAY_GAP})?(?=\d)"
)
# Words that stand before counts, too: "quyết định 12 trường hợp".
_OFTEN_COUNTED = frozenset(
    {"Kế hoạch", "Kết luận", "Quyết định", "Hướng dẫn", "Thông báo", "Công văn"}
)


def read_numbered(text: str, start: int, end: int, kind: Kind) -> list[Draft]:
    """Return the documents of a kind that are named by number behind it, as a list shares marks.

    >>> line = "Nghị quyết số 8-NQ/TU và 9-NQ/TU ngày 12/6/2017"
    >>> for draft in read_numbered(line, 0, 10, kind_named("NQ")):
    ...     draft.number, draft.date
    ('08-NQ/TU', '2017-06-12')
    ('09-NQ/TU', '2017-06-12')
    """
    before = read_marks(text, end)
    place = before.end if before.issuer else end
    told = _TOLD.match(text, place)
    if told is None:
        return []
    number = read_number(text, told.end(), told=bool(told.group().strip()))
    if number is None or not _fits(text, start, number, kind):
        return []
    items = [(number, read_marks(text, number.end).filled(before))]
    while (following := _next(text, items[-1])) is not None:
        items.append(following)
    return _listed(text, start, kind, items)


def _fits(text: str, start: int, number: Number, kind: Kind) -> bool:
    """Say whether a number without a code names a document of this kind, not a quantity."""
    if number.code or number.suffix:
        return True
    if number.year:
        return True
    told = "số" in text[start : number.end].lower()
    if told:
        return kind.name not in ("Báo cáo", "Văn kiện", "Luật")
    capital = text[start].isupper()
    marks = read_marks(text, number.end)
    if marks.issuer and (marks.date or marks.sessions or not capital):
        return True
    if kind.name in _OFTEN_COUNTED:
        listed = NUMBER.match(text, _end_of_comma(text, number.end))
        return capital and (bool(marks.issuer or marks.date) or bool(listed))
    return capital and kind.name not in ("Báo cáo", "Văn kiện", "Luật", "Bộ luật")


def _end_of_comma(text: str, end: int) -> int:
    found = _NEXT.match(text, end)
    return found.end() if found else end


def _next(text: str, last: tuple[Number, Marks]) -> tuple[Number, Marks] | None:
    number, marks = last
    joint = _NEXT.match(text, max(number.end, marks.end))
    if joint is None:
        return None
    following = read_number(text, joint.end(), told=bool(joint["told"]))
    if following is None:
        return None
    # Small counts follow a number, too: "Nghị quyết 05, 12 xã đã …".
    alike = bool(following.suffix) or (
        not number.suffix and len(following.text) == len(number.text)
    )
    return (following, read_marks(text, following.end)) if alike else None


def _listed(
    text: str, start: int, kind: Kind, items: Sequence[tuple[Number, Marks]]
) -> list[Draft]:
    last = items[-1][1]
    subject = read_subject(text, last.end)
    own_subject = [read_subject(text, marks.end) or subject for _, marks in items]
    code = next((n for n, _ in items if n.code), items[0][0])
    drafts = []
    for (number, marks), about in zip(items, own_subject, strict=True):
        shared = marks.filled(last)
        full = number if number.suffix else _completed(number, code)
        drafts.append(
            Draft(
                span=Span(start, last.end),
                kind=kind,
                key=full.key,
                number=full.text,
                suffix=full.suffix,
                year=full.year,
                issuer=shared.issuer or issuer_of(full.suffix or _ALWAYS.get(kind.key, "")),
                date=shared.date,
                session=shared.sessions[0] if len(shared.sessions) == 1 else "",
                subject=about,
            )
        )
    return drafts


def _completed(number: Number, model: Number) -> Number:
    """Return a number of a list with the code that the list writes once: `217, 218-QĐ/TW`."""
    if not model.code or number.year != model.year:
        return number
    match = NUMBER.match(model.text.replace(model.key.zfill(2), number.key.zfill(2), 1))
    return replace(number_of(match), end=number.end) if match else number


def read_bare(text: str, covered: Sequence[Span]) -> Iterator[Draft]:
    """Yield the documents that are named by a full number alone, outside of `covered`."""
    for match in NUMBER.finditer(text):
        if not (match["code"] and match["suffix"]):
            continue
        if any(span.start <= match.start() < span.end for span in covered):
            continue
        kind = kind_named(match["code"])
        if kind is not None:
            found = _listed(text, match.start(), kind, [_item(text, match)])
            yield from found


def _item(text: str, match: re.Match[str]) -> tuple[Number, Marks]:
    number = number_of(match)
    return number, read_marks(text, number.end)
