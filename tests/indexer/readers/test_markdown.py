"""Markdown: headings, paragraphs, items, pipe tables, notes."""

import pytest

from indexer.models import BlockKind, Span
from indexer.readers.text_reader import MarkdownReader, TextReader, read_markdown, read_text


def seen(text):
    return [(block.kind.value, block.text) for block in read_markdown(text).blocks]


def rows(text):
    return [[cell.text for cell in block.cells] for block in read_markdown(text).blocks]


@pytest.mark.parametrize(
    ("text", "level"),
    [("# Thu", 0), ("### Thu ###", 2), ("Thu\n===", 0), ("Thu\n---", 1), ("  ## **Thu**", 1)],
)
def test_headings_have_their_level(text, level):
    (block,) = read_markdown(text + "\n\nđoạn sau").blocks[:1]
    assert (block.kind, block.text, block.level) == (BlockKind.HEADING, "Thu", level)


def test_lines_of_a_paragraph_are_one_block():
    assert seen("Sản lượng tôm\nXã Vàm Say\\\ntăng  \nkhá.\n\nHết.") == [
        ("paragraph", "Sản lượng tôm Xã Vàm Say"),
        ("paragraph", "tăng"),
        ("paragraph", "khá."),
        ("paragraph", "Hết."),
    ]


def test_items_keep_their_signs():
    text = "Gồm:\n- tôm\n  sú\n* cá\n1. lúa\na) màu\n10.2. rừng\n(*) ghi chú"
    assert seen(text) == [
        ("paragraph", "Gồm:"),
        ("list_item", "- tôm sú"),
        ("list_item", "* cá"),
        ("list_item", "1. lúa"),
        ("list_item", "a) màu"),
        ("list_item", "10.2. rừng (*) ghi chú"),
    ]


def test_signs_that_mean_nothing_stay():
    assert seen("5 * 3, #tôm, a_b_c, 2**3, \\*, 2030\\.") == [
        ("paragraph", "5 * 3, #tôm, a_b_c, 2**3, *, 2030.")
    ]


def test_bold_is_seen_and_its_signs_taken():
    blocks = read_markdown("**KẾT QUẢ**\n\nThu **tăng** khá").blocks
    assert [(block.text, block.bold) for block in blocks] == [
        ("KẾT QUẢ", True),
        ("Thu tăng khá", False),
    ]


def test_quotes_rules_and_code_lose_only_their_signs():
    assert seen("> Nghị quyết\n> số 5\n\n* * *\n\n```\n# thu | chi\n[^1]: x\n```\nHết") == [
        ("paragraph", "Nghị quyết số 5"),
        ("paragraph", "# thu | chi"),
        ("paragraph", "[^1]: x"),
        ("paragraph", "Hết"),
    ]


def test_pipe_tables_are_rows_and_the_first_is_the_heading():
    text = (
        "Bảng 1\n| Năm | Thu |\n|:--|---:|\n| 2020 | 5\\|6 |\n| 2021 | |\n\nHết\nA | B\n-|-\n1 | 2"
    )
    blocks = read_markdown(text).blocks
    assert [block.table for block in blocks] == [0, 1, 1, 1, 0, 2, 2]
    assert [block.header for block in blocks] == [False, True, False, False, False, True, False]
    assert rows(text)[1:4] == [["Năm", "Thu"], ["2020", "5|6"], ["2021", ""]]
    assert rows(text)[5:] == [["A", "B"], ["1", "2"]]


def test_a_pipe_alone_is_no_table():
    assert seen("thu | chi\n\nhết") == [("paragraph", "thu | chi"), ("paragraph", "hết")]


NOTES = """# Kết quả[^b]

Thu tăng[^1], chi giảm[^2].

| Năm | Thu[^3] |
|-----|-----|
| 2020 | 5[^1] |

[^1]: Đạt 5 tỷ đồng
    theo **báo cáo**[^3].

    Tính đến tháng 6.
[^2]: Một
[^3]: Hai
[^b]: Ba
"""


def test_notes_are_bound_where_they_are_called():
    raw = read_markdown(NOTES)
    assert [(mark.key, mark.span) for mark in raw.blocks[1].marks] == [
        ("1", Span(8, 8)),
        ("2", Span(18, 18)),
    ]
    assert [mark.key for block in raw.blocks for cell in block.cells for mark in cell.marks] == [
        "3",
        "1",
    ]
    assert [(note.key, note.label) for note in raw.notes] == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
        ("b", ""),
    ]
    assert raw.notes[0].text == "Đạt 5 tỷ đồng theo báo cáo. Tính đến tháng 6."
    assert [mark.key for mark in raw.notes[0].marks] == ["3"]


def test_a_second_note_of_one_name_stays_with_a_warning():
    raw = read_markdown("Thu[^1].\n\n[^1]: Một\n\n[^1]: Hai")
    assert [note.text for note in raw.notes] == ["Một"]
    assert "Hai" in raw.blocks[-1].text
    assert "tên 1" in raw.warnings[0]


def test_a_plain_text_may_have_such_notes():
    raw = read_text("Thu tăng[^1].\n\n[^1]: Đạt 5 tỷ")
    assert (raw.blocks[0].text, raw.notes[0].text) == ("Thu tăng.", "Đạt 5 tỷ")
    assert read_text("Thu tăng[^1].").blocks[0].text == "Thu tăng[^1]."


def test_markdown_may_have_inline_notes():
    raw = read_markdown("## Thu\n\nTăng[footnoteRef:1]. [1:  Đạt 5 tỷ]")
    assert (raw.blocks[1].text.strip(), raw.notes[0].text) == ("Tăng.", "Đạt 5 tỷ")


def test_the_name_of_the_file_says_whether_signs_mean_something(tmp_path):
    path = tmp_path / "kept"
    path.write_text("# Thu\n", encoding="utf-8")
    assert TextReader().read(path).blocks[0].text == "# Thu"
    assert MarkdownReader().read(path).blocks[0].text == "Thu"
    assert MarkdownReader().accepts(b"# Thu", ".md")
    assert not MarkdownReader().accepts(b"# Thu", ".txt")
