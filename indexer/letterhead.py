"""What stands above the text of a document: letterhead, number, date line, title, who issues it.

Layout of Decree 30/2020/NĐ-CP, annex I: the bodies on the left, the motto on the right, number
and date line under them, then the kind of document with its subject; a law or a decision names
its body once more between the title and `Căn cứ`. Annexes say what they belong to in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.bodies import UPPER, Body, bodies_in, read_body
from indexer.front import text_of
from indexer.labels import LabelKind, parse_label
from indexer.models import BlockKind, RawBlock
from indexer.titles import (
    ABOUT,
    COLUMNS,
    COMES_WITH,
    KIND,
    begins_with_kind,
    named_bodies,
    opens_title,
    read_title,
    title_without_kind,
)

_MOST_BLOCKS = 30
_LETTERHEAD_CELLS = 2
_LONG, _VERY_LONG = 30, 60
# Three blanks already part two columns; patterns that begin with blanks would look through
# thousands of them once for each.
_GAP = re.compile(r"[^\S\n]{4,}")
_MOTTO = re.compile(
    r"(?:cộng (?:hòa|hoà) xã hội chủ nghĩa(?: việt nam)?|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc"
    r"|đảng cộng sản việt nam).*",
    re.I | re.S,
)
_NUMBER = re.compile(
    r"\bsố\s*:?\s*(?P<number>\d+\s*(?:/\s*\d{4})?\s*[-/]\s*[^\W\d_]+(?:\s?[-/]\s?[^\W\d_]+)*"
    # The National Assembly adds which one it is: 12/2021/QH15.
    r"(?:(?<=QH)\d{1,2})?)",
    re.I,
)
_NUMBER_LINE = re.compile(r"\bsố\s*:.*|\bsố\s+[\d.…]+\s*[-/].*|^số$", re.I | re.S)
_PLACE_AND_DATE = re.compile(
    rf"(?P<name>[{UPPER}]\w*(?:[ -][{UPPER}]\w*){{0,3}})\s*,\s*(?:ngày|tháng)\b.*", re.S
)
_DATE_LINE = re.compile(r"(?:^|(?<=[\t|])|(?<=\s\s\s))[^,\t|\n]{2,30},\s*(?:ngày|tháng)\b.*", re.S)
_BASIS = re.compile(
    r"[-–+*\s]*(?:căn cứ|kính gửi|xét |theo đề nghị|thực hiện |để |nhằm |trong (?:những|thời))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a document says above its text; what is not said stays empty.

    `bodies` are those of the letterhead, the issuing one last; `named` those that the title, the
    line before `Căn cứ` and a bracket name, in this order; `seat` is the place of the date line,
    `above` all that stands over the title.
    """

    bodies: tuple[Body, ...] = ()
    named: tuple[Body, ...] = ()
    title: tuple[str, ...] = ()
    number: str = ""
    seat: str = ""
    above: str = ""


def read_letterhead(blocks: Sequence[RawBlock]) -> Letterhead:
    """Return what stands above the text of a document.

    >>> lines = ("UBND HUYỆN CỒN MÂY\\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ...     "Số: 12/QĐ-UBND\\tCồn Mây, ngày 5 tháng 6 năm 2024", "QUYẾT ĐỊNH", "Về việc mở chợ",
    ...     "Căn cứ Luật A;")
    >>> found = read_letterhead([RawBlock(BlockKind.PARAGRAPH, line) for line in lines])
    >>> found.bodies[-1].place, found.number, found.seat, found.title
    ('huyện Cồn Mây', '12/QĐ-UBND', 'Cồn Mây', ('QUYẾT ĐỊNH', 'Về việc mở chợ'))
    """
    head = _head(blocks)
    lines = [(line, block) for block in head for line in _lines(block)]
    start = next(
        (at for at, (line, block) in enumerate(lines) if opens_title(line, block)), len(lines)
    )
    if lines and begins_with_kind(lines[0][0]):
        start = 0
    above = [line for line, _ in lines[:start]]
    left = [told for line in above for told in _issuing(line)]
    title, preamble = read_title([line for line, _ in lines[start:]])
    if not title and not any(_MOTTO.search(line) or _PLACE_AND_DATE.search(line) for line in above):
        title = title_without_kind(above, head)
    at = next((at for at, (line, _) in enumerate(lines) if COMES_WITH.match(line)), len(lines))
    bracket = " ".join(line for line, _ in lines[at : at + 2])
    return Letterhead(
        bodies=bodies_in(left) if title != tuple(left) else (),
        named=tuple(named_bodies(title, preamble, bracket)),
        title=title,
        number=_number(above, title),
        seat=next((m["name"] for line in above if (m := _PLACE_AND_DATE.search(line))), ""),
        above="\n".join(above),
    )


