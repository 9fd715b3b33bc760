"""What a report says with a number, and which documents it names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indexer.models.span import Span


class Shape(StrEnum):
    """How a value is written: one number, a part of a whole (`19/28`), or a range (`350-700`)."""

    SINGLE = "single"
    RATIO = "ratio"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    `span` covers number and unit, `number` the digits alone. `other` is the whole of a ratio or
    the end of a range. `unit` is what is counted or measured, in one spelling (`tỷ đồng`, `%`,
    `lao động`), `per` what it is divided by (`năm`, `người`, `ha`), `qualifier` the word that
    bounds it (`trên`, `dưới`, `khoảng`, `trở lên`); each is empty when nothing is written.
    """

    span: Span
    number: Span
    value: Decimal
    other: Decimal | None = None
    shape: Shape = Shape.SINGLE
    unit: str = ""
    per: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The time of which a statement speaks: first and last day, ISO 8601, both included.

    `text` is how it is written; `explicit` is false when it follows from the report alone.
    """

    text: str = ""
    start: str = ""
    end: str = ""
    explicit: bool = False


class FactKind(StrEnum):
    """What a value is: reached, aimed at, started from, a change, or a share of the target."""

    RESULT = "result"
    TARGET = "target"
    BASELINE = "baseline"
    CHANGE = "change"
    SHARE_OF_TARGET = "share_of_target"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a report states. All spans lie in the document's text.

    `clause` is the piece of the sentence that speaks of this value alone, `quote` the sentence.
    `indicator` is the key of what is measured (`ty-le-ho-ngheo`), `name` its words (`tỷ lệ hộ
    nghèo`), `parent` the words of the enumeration it stands in. `direction` is `tăng` or `giảm`
    for a change, else empty.
    """

    passage_id: str
    quantity: Quantity
    clause: Span
    quote: Span
    indicator: str
    name: str
    kind: FactKind
    period: Period
    place: str = ""
    direction: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a report names.

    `kind` is `Nghị quyết`, `Chỉ thị`, `Luật` …; `number` is in one spelling (`22-NQ/TW`), empty
    when only a name is given; `key` is equal for all spellings of one document. `date` is ISO
    8601, or a year alone; `session` is the congress term (`XII`); `subject` covers the words
    that say what it is about.
    """

    passage_id: str
    span: Span
    kind: str
    number: str
    key: str
    issuer: str = ""
    date: str = ""
    session: str = ""
    subject: Span | None = None
