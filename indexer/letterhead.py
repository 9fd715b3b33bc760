"""What stands above the text of a document: letterhead, number, date line, title, who issues it.

Layout of Decree 30/2020/NĐ-CP, annex I: the bodies on the left, the motto on the right, number
and date line under them, then the kind of document with its subject; a law or a decision names
its body once more between the title and `Căn cứ`. Annexes say what they belong to in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.bodies import UPPER, Body, bodies_in, find_places, read_body
from indexer.front import text_of
from indexer.labels import LabelKind, parse_label
from indexer.models import BlockKind, RawBlock

_MOST_BLOCKS = 30
_LETTERHEAD_CELLS = 2
_LONG, _VERY_LONG = 30, 60
KINDS = (
    r"báo cáo|nghị quyết|kế hoạch|chương trình|đề án|quyết định|chỉ thị|kết luận|hướng dẫn|thông báo"
    r"|thông tri|thông tư|tờ trình|quy chế|quy định|nghị định|pháp lệnh|luật|bộ luật|văn kiện"
    r"|công văn|phương án|công điện|giấy mời|biên bản|lệnh|hiến pháp|dự án|dự thảo|danh mục|biểu"
)
_KIND = re.compile(rf"(?:dự thảo\s+)?(?P<kind>{KINDS})(?!\w)", re.I)
_LEGAL = re.compile(r"nghị định|quyết định|thông tư|chỉ thị|nghị quyết|pháp lệnh|luật", re.I)
_MOTTO = re.compile(
    r"(?:cộng (?:hòa|hoà) xã hội chủ nghĩa(?: việt nam)?|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc"
    r"|đảng cộng sản việt nam).*",
    re.I | re.S,
)
_NUMBER = re.compile(
    r"\bsố\s*:?\s*(?P<number>\d+\s*(?:/\s*\d{4})?\s*[-/]\s*[^\W\d_]+(?:\s?[-/]\s?[^\W\d_]+)*)", re.I
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
_ABOUT = re.compile(r"(?:v/v|về việc)\b", re.I)
_COMES_WITH = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo\b.*", re.I | re.S)
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:", re.I)
_COLUMNS = re.compile(r"[\t\n|]|\s{3,}")
_PERSON = re.compile(
    r"(?:(?:chủ tịch|bộ trưởng|(?:tổng )?giám đốc|thống đốc|hiệu trưởng)\s+(?=\w)"
    r"|trưởng\s+(?=ban|phòng))",
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
    start = next((at for at, (line, block) in enumerate(lines) if _opens(line, block)), len(lines))
    if lines and _begins_with_kind(lines[0][0]):
        start = 0
    above = [line for line, _ in lines[:start]]
    left = [told for line in above for told in _issuing(line)]
    title, preamble = _title([line for line, _ in lines[start:]])
    if not title:
        title = _without_kind(above, head)
    at = next((at for at, (line, _) in enumerate(lines) if _COMES_WITH.match(line)), len(lines))
    bracket = " ".join(line for line, _ in lines[at : at + 2])
    return Letterhead(
        bodies=bodies_in(left) if title != tuple(left) else (),
        named=tuple(_named(title, preamble, bracket)),
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
    start = next((at for at, line in enumerate(lines) if _KIND.match(line.strip())), len(lines))
    return _number(lines[:start], lines[start:])


def _number(above: Sequence[str], title: Sequence[str]) -> str:
    """Return the number over a title, or the one with which the title itself begins."""
    for line in above:
        match = _NUMBER.search(line)
        if match and not _COMES_WITH.search(line[: match.start()]):
            return "".join(match["number"].split())
    told = " ".join(title)
    match = _NUMBER.search(told)
    before = told[: match.start()] if match else ""
    kind = _KIND.match(before)
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
        opens = any(_opens(line, block) for line in _lines(block))
        if _BASIS.match(text) or (block.kind is BlockKind.TABLE_ROW and _is_data(block, titled)):
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


def _is_data(block: RawBlock, titled: bool) -> bool:
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
    if _COMES_WITH.match(text) or _MOTTO.search(text) or _PLACE_AND_DATE.search(text):
        return False
    return words > (_LONG // 3 if text.endswith((".", ";", ":")) else _VERY_LONG)


def _lines(block: RawBlock) -> list[str]:
    text = block.text if not block.cells else "\n".join(cell.text for cell in block.cells)
    lines = [line.strip() for line in text.split("\n") if any(map(str.isalnum, line))]
    return lines or [""]  # a line of signs ends a title


def _opens(line: str, block: RawBlock) -> bool:
    """Say whether a line names the kind of document, as a title begins."""
    match = _KIND.match(line)
    if match is None or line.endswith((";", ",")):
        return False
    told = match.group()
    alone = len(line.split()) == len(told.split())
    looks = block.bold or block.centered or block.kind is BlockKind.HEADING
    rest = line[match.end() :].strip().lower()
    says = rest.startswith(("của ", "số ", "về ", "v/v"))
    if not told[0].isupper():
        # Fonts whose small letters look like capitals leave them small.
        return rest.startswith("của ") and read_body(rest.removeprefix("của ")) is not None
    return told.isupper() or alone or says or looks


def _begins_with_kind(line: str) -> bool:
    """Say whether the first line of a document is its title, whatever it looks like."""
    return (
        _KIND.match(line) is not None
        and line[0].isupper()
        and len(line.split()) <= _LONG
        and not line.endswith((".", ";", ":", ","))
    )


def _issuing(line: str) -> list[str]:
    """Return what a line of a letterhead says of who issues: no motto, number or date."""
    for pattern in (_MOTTO, _PLACE_AND_DATE, _DATE_LINE, _NUMBER_LINE):
        line = pattern.sub("", line)
    pieces = [
        " ".join(re.sub(r"[*_=–-]{2,}|\(.*\)", " ", piece).split()).strip(" *_-–:.")
        for piece in _COLUMNS.split(line)
    ]
    return [p for p in pieces if any(map(str.isalpha, p)) and not _ABOUT.match(p)]


def _title(lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the lines of a title, and the line of the body between it and the text."""
    kept: list[str] = []
    ended = False
    for at, line in enumerate(lines):
        line = " ".join(_COMES_WITH.sub("", line).split())
        legal = kept and _LEGAL.match(kept[0])
        goes_on = bool(kept) and kept[-1].lower().endswith((" của", " và", "-"))
        if legal and not goes_on and _names_body(line) and at >= 1:
            return tuple(kept), line
        if ended or (kept and not line):
            ended = True
            continue
        if kept and (line.lower().rstrip(" :") == kept[0].lower() or _UNIT.match(line)):
            break
        if line:
            kept.append(line)
        elif kept:
            break
    return tuple(kept), ""


