"""Invented political reports as text files, in the form of the sample reports.

Letterhead, parts and numbered headings, sentences with indicator values and years, notes in the
text with their bodies after the paragraph, signature and appendix. A town's reports follow on each
other: what one sets as a target the next one measures its result against.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.prose import Prose
from tests.bench.sample_words import Inventor

TERMS = (2000, 2005, 2010, 2015, 2020)

_KINDS = ("thị xã", "huyện", "thành phố", "quận")
_ROMAN = ("XVI", "XVII", "XVIII", "XIX", "XX", "XXI")
_PARAGRAPHS = 185
_PARAGRAPH_SYLLABLES = 75
_NOTE_SYLLABLES = 30
_NOTED = 0.3
_TOLD = 0.45


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a town is measured by: the least and greatest first value, and its yearly factor."""

    name: str
    unit: str
    values: tuple[float, float]
    growth: float


INDICATORS = (
    Indicator("Tốc độ tăng giá trị sản xuất bình quân", "%/năm", (8, 14), 1.01),
    Indicator("Thu nhập bình quân đầu người", "triệu đồng", (6, 14), 1.12),
    Indicator("Thu ngân sách trên địa bàn", "tỷ đồng", (20, 90), 1.13),
    Indicator("Tổng vốn đầu tư toàn xã hội", "tỷ đồng", (700, 2_400), 1.11),
    Indicator("Sản lượng thủy sản", "tấn", (4_000, 30_000), 1.04),
    Indicator("Tỷ lệ hộ nghèo", "%", (14, 24), 0.91),
    Indicator("Tỷ lệ lao động qua đào tạo", "%", (14, 24), 1.05),
    Indicator("Tỷ lệ người dân tham gia bảo hiểm y tế", "%", (28, 36), 1.04),
    Indicator("Tỷ lệ trường đạt chuẩn quốc gia", "%", (8, 16), 1.07),
    Indicator("Tỷ lệ đô thị hóa", "%", (14, 24), 1.04),
    Indicator("Tỷ lệ hộ sử dụng nước sạch", "%", (34, 40), 1.035),
    Indicator("Tỷ lệ che phủ rừng", "%", (20, 38), 1.01),
    Indicator("Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng", "%", (18, 26), 0.96),
    Indicator("Giải quyết việc làm mới", "lao động", (2_000, 7_000), 1.03),
    Indicator("Kết nạp đảng viên mới", "đảng viên", (200, 700), 1.02),
)
_TOPICS = (
    ("Kinh tế tăng trưởng khá, cơ cấu chuyển dịch đúng hướng", ("Công nghiệp", "Thương mại")),
    ("Nông nghiệp, thủy sản và nông thôn mới", ("Trồng trọt", "Chăn nuôi", "Thủy sản")),
    ("Tài chính, đầu tư và doanh nghiệp", ("Thu ngân sách", "Tín dụng", "Kinh tế tập thể")),
    ("Quy hoạch và phát triển đô thị", ("Giao thông", "Cấp nước", "Nhà ở")),
    ("Tài nguyên và môi trường", ("Đất đai", "Rác thải", "Rừng")),
    ("Giáo dục, đào tạo và khoa học công nghệ", ("Trường lớp", "Đào tạo nghề")),
    ("Y tế, dân số và chăm sóc sức khỏe", ("Khám chữa bệnh", "Bảo hiểm y tế")),
    ("Văn hóa, thể thao và du lịch", ("Phong trào", "Di tích", "Du lịch")),
    ("Lao động, việc làm và giảm nghèo", ("Việc làm", "Giảm nghèo", "An sinh xã hội")),
    ("Quốc phòng, an ninh và trật tự xã hội", ("Quốc phòng", "An ninh")),
    ("Dân chủ và khối đại đoàn kết toàn dân tộc", ("Mặt trận", "Tôn giáo, dân tộc")),
    ("Xây dựng chính quyền, cải cách hành chính", ("Hành chính", "Tư pháp")),
    ("Xây dựng Đảng trong sạch, vững mạnh", ("Tư tưởng", "Tổ chức", "Kiểm tra, giám sát")),
)
_TELLING = (
    "{name} năm {year} đạt {value}{unit}, năm {before} là {past}{unit} (NQ {target}{unit}).",
    "Đến năm {year}, {name} là {value}{unit}, so với Nghị quyết {target}{unit}.",
    "{name} từ {past}{unit} năm {before} đến năm {year} là {value}{unit}.",
    "Năm {year}, {name} ước {value}{unit}, bằng {share}% so với năm {before}.",
)


