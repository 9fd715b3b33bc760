"""Which pages of a long list are offered by number."""

from __future__ import annotations

_AROUND = 1


def pages_by_number(page: int, pages: int) -> tuple[int | None, ...]:
    """Return the first and last page and those around `page`; None where some are left out.

    >>> pages_by_number(6, 12)
    (1, None, 5, 6, 7, None, 12)
    >>> pages_by_number(2, 4)
    (1, 2, 3, 4)
    """
    near = {1, pages, *range(page - _AROUND, page + _AROUND + 1)}
    numbers = sorted(number for number in near if 1 <= number <= pages)
    found: list[int | None] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before == 2:
            # A gap of one page is that page.
            found.append(before + 1)
        elif number - before > 2:
            found.append(None)
        found.append(number)
    return tuple(found)
