"""Tables of web pages whose rows and cells stand where they should not."""

from __future__ import annotations

import pytest

from indexer.models import BlockKind, RawDocument
from indexer.readers.html_reader import HtmlReader

TABLE = "<html><body><table border=1>{}</table><p>Hết</p></body></html>"


@pytest.fixture
def read(tmp_path):
    def read(page: str) -> RawDocument:
        path = tmp_path / "a.html"
        path.write_text(page, encoding="utf-8")
        return HtmlReader().read(path)

    return read


def rows(document: RawDocument) -> list[list[str]]:
    return [
        [cell.text for cell in block.cells]
        for block in document.blocks
        if block.kind is BlockKind.TABLE_ROW
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "<td>A<td>B<tr><td>1<td>2</tr>",
        "<form><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></form>",
        "<tr><form><td>A</td><td>B</td></form></tr><tr><td>1</td><td>2</td></tr>",
        "<tr><span><td>A</td><td>B</td></span></tr><tr><td>1</td><td>2</td></tr>",
        "<tbody><td>A</td><td>B</td><tr><td>1</td><td>2</td></tr></tbody>",
        "<tr><form><tr><td>A</td><td>B</td></tr></form></tr><td>1</td><td>2</td>",
        "<div><form><tbody><tr><td>A<td>B<tr><td>1<td>2</tbody></form></div>",
    ],
)
def test_every_cell_stands_in_its_row(read, inner):
    assert rows(read(TABLE.format(inner))) == [["A", "B"], ["1", "2"]]


def test_what_belongs_to_no_cell_stands_before_the_table(read):
    inner = (
        "chữ lạc<tr><td>A</td>lạc hai<td>B</td></tr><p>đoạn</p>"
        "<tbody>lạc ba<tr><td>1</td><td>2</td></tr><div>Nguồn: xã</div></tbody>lạc bốn"
        "<caption>Bảng 1</caption><caption>Bảng phụ</caption>"
    )
    document = read(TABLE.format(inner))
    shown = [block.text for block in document.blocks if block.text]
    assert shown == [
        *("chữ lạc lạc hai", "đoạn", "lạc ba", "Nguồn: xã", "lạc bốn", "Bảng phụ", "Bảng 1"),
        "Hết",
    ]
    assert rows(document) == [["A", "B"], ["1", "2"]]
    assert document.warnings == ()


def test_heading_rows_stay_heading_rows(read):
    inner = "<thead><th>TT<th>Số</thead><tbody>lạc<tr><td>1<td>5</tbody>"
    headers = [block.header for block in read(TABLE.format(inner)).blocks if block.cells]
    assert headers == [True, False]


def test_a_mended_table_in_a_cell_stays_in_its_cell(read):
    inner = "<tr><td>Cây<td><table border=1><caption>Phụ</caption><td>Lúa<td>5</table></tr>"
    assert rows(read(TABLE.format(inner))) == [["Cây", "Phụ; Lúa | 5"]]


def test_cells_beyond_the_last_column_are_told(read):
    document = read(TABLE.format("<tr>" + "<td>x" * 1200 + "</tr>"))
    assert "bảng rộng quá 1000 cột" in document.warnings[0]
    assert read(TABLE.format("<tr>" + "<td>x" * 900 + "</tr>")).warnings == ()
