"""Pages as printing programs draw them: odd spaces, turned pages, odd sizes. Text is TCVN3."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UnreadableFile
from indexer.models import RawDocument
from indexer.readers.pdf_reader import PdfReader
from indexer.text.legacy_decoding import Encoding
from tests.factories.docx_reading import texts
from tests.factories.legacy import encode
from tests.indexer.readers.pdf_files import drawn_pdf, empty_pdf

WORDS = "Xã đã nạo vét kênh, gia cố bờ bao và trồng rừng"
SIZE = 12
# How wide every letter is, so that the signs of any font fit in: 750 thousandths of the size.
ADVANCE = 9


def read(data: bytes, folder: Path) -> RawDocument:
    path = folder / "ve.pdf"
    path.write_bytes(data)
    return PdfReader().read(path)


def shown(text: str) -> str:
    """Return the operator that shows a text."""
    coded = encode(text, Encoding.TCVN3)
    for sign in "\\()":
        coded = coded.replace(sign, f"\\{sign}")
    return f"({coded}) Tj"


def at(left: float, up: float, text: str, matrix: str = "1 0 0 1") -> str:
    return f"BT /F {SIZE} Tf {matrix} {left} {up} Tm {shown(text)} ET"


def letter_by_letter(text: str, gap: float, space: float) -> str:
    """Return a line each of whose letters is placed by itself; all are equally wide."""
    left, drawn = 60.0, []
    for letter in text:
        if letter == " ":
            left += space - gap
        else:
            drawn.append(at(left, 700, letter))
            left += ADVANCE + gap
    return "\n".join(drawn)


@pytest.mark.parametrize(("gap", "space"), [(0, 3), (0, 2), (0, 14), (0.9, 6), (1.4, 8)])
def test_letters_placed_one_by_one_are_words(tmp_path, gap, space):
    assert texts(read(drawn_pdf([letter_by_letter(WORDS, gap, space)]), tmp_path)) == [WORDS]


def test_a_narrow_space_parts_words_only_where_both_are_syllables(tmp_path):
    # A space of 1.2 points, narrower than any other program leaves.
    page = "\n".join([at(60, 700, "kinh tế"), at(60 + 7 * ADVANCE + 1.2, 700, "đối ngoại")])
    assert texts(read(drawn_pdf([page]), tmp_path)) == ["kinh tế đối ngoại"]
    page = "\n".join([at(60, 700, "kinh tế đố"), at(60 + 10 * ADVANCE + 1.2, 700, "i ngoại")])
    assert texts(read(drawn_pdf([page]), tmp_path)) == ["kinh tế đối ngoại"]


def test_wide_gaps_of_justified_text_part_no_columns(tmp_path):
    rows = ["Nhân dân các ấp ven sông", "đã cùng nhau giữ bờ bao", "Suốt mùa lũ."]
    spaces = [(240 - ADVANCE * len(row)) / row.count(" ") for row in rows[:2]]
    lines = [
        f"BT /F {SIZE} Tf {space} Tw 60 {700 - 16 * at} Td {shown(row)} ET"
        for at, (space, row) in enumerate(zip([*spaces, 0], rows, strict=True))
    ]
    box = "/MediaBox[0 0 360 842]"
    assert texts(read(drawn_pdf(["\n".join(lines)], page=box), tmp_path)) == [" ".join(rows)]


@pytest.mark.parametrize(
    ("turn", "matrix", "place"),
    [
        (0, "1 0 0 1", lambda row: (60, 700 - 16 * row)),
        (90, "0 1 -1 0", lambda row: (100 + 16 * row, 60)),
        (180, "-1 0 0 -1", lambda row: (535, 142 + 16 * row)),
        (270, "0 -1 1 0", lambda row: (495 - 16 * row, 780)),
    ],
)
@pytest.mark.parametrize("flagged", [True, False])
def test_a_page_on_its_side_is_read_along_its_lines(tmp_path, turn, matrix, place, flagged):
    rows = ["Xã đã nạo vét kênh và gia cố bờ bao", "trước mùa lũ năm nay."]
    page = "\n".join(at(*place(row), text, matrix) for row, text in enumerate(rows))
    box = "/MediaBox[0 0 595 842]" + (f"/Rotate {turn}" if flagged else "")
    assert texts(read(drawn_pdf([page], page=box), tmp_path)) == [" ".join(rows)]


def test_a_turned_word_beside_the_text_is_kept_apart(tmp_path):
    page = "\n".join([at(60, 700, WORDS), at(30, 300, "DU THAO", "0 1 -1 0")])
    assert texts(read(drawn_pdf([page]), tmp_path)) == [WORDS, "DU THAO"]


@pytest.mark.parametrize(
    "box",
    [
        "/MediaBox[0 0 14400 14400]",
        "/MediaBox[0 0 2000000 2000000]",
        "/MediaBox[595 842 0 0]",
        "/MediaBox[0 0 595 842]/CropBox[20 20 560 800]",
        "/MediaBox[0 0 595 842]/CropBox[9 9 9 9]",
        "/MediaBox[0 0 595 842]/Rotate 45",
        "/MediaBox[0 0 595 842]/UserUnit 10",
        "",
    ],
)
def test_odd_sizes_of_a_page_lose_no_text(tmp_path, box):
    assert texts(read(drawn_pdf([at(60, 700, WORDS)], page=box), tmp_path)) == [WORDS]


@pytest.mark.parametrize("count", ["0", "-5"])
def test_a_file_without_pages_is_refused(tmp_path, count):
    data = empty_pdf(1).replace(b"/Count 1/Kids[3 0 R]", f"/Count {count}/Kids[]".encode())
    with pytest.raises(UnreadableFile) as caught:
        read(data, tmp_path)
    assert "ve.pdf" in caught.value.message and caught.value.hint


@pytest.mark.parametrize("tenth", range(10))
def test_a_drawn_file_cut_off_is_refused_or_read_as_far_as_it_goes(tmp_path, tenth):
    data = drawn_pdf([at(60, 700, WORDS), at(60, 700, f"{WORDS} nữa")])
    try:
        raw = read(data[: len(data) * tenth // 10], tmp_path)
    except UnreadableFile as error:
        assert "ve.pdf" in error.message and error.hint
    else:
        assert set(texts(raw)) <= {WORDS, f"{WORDS} nữa"}