def _names_body(line: str) -> bool:
    person = _PERSON.match(line)
    body = read_body(line[person.end() :] if person else line)
    return body is not None and len(line.split()) <= 16


def _without_kind(above: Sequence[str], head: Sequence[RawBlock]) -> tuple[str, ...]:
    """Return the title of a document that names no kind: an official letter, an annex, a list."""
    about = next((at for at, line in enumerate(above) if _ABOUT.search(line)), None)
    if about is not None:
        piece = next(p for p in _COLUMNS.split(above[about]) if _ABOUT.search(p))
        return ("Công văn", piece[_ABOUT.search(piece).start() :].strip())  # type: ignore[union-attr]
    if any(_MOTTO.search(line) or _PLACE_AND_DATE.search(line) for line in above):
        return ()
    found: list[str] = []
    for block in head:
        text = " ".join(text_of(block).split())
        looks = block.bold or block.centered or block.kind is BlockKind.HEADING or text.isupper()
        label = parse_label(text)
        annex = label is not None and label.kind is LabelKind.APPENDIX
        if _COMES_WITH.match(text) or not any(map(str.isalnum, text)):
            break
        if not (looks or annex or (found and parse_label(found[0]))) or len(found) >= _MOST_LINES:
            break
        found.append(text)
    return tuple(found)


_MOST_LINES = 6


def _named(title: Sequence[str], preamble: str, bracket: str) -> Iterator[Body]:
    """Yield the bodies that title, preamble and bracket name as who issues."""
    told = " ".join(title)
    kind = _KIND.match(told)
    of = re.match(r"(?:\s+\w+){0,4}?\s+của\s+", told[kind.end() :], re.I) if kind else None
    person = _PERSON.match(preamble)
    texts = [told[kind.end() + of.end() :] if kind and of else ""]
    texts.append(preamble[person.end() :] if person else preamble)
    texts += [bracket[m.end() :] for m in list(re.finditer(r"\bcủa\s+", bracket, re.I))[-1:]]
    for text in texts:
        person = _PERSON.match(text)
        body = read_body(text[person.end() :].strip(" ()") if person else text.strip(" ()"))
        if body is not None:
            yield body


def title_places(title: Sequence[str]) -> list[str]:
    """Return the places that a title names, each once.

    >>> title_places(["KẾ HOẠCH", "Giảm nghèo huyện Cồn Mây năm 2024"])
    ['huyện Cồn Mây']
    """
    return list(dict.fromkeys(place for line in title for place in find_places(line)))
