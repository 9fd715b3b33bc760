"""A pack as Markdown."""

from __future__ import annotations

from search_app.packing.markdown import pack_markdown
from tests.search_app.packing.entries import make_entries


def written() -> str:
    return pack_markdown("Giảm nghèo", make_entries()).decode()


def test_each_quotation_calls_its_note():
    text = written()
    assert text.startswith("# Giảm nghèo\n\n**Đảng bộ huyện An Bình (2020)** › Phần thứ nhất")
    title = make_entries()[0].record.title.replace("&", "\\&")
    for number, entry in enumerate(make_entries(), start=1):
        assert f"”[^{number}]" in text
        note = text.split(f"\n[^{number}]: ")[1].split("\n")[0]
        assert note.endswith(f"*{title}*, {entry.record.place}. <{entry.url}>")


def test_signs_of_markdown_are_shown_as_they_are():
    text = written()
    assert "> “Thu \\<ngân sách\\> \\& chi đạt \\*1.234\\* tỷ đồng, tăng\\_12%" in text
    assert "Ghi chú: Dùng ở mục 2 \\<của bài\\>  \nxem lại" in text
