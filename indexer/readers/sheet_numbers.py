"""Numbers of a sheet as they are printed in Vietnam: 1.234,5 and 12,3% and 31/12/2020."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeAlias

# The formats that Excel names only by number; dates in the order of the Vietnamese locale.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "0.0E+0",
}  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?:h+|m+|s+)\]|\[[^\]]*\]'
    r"|AM/PM|A/P|General|y+|m+|d+|h+|s+|[#0?.,]+|E[+-]0+|%|@|.",
    re.I | re.S,
)
_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?][#0?.,]*|\.[#0?]+")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)\]")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
_DAYS_1900 = datetime(1899, 12, 30)
_DAYS_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
_MAX_DECIMALS = 30
_DECIMALS = "#" * 15
_ALL_DIGITS = f"0.{_DECIMALS}"


def printed(value: float, code: str, *, since_1904: bool = False) -> str:
    """Return a number as a sheet shows it under a number format.

    >>> printed(1234567.5, "#,##0.0"), printed(0.1234, "0.0%"), printed(44196, "dd/mm/yyyy")
    ('1.234.567,5', '12,3%', '31/12/2020')
    """
    sections = _sections(code or "General")
    section, number = _chosen(sections, value)
    if _is_date(section):
        return _date(value, section, since_1904=since_1904)
    return _number(number, section).strip()


def exact(value: float, code: str) -> str:
    """Return the number behind a printed one with all its digits, "" when all are printed.

    >>> exact(1234567.891, "#,##0"), exact(0.12345, "0.0%"), exact(1500, "#,##0")
    ('1.234.567,891', '12,345%', '')
    """
    section, number = _chosen(_sections(code or "General"), value)
    # A sum of decimals carries noise behind the digits that a sheet itself keeps.
    value = float(f"{value:.15g}")
    tokens = list(_TOKEN.finditer(section))
    if _is_date(section) or "/" in section:
        return ""
    pattern = "".join(token[0] for token in tokens if _DIGITS.fullmatch(token[0]))
    has_power = any(token[0].upper().startswith("E+") for token in tokens)
    if has_power or not pattern:
        shown = _digits(value, _ALL_DIGITS, 0)
        return "" if shown == general(value) or not _is_plain(value) else shown
    percents = sum(token[0] == "%" for token in tokens)
    whole = pattern.partition(".")[0].rstrip(",")
    full = _digits(abs(value), f"{whole}.{_DECIMALS}", percents)
    if full == _padded(_digits(abs(number), pattern, percents)):
        return ""
    return ("-" if value < 0 else "") + full + "%" * percents


def _padded(shown: str) -> str:
    """Return printed digits without the zeros that stand for no more digits."""
    return shown.rstrip("0").rstrip(",") if "," in shown else shown


def _is_plain(value: float) -> bool:
    return 1e-9 <= abs(value) < 1e15


def general(value: float) -> str:
    """Return a number that has no format.

    >>> general(2020.0), general(0.1 + 0.2), general(1e20)
    ('2020', '0,3', '1E+20')
    """
    text = f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"
    return text.replace("e", "E").replace(".", ",")


@lru_cache(256)
def _sections(code: str) -> tuple[str, ...]:
    parts, current = [], ""
    for token in _TOKEN.finditer(code):
        if token[0] == ";":
            parts.append(current)
            current = ""
        else:
            current += token[0]
    return (*parts, current)


def _chosen(sections: tuple[str, ...], value: float) -> tuple[str, float]:
    """Return the part of a format for a number, and what is left to print."""
    conditions = tuple(map(_condition, sections))
    if any(conditions):
        return _conditional(sections, conditions, value)
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


_Condition: TypeAlias = tuple[str, float]


@lru_cache(256)
def _condition(section: str) -> _Condition | None:
    found = _CONDITION.search(section)
    return (found[1], float(found[2])) if found else None


def _conditional(
    sections: tuple[str, ...], conditions: tuple[_Condition | None, ...], value: float
) -> tuple[str, float]:
    """Return the first part whose condition holds, else the last; only "[<0]" hides the sign."""
    for section, condition in zip(sections, conditions, strict=True):
        if condition is None and section is sections[-1]:
            return section, value
        if condition is None:
            # A part between conditions is the one for what is negative.
            if value >= 0:
                continue
            return section, -value
        sign, bound = condition
        if _COMPARISONS[sign](value, bound):
            hides = sign in ("<", "<=") and bound <= 0
            return section, abs(value) if hides else value
    return sections[-1], value


@lru_cache(256)
def _is_date(section: str) -> bool:
    bare = _DATE.sub("", section).replace("General", "")
    return bool(re.search(r"[ymdhs]", bare, re.I)) and not re.search(r"[#0?]", bare.split(".")[0])


def _number(value: float, section: str) -> str:
    tokens = list(_TOKEN.finditer(section))
    if any(token[0].upper().startswith("E+") for token in tokens) or "/" in section:
        return general(value)
    pattern = "".join(token[0] for token in tokens if _DIGITS.fullmatch(token[0]))
    percents = sum(token[0] == "%" for token in tokens)
    shown = _digits(value, pattern, percents) if pattern else ""
    return "".join(_pieces(tokens, shown, value))


def _pieces(tokens: list[re.Match[str]], shown: str, value: float) -> Iterator[str]:
    pending: str | None = shown
    for token in tokens:
        text = token[0]
        if _DIGITS.fullmatch(text):
            yield pending or ""
            pending = None
        elif text.lower() == "general" or text == "@":
            yield general(value)
        elif (literal := _literal(token)) is not None:
            yield literal


def _literal(token: re.Match[str]) -> str | None:
    if token[1] is not None or token[2] is not None or token[3] is not None:
        return token[1] or token[2] or token[3] or ""
    text = token[0]
    if text[0] in "_*":
        return " " if text[0] == "_" else ""
    return None if text.startswith("[") else text


def _digits(value: float, pattern: str, percents: int) -> str:
    whole, _, decimals = pattern.partition(".")
    scale = len(pattern.rstrip()) - len(pattern.rstrip().rstrip(","))
    places = sum(sign in "0#?" for sign in decimals)
    least = sum(sign == "0" for sign in decimals)
    try:
        number = Decimal(repr(value)) * 100**percents / 1000**scale
        number = number.quantize(Decimal(1).scaleb(-min(places, _MAX_DECIMALS)), ROUND_HALF_UP)
    except InvalidOperation:
        return general(value)
    before, _, after = f"{abs(number):f}".partition(".")
    before = before.lstrip("0").rjust(sum(sign == "0" for sign in whole), "0")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    if "," in whole.strip(","):
        before = f"{int(before or 0):,}".replace(",", ".") if before else ""
    sign = "-" if number < 0 else ""
    return sign + before + (f",{after}" if after else "")


def _date(value: float, section: str, *, since_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    # Excel takes 1900 for a leap year: before March of it all days are one off.
    shift = 1 if not since_1904 and value < 60 else 0
    start = _DAYS_1904 if since_1904 else _DAYS_1900
    moment = start + timedelta(days=int(value) + shift, seconds=round(value % 1 * 86_400))
    return "".join(_date_pieces(moment, section)).strip()


def _date_pieces(moment: datetime, section: str) -> Iterator[str]:
    twelve = re.search(r"AM/PM|A/P", section, re.I) is not None
    last = ""
    tokens = list(_TOKEN.finditer(section))
    for at, token in enumerate(tokens):
        text = token[0]
        kind = text[0].lower()
        if text.upper() in ("AM/PM", "A/P"):
            yield "SA" if moment.hour < 12 else "CH"
        elif kind in "ymdhs" and token[1] is None:
            following = next((t[0][0].lower() for t in tokens[at + 1 :] if t[0][0].isalpha()), "")
            minutes = kind == "m" and len(text) < 3 and (last == "h" or following == "s")
            yield _date_part(moment, "n" if minutes else kind, len(text), twelve=twelve)
            last = kind
        elif (literal := _literal(token)) is not None:
            yield literal


def _date_part(moment: datetime, kind: str, length: int, *, twelve: bool) -> str:
    if kind == "y":
        return f"{moment.year % 100:02d}" if length < 3 else f"{moment.year}"
    if kind == "m" and length > 2:
        return f"tháng {moment.month}"
    if kind == "d" and length > 2:
        return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[
            moment.weekday()
        ]
    hour = (moment.hour + 11) % 12 + 1 if twelve else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}.get(
        kind, moment.second
    )
    return f"{number:02d}" if length > 1 else str(number)
