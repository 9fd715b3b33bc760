"""Which mark calls which note body: resolved, aligned by order, or unresolved with a reason.

A wrong link is worse than a missing one. A labelled mark takes the one body of its label. Marks
whose labels were lost are aligned with the bodies by order when there are as many of each; when
there are not, only stretches between two places that the words themselves tie together are
taken, and the rest says why it stays open.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.layout import Layout, PlacedMark
from indexer.models import Footnote, NoteKind, RawNote, Resolution, Span

_CONTEXT_CHARS = 400
_MIN_EVIDENCE = 3.0
_WORD = re.compile(r"\w+")


def resolve(notes: Sequence[RawNote], layout: Layout) -> tuple[Footnote, ...]:
    """Return the footnotes of a report in the order of their bodies, nested marks last.

    >>> from indexer.layout import lay_out
    >>> from indexer.models import BlockKind, RawBlock, RawDocument, RawMark
    >>> block = RawBlock(BlockKind.PARAGRAPH, "Tăng.", marks=(RawMark(Span(4, 4), ""),))
    >>> raw = RawDocument((block,), (RawNote("1", "Đạt 5%"),))
    >>> resolve(raw.notes, lay_out(raw))[0].how.value
    'aligned'
    """
    labelled = [mark for mark in layout.marks if mark.key]
    lost = [mark for mark in layout.marks if not mark.key and mark.note is None]
    if lost:
        found = _align_lost(notes, layout, lost)
    else:
        found = [_by_label(notes, index, layout, labelled) for index in range(len(notes))]
    orphans = _marks_without_body(notes, labelled, len(notes))
    nested = _nested(found, layout, len(notes) + len(orphans))
    return (*found, *orphans, *nested)


# --- marks with labels -------------------------------------------------------------------------


def _by_label(
    notes: Sequence[RawNote], index: int, layout: Layout, marks: Sequence[PlacedMark]
) -> Footnote:
    note = notes[index]
    same = sum(other.key == note.key for other in notes)
    calls = [mark for mark in marks if mark.key == note.key]
    if same > 1:
        reason = f"Có {same} chú thích cùng mang số {note.label or note.key}."
        return _footnote(notes, index, layout, Resolution.UNRESOLVED, (), reason)
    if not calls:
        reason = "Không thấy chỗ gọi chú thích này trong bài."
        return _footnote(notes, index, layout, Resolution.UNRESOLVED, (), reason)
    parent = next((mark.note for mark in calls if mark.note is not None), None)
    spans = tuple(mark.span for mark in calls)
    return _footnote(notes, index, layout, Resolution.MARKED, spans, parent=parent)


def _marks_without_body(
    notes: Sequence[RawNote], marks: Sequence[PlacedMark], count: int
) -> list[Footnote]:
    known = {note.key for note in notes}
    missing: dict[str, list[Span]] = {}
    for mark in marks:
        if mark.key not in known:
            missing.setdefault(mark.key, []).append(mark.span)
    taken = {_number(notes, index) for index in range(len(notes))}
    orphans = []
    for order, (key, spans) in enumerate(missing.items(), start=count + 1):
        number = int(key) if key.isdigit() and int(key) not in taken else order
        reason = f"Không có nội dung của chú thích {key} trong tệp."
        orphans.append(Footnote(number, key, Resolution.UNRESOLVED, tuple(spans), None, reason))
    return orphans


def _footnote(
    notes: Sequence[RawNote],
    index: int,
    layout: Layout,
    how: Resolution,
    marks: tuple[Span, ...],
    reason: str = "",
    parent: int | None = None,
) -> Footnote:
    number = _number(notes, index)
    label = notes[index].label or str(number)
    above = None if parent is None else _number(notes, parent)
    return Footnote(
        number, label, how, marks, layout.notes[index], reason, above, notes[index].kind
    )


def _number(notes: Sequence[RawNote], index: int) -> int:
    """Return the printed number, or the order when printed numbers are missing or repeat."""
    labels = [note.label for note in notes]
    distinct = len(set(labels)) == len(labels)
    if distinct and all(label.isdigit() for label in labels):
        return int(labels[index])
    return index + 1


# --- marks in note bodies whose own bodies were lost -------------------------------------------


def _nested(found: Sequence[Footnote], layout: Layout, count: int) -> list[Footnote]:
    nested: list[Footnote] = []
    order: Counter[int] = Counter()
    for mark in layout.marks:
        if mark.key or mark.note is None:
            continue
        parent = found[mark.note].number
        order[parent] += 1
        nested.append(
            Footnote(
                number=count + len(nested) + 1,
                label=f"{parent}.{order[parent]}",
                how=Resolution.NESTED,
                marks=(mark.span,),
                reason="Chú thích nằm trong một chú thích khác; tệp không giữ nội dung riêng.",
                parent=parent,
                kind=NoteKind.FOOTNOTE,
            )
        )
    return nested


# --- marks whose labels were lost --------------------------------------------------------------


def _align_lost(
    notes: Sequence[RawNote], layout: Layout, lost: Sequence[PlacedMark]
) -> list[Footnote]:
    contexts = [_context(layout.text, mark.span.start) for mark in lost]
    places = align(contexts, [note.text for note in notes])
    reason = (
        f"Số chỗ gọi chú thích tìm thấy trong bài ({len(lost)}) khác số chú thích cuối tệp "
        f"({len(notes)}); chỗ gọi chú thích này không chắc chắn."
    )
    return [
        _footnote(notes, index, layout, Resolution.UNRESOLVED, (), reason)
        if place is None
        else _footnote(notes, index, layout, Resolution.ALIGNED, (lost[place].span,))
        for index, place in enumerate(places)
    ]


def _context(text: str, position: int) -> str:
    """Return the paragraph's words before a place: what a note there would speak of."""
    start = max(text.rfind("\n", 0, position) + 1, position - _CONTEXT_CHARS)
    return text[start:position]


