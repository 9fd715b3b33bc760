"""Which document somebody means by `22-NQ/TW`, `nghị quyết 22`, `NQ 22` or `22`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType

from indexer.models import Reference
from indexer.references.kinds import CODES, KINDS, level_of, slug
from indexer.references.marks import roman, sessions_in
from indexer.text.normalise import fold_characters, strip_accents


def _plain(text: str) -> str:
    return strip_accents(fold_characters(text)).lower()


_BY_NAME = MappingProxyType({_plain(kind.name): frozenset({kind.key}) for kind in KINDS})
_BY_CODE = MappingProxyType(
    {
        _plain(code): frozenset(kind.key for kind in KINDS if code in kind.codes)
        | frozenset(kind.key for kind in KINDS if _plain(code) in map(_plain, kind.codes))
        for code in CODES
    }
)
_LEVELS = MappingProxyType(
    {
        _plain(suffix): level_of(suffix, "")
        for suffix in ("TW", "TU", "TXU", "ThU", "HU", "QU", "ĐU", "CP", "TTg", "QH", "UBTVQH")
    }
    | {"hdnd": "hdnd", "ubnd": "ubnd"}
)


def _one_of(words: MappingProxyType[str, frozenset[str]]) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))


_NAME = re.compile(rf"^\W*(?:cac\s+)?(?P<name>{_one_of(_BY_NAME)})(?!\w)")
_CODE = re.compile(rf"^\W*(?P<code>{_one_of(_BY_CODE)})(?=[\s\d.:]|$)")
_NUMBER = re.compile(
    rf"(?<!\w)(?P<digits>\d{{1,5}}[a-e]?)(?!\w)(?:\s*/\s*(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:\s*[-/. ]\s*(?P<code>{_one_of(_BY_CODE)})\s*[-/ ]\s*(?P<suffix>[a-z]{{1,9}})\d*(?!\w)"
    r"|\s*[-/]\s*(?P<alone>[a-z]{2,6})\d*(?!\w))?"
)
_DATE = re.compile(r"(?:ngay\s*)?\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\bnam\s+(?P<year>(?:19|20)\d\d)\b")
_SESSION = re.compile(r"\bkhoa\s*(?P<session>[ivx]+|\d{1,2})\b")
_CONFERENCE = re.compile(
    r"(?:\bhoi\s+nghi\s+)?(?<![/\w-])(?:trung\s+uong|tw)\s*(?:lan\s+thu\s+)?(?P<count>\d{1,2})\b"
)
_CONGRESS = re.compile(r"\bdai\s+hoi\b(?:.{0,80}?\blan\s+thu)?\s+(?P<count>[ivx]+|\d{1,2})\b")
_NO_WORDS = frozenset(
    ("so", "cua", "ve", "viec", "nam", "ngay", "khoa", "cac", "nhung", "van", "ban", "theo")
)
_LAWS = frozenset({"luat", "hp", "pl"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a document that is looked for; empty parts fit every document.

    `number` and `level` are parts of keys (see `indexer.references.keys`); `words` stand in what is
    said of the document.
    """

    kinds: frozenset[str] = frozenset()
    number: str = ""
    level: str = ""
    year: str = ""
    date: str = ""
    session: str = ""
    words: tuple[str, ...] = ()

    def fits(self, reference: Reference) -> bool:
        """Say whether a mention can mean it, by all that the mention tells but its words."""
        kind, number, series, _ = reference.key.split(":")
        level = series.partition("@")[0]
        return (
            (not self.kinds or kind in self.kinds)
            and self.number in ("", number)
            and (not level or self.level in ("", level))
            and self._may_be(self.date[: len(reference.date) or None], reference.date)
            and self._may_be(self.year, reference.date[:4])
            and self._may_be(self.session, reference.session)
        )

    def _may_be(self, wanted: str, told: str) -> bool:
        """Say whether what is told is what is wanted; beside a number it need not be told."""
        return not wanted or wanted == told or (bool(self.number) and not told)


def read_wanted(text: str) -> Wanted | None:
    """Return what somebody looks for; None when the text names nothing.

    >>> read_wanted("nq22-nq/tw") == read_wanted("Nghị quyết số 22-NQ/TW")
    True
    >>> read_wanted("22").number, read_wanted("chỉ thị 5 khóa XII").session, read_wanted("?")
    ('22', 'XII', None)
    """
    wanted, rest = _read_kind(_plain(text))
    for read in (_read_date, _read_session, _read_meeting, _read_number):
        wanted, rest = read(wanted, rest)
    words = tuple(word for word in slug(rest).split("-") if word and word not in _NO_WORDS)
    wanted = replace(wanted, words=words)
    return wanted if wanted != Wanted() else None


def _read_kind(text: str) -> tuple[Wanted, str]:
    named = _NAME.match(text)
    if named:
        return Wanted(kinds=_BY_NAME[" ".join(named["name"].split())]), text[named.end() :]
    coded = _CODE.match(text)
    if coded:
        return Wanted(kinds=_BY_CODE[coded["code"]]), text[coded.end() :]
    return Wanted(), text


def _read_date(wanted: Wanted, text: str) -> tuple[Wanted, str]:
    dated = _DATE.search(text)
    if dated:
        day, month, year = dated.groups()
        wanted = replace(wanted, date=f"{year}-{int(month):02}-{int(day):02}")
        return wanted, _without(text, dated)
    found = _YEAR.search(text)
    if found:
        return replace(wanted, year=found["year"]), _without(text, found)
    return wanted, text


def _read_session(wanted: Wanted, text: str) -> tuple[Wanted, str]:
    found = _SESSION.search(text)
    if found is None:
        return wanted, text
    session = sessions_in(found["session"].upper())
    return replace(wanted, session=session[0] if session else ""), _without(text, found)


def _read_meeting(wanted: Wanted, text: str) -> tuple[Wanted, str]:
    for pattern, name in ((_CONFERENCE, "hoi-nghi"), (_CONGRESS, "dai-hoi")):
        found = pattern.search(text)
        if found:
            count = found["count"]
            number = int(count) if count.isdigit() else roman(count)
            return replace(wanted, number=f"{name}-{number}"), _without(text, found)
    return wanted, text


def _read_number(wanted: Wanted, text: str) -> tuple[Wanted, str]:
    found = None if wanted.number else _NUMBER.search(text)
    if found is None:
        return wanted, text
    rest = _without(text, found)
    digits = found["digits"].lstrip("0") or "0"
    if wanted.kinds & _LAWS and re.fullmatch(r"(?:19|20)\d\d", digits):
        return replace(wanted, year=digits), rest
    suffix = found["suffix"] or found["alone"] or ""
    kinds = wanted.kinds or _BY_CODE.get(found["code"] or "", frozenset())
    level = _LEVELS.get(suffix, suffix)
    year = found["year"] or wanted.year
    return replace(wanted, kinds=kinds, number=digits, level=level, year=year), rest


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
