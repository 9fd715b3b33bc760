"""The notes of a Word file: which are called where, in what order, and under what number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from indexer.models import NoteKind, RawMark, RawNote
from indexer.readers.docx_lines import Line, custom_marks, settle
from indexer.readers.docx_numbering import format_number
from indexer.readers.docx_package import Parts
from indexer.readers.docx_xml import WORD, Element, below, to_number, value

_KINDS = {"f": NoteKind.FOOTNOTE, "e": NoteKind.ENDNOTE}
_FORMATS = {NoteKind.FOOTNOTE: "decimal", NoteKind.ENDNOTE: "lowerRoman"}
_SEPARATE_COUNTS = {"eachPage", "eachSect"}
_SHOWN = 40

_NO_BODY = "Chú thích số {label} được gọi trong bài nhưng tệp không có nội dung của nó."
_NOT_CALLED = "Một chú thích có nội dung nhưng không nơi nào trong bài gọi đến: “{text}”."
_COUNTED_ANEW = (
    "Tệp đánh số lại chú thích ở mỗi trang hoặc mỗi phần; ở đây chúng được đánh số liên tục."
)


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes in the order of their first call, and what is odd about them."""

    notes: tuple[RawNote, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """How notes of one kind are numbered; `restarts` on every page or in every section."""

    first: int
    written: str
    restarts: bool


@dataclass(slots=True)
class _Found:
    """Notes as they are come upon: keys in order of first call, and the bodies read so far."""

    keys: dict[str, None]
    bodies: dict[str, tuple[str, tuple[RawMark, ...]]] = field(default_factory=dict)


def read_notes(parts: Parts, called: Iterable[str], read_body: Callable[[Element], Line]) -> Notes:
    """Return the notes of the file; `called` are their keys in the order of the text.

    Notes called by other notes come after those called in the text. Notes that nothing calls
    come last, without a number.
    """
    elements = _elements(parts)
    marks = _own_marks(parts)
    rules = {kind: _rule(parts, kind) for kind in NoteKind}

    def read(key: str) -> tuple[str, tuple[RawMark, ...]]:
        return settle(_without_mark(read_body(elements[key]), marks.get(key, "")))

    found = _Found(keys=dict.fromkeys(called))
    _follow(found, elements, read)
    labels = _labels(found.keys, marks, rules)
    found.keys.update(dict.fromkeys(elements))
    _follow(found, elements, read)
    notes = tuple(
        _note(key, *found.bodies[key], labels.get(key, ""))
        for key in found.keys
        if key in found.bodies
    )
    return Notes(notes, tuple(_warnings(found, labels, rules)))


def _elements(parts: Parts) -> dict[str, Element]:
    """Return key → element of every note that is no line or other ornament."""
    return {
        kind[0] + note.get(WORD + "id", ""): note
        for kind, root in (("footnote", parts.footnotes), ("endnote", parts.endnotes))
        if root is not None
        for note in root.iterchildren(WORD + kind)
        if note.get(WORD + "type", "normal") == "normal"
    }


def _follow(
    found: _Found,
    elements: dict[str, Element],
    read: Callable[[str], tuple[str, tuple[RawMark, ...]]],
) -> None:
    """Read the bodies of all known keys, and of the notes that these call in turn."""
    waiting = [key for key in found.keys if key not in found.bodies]
    while waiting:
        for key in waiting:
            if key in elements:
                found.bodies[key] = read(key)
        calls = [mark.key for key in waiting if key in elements for mark in found.bodies[key][1]]
        waiting = [key for key in dict.fromkeys(calls) if key not in found.keys]
        found.keys.update(dict.fromkeys(waiting))


def _labels(
    keys: Iterable[str], marks: dict[str, str], rules: dict[NoteKind, _Rule]
) -> dict[str, str]:
    """Return key → printed number or mark. A note with a mark of its own takes no number."""
    labels: dict[str, str] = {}
    counts: Counter[NoteKind] = Counter()
    for key in keys:
        kind = _KINDS[key[0]]
        if marks.get(key):
            labels[key] = marks[key]
        else:
            rule = rules[kind]
            labels[key] = format_number(rule.first + counts[kind], rule.written)
            counts[kind] += 1
    return labels


def _own_marks(parts: Parts) -> dict[str, str]:
    roots = (parts.document, parts.footnotes, parts.endnotes)
    return {
        key: mark for root in roots if root is not None for key, mark in custom_marks(root).items()
    }


def _rule(parts: Parts, kind: NoteKind) -> _Rule:
    """Return how the file numbers these notes: in its first section, else in its settings."""
    section = parts.document.find(f".//{WORD}sectPr")
    properties = [below(root, f"{kind.value}Pr") for root in (section, parts.settings)]

    def named(name: str) -> str:
        return next(filter(None, (value(each, name) for each in properties)), "")

    first = to_number(named("numStart"))
    return _Rule(
        first=1 if first is None else first,
        written=named("numFmt") or _FORMATS[kind],
        restarts=named("numRestart") in _SEPARATE_COUNTS,
    )


def _without_mark(line: Line, mark: str) -> Line:
    """Drop the mark of its own that Word repeats as text in front of a note's body."""
    text = line.text.lstrip()
    return replace(line, text=text.removeprefix(mark)) if mark else line


def _note(key: str, text: str, marks: tuple[RawMark, ...], label: str) -> RawNote:
    return RawNote(key=key, text=text, label=label, kind=_KINDS[key[0]], marks=marks)


def _warnings(found: _Found, labels: dict[str, str], rules: dict[NoteKind, _Rule]) -> Iterable[str]:
    if any(rule.restarts for rule in rules.values()):
        yield _COUNTED_ANEW
    for key in found.keys:
        if key not in found.bodies:
            yield _NO_BODY.format(label=labels.get(key) or key)
        elif key not in labels:
            yield _NOT_CALLED.format(text=found.bodies[key][0][:_SHOWN])