@dataclass(frozen=True, slots=True)
class Town:
    """An invented town of an invented province; `key` decides all its figures and texts."""

    name: str
    province: str
    key: str

    @classmethod
    def invented(cls, number: int, seed: int) -> Town:
        """Return the town of this number.

        >>> Town.invented(4, seed=1) == Town.invented(4, seed=1)
        True
        """
        key = f"{seed}/{number}"
        chance = random.Random(key)
        inventor = Inventor(chance)
        return cls(f"{chance.choice(_KINDS)} {inventor.name()}", inventor.name(), key)

    def value(self, indicator: Indicator, year: int) -> str:
        """Return what the indicator was, as reports write it."""
        return _shown(self._level(indicator, year), indicator)

    def target(self, indicator: Indicator, year: int) -> str:
        """Return what the resolution asked of the indicator for that year."""
        asked = random.Random(f"{self.key}/{indicator.name}/{year}").uniform(0.93, 1.05)
        return _shown(self._level(indicator, year) * asked, indicator)

    def _level(self, indicator: Indicator, year: int) -> float:
        chance = random.Random(f"{self.key}/{indicator.name}")
        first = chance.uniform(*indicator.values)
        return float(first * indicator.growth ** ((year - 1995) * chance.uniform(0.85, 1.05)))


def _shown(value: float, indicator: Indicator) -> str:
    decimals = 1 if indicator.unit.startswith(("%", "triệu", "tỷ")) else 0
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _unit(indicator: Indicator) -> str:
    return indicator.unit if indicator.unit.startswith("%") else f" {indicator.unit}"


def report_text(town: Town, year: int) -> str:
    """Return the report of the congress that opens the term of this year."""
    return "\n".join(_Report(town, year).lines()) + "\n"


