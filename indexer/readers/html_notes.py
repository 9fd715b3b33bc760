"""The notes of a web page: which links and raised numbers call a note, and where its text is.

A note is a pair of links that lead to each other (Word, LibreOffice, most web sites), a link from
a mark to a text that begins with the same mark, or two raised marks that are alike: one in the
text, one in front of a later paragraph. All else with a "#" is an ordinary link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote

from indexer.readers.html_source import Element

_MARK = re.compile(r"\s*[\[({]?\s*(\d{1,4}|[ivxlc]{1,7}|[a-z]{1,2}|[*†‡§]{1,5})\s*[\])}]?\s*", re.I)
_NUMBER_MARK = re.compile(r"\s*[\[(]?\s*(\d{1,3}|\*{1,3})\s*[\])]?\s*")
_BACK = re.compile(r"\s*[\^↩↑⤴︎\ufe0e]*\s*")
_CALL_NAME = re.compile(
    r"_?(?:ftn|edn|fn|footnote|endnote|cite_note|sd(?:foot|end)note)[-_:]?\d", re.I
)
_BACK_NAME = re.compile(
    r"_?(?:(?:ftn|edn|ftnt|fn|cite)_?ref|sd(?:foot|end)note\d+anc)[-_:]?\d*", re.I
)
_NOTE_BOX = re.compile(r"ftn|edn|fn|note|cite|chu-?thich", re.I)
_ENDNOTE = re.compile(r"_?(?:edn|endnote|sdendnote)", re.I)
_UNIT_BEFORE = re.compile(r"(?:^|[^\w])(?:[kcdm]?m|ha|10)\s*$")
_BOXES = frozenset({"p", "li", "div", "dd", "dt", "td", "section", "aside", "blockquote", "tr"})
_NEAR = 4
_FIRST_TEXTS = 4
_TOPS = frozenset({"body", "html", "table"})


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note: its key, its printed mark, the element that holds its text."""

    key: str
    label: str
    body: Element
    endnote: bool = False


@dataclass(slots=True)
class NotePlan:
    """Where notes are called and kept: element → key; `dropped` are marks in front of bodies.

    `missing` are printed marks of calls whose note is not in the file; `uncalled` are keys.
    """

    notes: list[FoundNote] = field(default_factory=list)
    calls: dict[Element, str] = field(default_factory=dict)
    bodies: dict[Element, str] = field(default_factory=dict)
    dropped: set[Element] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    uncalled: list[str] = field(default_factory=list)


def find_notes(root: Element) -> NotePlan:
    """Return the notes of a page."""
    finder = _Finder(root)
    finder.follow_links()
    finder.match_raised_marks()
    return finder.plan


def text_of(element: Element) -> str:
    """Return all characters in an element."""
    return "".join(map(str, element.itertext()))


def _beginning(element: Element) -> str:
    """Return the first characters in an element: a page may be one box with many links to it."""
    texts = filter(str.strip, map(str, element.itertext()))
    return "".join(islice(texts, _FIRST_TEXTS)).strip()


