"""What stands behind a number: its unit in one spelling, and what it is divided by.

A unit is a measure (`km`, `tỷ đồng`, `%`) or the noun that is counted (`lao động`, `xã`). Nouns
are not listed: any word of the dictionary counts unless it is known to be a verb or a function
word, because reports count whatever they are about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.facts.not_nouns import FUNCTION_WORDS, NOT_NOUNS, VERBS, listed
from indexer.text.normalise import LETTERS, match_form
from indexer.text.segment import lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was read: its one spelling, what it is divided by, and where it ends."""

    name: str
    per: str
    end: int


DURATIONS = frozenset({"năm", "tháng", "tuần", "quý", "thế kỷ", "thập kỷ", "thập niên", "năm học"})

# Kept short: the name of the thing counted is its first word, `hộ nghèo` are `hộ`.
_HEADS = listed(
    """người|hộ|con|xã|phường|ấp|khóm|thôn|bản|căn|vụ|em|cháu|cụ|suất|cuộc|đợt|tổ|đội|nhóm|trường
    |lớp|điểm|lượt|lược|khâu|năm|tháng|tuần"""
)
_LONGER = listed(
    """con đường|con số|căn cứ|tổ chức|tổ trưởng|tổ viên|tổ hợp|tổ hợp tác|đội ngũ|đội viên
    |đội trưởng|xã viên|bản đồ|bản tin|trường hợp|lớp học|điểm trường|điểm nghẽn"""
)

# How a measure is written, in lower case, and its one spelling.
_MEASURES = {
    "%": "% | phần trăm",
    "‰": "‰ | phần nghìn",
    "điểm %": "điểm % | điểm phần trăm",
    "đồng": "đồng | đ | vnđ | vnd",
    "USD": "usd | đô la mỹ | đô la",
    "đồng chí": "đ/c | đồng chí",
    "trường hợp": "t/h",
    "ki-ốt": "ki-ốt | kiốt | ki ốt | kiot",
    "ha": "ha | héc ta | héc-ta | hecta | hécta",
    "m2": "m2 | m² | mét vuông",
    "m3": "m3 | m³ | mét khối | khối",
    "km2": "km2 | km² | km vuông",
    "km": "km | ki lô mét | ki-lô-mét | kilômét | kilomet",
    "m": "m | mét",
    "cm": "cm",
    "mm": "mm",
    "g": "g | gam",
    "mg": "mg",
    "kg": "kg | ki lô gam | ki-lô-gam | kilôgam",
    "tấn": "tấn",
    "tạ": "tạ",
    "lít": "lít",
    "kW": "kw",
    "kWh": "kwh",
    "kV": "kv",
    "kVA": "kva",
    "MW": "mw",
    "MWh": "mwh",
    "MWp": "mwp",
    "MVA": "mva",
    "CV": "cv",
    "sao": "sao",
    "tuổi": "tuổi",
    "lần": "lần",
    "độ C": "độ c | °c",
}
_SPELLINGS = {
    written.strip(): name for name, all_of in _MEASURES.items() for written in all_of.split("|")
}
_MEASURE = re.compile(
    r"%|‰|điểm %|(?:"
    + "|".join(re.escape(name) for name in sorted(_SPELLINGS, key=len, reverse=True))
    + r")(?!\w|-\w)(?!(?<=đồng)\s(?:bào|bộ|thời|hồ)|(?<=sao)\s(?:cho|chép)|(?<=[đt])/[ch])",
    re.IGNORECASE,
)
# The dictionary lacks these, or has only a part of them.
_ADDED = frozenset({"bà mẹ", "mẹ việt nam", "cây cầu", "điểm trường", "điểm nghẽn", "ngày công"})
_SCALE = re.compile(
    r"(?:tr\.(?=\s*đ)|(?:nghìn|ngàn|triệu|tr|tỷ|tỉ)(?!\w|/)(?!\s+(?:lệ|trọng|suất|số)))",
    re.IGNORECASE,
)
_SCALE_NAMES = {"ngàn": "nghìn", "tr": "triệu", "tỉ": "tỷ"}
_NEW_TONE = re.compile(r"(?<!q)(?:o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ])(?!\w)")
_GAP = re.compile(r"[ \t]{0,2}")
_WORDS = re.compile(rf"{LETTERS}(?: {LETTERS}){{0,2}}")
_NAMED = re.compile(r" (?:[IVXL]+|thứ|\d+)(?![\w])")
_NAMED_NOUNS = frozenset({"khóa", "khoá", "nhiệm kỳ", "kỳ", "hội nghị", "đại hội", "lần"})
_VISITS = re.compile(
    r"lượt (?:người|khách|hộ|cán bộ|đảng viên|học sinh|hội viên|đoàn viên|bệnh nhân|lao động"
    r"|phương tiện|tàu|xe)(?!\w)",
    re.IGNORECASE,
)

