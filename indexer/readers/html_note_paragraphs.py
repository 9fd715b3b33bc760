"""The further paragraphs of notes that have no box of their own in a web page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from indexer.readers.html_marks import NOTE_NAME, Extents
from indexer.readers.html_note_plan import FoundNote, NotePlan
from indexer.readers.html_source import Element

_PARAGRAPHS = frozenset({"p", "div", "ul", "ol", "dl", "table", "blockquote", "pre"})


def extend_notes(plan: NotePlan, extents: Extents, cut: Collection[Element]) -> None:
    """Give the notes of a plan the paragraphs that follow them where notes stand together.

    `cut` are the notes that shared a paragraph: nothing follows them. Notes stand together when
    the next one was called before this one begins: what is between is no running text.
    """
    order = extents.order
    notes = sorted(plan.notes, key=lambda note: order[note.body])
    called: dict[str, int] = {}
    for call, key in plan.calls.items():
        called[key] = max(order[call], called.get(key, 0))
    last = max(called.values(), default=0)
    followed: dict[str, tuple[Element, ...]] = {}
    for note, after in pairwise([*notes, None]):
        if note is not None and note.body not in cut:
            together = after and called.get(after.key, last) < order[note.body]
            end = after.body if after and together else None
            followed[note.key] = _following(note, end, plan, extents)
    plan.notes = [replace(note, following=followed.get(note.key, ())) for note in plan.notes]
    for note in plan.notes:
        plan.bodies.update(dict.fromkeys(note.following, note.key))


def _following(
    note: FoundNote, end: Element | None, plan: NotePlan, extents: Extents
) -> tuple[Element, ...]:
    """Return what follows up to the next note, or all that is set in the same note style."""
    found: list[Element] = []
    before = note.body
    if before.tag not in ("p", "div"):
        return ()
    while (each := before.getnext()) is not None and each is not end:
        if (before.tail or "").strip() or not _may_follow(each, plan, extents):
            break
        found.append(each)
        before = each
    if each is not None and each is end and not (before.tail or "").strip():
        return tuple(found)
    style = note.body.get("class", "")
    alike = [each for each in found if each.get("class") == style]
    return tuple(alike) if NOTE_NAME.search(style) and alike == found[: len(alike)] else ()


def _may_follow(each: Element, plan: NotePlan, extents: Extents) -> bool:
    if each.tag not in _PARAGRAPHS or each not in extents.order or each in plan.bodies:
        return False
    inside = extents.elements[extents.order[each] : extents.last[each] + 1]
    return plan.calls.keys().isdisjoint(inside) and plan.dropped.isdisjoint(inside)
