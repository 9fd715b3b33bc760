"""A figure that two reports both state, as a row: values, difference, what to mind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from indexer.models import FactKind
from search_app.figure_pairs import FigurePair, Times
from search_app.languages import gettext as _
from search_app.languages import vietnamese
from search_app.page_indicators import KINDS, Value, stated_values

_DECIMALS = Decimal("0.1")
_KIND_ORDER = tuple(FactKind)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table of figures. `about` says of which term and part, `note` what to mind."""

    pair: FigurePair
    kind: str
    about: str
    left: tuple[Value, ...]
    right: tuple[Value, ...]
    gap: str
    note: str

    @property
    def rank(self) -> int:
        """Return where the kind of this figure stands among the kinds."""
        return _KIND_ORDER.index(self.pair.kind)


def figure_row(pair: FigurePair) -> FigureRow:
    """Return a pair of figures as a row, in the reader's language."""
    terms = [term for term in dict.fromkeys(pair.terms) if term]
    told = _("nhiệm kỳ %(term)s", term=" / ".join(terms)) if terms else ""
    return FigureRow(
        pair=pair,
        kind=str(KINDS[pair.kind]),
        about=Markup(" · ").join(filter(None, (vietnamese(pair.part), told))),
        left=stated_values(pair.left),
        right=stated_values(pair.right),
        gap=gap_words(pair),
        note=note_words(pair),
    )


def gap_words(pair: FigurePair) -> str:
    """Return by how much the right side is more than the left, in points or per cent."""
    if not pair.differs:
        return _("bằng nhau")
    gap = pair.gap
    if gap is None or not gap.amount:
        return ""
    if gap.percent is not None:
        return f"{_signed(gap.percent.quantize(_DECIMALS, ROUND_HALF_UP))} %"
    if gap.unit in ("%", "‰"):
        return _("%(number)s điểm %(unit)s", number=_signed(gap.amount), unit=gap.unit)
    return f"{_signed(gap.amount)} {gap.unit}".rstrip()


def note_words(pair: FigurePair) -> str:
    """Return what a reader has to mind when the two sides are held against each other."""
    notes = []
    several = max(len(stated_values(side)) for side in (pair.left, pair.right)) > 1
    if pair.gap is None and pair.differs and (several or pair.times is not Times.UNSAID):
        notes.append(_("nêu nhiều giá trị") if several else _("có bên chỉ nêu mức chặn hay khoảng"))
    if pair.times is Times.OTHER:
        notes.append(_("khác thời điểm"))
    elif pair.times is Times.UNSAID:
        notes.append(_("một bên không nêu thời điểm"))
    return "; ".join(notes)


def _signed(number: Decimal) -> str:
    """Return a number with its sign, in Vietnamese form.

    >>> _signed(Decimal("-1234.50")), _signed(Decimal("0.92"))
    ('−1.234,5', '+0,92')
    """
    digits = f"{abs(number):,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    sign = "\N{MINUS SIGN}" if number < 0 else "+"
    return sign + digits.translate(str.maketrans(",.", ".,"))
