"""Where the letterhead, the title and the closing of a report stand.

The layout of the three follows Decree 30/2020/NĐ-CP, annex I, and Guideline 36-HD/VPTW 2018:
issuing body and motto with place and date on top, the kind of document in capitals with its
subject under it, `Nơi nhận` and the signature at the end, appendices after that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from indexer.labels import LabelKind, parse_label
from indexer.models import BlockKind, RawBlock

_MAX_FRONT = 40
_LETTERHEAD_CELLS = 2
_PROSE_WORDS = 30
_MIN_PROSE_WORDS = 6
_PROSE_END = (".", ";", ":", "!", "…")
_KINDS = (
    "BÁO CÁO|NGHỊ QUYẾT|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|QUYẾT ĐỊNH|CHỈ THỊ|KẾT LUẬN|HƯỚNG DẪN|"
    "THÔNG BÁO|THÔNG TRI|TỜ TRÌNH|QUY CHẾ|QUY ĐỊNH|NGHỊ ĐỊNH|THÔNG TƯ|LUẬT|VĂN KIỆN|CÔNG VĂN|"
    "PHƯƠNG ÁN|DỰ THẢO BÁO CÁO"
)
TITLE_START = re.compile(rf"(?:{_KINDS})(?:\s|$)")
_LETTERHEAD = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG BỘ|ĐẠI HỘI")
_TITLE_END = re.compile(r"Kính gửi|Căn cứ")
_CLOSING = re.compile(r"nơi nhận\s*:?", re.I)
_SIGNATURE = re.compile(r"(?:T/M|TM\.|THAY MẶT)\s*[A-ZĐÀ-Ỹ]")
_TABLE_NAME = re.compile(r"BẢNG|BIỂU|PHỤ BIỂU|DANH MỤC")


class Region(StrEnum):
    """The part of a report that a block stands in."""

    FRONT = "front"
    TITLE = "title"
    MAIN = "main"
    CLOSING = "closing"


def regions(blocks: Sequence[RawBlock]) -> tuple[Region, ...]:
    """Return for each block the part of the report it stands in.

    >>> lines = ("ĐẢNG BỘ THỊ XÃ A", "BÁO CÁO CHÍNH TRỊ", "trình Đại hội", "I- KẾT QUẢ", "Tốt.")
    >>> [r.value for r in regions([RawBlock(BlockKind.PARAGRAPH, line) for line in lines])]
    ['front', 'title', 'title', 'main', 'main']
    """
    found = [Region.MAIN] * len(blocks)
    end = _front_end(blocks)
    title = next((at for at in range(end) if is_title_start(blocks[at])), None)
    if title is not None or any(_LETTERHEAD.search(text_of(block)) for block in blocks[:end]):
        stop = end if title is None else _title_end(blocks, title, end)
        for at in range(end):
            in_title = title is not None and title <= at < stop
            found[at] = Region.TITLE if in_title else Region.FRONT
    for at in _closing(blocks, end):
        found[at] = Region.CLOSING
    return tuple(found)


def text_of(block: RawBlock) -> str:
    """Return what a block says: its text, or that of its cells."""
    if block.kind is BlockKind.TABLE_ROW:
        return "\t".join(cell.text for cell in block.cells)
    return block.text


def is_title_start(block: RawBlock) -> bool:
    """Say whether a block names the kind of document, as a title begins."""
    text = block.text.strip()
    return TITLE_START.match(text) is not None and text.split("\n")[0][:7].isupper()


def _front_end(blocks: Sequence[RawBlock]) -> int:
    """Return the index of the first block of the report proper."""
    for at, block in enumerate(blocks[:_MAX_FRONT]):
        if block.kind is BlockKind.TABLE_ROW:
            if len(block.cells) > _LETTERHEAD_CELLS:
                return at
            continue
        if _is_prose(block):
            return at
        label = parse_label(block.text)
        if label is not None and label.kind not in (LabelKind.DASH, LabelKind.STAR):
            return at
        if block.kind is BlockKind.HEADING and not is_title_start(block):
            return at
    return min(len(blocks), _MAX_FRONT) if len(blocks) <= _MAX_FRONT else 0


def _is_prose(block: RawBlock) -> bool:
    """Say whether a block is a paragraph of the report: a long title has no full stop."""
    text = block.text.rstrip()
    words = len(text.split())
    if text.isupper() or block.centered:
        return False
    if text.endswith(_PROSE_END):
        return words >= _MIN_PROSE_WORDS
    return words > 2 * _PROSE_WORDS


def _title_end(blocks: Sequence[RawBlock], title: int, end: int) -> int:
    for at in range(title + 1, end):
        text = text_of(blocks[at]).strip()
        if not any(letter.isalnum() for letter in text) or _TITLE_END.match(text):
            return at
    return end


def _closing(blocks: Sequence[RawBlock], front: int) -> range:
    """Return the indexes of the closing: from `Nơi nhận` or the signature to an appendix."""
    start = next(
        (at for at in range(front, len(blocks)) if _opens_closing(blocks[at])), len(blocks)
    )
    for at in range(start + 1, len(blocks)):
        if _ends_closing(blocks[at]):
            return range(start, at)
    return range(start, len(blocks))


def _ends_closing(block: RawBlock) -> bool:
    label = parse_label(block.text)
    if label is not None and label.kind in (LabelKind.APPENDIX, LabelKind.PART):
        return True
    if sum(bool(cell.text.strip()) for cell in block.cells) > _LETTERHEAD_CELLS:
        return True
    return _TABLE_NAME.match(block.text) is not None or len(block.text.split()) >= _PROSE_WORDS


def _opens_closing(block: RawBlock) -> bool:
    parts = [cell.text for cell in block.cells] or [block.text]
    return any(_CLOSING.match(part.strip()) or _SIGNATURE.match(part.strip()) for part in parts)
