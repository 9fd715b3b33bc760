"""Short ways to write blocks and to read outlines in tests."""

from __future__ import annotations

from indexer.models import BlockKind, Document, RawBlock, RawDocument
from indexer.structure import build_document

PROSE = "Bà con các xã vùng bãi bồi ra khơi đều đặn, cá tôm về bến nhiều hơn năm trước."


def block(text: str, *, bold: bool = False, level: int | None = None) -> RawBlock:
    kind = BlockKind.PARAGRAPH if level is None else BlockKind.HEADING
    return RawBlock(kind, text, level=level, bold=bold)


def blocks(*lines: str | RawBlock) -> list[RawBlock]:
    return [line if isinstance(line, RawBlock) else block(line) for line in lines]


def built(*lines: str | RawBlock) -> Document:
    return build_document(RawDocument(tuple(blocks(*lines))), "a.txt", "ab" * 32)


def outline_of(*lines: str | RawBlock) -> list[str]:
    """Return the headings, indented by their level."""
    return [f"{'.' * (s.level - 1)}{s.number} {s.title}".strip() for s in built(*lines).sections]
