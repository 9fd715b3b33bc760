"""Web pages: headings, lists, tables, layout tables, character sets, hidden text."""

from __future__ import annotations

import time

import pytest

from indexer.errors import UnreadableFile
from indexer.models import BlockKind, RawCell, RawDocument
from indexer.readers.html_reader import HtmlReader
from indexer.readers.registry import find_reader
from indexer.text.legacy import Encoding
from tests.factories.legacy import REPORT, encode


@pytest.fixture
def read(tmp_path):
    def read(page: str | bytes, name: str = "a.html") -> RawDocument:
        path = tmp_path / name
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        return HtmlReader().read(path)

    return read


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_headings_have_the_level_of_their_tag(read):
    blocks = read("<h1>I. KẾT QUẢ</h1><p>Tôm</p><h3 align=center>a) Cá</h3>").blocks
    assert [(b.kind, b.level, b.centered) for b in blocks] == [
        (BlockKind.HEADING, 0, False),
        (BlockKind.PARAGRAPH, None, False),
        (BlockKind.HEADING, 2, True),
    ]


def test_lists_have_their_printed_numbers(read):
    page = "<ol start=3 type=a><li>một<li>hai<ul><li>con</ul><li value=9>ba</ol>"
    document = read(page + "<ol style='list-style-type:none'><li>trơn</ol>")
    assert texts(document) == ["c. một", "d. hai", "- con", "i. ba", "trơn"]
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.LIST_ITEM] * 4 + [BlockKind.PARAGRAPH]


def test_scripts_navigation_and_deleted_text_are_no_text(read):
    page = "<title>T</title><style>p{}</style><nav>Menu</nav><script>x()</script>"
    assert texts(read(page + "<p>giữ <del>bỏ</del><ins>thêm</ins></p>")) == ["giữ thêm"]


def test_hidden_text_is_left_out_with_a_warning(read):
    page = "<style>.an {display:none}</style><p class=an>ẩn</p><p style='mso-hide:all'>x</p><p>hiện"
    document = read(page)
    assert texts(document) == ["hiện"]
    assert "2 chỗ" in document.warnings[0]


def test_a_table_keeps_its_merged_cells_and_heading_rows(read):
    page = (
        "<table border=1><caption>Bảng 1</caption>"
        "<tr><th rowspan=2>Chỉ tiêu<th colspan=2>Năm<tr><th>2020<th>2021"
        "<tr><td>Tôm<td>5,1<td>6</table>"
    )
    title, *rows = read(page).blocks
    assert title.text == "Bảng 1"
    assert [row.header for row in rows] == [True, True, False]
    assert rows[0].cells == (RawCell("Chỉ tiêu"), RawCell("Năm", columns=2))
    assert rows[1].cells[0] == RawCell("", continues=True)
    assert [cell.text for cell in rows[2].cells] == ["Tôm", "5,1", "6"]


def test_a_cell_that_reaches_below_the_table_ends_with_it(read):
    rows = read("<table border=1><tr><td rowspan=99>A<td>b<tr><td>c</table>").blocks
    assert [len(row.cells) for row in rows] == [2, 2]


def test_a_table_without_lines_around_running_text_is_no_table(read):
    page = "<table><tr><td><p>a<p>b<p>c<p>d<td>bên</table><table><tr><td>Năm<td>5</table>"
    blocks = read(page).blocks
    assert [block.table for block in blocks] == [0, 0, 0, 0, 0, 1]


def test_a_table_in_a_cell_stays_in_its_cell(read):
    page = "<table border=1><tr><td>Cây<td><table border=1><tr><td>Lúa<td>5,2</table></table>"
    (row,) = read(page).blocks
    assert [cell.text for cell in row.cells] == ["Cây", "Lúa | 5,2"]


def test_line_breaks_stay_in_a_paragraph_and_cut_loose_text(read):
    assert texts(read("<p>Một<br>dòng<br><br>Khác</p>x<br>y<pre>p\n q</pre>")) == [
        "Một\ndòng",
        "Khác",
        "x",
        "y",
        "p",
        "q",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258", "windows-1252"])
def test_the_character_set_is_found(read, encoding):
    text = "café" if encoding == "windows-1252" else "Ca\u0301 ba sa"
    page = f"<html><meta charset={encoding.removesuffix('-sig')}><p>{text}"
    assert texts(read(page.encode(encoding))) == ["café" if "é" in text else "Cá ba sa"]


def test_what_the_bytes_are_goes_before_what_the_page_says(read):
    page = "<html><meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>Gò Me"
    assert (texts(read(page)), read(page).encoding) == (["Gò Me"], "utf-8")


def test_a_page_saved_in_one_file_is_read(read):
    mail = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n"
        "--XX\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>C=C3=A1</p>\r\n"
        "--XX\r\nContent-Type: image/png\r\n\r\nabc\r\n--XX--\r\n"
    )
    assert texts(read(mail, "a.mht")) == ["Cá"]


@pytest.mark.parametrize(
    ("name", "reader"), [("a.doc", "html"), ("a.xls", "html"), ("a.txt", "text")]
)
def test_a_page_is_known_by_its_content(tmp_path, name, reader):
    path = tmp_path / name
    path.write_text("<html><body><p>Tôm", encoding="utf-8")
    assert find_reader(path, 1000, name).name == reader


def test_nothing_outside_of_the_page_is_loaded(read, tmp_path):
    (tmp_path / "mật.txt").write_text("bí mật", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/mật.txt">]><p>&x; Tôm'
    assert "bí mật" not in " ".join(texts(read(page)))


@pytest.mark.parametrize("page", ["<html><img src=x>", "<p>" + "<font>" * 3000 + "Tôm", " "])
def test_a_page_that_cannot_be_read_is_a_clear_error(read, page):
    with pytest.raises(UnreadableFile, match=r"`a\.html`") as caught:
        read(page)
    assert caught.value.hint


def test_hundreds_of_open_fonts_are_read(read):
    assert texts(read("<p><font face=Arial>Tôm " * 500)) == ["Tôm"] * 500


def test_a_page_in_an_old_encoding_without_its_font_tells_its_conversion(tmp_path):
    page = "<html><body><h1>Báo cáo</h1><p>" + REPORT.replace("\n", "</p><p>")
    path = tmp_path / "a.html"
    path.write_bytes(encode(page, Encoding.VISCII).encode("latin-1"))
    document = HtmlReader().read(path)
    assert (document.encoding, document.format) == ("VISCII", "html")
    assert document.conversions[0].encoding == "VISCII"


def test_what_was_filled_into_a_form_is_read(read):
    page = (
        "<p>Tên: <input value='Xã Tôm'><input type=hidden value=k><input type=submit value=Gửi>"
        "<select><option>Thấp<option selected>Cao</select></p>"
        "<textarea>Dòng một\nDòng hai</textarea><button>Nút</button>"
    )
    assert texts(read(page)) == ["Tên: Xã TômCao", "Dòng một", "Dòng hai"]


def test_deep_tables_of_many_cells_take_no_time(read):
    page = "<div>" * 200 + "<table border=1>" + "<tr><td>x<td>y" * 3000 + "</table>"
    began = time.monotonic()
    assert len(read(page).blocks) == 3000
    assert time.monotonic() - began < 10
