"""Three invented reports to ask about, and the pieces in which an answer is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.build import build_index
from indexer.config import load_settings
from indexer.finish import finish
from indexer.indicators import load_indicators
from indexer.models import Document, Fact
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.answering.evidence import Evidence
from search_app.opening import open_library
from search_app.search import Library
from search_app.understand import Knowledge, Understanding, understand

TOWN, DISTRICT = "thị xã Gò Lác", "huyện Bàu Trâm"
KNOWLEDGE = Knowledge((DISTRICT, TOWN), ("2015-2020", "2020-2025"))

_FRONT = """          ĐẠI HỘI ĐẠI BIỂU              ĐẢNG CỘNG SẢN VIỆT NAM
       ĐẢNG BỘ {where}           {name}, ngày {day}
   LẦN THỨ {congress} NHIỆM KỲ {term}


BÁO CÁO CHÍNH TRỊ
của Ban Chấp hành Đảng bộ {place}, tỉnh Lam Trà, trình
Đại hội đại biểu Đảng bộ {place} lần thứ {congress} nhiệm kỳ {term}
-----
"""
_END = """
	Nơi nhận:	T/M BAN CHẤP HÀNH ĐẢNG BỘ
- Thường trực Tỉnh ủy Lam Trà,
- Lưu Văn phòng.
	BÍ THƯ


	{signer}
"""
_TOWN_2015 = """
I- KẾT QUẢ ĐẠT ĐƯỢC
1. Kinh tế
Sản lượng muối năm 2015 đạt 8.400 tấn. Tỷ lệ hộ nghèo cuối năm 2015 còn 6,4%.
Đã cấp 310 giấy phép lò than cho người dân các phường.

II- PHƯƠNG HƯỚNG, NHIỆM VỤ
1. Chỉ tiêu
Phấn đấu đến năm 2020 sản lượng muối đạt 9.500 tấn. Tỷ lệ hộ nghèo đến năm 2020 còn dưới 3%.
"""
_TOWN_2020 = """
I- KẾT QUẢ ĐẠT ĐƯỢC
1. Kinh tế
Sản lượng muối năm 2020 đạt 9.870 tấn, tăng bình quân 3,4%/năm. Tỷ lệ hộ nghèo cuối năm 2020 còn \
2,6%.
Nghề đan lục bình được khôi phục ở nhiều ấp[footnoteRef:1]. [1:  Có 47 tổ đan lục bình, giải quyết \
việc làm cho 615 lao động; sản phẩm bán ra 12.300 giỏ mỗi năm.]
Cầu Kênh Cát thông xe ngày 14/3/2018, tổng mức đầu tư 52,8 tỷ đồng. Trạm bơm Bàu Đế đặt tại xã \
Tân Lụa.
2. Văn hóa - xã hội
Các sản phẩm đạt OCOP gồm mắm cá linh, rượu nếp cái và bánh ú lá tre.
Nghệ nhân Phạm Văn Tre dệt tấm chiếu dài nhất tỉnh.
Thư viện thị xã được công nhận đạt chuẩn theo Quyết định số 218/QĐ-UBND ngày 09/4/2019.
Thị xã chưa có nhà thi đấu đa năng.

II- HẠN CHẾ, YẾU KÉM
1. Hạn chế
Nước thải lò nhuộm chưa được xử lý triệt để, còn gây ô nhiễm kênh Cát.
2. Nguyên nhân
Nước thải lò nhuộm chưa được xử lý do các hộ thiếu vốn đổi thiết bị.

III- PHƯƠNG HƯỚNG, NHIỆM VỤ
1. Chỉ tiêu
Phấn đấu đến năm 2025 sản lượng muối đạt 12.500 tấn.
"""
_DISTRICT_2020 = """
I- KẾT QUẢ ĐẠT ĐƯỢC
1. Kinh tế
Sản lượng muối năm 2020 đạt 4.150 tấn. Tỷ lệ hộ nghèo cuối năm 2020 còn 5,1%.
Toàn huyện có 26 bến đò ngang, 9 bến được sửa chữa.
"""
_REPORTS = {
    "go-lac-2015.txt": (TOWN, "2015-2020", "I", "20 tháng 5 năm 2015", "Lê Văn Mộc", _TOWN_2015),
    "go-lac-2020.txt": (TOWN, "2020-2025", "II", "12 tháng 6 năm 2020", "Trần Thị Lụa", _TOWN_2020),
    "bau-tram-2020.txt": (
        DISTRICT,
        "2020-2025",
        "IX",
        "3 tháng 7 năm 2020",
        "Hồ Văn Sậy",
        _DISTRICT_2020,
    ),
}


@contextmanager
def open_reports(folder: Path) -> Iterator[Library]:
    """Open a library of three reports: a town's of two terms, and a district's."""
    reports = folder / "reports"
    reports.mkdir()
    for source, (place, term, congress, day, signer, text) in _REPORTS.items():
        name = " ".join(place.split()[-2:])
        values = {"where": place.upper(), "name": name, "place": place, "day": day}
        front = _FRONT.format(term=term, congress=congress, **values)
        content = front + text + _END.format(signer=signer)
        (reports / source).write_text(content, encoding="utf-8")
    settings = load_settings({}, data=folder / "data")
    build_index([reports], settings)
    library = open_library(settings)
    try:
        yield library
    finally:
        library.close()


def stated_in(text: str, place: str = TOWN, term: str = "2020-2025") -> Document:
    """Return a report of mid-2020 with this text, its facts and the documents it names."""
    title = f"BÁO CÁO CHÍNH TRỊ\ntrình Đại hội Đảng bộ {place} lần thứ II,\nnhiệm kỳ {term}\n\n"
    built = build_document(read_text(title + text), "go-lac.txt", "ab" * 32)
    known = {"date": f"{term[:4]}-06-12", "province": "tỉnh Lam Trà"}
    return finish(built, known, load_indicators())


def evidences(document: Document) -> tuple[Evidence, ...]:
    """Return all passages of a report as evidence of the first rank."""
    stated: dict[str, list[Fact]] = {passage.id: [] for passage in document.passages}
    for fact in document.facts:
        stated[fact.passage_id].append(fact)
    return tuple(
        Evidence(document, passage, 0, tuple(stated[passage.id]))
        for passage in document.passages
        if not passage.heading
    )


def meant(text: str, knowledge: Knowledge = KNOWLEDGE) -> Understanding:
    """Return what a question means where the reports of `open_reports` are known."""
    return understand(text, knowledge)
