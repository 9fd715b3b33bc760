"""Keys of named documents: equal for all spellings of one document.

A key has four parts, `kind:number:series:era`. The era is the congress term for the numbers of
the centre, which begin anew with every term, else the year. A mention often leaves series or era
out; `settle` gives it the key of the only fuller one that it can mean.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from indexer.models import Metadata
from indexer.references.kinds import is_local, level_of, slug

# The day on which each congress elected a Central Committee: its term begins there.
_TERMS = (
    ("1976-12-20", "IV"),
    ("1982-03-31", "V"),
    ("1986-12-18", "VI"),
    ("1991-06-27", "VII"),
    ("1996-07-01", "VIII"),
    ("2001-04-22", "IX"),
    ("2006-04-25", "X"),
    ("2011-01-19", "XI"),
    ("2016-01-28", "XII"),
    ("2021-02-01", "XIII"),
    ("2026-01-23", "XIV"),
)
_STARTS = tuple(day for day, _ in _TERMS)


def session_of(date: str) -> str:
    """Return the congress term of a day; empty for a year in which a term ended.

    >>> session_of("2019-05-30"), session_of("2018"), session_of("2016")
    ('XII', 'XII', '')
    """
    if not date:
        return ""
    if len(date) == 4:
        first, last = session_of(f"{date}-01-01"), session_of(f"{date}-12-31")
        return first if first == last else ""
    place = bisect_right(_STARTS, date)
    return _TERMS[place - 1][1] if place else ""


def make_key(parts: tuple[str, str], series: str, era: str) -> str:
    """Return a key of kind and number, series and era.

    >>> make_key(("ct", "5"), "tw", "XII")
    'ct:5:tw:xii'
    """
    return ":".join((*parts, series, era.lower()))


def series_of(suffix: str, issuer: str, metadata: Metadata) -> str:
    """Return whose numbers they are; those of a place bear its name.

    >>> series_of("TXU", "", Metadata(place="thị xã Vàm Sậy"))
    'cu@thi-xa-vam-say'
    """
    level = level_of(suffix, issuer)
    if not is_local(level, suffix):
        return level
    of_province = level == "tu" or "tỉnh" in issuer.lower()
    own = metadata.province if of_province else metadata.place
    return f"{level}@{slug(own or metadata.place or metadata.province)}"


def settle(keys: Iterable[str]) -> dict[str, str]:
    """Return for each key the one that it means among all: itself, or the only fuller one.

    >>> settle(["ct:5::", "ct:5:tw:xii", "nq:26:tw:", "nq:26:tw:x", "nq:26:tw:xii"])["ct:5::"]
    'ct:5:tw:xii'
    """
    known = sorted(set(keys))
    by_number: dict[str, list[str]] = {}
    for key in known:
        by_number.setdefault(_stem(key), []).append(key)
    return {key: _meant(key, by_number[_stem(key)]) for key in known}


def _stem(key: str) -> str:
    return ":".join(key.split(":")[:2])


def _meant(key: str, others: list[str]) -> str:
    fuller = [other for other in others if other != key and _can_mean(key, other)]
    fullest = [one for one in fuller if not any(_can_mean(one, o) for o in fuller if o != one)]
    return fullest[0] if len(fullest) == 1 else key


def _can_mean(key: str, other: str) -> bool:
    """Say whether `other` says all that `key` says."""
    return all(a in ("", b) for a, b in zip(key.split(":"), other.split(":"), strict=True))
