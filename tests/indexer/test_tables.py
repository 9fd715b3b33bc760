"""Tables: titles, heading rows, merged cells."""

from indexer.models import BlockKind, PassageKind, RawBlock, RawCell, RawMark, Span
from tests.indexer.outlines import PROSE, built
from tests.soundness import assert_sound


def row(*cells, header=False):
    cells = tuple(cell if isinstance(cell, RawCell) else RawCell(cell) for cell in cells)
    return RawBlock(BlockKind.TABLE_ROW, "", table=1, cells=cells, header=header)


HEAD = row("TT", "Chỉ tiêu", "Năm 2020", header=True)


def rows(document):
    text = document.text
    return [
        (p.span.of(text), [span.of(text) for span in p.context])
        for p in document.passages
        if p.kind is PassageKind.TABLE
    ]


def test_a_row_knows_the_title_and_the_headings():
    document = built("I- A", PROSE, "Bảng 2. Thủy sản", HEAD, row("1", "Tôm", "5"))
    assert rows(document) == [("1 | Tôm | 5", ["Bảng 2. Thủy sản", "TT", "Chỉ tiêu", "Năm 2020"])]
    (table,) = document.tables
    assert table.headings == ("TT", "Chỉ tiêu", "Năm 2020")
    assert table.title.of(document.text) == "Bảng 2. Thủy sản"


def test_a_unit_between_title_and_table_is_kept():
    document = built("Biểu 1", "(Đơn vị tính: tấn)", HEAD, row("1", "Tôm", "5"))
    assert rows(document)[0][1][:2] == ["Biểu 1", "(Đơn vị tính: tấn)"]


def test_without_a_title_the_section_names_the_table():
    document = built("I- THỦY SẢN", HEAD, row("1", "Tôm", "5"))
    assert rows(document)[0][1][0] == "I- THỦY SẢN"


def test_a_first_row_of_words_is_a_heading_and_one_with_figures_is_not():
    assert len(rows(built(row("Xã", "Số hộ"), row("Gò Me", "40")))) == 1
    assert len(rows(built(row("Gò Me", "40"), row("Bàu Cát", "20")))) == 2


def test_a_group_row_is_context_of_the_rows_under_it():
    document = built(HEAD, row("I", "KINH TẾ", ""), row("1", "Tôm", "5"))
    assert rows(document)[1][1][-2:] == ["I", "KINH TẾ"]


def test_a_cell_merged_downwards_is_known_to_every_row():
    merged = (row("Kinh tế", "Tôm", "5"), row(RawCell("", continues=True), "Cá", "7"))
    document = built(HEAD, *merged)
    assert "Kinh tế" in rows(document)[1][1]
    assert_sound(document)


def test_wide_headings_name_every_column_under_them():
    top = row(RawCell("Xã"), RawCell("Sản lượng", columns=2), header=True)
    below = row("", "Tôm", "Cá", header=True)
    (table,) = built(top, below, row("Gò Me", "5", "7")).tables
    assert table.headings == ("Xã", "Sản lượng / Tôm", "Sản lượng / Cá")


def test_a_table_of_headings_only_can_still_be_found():
    document = built(HEAD, row("", "", ""))
    assert [text for text, _ in rows(document)] == ["TT | Chỉ tiêu | Năm 2020"]
    assert_sound(document)


def test_a_note_of_a_heading_belongs_to_the_first_row():
    head = row("Xã", RawCell("Số hộ", marks=(RawMark(Span(5, 5), "9"),)), header=True)
    document = built(head, row("Gò Me", "40"), row("Bàu Cát", "20"))
    assert [p.footnotes for p in document.passages] == [(9,), ()]
