"""The pages of packs: each quotation with what became of its passage since it was copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.errors import UsageError
from search_app.citing.lookup import State, states
from search_app.languages import gettext as _
from search_app.packing.entries import Entry
from search_app.packs_rows import Item, Pack
from search_app.search import Library


@dataclass(frozen=True, slots=True)
class ItemView:
    """A quotation as shown; `changed` says what became of its passage, empty when nothing."""

    item: Item
    at: int
    is_last: bool
    changed: str

    @property
    def is_first(self) -> bool:
        """Say whether nothing stands above it."""
        return self.at == 1


@dataclass(frozen=True, slots=True)
class Refused:
    """A note that could not be kept: to which quotation, what was typed, and why."""

    number: int
    note: str
    error: UsageError


def item_views(library: Library, pack: Pack) -> tuple[ItemView, ...]:
    """Return the quotations of a pack in its order."""
    became = states(library, [item.record.link for item in pack.items])
    return tuple(
        ItemView(item, at, at == len(pack.items), changed_words(state))
        for at, (item, state) in enumerate(zip(pack.items, became, strict=True), start=1)
    )


def entries(library: Library, pack: Pack, whole: Callable[[str], str]) -> tuple[Entry, ...]:
    """Return the quotations for a file; `whole` makes an address of a path."""
    return tuple(
        Entry(view.item.record, view.item.note, whole(view.item.record.link.path), view.changed)
        for view in item_views(library, pack)
    )


def changed_words(state: State) -> str:
    """Return what a reader is told of a passage; nothing when it is the same."""
    if state is State.CHANGED:
        return str(_("Báo cáo ở chỗ này đã thay đổi từ khi lời trích được chép; hãy đối chiếu."))
    if state is State.SAME:
        return ""
    return str(_("Báo cáo này không còn trong thư viện; lời trích là bản đã chép khi đó."))
