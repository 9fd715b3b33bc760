"""How reports write time, one pattern for each way, and the period that each one means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.facts.calendar import day, moment, months, term_period, years
from indexer.models import Period

_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d|[^\W_])"
_CENTURIES = ("19", "20")
_SEPARATED = r"[ \t]?[/.-][ \t]?"
_NOT_IN_NUMBER = r"(?<![\w/:])(?<!\d[.,-])"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the report: its date and its term; either may be empty."""

    dated: str = ""
    term: str = ""


Reading = Callable[[re.Match[str], Context], Period | None]


def _read_range(found: re.Match[str], _: Context) -> Period | None:
    return years(int(found["first"]), int(found["last"]))


def _read_day(found: re.Match[str], _: Context) -> Period | None:
    return day(int(found["year"]), int(found["month"]), int(found["day"]))


def _read_month(found: re.Match[str], _: Context) -> Period | None:
    month = int(found["month"])
    return months(int(found["year"]), month, month)


def _year_of(found: re.Match[str], context: Context) -> int | None:
    year = found["year"] or context.dated[:4]
    return int(year) if year else None


def _read_quarter(found: re.Match[str], context: Context) -> Period | None:
    year = _year_of(found, context)
    written = found["quarter"].lower()
    last = 3 * (_QUARTERS.get(written) or int(written))
    return months(year, last - 2, last) if year else None


def _read_months(found: re.Match[str], context: Context) -> Period | None:
    """Read `9 tháng đầu năm 2019`, `3 tháng cuối năm`."""
    year = _year_of(found, context)
    count = int(found["count"])
    if year is None:
        return None
    at_end = (found["part"] or "").lower() == "cuối"
    return months(year, 13 - count, 12) if at_end else months(year, 1, count)


def _read_point(found: re.Match[str], _: Context) -> Period | None:
    year = int(found["year"])
    points = {"đầu": (1, 1), "giữa": (7, 1)}
    return day(year, *points.get(found["part"].lower(), (12, 31)))


def _read_year(found: re.Match[str], _: Context) -> Period | None:
    return years(int(found["year"]), int(found["year"]))


def _read_now(_: re.Match[str], context: Context) -> Period | None:
    return moment(context.dated)


def _read_near_year(found: re.Match[str], context: Context) -> Period | None:
    year = context.dated[:4]
    back = 0 if found["which"].lower() == "nay" else 1
    return years(int(year) - back, int(year) - back) if year else None


def _known(period: Period) -> Period | None:
    return period if period.start else None


def _read_past_term(_: re.Match[str], context: Context) -> Period | None:
    return _known(term_period(context.term, past=True))


def _read_coming_term(_: re.Match[str], context: Context) -> Period | None:
    return _known(term_period(context.term, past=False))


def _read_earlier_term(_: re.Match[str], context: Context) -> Period | None:
    past = term_period(context.term, past=True)
    return _known(term_period(f"{past.start[:4]}-{past.end[:4]}", past=True))