class _Finder:
    def __init__(self, root: Element) -> None:
        self.plan = NotePlan()
        self._order = {element: at for at, element in enumerate(root.iter("*"))}
        self._targets = _targets(self._order)
        self._links = [link for link in self._order if link.tag == "a" and _fragment(link)]
        self._names = {link: _names_near(link) for link in self._links}

    # --- links

    def follow_links(self) -> None:
        """Bind every link that is a call to the place that it leads to."""
        groups: dict[str, list[Element]] = {}
        backs: dict[str, list[Element]] = {}
        leading_to: dict[str, list[Element]] = {}
        for link in self._links:
            leading_to.setdefault(_fragment(link), []).append(link)
        for link in self._links:
            back = self._back_of(link, leading_to)
            name = _fragment(link)
            if back is not None or self._is_lone_call(link):
                groups.setdefault(name, []).append(link)
                backs.setdefault(name, []).extend([] if back is None else [back])
        for name, calls in groups.items():
            self._bind(name, calls, backs[name])
        self._bind_uncalled(leading_to)

    def _back_of(self, link: Element, leading_to: dict[str, list[Element]]) -> Element | None:
        """Return the link after this one that leads back to it from where it leads."""
        if not _MARK.fullmatch(text_of(link)):
            return None
        for name in self._names[link]:
            for other in leading_to.get(name, ()):
                later = self._order[other] > self._order[link]
                if later and _fragment(link) in self._names[other] and _is_mark_or_arrow(other):
                    return other
        return None

    def _is_lone_call(self, link: Element) -> bool:
        name, found = _fragment(link), _MARK.fullmatch(text_of(link))
        if not found or _BACK_NAME.match(name):
            return False
        target = self._targets.get(name)
        if target is None:
            return bool(_CALL_NAME.match(name))
        if self._order[target] <= self._order[link]:
            return False
        box = _box(target)
        begins = box is not None and _begins_with(_beginning(box), found[1])
        raised = _raised(link) is not link or any(True for _ in link.iter("sup"))
        return bool(_CALL_NAME.match(name)) or (begins and raised)

    def _bind(self, name: str, calls: list[Element], backs: list[Element]) -> None:
        key = f"h{len(self.plan.notes) + len(self.plan.missing) + 1}"
        marks = [_raised(call) for call in calls]
        label = _label(text_of(marks[0]))
        target = self._targets.get(name)
        if target is None and backs:
            target = backs[0]
        box = None if target is None else self._body(target, calls)
        if box is None and target is not None and not backs:
            return  # an ordinary link
        for mark in marks:
            self.plan.calls[mark] = key
        if box is None:
            self.plan.missing.append(label)
            return
        self._keep(FoundNote(key, label, box, bool(_ENDNOTE.match(name))), backs)

    def _keep(self, note: FoundNote, backs: Iterable[Element]) -> None:
        self.plan.notes.append(note)
        self.plan.bodies[note.body] = note.key
        self.plan.dropped.update(_raised(back) for back in backs)

    def _bind_uncalled(self, leading_to: dict[str, list[Element]]) -> None:
        """Keep bodies whose call is gone: their link back leads nowhere."""
        for name, links in leading_to.items():
            if not _BACK_NAME.fullmatch(name) or name in self._targets:
                continue
            for link in links:
                box = self._body(link, [])
                if box is not None and _raised(link) not in self.plan.dropped:
                    key = f"h{len(self.plan.notes) + len(self.plan.missing) + 1}"
                    note = FoundNote(key, _label(text_of(link)), box, "ed" in name.lower()[:3])
                    self._keep(note, [link])
                    self.plan.uncalled.append(key)

    def _body(self, target: Element, calls: list[Element]) -> Element | None:
        """Return the paragraph, item or box that holds just the text of the note."""
        box = _box(target)
        if box is None or box in self.plan.bodies or _holds(box, calls):
            return None
        if not text_of(box).strip():
            box = _next_box(box)
            if box is None or box in self.plan.bodies or _holds(box, calls):
                return None
        while (parent := box.getparent()) is not None and _is_note_box(parent, box, calls):
            box = parent
        return box

    # --- raised marks without links

    def match_raised_marks(self) -> None:
        """Bind raised marks in the text to paragraphs that begin with the same raised mark."""
        waiting: dict[str, list[Element]] = {}
        bodies: list[tuple[Element, Element, str]] = []
        for mark in self._raised_marks():
            label = _label(text_of(mark))
            box = _box(mark)
            if (
                box is not None
                and _is_first_in(mark, box)
                and len(_beginning(box)) > len(label) + 1
            ):
                bodies.append((mark, box, label))
            elif not (label in "23" and _UNIT_BEFORE.search(_text_before(mark))):
                waiting.setdefault(label, []).append(mark)
        for mark, box, label in bodies:
            here = self._order[mark]
            calls = [call for call in waiting.get(label, ()) if self._order[call] < here]
            if calls and box not in self.plan.bodies and not _holds(box, calls):
                waiting[label] = [call for call in waiting[label] if call not in calls]
                key = f"s{len(self.plan.notes) + 1}"
                self.plan.calls.update(dict.fromkeys(calls, key))
                self._keep(FoundNote(key, label, box), [mark])

    def _raised_marks(self) -> Iterator[Element]:
        known = {*self.plan.calls, *self.plan.dropped}
        for mark in self._order:
            if mark.tag == "sup" and _NUMBER_MARK.fullmatch(text_of(mark)):
                linked = known.intersection(mark.iter()) or known.intersection(mark.iterancestors())
                if not linked:
                    yield mark