_SLASH = re.compile(r"[ \t]?/[ \t]?")
_PER_NUMBER = re.compile(
    r"(?:(?:0?1|một)(?!\d)[ \t]*)?(?P<many>10+(?:\.000)*|(?:vạn|nghìn|ngàn)(?!\w))?[ \t]*",
    re.IGNORECASE,
)
_PER_COUNTED = listed(
    """năm|tháng|quý|tuần|ngày|ngày đêm|giờ|đêm|ca|vụ|lượt|người|đầu người|dân|hộ|lao động|nhân khẩu
    |học sinh|giáo viên|lớp|con|ha|km|km2|m2|m3|kg|tấn|lít"""
)
_PER_YEAR = re.compile(r"\s+(?:mỗi |một |hàng |hằng )?năm(?!\w)(?!\s+(?:\d|học|trước|sau|qua))")


# A number asks for its unit several times, in several readings.
@lru_cache(maxsize=64)
def read_unit(text: str, start: int) -> Unit | None:
    """Return the unit that stands at `start`, or none if no unit stands there.

    >>> read_unit("3,5 tr.đồng/ha/năm", 3)
    Unit(name='triệu đồng', per='ha/năm', end=18)
    >>> read_unit("12 hộ nghèo", 2).name, read_unit("12 đồng chí", 2).name
    ('hộ', 'đồng chí')
    >>> read_unit("12 và", 2) is None
    True
    """
    start = _end_of(_GAP, text, start)
    unit = _scaled(text, start) or _simple(text, start)
    if unit is None:
        return None
    per, end = _divisor(text, unit)
    return Unit(unit.name, per, end)


def read_noun(text: str, start: int) -> Unit | None:
    """Return the counted noun at `start` (one word), or none for verbs and function words.

    >>> read_noun("trường hợp vi phạm", 0)
    Unit(name='trường hợp', per='', end=10)
    >>> read_noun("của xã", 0) is None
    True
    """
    run = _WORDS.match(text, start)
    if run is None:
        return None
    visits = _VISITS.match(text, start)
    word = visits.group() if visits else _first_word(run.group())
    end = start + len(word)
    if not word or (word.lower() in _NAMED_NOUNS and _NAMED.match(text, end)):
        return None
    return Unit(word if _is_acronym(word) else _one_spelling(word), "", end)


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _scaled(text: str, start: int) -> Unit | None:
    """Read `triệu đồng`, `nghìn tỷ đồng`, `triệu lượt khách`, or the scale alone."""
    scales = []
    end = start
    while found := _SCALE.match(text, _end_of(_GAP, text, end)):
        name = found.group().lower().rstrip(".")
        scales.append(_SCALE_NAMES.get(name, name))
        end = found.end()
    if not scales:
        return None
    rest = _simple(text, _end_of(_GAP, text, end))
    if rest is None or rest.name.startswith("%") or rest.name in DURATIONS:
        return Unit(" ".join(scales), "", end)
    return Unit(" ".join([*scales, rest.name]), "", rest.end)


def _simple(text: str, start: int) -> Unit | None:
    measure = _MEASURE.match(text, start)
    if measure is None:
        return read_noun(text, start)
    written = " ".join(measure.group().lower().split())
    return Unit(_SPELLINGS.get(written, written), "", measure.end())


@lru_cache(maxsize=1 << 12)
def _first_word(run: str) -> str:
    """Return the first word of up to three syllables; empty if it cannot be a counted noun."""
    syllables = run.split(" ")
    first = syllables[0].lower()
    if first in FUNCTION_WORDS:
        return ""
    for length in range(len(syllables), 1, -1):
        word = " ".join(syllables[:length])
        spelling = _one_spelling(word)
        if spelling in VERBS:
            return ""
        if spelling in _dictionary() and (first not in _HEADS or spelling in _LONGER):
            return word
    return "" if first in NOT_NOUNS or (len(first) == 1 and first != "ô") else syllables[0]


def _is_acronym(word: str) -> bool:
    """Say whether this is `HTX` or `ĐVTN`; `XÃ` of a heading in capitals is none."""
    return len(word) > 1 and word.isupper() and word.replace("Đ", "D").isascii()


def _one_spelling(word: str) -> str:
    """Return `đảng ủy` for `Đảng uỷ` and `bác sĩ` for `bác sỹ`."""
    word = _NEW_TONE.sub(lambda found: match_form(found.group()), word.lower())
    return word.replace("sỹ", "sĩ")


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    words = (_one_spelling(word) for word in set(lexicon()) if 0 < word.count(" ") < 3)
    return frozenset(words) | _ADDED


def _divisor(text: str, unit: Unit) -> tuple[str, int]:
    """Return what the unit is divided by (`năm`, `người/năm`, `10.000 dân`) and where it ends."""
    parts: list[str] = []
    end = unit.end
    if unit.name == "%" and (year := _PER_YEAR.match(text, end)):
        return "năm", year.end()
    while slash := _SLASH.match(text, end):
        part = _divided_by(text, slash.end())
        if part is None:
            break
        parts.append(part.name)
        end = part.end
    return "/".join(parts), end


def _divided_by(text: str, start: int) -> Unit | None:
    number = _PER_NUMBER.match(text, start)
    part = _simple(text, number.end() if number else start)
    if part is None or part.name not in _PER_COUNTED:
        return None
    many = (number and number["many"] or "").lower()
    return Unit(f"{many} {part.name}".strip(), "", part.end)
