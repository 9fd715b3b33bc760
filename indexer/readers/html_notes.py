"""The notes of a web page: which links and raised numbers call a note, and where its text is.

A note is a pair of links that lead to each other (Word, LibreOffice, most web sites), a link from
a mark to a text that begins with the same mark, or two raised marks that are alike: one in the
text, one in front of a later paragraph or line. All else with a "#" is an ordinary link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from indexer.readers.html_marks import (
    BOXES,
    NOTE_NAME,
    Extents,
    begins_with,
    box_of,
    fragment,
    head_text,
    is_number_mark,
    label_of,
    places,
    raised,
    targets,
)
from indexer.readers.html_note_pairs import Backs, raised_pairs
from indexer.readers.html_note_paragraphs import extend_notes
from indexer.readers.html_note_plan import FoundNote, NotePlan
from indexer.readers.html_source import Element
from indexer.readers.html_splitting import split_box

_CALL_NAME = re.compile(
    r"_?(?:ftn|edn|fn|footnote|endnote|cite_note|sd(?:foot|end)note)[-_:]?\d", re.I
)
_BACK_NAME = re.compile(
    r"_?(?:(?:ftn|edn|ftnt|fn|cite)_?ref|sd(?:foot|end)note\d+anc)[-_:]?\d*", re.I
)
_ENDNOTE = re.compile(r"_?(?:edn|endnote|sdendnote)", re.I)
_MAX_BOXES_AROUND = 4


@dataclass(slots=True)
class _Linked:
    """The links that call one note, and those that lead back from it."""

    name: str
    calls: list[Element] = field(default_factory=list)
    backs: list[Element] = field(default_factory=list)


def find_notes(root: Element) -> NotePlan:
    """Return the notes of a page; notes that share a paragraph get one each, in place."""
    finder = _Finder(root)
    finder.follow_links()
    finder.match_raised_marks()
    extend_notes(finder.plan, finder.extents, finder.cut)
    return finder.plan


class _Finder:
    def __init__(self, root: Element) -> None:
        self.plan = NotePlan()
        self._root = root
        self.extents = Extents(root)
        self._order = self.extents.order
        self._targets = targets(self._order)
        self._links = [link for link in self._order if link.tag == "a" and fragment(link)]
        self._starts: list[int] = []
        self.cut: set[Element] = set()

    # --- links

    def follow_links(self) -> None:
        """Bind every link that is a call to the place that it leads to."""
        groups = self._groups()
        uncalled = list(self._uncalled())
        starts = [start for each in groups if (start := self._start(each)) is not None]
        self._starts = sorted(self._order[each] for each in {*starts, *uncalled})
        self._split({*starts, *uncalled})
        for each in groups:
            self._bind(each)
        for link in uncalled:
            self._bind_uncalled(link)

    def _groups(self) -> Sequence[_Linked]:
        groups: dict[str, _Linked] = {}
        backs = Backs(self._links, self._order)
        for link in self._links:
            back = backs.of(link)
            name = fragment(link)
            if back is not None or self._is_lone_call(link):
                group = groups.setdefault(name, _Linked(name))
                group.calls.append(link)
                group.backs.extend([] if back is None else [back])
        return tuple(groups.values())

    def _start(self, group: _Linked) -> Element | None:
        return self._targets.get(group.name, next(iter(group.backs), None))

    def _is_lone_call(self, link: Element) -> bool:
        name, label = fragment(link), label_of(link)
        if not label or _BACK_NAME.match(name):
            return False
        target = self._targets.get(name)
        if target is None:
            return bool(_CALL_NAME.match(name))
        if self._order[target] <= self._order[link]:
            return False
        box = box_of(target)
        begins = box is not None and any(
            begins_with(head_text(start, box), label) for start in (target, box)
        )
        is_raised = raised(link) is not link or any(True for _ in link.iter("sup"))
        return bool(_CALL_NAME.match(name)) or (begins and is_raised)

    def _uncalled(self) -> Iterator[Element]:
        """Yield the links in front of a line that lead back to where no call is any more."""
        links = [link for link in self._links if _BACK_NAME.fullmatch(fragment(link))]
        stands = places(self._root, set(links))
        for link in links:
            if fragment(link) not in self._targets and stands[link].starts_line:
                yield link

    def _split(self, starts: Iterable[Element]) -> None:
        """Give the notes that share a box a paragraph each."""
        stands = places(self._root, set(starts))
        shared: dict[Element, list[Element]] = {}
        for start in stands:
            box = box_of(start)
            if box is not None and box is not start:
                shared.setdefault(box, []).append(start)
        for box, found in shared.items():
            place = stands[found[0]]
            if len(found) > 1 or (place.starts_line and not place.starts_box):
                self.cut.update(split_box(box, found, self.extents))

    def _bind(self, group: _Linked) -> None:
        calls, target = group.calls, self._start(group)
        marks = [raised(call) for call in calls]
        label = label_of(marks[0])
        box = None if target is None else self._body(target, calls)
        if box is None and target is not None and not group.backs:
            return  # an ordinary link
        key = self._next_key("h")
        self.plan.calls.update(dict.fromkeys(marks, key))
        if box is None:
            self.plan.missing.append(label)
            return
        self._keep(FoundNote(key, label, box, bool(_ENDNOTE.match(group.name))), group.backs)

    def _bind_uncalled(self, link: Element) -> None:
        box = self._body(link, [])
        if box is not None and raised(link) not in self.plan.dropped:
            key = self._next_key("h")
            endnote = "ed" in fragment(link).lower()[:3]
            self._keep(FoundNote(key, label_of(link), box, endnote), [link])
            self.plan.uncalled.append(key)

    def _next_key(self, kind: str) -> str:
        return f"{kind}{len(self.plan.notes) + len(self.plan.missing) + 1}"

    def _keep(self, note: FoundNote, backs: Iterable[Element]) -> None:
        self.plan.notes.append(note)
        self.plan.bodies[note.body] = note.key
        self.plan.dropped.update(raised(back) for back in backs)

    def _body(self, target: Element, calls: list[Element]) -> Element | None:
        """Return the paragraph, item or box that holds just the text of the note."""
        box = box_of(target)
        if box is not None and not head_text(box, box):
            box = _next_box(box)
        if box is None or box in self.plan.bodies or self.extents.holds(box, calls):
            return None
        if box in self.cut:
            return box
        for parent in islice(box.iterancestors(), _MAX_BOXES_AROUND):
            if not self._is_note_box(parent, box, calls):
                break
            box = parent
        return box

    def _is_note_box(self, parent: Element, box: Element, calls: Iterable[Element]) -> bool:
        if parent.tag not in ("li", "div", "dd", "aside", "section"):
            return False
        named = f"{parent.get('id', '')} {parent.get('class', '')} {parent.get('style', '')}"
        if parent.tag != "li" and not NOTE_NAME.search(named):
            return False
        if (parent.text or "").strip() or box.getprevious() is not None:
            return False
        alone = self.extents.count_in(parent, self._starts) < 2
        return alone and not self.extents.holds(parent, calls)

    # --- raised marks without links

    def match_raised_marks(self) -> None:
        """Bind raised marks in the text to lines that begin with the same raised mark."""
        marks = list(self._raised_marks())
        bound = list(raised_pairs(marks, places(self._root, set(marks))))
        self._split(mark for mark, _ in bound)
        for mark, calls in bound:
            box = box_of(mark)
            if box is None or box in self.plan.bodies or self.extents.holds(box, calls):
                continue
            key = self._next_key("s")
            self.plan.calls.update(dict.fromkeys(calls, key))
            self._keep(FoundNote(key, label_of(mark), box), [mark])

    def _raised_marks(self) -> Iterator[Element]:
        known = {*self.plan.calls, *self.plan.dropped}
        for mark in self.extents.elements:
            if mark.tag == "sup" and is_number_mark(mark) and box_of(mark) is not None:
                around = islice(mark.iterancestors(), 4)
                if known.isdisjoint(mark.iter()) and known.isdisjoint(around):
                    yield mark


def _next_box(box: Element) -> Element | None:
    after = box.getnext()
    return after if after is not None and after.tag in BOXES else None
