"""Packs and the quotations in them, and how these become rows and come back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from search_app.citing.permalinks import Permalink, read_code
from search_app.citing.records import Record

# What neither XML nor a line of text can hold, and what turns the letters behind it around.
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    r"\u202a-\u202e\u2066-\u2069]"
)
_PLAIN = ("quote", "author", "issuer", "by", "title", "place", "date", "town", "context")


@dataclass(frozen=True, slots=True)
class Item:
    """A quotation in a pack; `number` names it, `note` is what the reader wrote to it."""

    number: int
    record: Record
    note: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack; `id` is its owner's secret, `share` the address for others, empty without one."""

    id: str
    share: str
    name: str
    items: tuple[Item, ...]


def clean(text: str) -> str:
    """Return a text of a reader without signs that no file can hold.

    >>> clean("một\\x00 hai")
    'một hai'
    """
    return _UNFIT.sub("", text)


def row_of(record: Record) -> dict[str, str]:
    """Return the columns of a quotation."""
    row = {name: clean(getattr(record, name)) for name in _PLAIN}
    return row | {"link": record.link.code, "headings": "\n".join(map(clean, record.headings))}


def item_of(row: Any) -> Item:
    """Return the quotation of a row."""
    link = read_code(row.link) or Permalink("")
    values = {name: getattr(row, name) for name in _PLAIN}
    headings = tuple(filter(None, row.headings.split("\n")))
    return Item(row.number, Record(link=link, headings=headings, **values), row.note)
