"""Reference packs: quotations that a reader collects, orders, comments and takes away.

An item is a copy of what was quoted, so that it outlives a new reading of the report.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

import sqlalchemy as sa

from indexer.database_address import DatabaseAddress
from indexer.errors import NotFound, UsageError
from search_app.citing.records import Record
from search_app.languages import gettext as _
from search_app.packs_rows import Pack, clean, item_of, row_of
from search_app.packs_tables import PackFile, PackPlace, items, packs

MOST_ITEMS = 200
LONGEST_NOTE = 2_000
LONGEST_NAME = 150
_DAY = 24 * 3600
# Unused for longer a pack is removed, an empty one after a day; and so many new ones fill no disk.
_KEPT = 365 * _DAY
# From one address; behind one there may be a whole office.
_MOST_A_DAY = 200


class Packs:
    """The packs that readers made. Every method may be called from any thread.

    Raises StorageError when they cannot be read or written, NotFound when the pack is gone.
    """

    def __init__(self, address: DatabaseAddress, now: Callable[[], float] = time.time) -> None:
        self._place = _place(address)
        self._now = now
        self._lock = Lock()
        self._day = 0
        self._made: Counter[str] = Counter()

    def close(self) -> None:
        """Release connections; the next use opens them again."""
        self._place.close()

    def count(self, pack_id: str) -> int:
        """Return how many quotations a pack holds."""
        query = sa.select(sa.func.count()).where(items.c.pack == pack_id)
        with self._place.reading() as connection:
            return connection.execute(query).scalar_one() if connection is not None else 0

    def pack(self, pack_id: str) -> Pack | None:
        """Return a pack by its secret id; None when there is none."""
        return self._found(packs.c.id == pack_id) if pack_id else None

    def shared(self, share: str) -> Pack:
        """Return the pack that is shared under an address. Raises NotFound."""
        found = self._found(packs.c.share == share) if share else None
        if found is None:
            raise NotFound(
                _("Không có giỏ trích dẫn nào ở địa chỉ này."),
                _("Người chia sẻ có thể đã thôi chia sẻ; hãy hỏi lại người gửi liên kết."),
            )
        return found

    def make(self, reader: str = "") -> str:
        """Make an empty pack and return its secret id; old and forgotten ones are removed.

        `reader` is the network address it is made from; it is kept in memory for a day, never
        written. Raises UsageError when too many were made from there today.
        """
        now = int(self._now())
        self._count(reader, now // _DAY)
        pack_id = secrets.token_urlsafe(24)
        with self._place.writing() as connection:
            connection.execute(sa.delete(packs).where(packs.c.used < now - _KEPT))
            held = sa.exists().where(items.c.pack == packs.c.id)
            forgotten = sa.and_(packs.c.used < now - _DAY, packs.c.share.is_(None), ~held)
            connection.execute(sa.delete(packs).where(forgotten))
            row = {"id": pack_id, "name": "", "made": now, "used": now}
            connection.execute(sa.insert(packs), [row])
        return pack_id

    def _count(self, reader: str, day: int) -> None:
        with self._lock:
            if day != self._day:
                self._day = day
                self._made.clear()
            if self._made[reader] >= _MOST_A_DAY:
                raise UsageError(
                    _("Hôm nay đã có quá nhiều giỏ trích dẫn được lập."),
                    _("Hãy thử lại vào ngày mai; vẫn sao chép được từng lời trích."),
                )
            self._made[reader] += 1

    def add(self, pack_id: str, found: Sequence[tuple[Record, str]]) -> int:
        """Put quotations with their notes at the end; return how many were not there before.

        Raises UsageError when they are more than a pack holds; then none is put.
        """
        with self._changing(pack_id) as connection:
            there = sa.select(items.c.link, items.c.position).where(items.c.pack == pack_id)
            rows = connection.execute(there).all()
            known = {row.link for row in rows}
            new = {r.link.code: (r, note) for r, note in found if r.link.code not in known}
            if len(rows) + len(new) > MOST_ITEMS:
                raise UsageError(
                    _("Giỏ trích dẫn chỉ chứa được %(most)s đoạn.") % {"most": MOST_ITEMS},
                    _("Hãy bỏ bớt, hoặc tải giỏ về rồi làm trống."),
                )
            end = max((row.position for row in rows), default=0)
            values = [
                row_of(record) | {"pack": pack_id, "position": end + at, "note": _note(note)}
                for at, (record, note) in enumerate(new.values(), start=1)
            ]
            if values:
                connection.execute(sa.insert(items), values)
            return len(values)

    def annotate(self, pack_id: str, number: int, note: str) -> None:
        """Write a note to a quotation, in place of the one before."""
        with self._changing(pack_id) as connection:
            change = sa.update(items).where(_item(pack_id, number)).values(note=_note(note))
            connection.execute(change)

    def move(self, pack_id: str, number: int, places: int) -> None:
        """Move a quotation up (-1) or down (1) by one place; at the end nothing happens."""
        with self._changing(pack_id) as connection:
            query = sa.select(items.c.number).where(items.c.pack == pack_id)
            order = list(connection.execute(query.order_by(items.c.position)).scalars())
            if number not in order:
                return
            at = order.index(number)
            to = min(max(at + places, 0), len(order) - 1)
            order.insert(to, order.pop(at))
            for position, one in enumerate(order, start=1):
                change = sa.update(items).where(_item(pack_id, one))
                connection.execute(change.values(position=position))

    def remove(self, pack_id: str, number: int) -> None:
        """Take a quotation out."""
        with self._changing(pack_id) as connection:
            connection.execute(sa.delete(items).where(_item(pack_id, number)))

    def empty(self, pack_id: str) -> None:
        """Take all quotations out, and the name; who had the link sees an empty pack."""
        with self._changing(pack_id) as connection:
            connection.execute(sa.delete(items).where(items.c.pack == pack_id))
            connection.execute(sa.update(packs).where(packs.c.id == pack_id).values(name=""))

    def rename(self, pack_id: str, name: str) -> None:
        """Give a pack a name; a long one is cut."""
        words = " ".join(clean(name).split())[:LONGEST_NAME]
        with self._changing(pack_id) as connection:
            connection.execute(sa.update(packs).where(packs.c.id == pack_id).values(name=words))

    def share(self, pack_id: str) -> str:
        """Return the address under which others can read a pack; the first call draws it."""
        with self._changing(pack_id) as connection:
            query = sa.select(packs.c.share).where(packs.c.id == pack_id)
            share = connection.execute(query).scalar() or secrets.token_urlsafe(16)
            connection.execute(sa.update(packs).where(packs.c.id == pack_id).values(share=share))
        return str(share)

    def unshare(self, pack_id: str) -> None:
        """Take the address back: the link leads nowhere from now on."""
        with self._changing(pack_id) as connection:
            connection.execute(sa.update(packs).where(packs.c.id == pack_id).values(share=None))

    def _found(self, which: sa.ColumnElement[bool]) -> Pack | None:
        with self._place.reading() as connection:
            row = connection.execute(sa.select(packs).where(which)).first() if connection else None
            if connection is None or row is None:
                return None
            query = sa.select(items).where(items.c.pack == row.id).order_by(items.c.position)
            held = tuple(map(item_of, connection.execute(query).all()))
        if row.used < self._now() - _DAY:
            self._touch(row.id)
        return Pack(row.id, row.share or "", row.name, held)

    def _touch(self, pack_id: str) -> None:
        with self._place.writing() as connection:
            used = sa.update(packs).where(packs.c.id == pack_id).values(used=int(self._now()))
            connection.execute(used)

    @contextmanager
    def _changing(self, pack_id: str) -> Iterator[sa.Connection]:
        used = sa.update(packs).where(packs.c.id == pack_id).values(used=int(self._now()))
        with self._place.writing() as connection:
            if not connection.execute(used).rowcount:
                raise NotFound(
                    _("Giỏ trích dẫn này không còn."),
                    _("Giỏ không dùng tới trong một năm được xóa đi; hãy gom lại từ đầu."),
                )
            yield connection


def _place(address: DatabaseAddress) -> PackPlace:
    """Return what holds the packs: a file of the data folder, or tables beside the catalogue."""
    if not address.url:
        return PackFile(address.data)
    # Here, because who uses a file need not wait for the driver.
    from search_app.packs_database import PackDatabase

    return PackDatabase(address.url)


def _item(pack_id: str, number: int) -> sa.ColumnElement[bool]:
    # The number alone would reach into the packs of others.
    return sa.and_(items.c.pack == pack_id, items.c.number == number)


def _note(text: str) -> str:
    note = clean(text).replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise UsageError(
            _("Ghi chú dài %(length)s ký tự, quá giới hạn %(most)s.")
            % {"length": len(note), "most": LONGEST_NOTE},
            _("Hãy rút ngắn; ghi chú trước đó vẫn còn nguyên."),
        )
    return note
