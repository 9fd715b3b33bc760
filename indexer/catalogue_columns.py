"""The columns of the catalogue: how values of `models` are stored in a database."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from indexer.models import Conversion, RawPage, Span

_ODD = re.compile(r"[\\\x00\ud800-\udfff]")
_BY_CODE_POINTS = sa.Text(collation="C")
_ESCAPED = re.compile(r"\\([0-9a-f]{4})")


class AnyText(sa.TypeDecorator[str]):
    """A string of any code points, stored as text."""

    # Lone surrogates (Python's form of a file name that is no UTF-8) fit in no database, NUL not
    # in PostgreSQL; they are written as a backslash and four digits, and so is the backslash.
    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Return the type of the database: one that orders by code points, as Python does."""
        return _BY_CODE_POINTS if dialect.name == "postgresql" else self.impl_instance

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a string."""
        if value is None or not _ODD.search(value):
            return value
        return _ODD.sub(lambda match: f"\\{ord(match[0]):04x}", value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the string of a stored form."""
        return _written(value)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Return what makes values of stored forms."""
        # Most columns are texts: without a call in between rows are read in two thirds of the time.
        plain = type(self).process_result_value is AnyText.process_result_value
        return _written if plain else super().result_processor(dialect, coltype)


def _written(value: Any) -> Any:
    if value is None or "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


class Packed(AnyText):
    """A tuple of numbers or strings, stored as JSON text."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a tuple."""
        return super().process_bind_param(json.dumps(value, ensure_ascii=False), dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the tuple of a stored form."""
        return tuple(json.loads(_written(value)))

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Return what makes tuples of stored forms."""
        # Most are empty, and reading JSON is most of the time of loading a document.
        read = self.process_result_value
        return lambda value: () if value == "[]" else read(value, dialect)


class PackedSpans(Packed):
    """A tuple of spans, stored as JSON text."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a tuple of spans."""
        return super().process_bind_param([(span.start, span.end) for span in value], dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the tuple of spans of a stored form."""
        pairs = super().process_result_value(value, dialect)
        return tuple(Span(start, end) for start, end in pairs)


class PackedPages(Packed):
    """A tuple of pages, stored as JSON text."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a tuple of pages."""
        rows = [(page.number, page.ocr, page.confidence) for page in value]
        return super().process_bind_param(rows, dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the tuple of pages of a stored form."""
        return tuple(RawPage(*row) for row in super().process_result_value(value, dialect))


class PackedConversions(Packed):
    """A tuple of conversions, stored as JSON text."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a tuple of conversions."""
        return super().process_bind_param([astuple(conversion) for conversion in value], dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the tuple of conversions of a stored form."""
        return tuple(Conversion(*row) for row in super().process_result_value(value, dialect))


class Choice(sa.TypeDecorator[StrEnum]):
    """A member of an enumeration, stored as its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a member."""
        return value.value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the member of a stored form."""
        return self.kind(value)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Return what makes members of stored forms. Raises ValueError when one is none."""
        members = {member.value: member for member in self.kind}
        return lambda value: members.get(value) or self.kind(value)


class Exact(sa.TypeDecorator[Decimal]):
    """A decimal number, stored as text: a binary fraction would change it."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a number."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the number of a stored form. Raises ValueError when it is none."""
        try:
            return None if value is None else Decimal(value)
        except InvalidOperation as error:
            raise ValueError(f"not a number: {value!r}") from error


def column(name: str, type_: sa.types.TypeEngine[Any] | type, *, optional: bool = False) -> Any:
    """Return a column that must be filled, unless it is optional."""
    return sa.Column(name, type_, nullable=optional)


def text(name: str, *, optional: bool = False) -> Any:
    """Return a column of strings."""
    return column(name, AnyText, optional=optional)


def number(name: str, *, optional: bool = False) -> Any:
    """Return a column of whole numbers."""
    return column(name, sa.Integer, optional=optional)


def span(name: str, *, optional: bool = False) -> tuple[Any, Any]:
    """Return the two columns of a span."""
    start, end = span_columns(name)
    return (number(start, optional=optional), number(end, optional=optional))


def span_columns(name: str) -> tuple[str, str]:
    """Return how the two columns of a span are named.

    >>> span_columns("body")
    ('body_start', 'body_end')
    """
    return (f"{name}_start", f"{name}_end")