class _Report:
    def __init__(self, town: Town, year: int) -> None:
        self._town = town
        self._year = year
        self._prose = Prose(random.Random(f"{town.key}/{year}"))
        self._chance = self._prose.chance
        self._notes = 0

    def lines(self) -> Iterator[str]:
        yield from self._opening()
        yield "\nPhần thứ nhất"
        yield f"KẾT QUẢ 5 NĂM THỰC HIỆN NGHỊ QUYẾT NHIỆM KỲ {self._year - 5} – {self._year}"
        yield "I- KẾT QUẢ ĐẠT ĐƯỢC"
        yield from self._topics(0.55)
        yield "II- HẠN CHẾ, YẾU KÉM"
        yield from self._paragraphs(0.06)
        yield "III- NGUYÊN NHÂN VÀ BÀI HỌC KINH NGHIỆM"
        yield from self._paragraphs(0.06)
        yield "\nPhần thứ hai"
        yield f"PHƯƠNG HƯỚNG, MỤC TIÊU, NHIỆM VỤ NHIỆM KỲ {self._year} – {self._year + 5}"
        yield "I- MỤC TIÊU, CHỈ TIÊU"
        yield from self._targets()
        yield "II- NHIỆM VỤ, GIẢI PHÁP"
        yield from self._topics(0.3)
        yield "III- TỔ CHỨC THỰC HIỆN"
        yield from self._paragraphs(0.03)
        yield from self._signature()
        yield from self._appendix()

    def _opening(self) -> Iterator[str]:
        town, congress = self._town.name, _ROMAN[TERMS.index(self._year) + 1]
        date = f"ngày {self._chance.randint(1, 28)} tháng {self._chance.randint(5, 9)}"
        date = f"{town.split(' ', 1)[1]}, {date} năm {self._year}"
        term = f"nhiệm kỳ {self._year} – {self._year + 5}"
        yield "          ĐẠI HỘI ĐẠI BIỂU              ĐẢNG CỘNG SẢN VIỆT NAM"
        yield f"       ĐẢNG BỘ {town.upper()}        {date}"
        yield f"   LẦN THỨ {congress} NHIỆM KỲ {self._year}-{self._year + 5}\n\n"
        yield "BÁO CÁO CHÍNH TRỊ"
        yield f"của Ban Chấp hành Đảng bộ {town} khóa {_ROMAN[TERMS.index(self._year)]} trình"
        yield f"Đại hội đại biểu Đảng bộ {town} lần thứ {congress} {term}"
        yield "-----\n"
        yield self._noted(f"Đại hội được tiến hành ở {town}, tỉnh {self._town.province}.")

    def _topics(self, share: float) -> Iterator[str]:
        topics = self._chance.sample(_TOPICS, self._chance.randint(9, len(_TOPICS)))
        for number, (heading, labels) in enumerate(topics, start=1):
            yield f"{number}. {heading}"
            for at, paragraph in enumerate(self._paragraphs(share / len(topics))):
                yield f"- {labels[at]}: {paragraph}" if at < len(labels) else paragraph

    def _paragraphs(self, share: float) -> Iterator[str]:
        for _ in range(round(_PARAGRAPHS * share * self._chance.uniform(0.85, 1.15))):
            text = self._prose.text(_PARAGRAPH_SYLLABLES)
            if self._chance.random() < _TOLD:
                text = f"{self._told()} {text}"
            yield self._noted(text) if self._chance.random() < _NOTED else text

    def _told(self) -> str:
        indicator = self._chance.choice(INDICATORS)
        year = self._year - self._chance.randint(0, 1)
        before = year - self._chance.randint(1, 5)
        told = self._chance.choice(_TELLING).format(
            name=indicator.name.lower(),
            unit=_unit(indicator),
            year=year,
            before=before,
            value=self._town.value(indicator, year),
            past=self._town.value(indicator, before),
            target=self._town.target(indicator, self._year),
            share=f"{self._chance.uniform(90, 120):.1f}".replace(".", ","),
        )
        return told[0].upper() + told[1:]

    def _noted(self, text: str) -> str:
        """Return a text whose first sentence calls a note, with the note's body behind it."""
        self._notes += 1
        first, _, rest = text.partition(". ")
        body = self._prose.text(_NOTE_SYLLABLES)
        called = f"{first.removesuffix('.')}[footnoteRef:{self._notes}]. {rest}".rstrip()
        return f"{called} [{self._notes}:  {body}] \n"

    def _targets(self) -> Iterator[str]:
        for number, indicator in enumerate(INDICATORS, start=1):
            asked = self._town.target(indicator, self._year + 5)
            yield f"({number}) {indicator.name} năm {self._year + 5} đạt {asked}{_unit(indicator)}."

    def _signature(self) -> Iterator[str]:
        yield "\n\tNơi nhận:\tT/M BAN CHẤP HÀNH ĐẢNG BỘ"
        yield "- Đại biểu dự Đại hội,"
        yield "- Lưu Văn phòng.\n\tBÍ THƯ\n\n"
        yield f"\tNguyễn {self._prose.inventor.name()}\n\n"

    def _appendix(self) -> Iterator[str]:
        yield "PHỤ LỤC"
        yield f"CÁC CHỈ TIÊU NHIỆM KỲ {self._year - 5} - {self._year} VÀ MỤC TIÊU"
        yield f"TT\tChỉ tiêu\tĐơn vị tính\tNghị quyết\tThực hiện\tMục tiêu {self._year + 5}"
        for number, indicator in enumerate(INDICATORS, start=1):
            asked, reached = (
                f(indicator, self._year) for f in (self._town.target, self._town.value)
            )
            ahead = self._town.target(indicator, self._year + 5)
            row = (str(number), indicator.name, indicator.unit, asked, reached, ahead)
            yield "\t".join(row)
