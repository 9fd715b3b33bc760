"""What stands behind a document's number: its date, who issued it, the congress term."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from indexer.references.kinds import KHOA, UY

# Any gap between words of a mention: it may hold a line break, never a cell border. Bounded, so
# that text of blanks alone costs nothing.
GAP = r"[^\S\t]{1,9}"
MAY_GAP = r"[^\S\t]{0,9}"
ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})(?![\w])"
UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_PLACE_NAME = rf"(?: +[{UPPER}][\w’']*(?![^\S\t]+[{UPPER}]*[-/]))"
_NAME = rf"(?:{_PLACE_NAME}){{1,4}}"
_COMMITTEE = rf"(?i:(?:tỉnh|thành|thị|huyện|quận|đảng){GAP}{UY})"
_UNIT = r"(?i:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn)"
_CENTRAL = rf"(?i:Trung{GAP}ương(?:{GAP}Đảng)?|TW(?:{GAP}Đảng)?|TƯ)"
_COUNCIL = r"(?i:Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|UBND|HĐND)"

_ISSUER = "|".join(
    (
        rf"(?i:Ban{GAP}Chấp{GAP}hành|BCH){GAP}{_CENTRAL}",
        rf"BCHTW(?:{GAP}Đảng)?",
        rf"(?i:Bộ{GAP}Chính{GAP}trị)(?:,?{GAP}(?i:Ban{GAP}Bí{GAP}thư))?",
        rf"(?i:Ban{GAP}Bí{GAP}thư)(?:{GAP}{_CENTRAL})?",
        rf"(?i:Ban{GAP}(?:Tổ chức|Tuyên giáo|Dân vận|Nội chính|Kinh tế)){GAP}"
        rf"(?:{_CENTRAL}|{_COMMITTEE}(?:{_NAME})?)",
        rf"(?i:(?:Ủy|Uỷ){GAP}ban{GAP}Kiểm{GAP}tra){GAP}(?:{_CENTRAL}|{_COMMITTEE}(?:{_NAME})?)",
        rf"(?i:(?:Ban{GAP}Thường{GAP}vụ|BTV|Thường{GAP}trực){GAP})?{_COMMITTEE}(?:{_NAME})?",
        rf"(?i:(?:Ban{GAP}Chấp{GAP}hành|BCH){GAP}Đảng{GAP}bộ)(?:{GAP}{_UNIT})?(?:{_NAME})?",
        rf"(?i:Thủ{GAP}tướng)(?:{GAP}(?i:Chính{GAP}phủ))?",
        rf"(?i:Chính{GAP}phủ)",
        rf"(?:Ủy|Uỷ|ủy|uỷ){GAP}(?i:ban{GAP}Thường{GAP}vụ{GAP}Quốc{GAP}hội)|UBTVQH",
        rf"(?i:Quốc{GAP}hội)",
        rf"{_COUNCIL}(?:{GAP}(?:{_UNIT}|(?i:các{GAP}cấp)))?(?:{_NAME})?",
        rf"Bộ(?:{GAP}trưởng{GAP}Bộ)?{GAP}(?:Tài chính|Y tế|Nội vụ|Giáo dục và Đào tạo|Công an|"
        r"Quốc phòng|Công [Tt]hương|Xây dựng|Tư pháp|Giao thông [Vv]ận tải|Kế hoạch và Đầu tư|"
        r"Khoa học và Công nghệ|Tài nguyên và Môi trường|Nông nghiệp và Phát triển [Nn]ông thôn|"
        r"Lao động\s*[-–,]?\s*Thương binh và Xã hội|Văn hóa, Thể thao và Du lịch|"
        r"Thông tin và Truyền thông|Ngoại giao|Nông nghiệp và Môi trường)",
        rf"(?:Đoàn{GAP})?Chủ{GAP}tịch{GAP}nước",
        rf"{_CENTRAL}",
    )
)
_OF = rf"(?:{MAY_GAP},?{GAP}(?:của|do)|{MAY_GAP}\(của){GAP}"
# A second issuer, unless it is the subject of a new clause.
_SECOND = rf"(?:(?:,|{GAP}và){GAP}(?:{_ISSUER})(?={MAY_GAP},?{MAY_GAP}(?:về\b|ngày\b|[“\"(])))?"
_ISSUED = re.compile(rf"{_OF}(?P<issuer>(?:{_ISSUER})(?!\w){_SECOND})(?:{MAY_GAP}\))?")
_COMMA_ISSUED = re.compile(
    rf"{MAY_GAP},{GAP}(?P<issuer>Hội{GAP}nghị{GAP}(?:lần{GAP}thứ{GAP}\w+{GAP})?"
    rf"(?:Ban{GAP}Chấp{GAP}hành{GAP})?{_CENTRAL}(?:{GAP}(?:lần{GAP}thứ{GAP})?\d{{1,2}})?)"
)
_TO_DATE = rf"{MAY_GAP}[,(]?{MAY_GAP}(?:(?i:ban{GAP}hành{GAP}))?"
_DATED = (
    re.compile(
        rf"{_TO_DATE}(?i:ngày){MAY_GAP}(?P<day>\d{{1,2}}){MAY_GAP}[/.\-–]{MAY_GAP}(?P<month>\d{{1,2}})"
        rf"{MAY_GAP}[/.\-–]{MAY_GAP}(?P<year>(?:19|20)\d\d)(?!\d)(?:{MAY_GAP}\))?"
    ),
    re.compile(
        rf"{_TO_DATE}(?i:ngày){MAY_GAP}(?P<day>\d{{1,2}}){GAP}(?i:tháng){GAP}(?P<month>\d{{1,2}})"
        rf"{MAY_GAP},?{GAP}(?i:năm){GAP}(?P<year>(?:19|20)\d\d)(?!\d)(?:{MAY_GAP}\))?"
    ),
    re.compile(
        rf"{MAY_GAP}[,(]{MAY_GAP}(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.]"
        rf"(?P<year>(?:19|20)\d\d)(?!\d)(?:{MAY_GAP}\))?"
    ),
    re.compile(
        rf"{GAP}(?i:tháng){GAP}(?P<month>\d{{1,2}})(?:{MAY_GAP}/{MAY_GAP}|{GAP}năm{GAP})"
        r"(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(rf"{GAP}(?i:năm){GAP}(?P<year>(?:19|20)\d\d)(?![\d/])(?!{MAY_GAP}[-–]{MAY_GAP}\d)"),
    re.compile(rf"{MAY_GAP}\({MAY_GAP}(?P<year>(?:19|20)\d\d){MAY_GAP}\)"),
)
_TERM = rf"(?:{ROMAN}|\d{{1,2}}(?!\d))"
_SESSION = re.compile(
    rf"{MAY_GAP},?{MAY_GAP}\(?{MAY_GAP}(?:Đảng{GAP})?(?i:{KHOA}){MAY_GAP}(?P<terms>{_TERM}"
    rf"(?:{MAY_GAP}(?:,|(?<=\s)và){MAY_GAP}(?:(?i:{KHOA}){MAY_GAP})?{ROMAN})*)(?:{MAY_GAP}\))?"
)
_NUMERAL = re.compile(rf"{ROMAN}|\d+")
_ROMANS = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
    "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
_LONG_FORMS = MappingProxyType(
    {
        "bch": "Ban Chấp hành",
        "bchtw": "Ban Chấp hành Trung ương",
        "btv": "Ban Thường vụ",
        "tw": "Trung ương",
        "tư": "Trung ương",
        "ubnd": "Ủy ban nhân dân",
        "hđnd": "Hội đồng nhân dân",
        "ubtvqh": "Ủy ban Thường vụ Quốc hội",
    }
)
_USUAL = (
    "Ban Chấp hành Trung ương", "Bộ Chính trị", "Ban Bí thư", "Ban Thường vụ", "Thường trực",
    "Tỉnh ủy", "Thành ủy", "Thị ủy", "Huyện ủy", "Quận ủy", "Đảng ủy", "Ủy ban nhân dân",
    "Hội đồng nhân dân", "Ủy ban Thường vụ Quốc hội", "Thủ tướng", "Chính phủ", "Quốc hội",
    "Đảng bộ", "Ủy ban Kiểm tra", "Ban Chấp hành", "Trung ương",
)  # fmt: skip
_USUAL_SPELLING = tuple((re.compile(rf"(?i)\b{name}\b"), name) for name in _USUAL)
_UNIT_SPELLING = re.compile(r"\b(?:Tỉnh|Thị xã|Thị Xã|Thành phố|Huyện|Quận)$")


@dataclass(frozen=True, slots=True)
class Marks:
    """What was read behind a number, and where it ends."""

    end: int
    date: str = ""
    issuer: str = ""
    sessions: tuple[str, ...] = ()

    def filled(self, other: Marks) -> Marks:
        """Return these marks with gaps filled from another number of the same list."""
        return replace(
            self,
            date=self.date or other.date,
            issuer=self.issuer or other.issuer,
            sessions=self.sessions or other.sessions,
        )


def read_marks(text: str, start: int) -> Marks:
    """Return the date, issuer and term that follow a place in a text, in any order.

    >>> found = read_marks("01-CT/TW, ngày 9/5/2016 của Ban Bí thư (khóa XII) về", 8)
    >>> found.date, found.issuer, found.sessions, found.end
    ('2016-05-09', 'Ban Bí thư', ('XII',), 49)
    """
    marks = Marks(start)
    while (longer := _one_more(text, marks)) is not None:
        marks = longer
    return marks


def _one_more(text: str, marks: Marks) -> Marks | None:
    if not marks.date:
        found = next(filter(None, (dated.match(text, marks.end) for dated in _DATED)), None)
        date = _iso(found) if found else ""
        if found and date:
            return replace(marks, end=found.end(), date=date)
    if not marks.issuer:
        issued = _ISSUED.match(text, marks.end)
        if issued:
            return replace(marks, end=issued.end(), issuer=issuer_name(issued["issuer"]))
        if _COMMA_ISSUED.match(text, marks.end):
            end = _COMMA_ISSUED.match(text, marks.end)
            return replace(marks, end=end.end() if end else 0, issuer="Ban Chấp hành Trung ương")
    if not marks.sessions:
        session = _SESSION.match(text, marks.end)
        if session:
            return replace(marks, end=session.end(), sessions=sessions_in(session["terms"]))
    return None


def _iso(match: re.Match[str]) -> str:
    """Return an ISO date, or the year alone; empty when there is no such day."""
    parts = match.groupdict()
    month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    if parts.get("day") is None:
        return match["year"]
    return f"{match['year']}-{month:02}-{day:02}"


def sessions_in(words: str) -> tuple[str, ...]:
    """Return the congress terms of a list, in Roman numerals.

    >>> sessions_in("XI, khóa XII"), sessions_in("12")
    (('XI', 'XII'), ('XII',))
    """
    found = (match.group() for match in _NUMERAL.finditer(words))
    return tuple(
        _ROMANS[int(term)] if term.isdigit() and int(term) < len(_ROMANS) else term
        for term in found
    )


_VALUES = MappingProxyType({"I": 1, "V": 5, "X": 10})


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral of congresses and terms, 0 of none.

    >>> roman("XIV"), roman("ix"), roman("")
    (14, 9, 0)
    """
    values = [_VALUES.get(letter, 0) for letter in numeral.upper()]
    return sum(-v if v < after else v for v, after in pairwise([*values, 0]))


def issuer_name(words: str) -> str:
    """Return an issuer in one spelling.

    >>> issuer_name("BTV  Tỉnh uỷ"), issuer_name("BCH Trung ương Đảng"), issuer_name("Trung ương")
    ('Ban Thường vụ Tỉnh ủy', 'Ban Chấp hành Trung ương', 'Ban Chấp hành Trung ương')
    """
    long = " ".join(_LONG_FORMS.get(word.lower(), word) for word in words.split())
    name = long.replace("uỷ", "ủy").replace("Uỷ", "Ủy")
    for pattern, usual in _USUAL_SPELLING:
        name = pattern.sub(usual, name)
    name = _UNIT_SPELLING.sub(lambda unit: unit.group().lower(), name).removesuffix(" Đảng")
    if name in {"Thủ tướng", "Trung ương"}:
        return {"Thủ tướng": "Thủ tướng Chính phủ"}.get(name, "Ban Chấp hành Trung ương")
    return "Ban Bí thư" if name == "Ban Bí thư Trung ương" else name