@dataclass(frozen=True, slots=True)
class _Anchor:
    body: int
    place: int
    evidence: float

    @property
    def offset(self) -> int:
        return self.place - self.body


def align(contexts: Sequence[str], bodies: Sequence[str]) -> tuple[int | None, ...]:
    """Return for each body the index of its place, or None where that is not certain.

    Equal counts are aligned by order. Otherwise a stretch is certain when the words of the
    bodies at both of its ends stand at their places too, with the same shift of numbers.

    >>> align(["a", "b"], ["x", "y"])
    (0, 1)
    >>> align(["a"], ["x", "y"])
    (None, None)
    """
    if len(contexts) == len(bodies):
        return tuple(range(len(bodies)))
    anchors = _chain(_anchors(contexts, bodies), fewer_places=len(contexts) < len(bodies))
    places: list[int | None] = [None] * len(bodies)
    ends = [
        _Anchor(-1, -1, 0.0),
        *anchors,
        _Anchor(len(bodies), len(contexts), 0.0),
    ]
    for first, second in zip(ends, ends[1:], strict=False):
        if first.offset == second.offset:
            for body in range(max(first.body, 0), min(second.body + 1, len(bodies))):
                places[body] = body + first.offset
    for anchor in anchors:
        places[anchor.body] = anchor.place
    return tuple(places)


def _anchors(contexts: Sequence[str], bodies: Sequence[str]) -> list[_Anchor]:
    """Return the bodies whose words clearly point to one place among those possible."""
    context_pairs = [_pairs(context) for context in contexts]
    seen = Counter(pair for pairs in context_pairs for pair in pairs)
    weight = {pair: math.log((len(contexts) + 1) / count) for pair, count in seen.items()}
    shift = len(contexts) - len(bodies)
    anchors: list[_Anchor] = []
    for body, text in enumerate(bodies):
        shared = _pairs(text)
        window = range(max(0, body + min(shift, 0)), min(len(contexts), body + max(shift, 0) + 1))
        scores = sorted(
            ((sum(weight[p] for p in shared & context_pairs[at]), at) for at in window),
            reverse=True,
        )
        if not scores or scores[0][0] < _MIN_EVIDENCE:
            continue
        runner_up = scores[1][0] if len(scores) > 1 else 0.0
        if scores[0][0] >= 2 * runner_up:
            anchors.append(_Anchor(body, scores[0][1], scores[0][0]))
    return anchors


def _chain(anchors: Sequence[_Anchor], *, fewer_places: bool) -> list[_Anchor]:
    """Return the strongest chain of anchors whose shift only grows (or only shrinks)."""
    best: list[tuple[float, list[_Anchor]]] = []
    for anchor in anchors:
        chains = [(anchor.evidence, [anchor])]
        for total, chain in best:
            last = chain[-1]
            falls = anchor.offset <= last.offset if fewer_places else anchor.offset >= last.offset
            if falls and anchor.place > last.place:
                chains.append((total + anchor.evidence, [*chain, anchor]))
        best.append(max(chains, key=lambda item: item[0]))
    return max(best, key=lambda item: item[0], default=(0.0, []))[1]


def _pairs(text: str) -> set[tuple[str, str]]:
    words = [word for word in _WORD.findall(text.lower()) if not word.isdigit()]
    return set(zip(words, words[1:], strict=False))