def own_number(text: str) -> str:
    """Return the number that the head of a document's text gives it, empty when it gives none.

    >>> own_number("UBND HUYỆN A\\nSố: 12/QĐ-UBND\\nQUYẾT ĐỊNH\\nCăn cứ Quyết định số 9/QĐ-TTg")
    '12/QĐ-UBND'
    """
    lines = text[:3000].split("\n")
    stop = next((at for at, line in enumerate(lines) if _BASIS.match(line)), len(lines))
    lines = lines[: min(stop, _MOST_BLOCKS)]
    start = next((at for at, line in enumerate(lines) if KIND.match(line.strip())), len(lines))
    return _number(lines[:start], lines[start:])


def _number(above: Sequence[str], title: Sequence[str]) -> str:
    """Return the number over a title, or the one with which the title itself begins."""
    for line in above:
        match = _NUMBER.search(line)
        if match and not COMES_WITH.search(line[: match.start()]):
            return "".join(match["number"].split())
    told = " ".join(title)
    match = _NUMBER.search(told)
    before = told[: match.start()] if match else ""
    kind = KIND.match(before)
    of = before[kind.end() :].strip() if kind else "?"
    if match and (not of or read_body(of.removeprefix("của ").removeprefix("CỦA ")) is not None):
        return "".join(match["number"].split()) if len(of.split()) <= 8 else ""
    return ""


def _head(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks before the text proper begins."""
    titled = False
    for at, block in enumerate(blocks[:_MOST_BLOCKS]):
        text = text_of(block).strip()
        label = parse_label(text)
        opens = any(opens_title(line, block) for line in _lines(block))
        if _BASIS.match(text) or (
            block.kind is BlockKind.TABLE_ROW and _is_data(block, titled=titled)
        ):
            return list(blocks[:at])
        if label is not None and label.kind not in (
            LabelKind.APPENDIX,
            LabelKind.DASH,
            LabelKind.STAR,
        ):
            return list(blocks[:at])
        if not opens and _is_prose(block, text):
            return list(blocks[:at])
        if titled and opens and text.endswith(":"):
            return list(blocks[:at])
        titled = titled or opens
    return list(blocks[:_MOST_BLOCKS]) if len(blocks) <= _MOST_BLOCKS else []


def _is_data(block: RawBlock, *, titled: bool) -> bool:
    """Say whether a table row is no part of a letterhead."""
    filled = [cell.text for cell in block.cells if any(map(str.isalnum, cell.text))]
    if len(filled) > _LETTERHEAD_CELLS:
        return True
    if len(filled) == 1 and titled and len(block.cells) <= _LETTERHEAD_CELLS:
        return False
    told = "\t".join(filled)
    return bool(filled) and not (
        _MOTTO.search(told)
        or _NUMBER_LINE.search(told)
        or _PLACE_AND_DATE.search(told)
        or read_body(filled[0])
        or (told.isupper() and not any(map(str.isdigit, told)))
    )


def _is_prose(block: RawBlock, text: str) -> bool:
    words = len(text.split())
    if text.isupper() or block.centered or block.cells:
        return False
    if COMES_WITH.match(text) or _MOTTO.search(text) or _PLACE_AND_DATE.search(text):
        return False
    return words > (_LONG // 3 if text.endswith((".", ";", ":")) else _VERY_LONG)


def _lines(block: RawBlock) -> list[str]:
    text = block.text if not block.cells else "\n".join(cell.text for cell in block.cells)
    text = _GAP.sub("   ", text)
    lines = [line.strip() for line in text.split("\n") if any(map(str.isalnum, line))]
    return lines or [""]  # a line of signs ends a title


def _issuing(line: str) -> list[str]:
    """Return what a line of a letterhead says of who issues: no motto, number or date."""
    for pattern in (_MOTTO, _PLACE_AND_DATE, _DATE_LINE, _NUMBER_LINE):
        line = pattern.sub("", line)
    pieces = [
        " ".join(re.sub(r"[*_=–-]{2,}|\(.*\)", " ", piece).split()).strip(" *_-–:.")
        for piece in COLUMNS.split(line)
    ]
    return [p for p in pieces if any(map(str.isalpha, p)) and not ABOUT.match(p)]
