"""Entries of packs for the tests of files."""

from __future__ import annotations

from search_app.citing.permalinks import Permalink
from search_app.citing.records import Record
from search_app.packing.entries import Entry

QUOTES = (
    "Tỷ lệ hộ nghèo của huyện giảm còn 2,5% vào cuối năm 2020.",
    "Thu <ngân sách> & chi đạt *1.234* tỷ đồng, tăng_12% so với “đầu kỳ”.",
    "7 | Tỷ lệ hộ nghèo | % | 6 | 5,8",
)


def make_entry(quote: str, number: int = 1, **values: str) -> Entry:
    found = Record(
        link=Permalink(f"1a2b3c4d5e6f:p{number:04d}", "00ff00ff"),
        quote=quote,
        author="Đảng bộ huyện An Bình",
        issuer="Ban Chấp hành Đảng bộ huyện An Bình",
        date="2020-07-15",
        by="Đảng bộ huyện An Bình (2020)",
        title="Báo cáo chính trị & phương hướng",
        place=f"Phần thứ nhất, mục I.{number}",
        town="huyện An Bình",
        headings=("Phần thứ nhất", "I- KẾT QUẢ"),
        context=values.pop("context", ""),
    )
    url = f"http://thu-vien.example{found.link.path}&part=0-9"
    return Entry(found, values.pop("note", ""), url, **values)


def make_entries() -> list[Entry]:
    notes = ("", "Dùng ở mục 2 <của bài>\nxem lại", "")
    contexts = ("", "", "Các cột: TT | Chỉ tiêu | Đơn vị | Nghị quyết | Thực hiện")
    return [
        make_entry(quote, at, note=notes[at - 1], context=contexts[at - 1])
        for at, quote in enumerate(QUOTES, start=1)
    ]