def _read_term_point(found: re.Match[str], context: Context) -> Period | None:
    """Read the first or last day of the term that the report looks back on, or of the next."""
    term = _known(term_period(context.term, past=not found["coming"]))
    if term is None:
        return None
    at = term.start if found["part"].lower() == "đầu" else term.end
    return Period(start=at, end=at)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of period is written, how it is read, and words without which there is none."""

    pattern: re.Pattern[str]
    read: Reading
    words: tuple[str, ...]


def _rule(pattern: str, reading: Reading, *words: str) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), reading, words)


RULES = (
    _rule(
        rf"{_NOT_IN_NUMBER}(?P<first>{_YEAR})[ \t]*[-–—][ \t]*(?P<last>{_YEAR})",
        _read_range,
        *_CENTURIES,
    ),
    _rule(
        rf"{_NOT_IN_NUMBER}(?P<day>\d\d?){_SEPARATED}(?P<month>\d\d?){_SEPARATED}(?P<year>{_YEAR})",
        _read_day,
        *_CENTURIES,
    ),
    _rule(
        rf"{_NOT_IN_NUMBER}(?P<day>\d\d?)[ \t]+tháng[ \t]+(?P<month>\d\d?)[ \t]+năm[ \t]+"
        rf"(?P<year>{_YEAR})",
        _read_day,
        *_CENTURIES,
    ),
    _rule(
        rf"(?<!\w)tháng[ \t]+(?P<month>\d\d?)(?:{_SEPARATED}|[ \t]+năm[ \t]+)(?P<year>{_YEAR})",
        _read_month,
        *_CENTURIES,
    ),
    _rule(
        rf"{_NOT_IN_NUMBER}(?<!số )(?P<month>\d\d?)/(?P<year>{_YEAR})(?!/)",
        _read_month,
        *_CENTURIES,
    ),
    _rule(
        r"(?<!\w)quý[ \t]+(?P<quarter>IV|I{1,3}|[1-4])(?!\w|[.,]\d)"
        rf"(?:(?:[ \t]*[/-][ \t]*|[ \t]+năm[ \t]+|[ \t]+)(?P<year>{_YEAR}))?",
        _read_quarter,
        "quý",
    ),
    _rule(
        r"(?<![\w.,/])(?P<count>\d\d?)[ \t]+tháng(?:[ \t]+(?P<part>đầu|cuối)[ \t]+năm"
        r"|(?=[ \t]+năm[ \t]+\d|[ \t]*/[ \t]*\d{4})[ \t]*(?:năm|/))"
        rf"(?:[ \t]*(?P<year>{_YEAR}))?",
        _read_months,
        "tháng",
    ),
    _rule(
        rf"(?<!\w)(?P<part>đầu|giữa|cuối|hết)[ \t]+năm[ \t]+(?P<year>{_YEAR})", _read_point, "năm"
    ),
    _rule(rf"{_NOT_IN_NUMBER}(?P<year>{_YEAR})(?![ \t]?[/-][ \t]?\w)", _read_year, *_CENTURIES),
    _rule(
        r"(?<!\w)(?:(?:tính )?(?:cho )?(?:đến|tới) (?:thời điểm )?(?:nay|hiện nay|hiện tại|này)"
        r"|(?<!thực )(?<!biểu )(?<!xuất )(?<!phát )(?<!thể )(?<!tái )(?<!giai đoạn )"
        r"hiện(?: nay| tại| có| còn)?"
        r"(?! (?:đại|hành|thực|trạng|vật|diện|hữu|tượng|hình|trường|thân|kim))"
        r")(?!\w)",
        _read_now,
        "hiện",
        "nay",
        "này",
    ),
    _rule(r"(?<!\w)năm (?P<which>nay|ngoái)(?!\w)", _read_near_year, "năm"),
    _rule(
        r"(?<!\w)(?:(?:0?5|năm) năm (?:vừa )?qua|nhiệm kỳ (?:vừa )?qua"
        r"|(?:cả|toàn|trong|suốt|trong cả|trong suốt|trong toàn) (?:5 năm )?(?:của )?nhiệm kỳ"
        r"(?: (?:vừa )?qua)?)(?!\w)",
        _read_past_term,
        "năm",
        "nhiệm kỳ",
    ),
    _rule(
        # Alone, with words that tell that the years of a term are meant and no length.
        r"(?<!\w)(?:(?:trong|sau|qua|suốt)[ \t]+|(?<=bình quân )|(?<![\w,] )(?=[^\W\d_]|\d))"
        r"(?:0?5|năm) năm(?!\w)(?=[ \t]*(?:[,;:.)(]|$|đã|đạt|tăng|giảm|có|thực hiện))",
        _read_past_term,
        "năm",
        "nhiệm kỳ",
    ),
    _rule(
        r"(?<!\w)(?<!các )(?<!những )"
        r"(?:nhiệm kỳ (?:tới|mới|tiếp theo)|(?:0?5|năm) năm (?:tới|tiếp theo))(?!\w)",
        _read_coming_term,
        "năm",
        "nhiệm kỳ",
    ),
    _rule(r"(?<!\w)(?<!các )(?<!những )nhiệm kỳ trước(?!\w)", _read_earlier_term, "nhiệm kỳ"),
    _rule(
        r"(?<!\w)(?<!nửa )(?<!năm )(?P<part>đầu|cuối) nhiệm kỳ"
        r"(?P<coming> (?:tới|mới|tiếp theo))?(?!\w)",
        _read_term_point,
        "nhiệm kỳ",
    ),
)
