"""Which blocks of a report are headings, and how they nest: the outline, without any styles.

A label or a look alone makes no heading: `1. …` may number headings or paragraphs, and a line
in capitals may belong to the heading before it. The rules look at the neighbours: what stands
under a line, and whether its number follows that of a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.front import Region, regions
from indexer.labels import DIVISIONS, ITEM_RANK, Label, LabelKind, parse_label
from indexer.models import BlockKind, RawBlock, Span
from indexer.roles import Entry, Past, Role

_MAX_HEADING_WORDS = 45
_MAX_JOINED_WORDS = 60
_MAX_LEAD_WORDS = 30
_MAX_RUN_IN_WORDS = 30
_MIN_PROSE_WORDS = 12
_SENTENCE_BREAK = re.compile(r"[.!?…]\s+[^\W\d_a-zà-ỹđ]")
_TERMINAL = tuple(".:;,!?…")
_LEAD = re.compile(r":(?=\s|$)")
# What stands before the colon goes on after it: a sentence, not the name of what follows.
_NO_LEAD = re.compile(
    r"(?:^|.*\s)(?:trong đó|cụ thể|gồm|gồm có|bao gồm|như|sau|ví dụ|là|rằng|kết quả|nơi nhận)$",
    re.I,
)


def outline(blocks: Sequence[RawBlock]) -> tuple[Entry, ...]:
    """Return the role of each block, in order.

    >>> blocks = [RawBlock(BlockKind.PARAGRAPH, text) for text in
    ...     ("I- KẾT QUẢ", "1. Kinh tế", "- Điện: phát triển.", "2. Văn hóa", "Có tiến bộ.")]
    >>> [entry.role.value for entry in outline(blocks)]
    ['heading', 'heading', 'lead', 'heading', 'body']
    """
    past = Past()
    reader = _Reader(tuple(blocks), regions(blocks))
    for at, block in enumerate(blocks):
        past.add(reader.entry(at, past), block)
    return tuple(past.entries)


@dataclass(frozen=True, slots=True)
class _Reader:
    blocks: tuple[RawBlock, ...]
    region: tuple[Region, ...]

    def entry(self, at: int, past: Past) -> Entry:
        block = self.blocks[at]
        role = _REGION_ROLES.get(self.region[at])
        if role is not None:
            return Entry(role)
        if block.kind is BlockKind.TABLE_ROW:
            return Entry(Role.ROW)
        if not any(letter.isalnum() for letter in block.text):
            return Entry(Role.ORNAMENT)
        if self._continues_heading(at, past):
            return Entry(Role.JOINED, sure=True)
        label = parse_label(block.text)
        if block.level is not None and block.kind is BlockKind.HEADING:
            return _styled(block, label)
        if label is None:
            return self._unlabelled(at, past)
        if label.kind in ITEM_RANK:
            return self._item(at, label)
        return self._numbered(at, label, past)

    def _continues_heading(self, at: int, past: Past) -> bool:
        """Say whether this line goes on with the heading on the line before."""
        opening = past.opening
        if opening is None or not past.after_heading():
            return False
        block, previous = self.blocks[at], self.blocks[at - 1]
        if block.level is not None or parse_label(block.text) is not None:
            return False
        if past.heading_words + len(block.text.split()) > _MAX_JOINED_WORDS:
            return False
        bare_division = opening.label is not None and opening.label.kind in DIVISIONS
        first = past.entries[-1] is opening
        if bare_division and first and _is_bare(previous.text, opening.label):
            return not block.text.endswith((".", ";"))
        if block.text.isupper():
            return previous.text.isupper() or bare_division
        return block.text[0].islower() and not previous.text.rstrip().endswith(_TERMINAL[:5])

    def _unlabelled(self, at: int, past: Past) -> Entry:
        block = self.blocks[at]
        words = len(block.text.split())
        whole = Span(0, len(block.text))
        if not 1 < words <= _MAX_HEADING_WORDS or not block.text[0].isupper():
            return Entry(Role.BODY)
        if block.text.isupper() and words > 1 and not block.text.endswith(";"):
            return Entry(Role.HEADING, ("capitals", 0), whole)
        following = self._next(at)
        if following is None or following.kind is BlockKind.TABLE_ROW:
            return Entry(Role.BODY)
        if block.bold and not _SENTENCE_BREAK.search(block.text):
            return Entry(Role.HEADING, ("bare", 0), whole)
        if self._looks_bare(at, past, following):
            return Entry(Role.HEADING, ("bare", 0), whole, sure=False)
        return Entry(Role.BODY)

    def _looks_bare(self, at: int, past: Past, following: RawBlock) -> bool:
        text = self.blocks[at].text.rstrip()
        if len(text.split()) < 3 or text.endswith(_TERMINAL) or "\t" in text:
            return False
        if _SENTENCE_BREAK.search(text) or text.endswith((")", "”")):
            return False
        previous = self.blocks[at - 1].text.rstrip() if at else ""
        ended = previous.endswith((".", ":", ";", "…", "”", ")"))
        if previous and not past.after_heading() and not ended:
            return False
        label = parse_label(following.text)
        if label is not None:
            return label.kind is LabelKind.PAREN or label.kind in ITEM_RANK
        return len(following.text.split()) >= _MIN_PROSE_WORDS

    def _item(self, at: int, label: Label) -> Entry:
        text = self.blocks[at].text
        rank = ITEM_RANK[label.kind]
        lead = _lead_end(text, label.rest)
        if lead is not None:
            alone = not text[lead:].strip(" :\t")
            role = Role.HEADING if alone else Role.LEAD
            return Entry(role, ("item", rank), Span(0, lead), label.span, label)
        if self._is_item_heading(at, label):
            return Entry(Role.HEADING, ("item", rank), Span(0, len(text)), label.span, label)
        return Entry(Role.BODY, ("item", rank), label=label)

    def _is_item_heading(self, at: int, label: Label) -> bool:
        """Say whether a short item without a colon heads the deeper items or text after it."""
        text = self.blocks[at].text.rstrip()
        words = len(text[label.rest :].split())
        if not 1 < words <= _MAX_LEAD_WORDS or text.endswith(_TERMINAL):
            return False
        following = self._next(at)
        if following is None or following.kind is BlockKind.TABLE_ROW:
            return False
        below = parse_label(following.text)
        if below is None:
            return len(following.text.split()) >= _MIN_PROSE_WORDS
        return ITEM_RANK.get(below.kind, 0) > ITEM_RANK[label.kind]

    def _numbered(self, at: int, label: Label, past: Past) -> Entry:
        text = self.blocks[at].text
        key = (label.kind.value, label.depth)
        sibling = past.sibling(label, key)
        if label.depth > 1 and not past.has_parent(label):
            return Entry(Role.BODY)
        heading = Entry(Role.HEADING, key, Span(0, len(text)), label.span, label)
        if label.kind in DIVISIONS:
            return heading if len(text.split()) <= _MAX_HEADING_WORDS else Entry(Role.BODY)
        plain = Entry(Role.BODY, key, label=label)
        if not _is_short(text, label):
            if sibling is not None and sibling.role in (Role.HEADING, Role.LEAD):
                return replace(heading, role=Role.LEAD, heading=_first_words(text))
            return plain
        if sibling is not None:
            return heading if sibling.role in (Role.HEADING, Role.LEAD) else plain
        return heading if self._heads_something(at, label) else plain

    def _heads_something(self, at: int, label: Label) -> bool:
        following = self._next(at)
        if following is None:
            return False
        below = parse_label(following.text)
        small = label.kind in (LabelKind.PAREN, LabelKind.ALPHA)
        if small and self.blocks[at].text.rstrip().endswith((".", ";", ",")):
            return False
        if below is None:
            return True
        return (below.kind, below.depth) != (label.kind, label.depth)

    def _next(self, at: int) -> RawBlock | None:
        for following in range(at + 1, len(self.blocks)):
            block = self.blocks[following]
            if self.region[following] is not Region.MAIN:
                return None
            if block.kind is BlockKind.TABLE_ROW or any(c.isalnum() for c in block.text):
                return block
        return None


_REGION_ROLES = {
    Region.FRONT: Role.FRONT,
    Region.TITLE: Role.TITLE,
    Region.CLOSING: Role.CLOSING,
}


def _styled(block: RawBlock, label: Label | None) -> Entry:
    number = label.span if label is not None else None
    key = ("style", block.level or 0)
    return Entry(Role.HEADING, key, Span(0, len(block.text)), number, label)


def _is_bare(text: str, label: Label | None) -> bool:
    return label is not None and not text[label.rest :].strip(" .:-–")


def _is_short(text: str, label: Label) -> bool:
    rest = text[label.rest :].strip()
    if not rest or not rest.lstrip("“\"'(*- ")[:1].isupper():
        return False
    if len(rest.split()) > _MAX_HEADING_WORDS or rest.endswith(";"):
        return False
    return _SENTENCE_BREAK.search(rest) is None


def _lead_end(text: str, start: int) -> int | None:
    """Return where the lead of an item ends: `Thủy sản` in `+ Thủy sản: tập trung …`."""
    match = _LEAD.search(text, start)
    if match is None:
        return None
    lead = text[start : match.start()].strip()
    if not lead[:1].isupper() or len(lead.split()) > _MAX_LEAD_WORDS or _NO_LEAD.match(lead):
        return None
    if _SENTENCE_BREAK.search(lead) or lead.count("(") != lead.count(")"):
        return None
    return match.start()


def _first_words(text: str) -> Span:
    """Return the first sentence, or as much of it as a heading may hold."""
    end = len(text)
    sentence = _SENTENCE_BREAK.search(text, 4)
    if sentence is not None:
        end = sentence.start() + 1
    words = list(re.finditer(r"\S+", text[:end]))
    if len(words) > _MAX_RUN_IN_WORDS:
        end = words[_MAX_RUN_IN_WORDS - 1].end()
    return Span(0, end)
