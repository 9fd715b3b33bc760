"""Footnote marks and note bodies: resolved, aligned by order, or unresolved with a reason.

A wrong link is worse than a missing one. A labelled mark takes the one body of its label; marks
whose labels were lost are aligned with the bodies that no label calls (see `alignment`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from indexer.alignment import Place, align
from indexer.layout import Layout, PlacedMark
from indexer.models import Footnote, RawNote, Resolution, Span

_BEFORE_CHARS = 400
_AFTER_CHARS = 120


def resolve(notes: Sequence[RawNote], layout: Layout) -> tuple[Footnote, ...]:
    """Return the footnotes of a report in the order of their bodies, nested marks last.

    >>> from indexer.layout import lay_out
    >>> from indexer.models import BlockKind, RawBlock, RawDocument, RawMark
    >>> block = RawBlock(BlockKind.PARAGRAPH, "Tăng.", marks=(RawMark(Span(4, 4), ""),))
    >>> raw = RawDocument((block,), (RawNote("1", "Đạt 5%"),))
    >>> resolve(raw.notes, lay_out(raw))[0].how.value
    'aligned'
    """
    resolver = _Resolver(tuple(notes), layout)
    found = resolver.found()
    orphans = resolver.orphans()
    return (*found, *orphans, *resolver.nested(found))


class _Resolver:
    def __init__(self, notes: tuple[RawNote, ...], layout: Layout) -> None:
        self.notes = notes
        self.layout = layout
        self.numbers = _numbers(notes)
        self.same = Counter(note.key for note in notes)
        self.calls: dict[str, list[PlacedMark]] = {}
        for mark in layout.marks:
            if mark.key:
                self.calls.setdefault(mark.key, []).append(mark)
        self.lost = [mark for mark in layout.marks if not mark.key and mark.note is None]
        self._free = count(max(self.numbers, default=0) + 1)

    def found(self) -> list[Footnote]:
        """Return a footnote for every body."""
        aligned = self._aligned()
        return [self._one(index, aligned) for index in range(len(self.notes))]

    def _one(self, index: int, aligned: dict[int, PlacedMark]) -> Footnote:
        note = self.notes[index]
        if self.same[note.key] > 1:
            label = note.label or note.key
            return self._open(index, f"Có {self.same[note.key]} chú thích cùng mang số {label}.")
        # A note that calls itself is not called anywhere.
        calls = [mark for mark in self.calls.get(note.key, ()) if mark.note != index]
        if calls:
            inside = all(mark.note is not None for mark in calls)
            parent = calls[0].note if inside else None
            return self._linked(index, Resolution.MARKED, calls, parent)
        if index in aligned:
            return self._linked(index, Resolution.ALIGNED, [aligned[index]], None)
        if not self.lost:
            return self._open(index, "Không thấy chỗ gọi chú thích này trong bài.")
        return self._open(index, self._doubt())

    def _aligned(self) -> dict[int, PlacedMark]:
        """Return the certain places of the bodies that no label calls."""
        if not self.lost:
            return {}
        open_ = [at for at, note in enumerate(self.notes) if note.key not in self.calls]
        places = list(_places(self.layout.text, self.lost))
        found = align(places, [self.notes[at].text for at in open_])
        return {
            at: self.lost[place]
            for at, place in zip(open_, found, strict=True)
            if place is not None
        }

    def _doubt(self) -> str:
        lost, open_ = len(self.lost), sum(note.key not in self.calls for note in self.notes)
        if lost == open_:
            return (
                f"Có {lost} chỗ gọi và {open_} chú thích mất dấu gọi, nhưng nội dung cho thấy "
                "thứ tự của chúng không khớp; chỗ gọi chú thích này không chắc chắn."
            )
        return (
            f"Số chỗ gọi chú thích tìm thấy trong bài ({lost}) khác số chú thích mất dấu gọi "
            f"({open_}); chỗ gọi chú thích này không chắc chắn."
        )

    def _open(self, index: int, reason: str) -> Footnote:
        return self._footnote(index, Resolution.UNRESOLVED, (), reason, None)

    def _linked(
        self, index: int, how: Resolution, marks: Sequence[PlacedMark], parent: int | None
    ) -> Footnote:
        spans = tuple(mark.span for mark in marks)
        if not self.notes[index].text.strip():
            return self._footnote(
                index, Resolution.UNRESOLVED, spans, "Chú thích này không có nội dung.", parent
            )
        return self._footnote(index, how, spans, "", parent)

    def _footnote(
        self, index: int, how: Resolution, marks: tuple[Span, ...], reason: str, parent: int | None
    ) -> Footnote:
        note, number = self.notes[index], self.numbers[index]
        return Footnote(
            number=number,
            label=note.label or str(number),
            how=how,
            marks=marks,
            body=self.layout.notes[index] if note.text.strip() else None,
            reason=reason,
            parent=None if parent is None else self.numbers[parent],
            kind=note.kind,
        )

    def orphans(self) -> list[Footnote]:
        """Return a footnote for every label that is called and has no body."""
        taken = set(self.numbers)
        orphans: list[Footnote] = []
        for key, marks in self.calls.items():
            if key in self.same:
                continue
            number = int(key) if key.isdecimal() and int(key) not in taken else None
            if number is None:
                number = next(free for free in self._free if free not in taken)
            taken.add(number)
            reason = f"Không có nội dung của chú thích {key} trong tệp."
            spans = tuple(mark.span for mark in marks)
            orphans.append(Footnote(number, key, Resolution.UNRESOLVED, spans, None, reason))
        self._free = count(max(taken, default=0) + 1)
        return orphans

    def nested(self, found: Sequence[Footnote]) -> Iterator[Footnote]:
        """Yield the marks in note bodies whose own bodies were lost."""
        order: Counter[int] = Counter()
        for mark in self.layout.marks:
            if mark.key or mark.note is None:
                continue
            parent = found[mark.note]
            order[parent.number] += 1
            yield Footnote(
                number=next(self._free),
                label=f"{parent.label}.{order[parent.number]}",
                how=Resolution.NESTED,
                marks=(mark.span,),
                reason="Chú thích nằm trong một chú thích khác; tệp không giữ nội dung riêng.",
                parent=parent.number,
            )


def _numbers(notes: Sequence[RawNote]) -> tuple[int, ...]:
    """Return the printed numbers, or the order when printed numbers are missing or repeat."""
    labels = [note.label for note in notes]
    if all(label.isdecimal() for label in labels):
        printed = tuple(int(label) for label in labels)
        if len(set(printed)) == len(printed):
            return printed
    return tuple(range(1, len(notes) + 1))


def _places(text: str, marks: Sequence[PlacedMark]) -> Iterator[Place]:
    """Yield what stands around each mark: a note mostly speaks of the words right before it."""
    positions = [mark.span.start for mark in marks]
    for previous, here, following in zip(
        [0, *positions], positions, [*positions[1:], len(text)], strict=False
    ):
        line = text.rfind("\n", 0, here) + 1
        start = max(line, here - _BEFORE_CHARS)
        near = max(start, previous)
        end = text.find("\n", here, min(following, here + _AFTER_CHARS))
        after = text[here : min(following, here + _AFTER_CHARS) if end < 0 else end]
        yield Place(text[near:here], f"{text[start:near]}\n{after}")
