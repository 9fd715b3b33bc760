"""The values of a table row: what each column says of the thing that the row names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from indexer.facts.naming import blank, lowered
from indexer.facts.periods import find_periods
from indexer.facts.quantities import find_quantities
from indexer.facts.timing import Calendar, times_of
from indexer.models import Document, Fact, FactKind, Passage, Period, Quantity, Span, Table

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER_ONLY = re.compile(
    r"\s*(?:trên|dưới|khoảng|từ|gần|hơn|ước|ít nhất|[<>≥≤]|tăng|giảm|còn)?\s*(?:trên|dưới|từ)?"
    r"\s*[-+]?\d[\d.,]*(?:\s*/\s*\d[\d.,]*)?(?:\s*[-–]\s*\d[\d.,]*)?\s*%?"
    r"\s*(?:trở lên|trở xuống)?\s*",
    re.I,
)
_UNIT_NOTE = re.compile(r"\(?\s*(?:đơn vị(?: tính)?|đvt)\s*:\s*(?P<unit>[^)\n]+)", re.I)
_IN_BRACKETS = re.compile(r"\((?P<unit>%|‰|[^()\d]{1,20})\)\s*$")


class _Role(Enum):
    SKIPPED = auto()
    NAME = auto()
    UNIT = auto()
    SHARE = auto()
    TARGET = auto()
    RESULT = auto()
    YEAR = auto()


# The first that fits says what a column holds.
_ROLES = (
    (
        _Role.SKIPPED,
        r"tt|stt|số tt|số thứ tự|nhóm|ghi chú|chú thích|cơ quan.*|đơn vị (?:chủ trì|thực hiện).*",
    ),
    (_Role.UNIT, r"(?:đơn vị|đơn vị tính|đvt|đv tính|đơn vị đo)\.?"),
    (
        _Role.SHARE,
        r".*(?:so (?:với )?(?:nq|nghị quyết|kế hoạch|kh|chỉ tiêu)|so sánh|% ?(?:th|thực hiện)"
        r"|tỷ lệ (?:đạt|hoàn thành|thực hiện)|(?:th|thực hiện|đạt)\s*/\s*(?:nq|kh)|đạt %"
        r"|% (?:đạt|so)).*",
    ),
    (
        _Role.NAME,
        r"(?:các |tên |hệ thống )?(?:chỉ tiêu|nội dung|danh mục|tiêu chí|hạng mục|lĩnh vực|tên"
        r"|công trình|dự án|đơn vị|địa phương|xã, phường|xã)"
        r"(?: (?:chủ yếu|chính|kinh tế.*|nhiệm vụ))?",
    ),
    (
        _Role.TARGET,
        r".*(?:nghị quyết|\bnq\b|kế hoạch|\bkh\b|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|đăng ký"
        r"|giao).*",
    ),
    (_Role.RESULT, r".*(?:thực hiện|kết quả|ước|đạt|\bth\b|hiện trạng|hiện có).*"),
    (_Role.YEAR, r".*(?:19|20)\d\d.*"),
)
_PATTERNS = tuple((role, re.compile(pattern, re.I | re.S)) for role, pattern in _ROLES)


@dataclass(frozen=True, slots=True)
class _Column:
    role: _Role
    heading: str


def find_rows(
    document: Document, passage: Passage, table: Table | None, calendar: Calendar
) -> tuple[Fact, ...]:
    """Return the values of a table row (without the key of the indicator).

    Nothing comes back for a row without a name, or from columns that do not say what they hold.
    """
    if table is None or not table.headings or not passage.cells:
        return ()
    return tuple(_Row(document, passage, table, calendar).facts())


class _Row:
    def __init__(
        self, document: Document, passage: Passage, table: Table, calendar: Calendar
    ) -> None:
        self.document = document
        self.passage = passage
        self.calendar = calendar
        self.columns = _columns(table.headings)
        self.cells = [cell.of(document.text) for cell in passage.cells]
        self.unit = self._unit(table)

    def facts(self) -> Iterator[Fact]:
        name = self._name()
        if not name:
            return
        seen: set[Span] = set()
        for column, cell, text in zip(self.columns, self.passage.cells, self.cells, strict=False):
            if column.role not in _VALUES or cell in seen or not _NUMBER_ONLY.fullmatch(text):
                continue
            seen.add(cell)
            quantity = self._quantity(column, cell, text)
            kind = self._kind(column)
            if quantity is not None and kind is not None:
                yield self._fact(name, column, cell, (quantity, kind))

    def _fact(
        self, name: str, column: _Column, cell: Span, value: tuple[Quantity, FactKind]
    ) -> Fact:
        quantity, kind = value
        return Fact(
            passage_id=self.passage.id,
            quantity=quantity,
            clause=cell,
            quote=self.passage.span,
            indicator="",
            name=lowered(name),
            kind=kind,
            period=self._period(column, kind),
            place=self.document.metadata.place,
        )

    def _name(self) -> str:
        """Return the words of the row's name cell, without times."""
        at = self._column(_Role.NAME)
        if at is None:
            wordy = [i for i, text in enumerate(self.cells) if _LETTER.search(text)]
            at = wordy[0] if wordy and self._is_open(wordy[0]) else None
        if at is None or at >= len(self.cells) or not _LETTER.search(self.cells[at]):
            return ""
        words = self.cells[at].replace("\ufffd", " ")
        words = blank(words, times_of(words, self.calendar).all_spans)
        words = re.sub(r"\(\s*\)|^\s*[-+*•]\s*", " ", words)
        return " ".join(words.split()).strip(" ,;:.")

    def _is_open(self, at: int) -> bool:
        return at < len(self.columns) and self.columns[at].role is _Role.SKIPPED

    def _unit(self, table: Table) -> str:
        at = self._column(_Role.UNIT)
        if at is not None and at < len(self.cells):
            return " ".join(self.cells[at].split())
        name_at = self._column(_Role.NAME)
        inside = _IN_BRACKETS.search(self.cells[name_at]) if name_at is not None else None
        if inside:
            return inside["unit"].strip()
        for span in self.passage.context:
            note = _UNIT_NOTE.search(span.of(self.document.text))
            if note:
                return note["unit"].strip(" .")
        return ""

    def _column(self, role: _Role) -> int | None:
        return next((at for at, column in enumerate(self.columns) if column.role is role), None)

    def _quantity(self, column: _Column, cell: Span, text: str) -> Quantity | None:
        """Read the number of a cell with the unit of its column or row."""
        unit = "" if "%" in text else self._unit_of(column)
        found = find_quantities(f"{text.strip()} {unit}")
        if len(found) != 1:
            return None
        start = cell.start + len(text) - len(text.lstrip())
        number = found[0].number.shift(start)
        own_sign = "%" in text
        span = found[0].span.shift(start) if own_sign else number
        return replace(found[0], span=Span(span.start, min(span.end, cell.end)), number=number)

    def _unit_of(self, column: _Column) -> str:
        if column.role is _Role.SHARE:
            return "%"
        inside = _IN_BRACKETS.search(column.heading)
        return inside["unit"].strip() if inside and not self.unit else self.unit

    def _kind(self, column: _Column) -> FactKind | None:
        if column.role is _Role.YEAR:
            found = self._heading_period(column)
            if found is None:
                return None
            future = self.calendar.is_future(found)
            return FactKind.TARGET if future else FactKind.RESULT
        return _VALUES[column.role]

    def _period(self, column: _Column, kind: FactKind) -> Period:
        found = self._heading_period(column)
        if found is not None:
            implied = found
        elif kind is FactKind.TARGET and re.search(
            r"mục tiêu|phấn đấu|dự kiến", column.heading, re.I
        ):
            implied = self.calendar.coming
        else:
            implied = self.calendar.past
        written = self._row_period()
        if written is None:
            return implied
        if _YEAR.search(written.text):
            return written
        term = self.calendar.coming if self.calendar.is_future(implied) else self.calendar.past
        return Period(written.text, term.start, term.end, explicit=True)

    def _row_period(self) -> Period | None:
        at = self._column(_Role.NAME)
        if at is None:
            return None
        found = times_of(self.cells[at], self.calendar).found
        return found[0].period if found else None

    def _heading_period(self, column: _Column) -> Period | None:
        found = find_periods(column.heading, self.calendar.dated, self.calendar.term)
        if found:
            return found[-1].period
        years = _YEAR.findall(column.heading)
        if len(years) != 1:
            return None
        return Period(years[0], f"{years[0]}-01-01", f"{years[0]}-12-31", explicit=True)


_VALUES = {
    _Role.SHARE: FactKind.SHARE_OF_TARGET,
    _Role.TARGET: FactKind.TARGET,
    _Role.RESULT: FactKind.RESULT,
    _Role.YEAR: FactKind.RESULT,
}


def _columns(headings: Sequence[str]) -> list[_Column]:
    columns = []
    named = False
    for heading in headings:
        words = " ".join(heading.split()).strip(" .:*")
        role = next(
            (role for role, pattern in _PATTERNS if pattern.fullmatch(words)), _Role.SKIPPED
        )
        if role is _Role.NAME:
            role, named = (_Role.TARGET if named else role), True
        columns.append(_Column(role, words))
    return columns
