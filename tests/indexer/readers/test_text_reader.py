"""Plain text files: encodings, lines, tables in tabs."""

import unicodedata

import pytest

from indexer.errors import UnreadableFile
from indexer.models import BlockKind
from indexer.readers.encodings import decode_bytes
from indexer.readers.text_reader import TextReader, read_text
from indexer.text.legacy import Encoding
from tests.factories.legacy import encode

TEXT = "Đảng bộ thị xã Gò Me, hàu được mùa.\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_utf_8_and_16_are_read_with_and_without_bom(tmp_path, encoding, name, form):
    path = tmp_path / "a.txt"
    path.write_bytes(unicodedata.normalize(form, TEXT * 20).encode(encoding))
    raw = TextReader().read(path)
    assert (raw.blocks[0].text, raw.encoding) == (TEXT.strip(), name)


@pytest.mark.parametrize(
    ("name", "converted"), [*((encoding, 1) for encoding in Encoding), ("cp1258", 0)]
)
def test_old_encodings_are_read_and_listed(tmp_path, name, converted):
    path = tmp_path / "a.txt"
    text = "Đất lành chim đậu, tôm cá được mùa"
    if converted:
        path.write_bytes(encode(text, name).encode("latin-1"))
    else:
        path.write_bytes("Đất lành".replace("ấ", "â\u0301").encode("cp1258"))
    raw = TextReader().read(path)
    assert (text.startswith(raw.blocks[0].text), raw.encoding) == (True, name)
    assert [conversion.encoding for conversion in raw.conversions] == [name] * converted


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_a_text_in_utf_32_is_read(encoding):
    decoded = decode_bytes(("\ufeff" + TEXT).encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (TEXT, "utf-32")


def test_a_text_in_utf_32_that_was_cut_off_is_a_clear_error():
    with pytest.raises(UnreadableFile, match="bảng mã"):
        decode_bytes(("\ufeff" + TEXT).encode("utf-32-le")[:-2], "a.txt")


def test_another_encoding_is_a_clear_error(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\u041e\u0442\u0447\u0435\u0442 \u043e".encode("cp1251"))
    with pytest.raises(UnreadableFile, match=r"`a\.txt`.*(bảng mã|UTF)") as caught:
        TextReader().read(path)
    assert caught.value.hint


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04abc", b"%PDF-1.7", b"a\x00b\xff"]
)
def test_a_binary_named_txt_is_an_error(data):
    with pytest.raises(UnreadableFile, match="nội dung là tệp"):
        decode_bytes(data, "a.txt")


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "\u00a0\n", "\u200b"])
def test_an_empty_file_is_an_error(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("utf-8"))
    with pytest.raises(UnreadableFile, match="tệp trống"):
        TextReader().read(path)


def rows(text):
    return [[cell.text for cell in block.cells] for block in read_text(text).blocks if block.cells]


def test_lines_of_three_cells_are_a_table_whose_first_row_is_its_heading():
    blocks = read_text("Bảng 1\nTT\tTên\tSố\n1\tTôm\t5\nHết.").blocks
    assert [block.table for block in blocks] == [0, 1, 1, 0]
    assert [block.header for block in blocks] == [False, True, False, False]


def test_a_narrow_line_between_two_rows_is_a_row():
    assert rows("TT\tTên\tSố\nI. KINH TẾ\n1\tTôm\t5") == [
        ["TT", "Tên", "Số"],
        ["I. KINH TẾ"],
        ["1", "Tôm", "5"],
    ]


def test_one_line_with_gaps_is_no_table():
    (block,) = read_text("Nơi nhận:\t\tT/M\tBAN").blocks
    assert block.kind is BlockKind.PARAGRAPH


def test_a_mark_in_a_cell_stands_in_the_cell():
    raw = read_text("TT\tTên\tSố\n1\tTôm[footnoteRef:1]\t5\n[1: Một]")
    assert [(mark.key, mark.span.start) for mark in raw.blocks[1].cells[1].marks] == [("1", 3)]


def test_a_line_of_only_marks_joins_the_line_before():
    raw = read_text("Tôm được mùa\n[footnoteRef:1].\nCá.")
    assert [(block.text, len(block.marks)) for block in raw.blocks] == [
        ("Tôm được mùa.", 1),
        ("Cá.", 0),
    ]
