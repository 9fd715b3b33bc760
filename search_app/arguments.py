"""The values of a web address, bounded: whatever is sent, pages and messages stay small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from search_app.languages import gettext as _

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

MOST_VALUES = 50
LONGEST_VALUE = 200
_LONGEST_SHOWN = 100
# More pages than there are, and still no burden to compute with.
_MOST_DIGITS = 8


def values_of(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    """Return the values of a repeated name, each once and cut, blank ones left out.

    >>> from werkzeug.datastructures import MultiDict
    >>> values_of(MultiDict([("place", "xã A"), ("place", " "), ("place", "xã A")]), "place")
    ('xã A',)
    """
    given = (value[:LONGEST_VALUE] for value in args.getlist(name) if value.strip())
    return tuple(dict.fromkeys(given))[:MOST_VALUES]


def checked_values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    """Return what `values_of` does. Raises UsageError where it would leave values out."""
    if len({value for value in args.getlist(name) if value.strip()}) > MOST_VALUES:
        raise UsageError(
            _(
                "`%(name)s` có quá nhiều giá trị: nhiều nhất là %(most)s.",
                name=name,
                most=MOST_VALUES,
            ),
            _("Hãy bỏ bớt rồi thử lại."),
        )
    return values_of(args, name)


def page_number(args: Mapping[str, str]) -> int:
    """Return the number of the page that is asked for; the first for what is no number.

    >>> page_number({"page": "3"}), page_number({"page": "-3"}), page_number({})
    (3, 1, 1)
    """
    value = args.get("page", "")
    return max(1, int(value)) if value.isdecimal() and len(value) <= _MOST_DIGITS else 1


def shortened(text: str) -> str:
    """Return the beginning of what was typed, to name it in a message.

    >>> shortened("hộ nghèo"), len(shortened("a" * 500))
    ('hộ nghèo', 100)
    """
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
