"""Titles: the kind of a document with its subject, and the bodies that they name.

A law or a decision names its body once more between the title and `Căn cứ`; an annex says in
brackets what it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.bodies import Body, find_places, read_body
from indexer.front import text_of
from indexer.labels import LabelKind, parse_label
from indexer.models import BlockKind, RawBlock

_KINDS = (
    r"báo cáo|nghị quyết|kế hoạch|chương trình|đề án|quyết định|chỉ thị|kết luận|hướng dẫn"
    r"|thông báo|thông tri|thông tư|tờ trình|quy chế|quy định|nghị định|pháp lệnh|luật|bộ luật"
    r"|văn kiện|công văn|phương án|công điện|giấy mời|biên bản|lệnh|hiến pháp|dự án|dự thảo"
    r"|danh mục|biểu"
)
KIND = re.compile(rf"(?:dự thảo\s+)?(?P<kind>{_KINDS})(?!\w)", re.I)
_LEGAL = re.compile(r"nghị định|quyết định|thông tư|chỉ thị|nghị quyết|pháp lệnh|luật", re.I)
COMES_WITH = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo\b.*", re.I | re.S)
ABOUT = re.compile(r"(?:v/v|về việc)\b", re.I)
COLUMNS = re.compile(r"[\t\n|]|\s{3,}")
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:", re.I)
_PERSON = re.compile(
    r"(?:(?:chủ tịch|bộ trưởng|(?:tổng )?giám đốc|thống đốc|hiệu trưởng)\s+(?=\w)"
    r"|trưởng\s+(?=ban|phòng))",
    re.I,
)
_MOST_LINES = 6
_LONGEST = 30


def opens_title(line: str, block: RawBlock) -> bool:
    """Say whether a line names the kind of document, as a title begins."""
    match = KIND.match(line)
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


def begins_with_kind(line: str) -> bool:
    """Say whether the first line of a document is its title, whatever it looks like."""
    return (
        KIND.match(line) is not None
        and line[0].isupper()
        and len(line.split()) <= _LONGEST
        and not line.endswith((".", ";", ":", ","))
    )


def read_title(lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the lines of a title, and the line of the body between it and the text."""
    kept: list[str] = []
    ended = False
    for at, line in enumerate(lines):
        line = " ".join(COMES_WITH.sub("", line).split())
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


def title_without_kind(above: Sequence[str], head: Sequence[RawBlock]) -> tuple[str, ...]:
    """Return the title of a document that names no kind: an official letter, an annex, a list."""
    about = next((at for at, line in enumerate(above) if ABOUT.search(line)), None)
    if about is not None:
        piece = next(p for p in COLUMNS.split(above[about]) if ABOUT.search(p))
        return ("Công văn", piece[ABOUT.search(piece).start() :].strip())  # type: ignore[union-attr]
    found: list[str] = []
    for block in head:
        text = " ".join(text_of(block).split())
        looks = block.bold or block.centered or block.kind is BlockKind.HEADING or text.isupper()
        label = parse_label(text)
        annex = label is not None and label.kind is LabelKind.APPENDIX
        if COMES_WITH.match(text) or not any(map(str.isalnum, text)):
            break
        if not (looks or annex or (found and parse_label(found[0]))) or len(found) >= _MOST_LINES:
            break
        found.append(text)
    return tuple(found)


def named_bodies(title: Sequence[str], preamble: str, bracket: str) -> Iterator[Body]:
    """Yield the bodies that title, preamble and bracket name as who issues."""
    told = " ".join(title)
    kind = KIND.match(told)
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