def _fragment(link: Element) -> str:
    target = link.get("href", "")
    return unquote(target[1:]) if target.startswith("#") and len(target) > 1 else ""


def _targets(elements: Iterable[Element]) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in elements:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def _names_near(link: Element) -> frozenset[str]:
    """Return the names by which others can lead to this link or to the box around it."""
    near = [link, *link.iterdescendants()]
    before = link.getprevious()
    if before is not None and before.tag == "a" and not text_of(before).strip():
        near.append(before)
    for ancestor in list(link.iterancestors())[:_NEAR]:
        if ancestor.tag in _TOPS:
            break
        near.append(ancestor)
    names = (name for each in near for name in (each.get("id"), each.get("name")))
    return frozenset(filter(None, names))


def _is_mark_or_arrow(link: Element) -> bool:
    text = text_of(link)
    return bool(_BACK.fullmatch(text) or _MARK.fullmatch(text))


def _raised(link: Element) -> Element:
    """Return the raised element around a link when it holds nothing else but brackets."""
    found = link
    for ancestor in list(link.iterancestors())[:2]:
        if ancestor.tag in ("sup", "span") and _label(text_of(ancestor)) == _label(text_of(link)):
            found = ancestor if ancestor.tag == "sup" or found is not link else found
        else:
            break
    return found


def _label(text: str) -> str:
    found = _MARK.fullmatch(text)
    return found[1] if found else ""


def _box(element: Element) -> Element | None:
    """Return the nearest paragraph or box around an element, or itself."""
    while element.tag not in _BOXES:
        parent = element.getparent()
        if parent is None or parent.tag in _TOPS:
            return None
        element = parent
    return element


def _next_box(box: Element) -> Element | None:
    after = box.getnext()
    return after if after is not None and after.tag in _BOXES else None


def _holds(box: Element, calls: Iterable[Element]) -> bool:
    return any(box is call or box in call.iterancestors() for call in calls)


def _is_note_box(parent: Element, box: Element, calls: Iterable[Element]) -> bool:
    if parent.tag not in ("li", "div", "dd", "aside", "section") or _holds(parent, calls):
        return False
    named = f"{parent.get('id', '')} {parent.get('class', '')} {parent.get('style', '')}"
    if parent.tag != "li" and not _NOTE_BOX.search(named):
        return False
    return not (parent.text or "").strip() and parent[0] is box and _holds_one_note(parent)


def _holds_one_note(parent: Element) -> bool:
    ids = [each for each in parent.iterdescendants("p", "li", "div") if each.get("id")]
    backs = {_fragment(link) for link in parent.iter("a")} - {""}
    return len(ids) < 2 and len(backs) < 3


def _begins_with(text: str, label: str) -> bool:
    return re.match(rf"\s*[\[(]?\s*{re.escape(label)}(?!\w)", text) is not None


def _is_first_in(mark: Element, box: Element) -> bool:
    return not _text_before(mark, box).strip()


def _text_before(mark: Element, box: Element | None = None) -> str:
    """Return the nearest text of the box in front of a mark in it, as far as there is any."""
    box = _box(mark) if box is None else box
    for text in _texts_before(mark, box):
        if text.strip():
            return text
    return ""


def _texts_before(mark: Element, box: Element | None) -> Iterator[str]:
    node = mark
    while node is not box:
        for sibling in node.itersiblings(preceding=True):
            yield sibling.tail or ""
            yield text_of(sibling)
        parent = node.getparent()
        if parent is None:
            return
        yield parent.text or ""
        node = parent
