"""The rows and cells of Word tables: spans, merges, heading rows, nested tables."""

from __future__ import annotations

from indexer.models import BlockKind, RawCell
from tests.factories.docx import DocxBuilder
from tests.factories.docx_reading import read, texts


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_table_rows_keep_spans_merges_header_and_notes():
    builder = DocxBuilder().table(
        [["Chỉ tiêu", ("Năm", 2)], [None, "2022[[Ước]]", "2023"], ["Hộ nghèo", "1,9%", "0,92%"]],
        header_rows=2,
    )
    document = read(builder.table([["a", "b"]]))
    rows = document.blocks
    assert {(row.kind, row.text) for row in rows} == {(BlockKind.TABLE_ROW, "")}
    assert [row.table for row in rows] == [1, 1, 1, 2]
    assert [row.header for row in rows] == [True, True, False, False]
    assert rows[0].cells == (RawCell("Chỉ tiêu"), RawCell("Năm", columns=2))
    assert rows[1].cells[0] == RawCell("", continues=True)
    assert texts(document)[1:] == [" | 2022⟦f1⟧ | 2023", "Hộ nghèo | 1,9% | 0,92%", "a | b"]


def test_merged_cell_may_span_columns():
    cells = read(DocxBuilder().table([[("Rộng", 2), "x"], [None, "y"]])).blocks[1].cells
    assert cells == (RawCell("", columns=2, continues=True), RawCell("y"))


def test_bold_first_row_is_the_header_when_none_is_declared():
    rows = [["Chỉ tiêu", "2023"], ["Hộ nghèo", "0,92%"]]
    builder = DocxBuilder().table(rows, bold_rows=1).table(rows).table(rows, bold_rows=2)
    assert [row.header for row in read(builder).blocks] == [True, False, False, False, False, False]


def test_shaded_first_row_is_the_header_when_none_is_declared():
    def row(fill: str) -> str:
        shading = f'<w:tcPr><w:shd w:val="clear" w:fill="{fill}"/></w:tcPr>'
        cell = f"<w:tc>{shading}<w:p>{run('x')}</w:p></w:tc>"
        return f"<w:tr>{cell * 2}</w:tr>"

    builder = DocxBuilder().raw(f"<w:tbl>{row('D9D9D9')}{row('auto')}</w:tbl>")
    assert [block.header for block in read(builder).blocks] == [True, False]


def test_paragraphs_and_breaks_in_a_cell_are_joined_by_a_space():
    builder = DocxBuilder().table([["Đảng viên\nmới[[Nguồn]]\n\nkết nạp"]])
    builder.raw(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert texts(read(builder)) == ["Đảng viên mới⟦f1⟧ kết nạp", "a b"]


def test_nested_table_stays_in_its_cell_with_all_text_and_marks():
    nested = [["Lúa", "5,2[[tấn]]"], ["Ngô", [["a", "b[[sâu]]"]]]]
    document = read(DocxBuilder().table([["Cây", nested, "cuối[[ba]]"]]))
    assert texts(document) == ["Cây | Lúa | 5,2⟦f1⟧; Ngô | a | b⟦f2⟧ | cuối⟦f3⟧"]
    assert [note.text for note in document.notes] == ["tấn", "sâu", "ba"]
    assert [len(block.cells) for block in document.blocks] == [3]


def test_automatic_numbers_are_cells_too():
    builder = DocxBuilder().numbering(1, [("decimal", "%1.")])
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    row = f"<w:tr><w:tc><w:p>{number}</w:p></w:tc><w:tc><w:p>{run('x')}</w:p></w:tc></w:tr>"
    assert texts(read(builder.raw(f"<w:tbl>{row * 2}</w:tbl>"))) == ["1. | x", "2. | x"]


def test_deleted_rows_and_empty_rows_do_not_come():
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('bỏ')}</w:p></w:tc></w:tr>"
    kept = f"<w:tr><w:tc><w:p>{run('giữ')}</w:p></w:tc></w:tr>"
    empty = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
    assert texts(read(DocxBuilder().raw(f"<w:tbl>{deleted}{empty}{kept}</w:tbl>"))) == ["giữ"]


def test_row_that_begins_further_right_keeps_its_columns():
    cell = f"<w:tc><w:p>{run('x')}</w:p></w:tc>"
    row = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell}</w:tr>'
    (block,) = read(DocxBuilder().raw(f"<w:tbl>{row}</w:tbl>")).blocks
    assert block.cells == (RawCell("", columns=2), RawCell("x"))


def test_bold_row_is_no_header_where_the_file_declares_another():
    bold = "<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r></w:p></w:tc>" * 2
    plain = f"<w:tc><w:p>{run('y')}</w:p></w:tc>" * 2
    declared = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{plain}</w:tr>"
    builder = DocxBuilder().raw(f"<w:tbl><w:tr>{bold}</w:tr>{declared}</w:tbl>")
    assert [block.header for block in read(builder).blocks] == [False, True]


def test_impossible_width_is_cut_down():
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p>{run("x")}</w:p></w:tc>'
    (block,) = read(DocxBuilder().raw(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")).blocks
    assert block.cells == (RawCell("x", columns=63),)


def test_text_in_a_covered_cell_goes_to_the_cell_that_covers_it():
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p>{text}</w:p></w:tc>"

    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    rows = (
        (cell(run("Ao"), restart), cell(number + run("x"))),
        (cell(run("và hồ"), goes_on), cell(number + run("y"))),
        (cell(number, goes_on), cell(number + run("z"))),
        (cell(run("Ao"), goes_on), cell(run("t"))),
    )
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    builder = DocxBuilder().numbering(1, [("decimal", "%1.")]).raw(f"<w:tbl>{table}</w:tbl>")
    document = read(builder)
    assert texts(document)[:3] == ["Ao và hồ | 1. x", " | 2. y", " | 3. z"]
    assert [block.cells[0].continues for block in document.blocks] == [False, True, True, True]


def test_deleted_cells_do_not_come():
    cells = f"<w:tc><w:p>{run('giữ')}</w:p></w:tc>"
    cells += f"<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p>{run('bỏ')}</w:p></w:tc>"
    assert texts(read(DocxBuilder().raw(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))) == ["giữ"]
