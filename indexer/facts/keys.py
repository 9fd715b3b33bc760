"""The key under which values of the same thing are found."""

from __future__ import annotations

from indexer.facts.naming import distinct
from indexer.indicators import Indicator, Indicators, slug_of
from indexer.models import Quantity


def indicator_key(
    name: str,
    quantity: Quantity,
    indicators: Indicators,
    *,
    parent: str = "",
    clause: str = "",
    level: bool = True,
    stock: bool = False,
) -> str:
    """Return the key of a listed indicator that the words name, else a key made of them.

    What is a part (`parent` is not empty) never gets the key of the whole. `clause` are more words
    to try; `level` says that the value is the thing itself and not its change or share, `stock`
    that it is how many there are of what is named.

    >>> from decimal import Decimal
    >>> from indexer.models import Span
    >>> share = Quantity(Span(0, 2), Span(0, 1), Decimal(2), unit="%")
    >>> indicator_key("nữ", share, Indicators(()), parent="tỷ lệ hộ nghèo")
    'ty-le-ho-ngheo-nu'
    """
    unit = quantity.unit
    goes_on = name.lower().startswith(f"{parent.lower()} ")
    whole = name if goes_on else distinct((parent, name))
    if parent:
        for joined in (whole, distinct((name, parent))):
            for match in indicators.find(joined, unit):
                is_all = match.span.end - match.span.start == len(joined)
                if is_all and joined != name and _fits(match.indicator, unit, level=level):
                    return match.indicator.slug
    tries = [name, _without_counted(name, unit)]
    if stock and not parent:
        tries += [f"số {name}", f"tổng số {name}"]
    if clause and not parent:
        tries.append(clause)
    for words in dict.fromkeys(tries):
        known = indicators.named(words, unit)
        if known is not None and _fits(known, unit, level=level):
            return known.slug
    return slug_of(whole)


def _fits(indicator: Indicator, unit: str, *, level: bool) -> bool:
    """Say whether a level can be one of an indicator; a change in per cent is one of any."""
    return not level or unit != "%" or not indicator.units or "%" in indicator.units


def _without_counted(name: str, unit: str) -> str:
    """Return `tạo việc làm` for `tạo việc làm cho lao động`."""
    return name.removesuffix(f" cho {unit}")
