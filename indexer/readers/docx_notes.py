"""The notes of a Word file: which are called where, in what order, and under what number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.models import RawMark, RawNote
from indexer.readers.docx_lines import Line, settle
from indexer.readers.docx_note_rules import KINDS, NoteRules, read_rules
from indexer.readers.docx_package import Parts
from indexer.readers.docx_pieces import CALLS, custom_marks, note_key
from indexer.readers.docx_xml import WORD, Element, is_deleted

_SHOWN = 40
_NAMED = 10

_NO_BODY = "Chú thích số {labels} được gọi trong bài nhưng tệp không có nội dung của nó."
_NOT_CALLED = "{count} chú thích có nội dung nhưng không nơi nào trong bài gọi đến: {texts}."


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes in the order of their first call, and what is odd about them."""

    notes: tuple[RawNote, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """Notes as they are come upon: keys in order of first call, and the bodies read so far."""

    keys: dict[str, None]
    bodies: dict[str, tuple[str, tuple[RawMark, ...]]] = field(default_factory=dict)


def read_notes(parts: Parts, called: Iterable[str], read_body: Callable[[Element], Line]) -> Notes:
    """Return the notes of the file; `called` are their keys in the order of the text.

    Notes called by other notes come after those called in the text. Notes that nothing calls
    come last, without a number; those that only deleted text calls are deleted with it.
    """
    elements = _elements(parts)
    marks = _own_marks(parts)
    rules = read_rules(parts)

    def read(key: str) -> tuple[str, tuple[RawMark, ...]]:
        return settle(_without_mark(read_body(elements[key]), marks.get(key, "")))

    # A cross-reference may stand in front of the call that gives the note its number.
    order = {key: at for at, key in enumerate(rules.places)}
    found = _Found(dict.fromkeys(sorted(called, key=lambda key: order.get(key, len(order)))))
    _follow(found, elements, read)
    labels = _labels(found.keys, marks, rules)
    deleted = _deleted(parts)
    found.keys.update(dict.fromkeys(key for key in elements if key not in deleted))
    _follow(found, elements, read)
    # A body of which nothing is left was deleted, too.
    for key in [
        key for key, body in found.bodies.items() if body == ("", ()) and key not in labels
    ]:
        del found.keys[key], found.bodies[key]
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


def _drop_empty(found: _Found, labels: dict[str, str]) -> None:
    """Drop notes that nothing calls and whose body was deleted, too."""
    for key in [key for key in found.bodies if key not in labels]:
        if found.bodies[key] == ("", ()):
            del found.keys[key], found.bodies[key]


def _deleted(parts: Parts) -> set[str]:
    """Return the keys of the notes that are called only in text that is not printed."""
    roots = (parts.document, parts.footnotes, parts.endnotes)
    calls = [call for root in roots if root is not None for call in root.iter(*CALLS)]
    gone = [is_deleted(call) for call in calls]
    kept = {note_key(call) for call, is_gone in zip(calls, gone, strict=True) if not is_gone}
    return {note_key(call) for call in calls} - kept


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


def _labels(keys: Iterable[str], marks: dict[str, str], rules: NoteRules) -> dict[str, str]:
    """Return key → printed number or mark. A note with a mark of its own takes no number."""
    return {key: marks.get(key) or rules.label(key) for key in keys}


def _own_marks(parts: Parts) -> dict[str, str]:
    roots = (parts.document, parts.footnotes, parts.endnotes)
    return {
        key: mark for root in roots if root is not None for key, mark in custom_marks(root).items()
    }


def _without_mark(line: Line, mark: str) -> Line:
    """Drop the mark of its own that Word repeats as text in front of a note's body."""
    text = line.text.lstrip()
    return replace(line, text=text.removeprefix(mark)) if mark else line


def _note(key: str, text: str, marks: tuple[RawMark, ...], label: str) -> RawNote:
    return RawNote(key=key, text=text, label=label, kind=KINDS[key[0]], marks=marks)


def _warnings(found: _Found, labels: dict[str, str], rules: NoteRules) -> Iterable[str]:
    yield from rules.warnings()
    empty = [labels.get(key) or key for key in found.keys if key not in found.bodies]
    if empty:
        yield _NO_BODY.format(labels=_listed(empty, ", "))
    stray = [found.bodies[key][0] for key in found.bodies if key not in labels]
    if stray:
        texts = [f"“{text[:_SHOWN]}”" for text in stray]
        yield _NOT_CALLED.format(count=len(texts), texts=_listed(texts, "; "))


def _listed(names: Sequence[str], separator: str) -> str:
    more = len(names) - _NAMED
    named = separator.join(names[:_NAMED])
    return f"{named}{separator}và {more} chú thích khác" if more > 0 else named
