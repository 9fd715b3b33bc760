"""Numbers and dates as they are matched: `1.998` and `1998`, `05/11/2019` and `5/11/2019`.

Vietnamese writes a point between thousands and a comma before decimals (TCVN 6398-0:1998); a
point with one or two digits behind it is a slip for a comma. The form is for matching only.
"""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?=,|$)")
_SLIP = re.compile(r"(\d+)\.(\d{1,2})$")
_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_SPELT_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)", re.I)


def number_form(number: str) -> str:
    """Return the form in which a number is matched.

    >>> [number_form(text) for text in ("1.998", "05", "2,5", "2.5", "05/11/2019", "07/07")]
    ['1998', '5', '2,5', '2,5', '5/11/2019', '7/7']
    """
    number = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in number)
    date = _DATE.match(number)
    if date:
        return f"{int(date[1])}/{int(date[3])}/{date[4]}"
    return "/".join(_plain(part) for part in number.split("/"))


def _plain(number: str) -> str:
    number = _LEADING_ZEROS.sub("", number)
    whole = _THOUSANDS.match(number)
    if whole:
        number = whole.group().replace(".", "") + number[whole.end() :]
    return _SLIP.sub(r"\1,\2", number)


def spelt_dates(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the dates of a text, each as one form and as the forms it is spelt with.

    >>> spelt_dates("ngày 05 tháng 11 năm 2019")
    (('5/11/2019', ('ngày', '5', 'tháng', '11', 'năm', '2019')),)
    """
    return tuple(
        (
            f"{int(match[1])}/{int(match[2])}/{match[3]}",
            ("ngày", str(int(match[1])), "tháng", str(int(match[2])), "năm", match[3]),
        )
        for match in _SPELT_DATE.finditer(text)
    )


def spell_date(form: str) -> tuple[str, ...]:
    """Return the forms with which a date's form is spelt out, without `ngày`; empty for others.

    >>> spell_date("5/11/2019")
    ('5', 'tháng', '11', 'năm', '2019')
    """
    date = _DATE.match(form)
    return (date[1], "tháng", date[3], "năm", date[4]) if date and date[2] == "/" else ()
