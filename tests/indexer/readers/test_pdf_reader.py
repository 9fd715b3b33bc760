"""PDF files as LibreOffice prints them: text, notes, tables, columns and pages come back."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from indexer.errors import UnreadableFile
from indexer.models import BlockKind, RawDocument
from indexer.readers.pdf_reader import PdfReader
from indexer.readers.registry import find_reader, read_file
from indexer.structure import build_document
from tests.bench import pdf as bench
from tests.factories.docx_reading import marked, texts
from tests.factories.odf import ReportSheet
from tests.indexer.readers.pdf_files import empty_pdf, need_soffice

LONG = (
    "Ủy ban nhân dân các xã ven sông tổ chức nạo vét kênh mương, gia cố bờ bao và vận động "
    "nhân dân xuống giống đúng lịch thời vụ để né mặn"
)


@pytest.fixture(scope="module")
def bench_pdf(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "bao-cao.pdf"
    return bench.report().save_pdf(need_soffice(), path)


@pytest.fixture(scope="module")
def bench_raw(bench_pdf) -> RawDocument:
    return PdfReader().read(bench_pdf)


def printed(sheet: ReportSheet, folder: Path, options: str = "") -> Path:
    return sheet.save_pdf(need_soffice(), folder / "bao-cao.pdf", options)


def read(sheet: ReportSheet, folder: Path) -> RawDocument:
    return PdfReader().read(printed(sheet, folder))


def test_every_note_is_called_at_its_place(bench_raw):
    assert bench.bound(bench_raw) >= 0.98 * bench.NOTES


def test_the_text_is_that_which_was_written(bench_raw):
    assert bench.identical(bench_raw) >= 0.98


def test_running_heads_and_page_numbers_are_no_text(bench_raw):
    document = build_document(bench_raw, "a.pdf", "0" * 64)
    assert len(bench_raw.pages) > 3
    assert "Báo cáo của Đảng bộ huyện Gành Bưng" not in document.text
    assert not [block.text for block in bench_raw.blocks if block.text.isdigit()]


def test_bookmarks_give_headings_their_level(bench_raw):
    headings = [block for block in bench_raw.blocks if block.kind is BlockKind.HEADING]
    assert [(block.level, block.bold) for block in headings] == [(0, True)] * 4


def test_blocks_notes_and_passages_know_their_page(bench_raw):
    pages = [block.page for block in bench_raw.blocks]
    assert pages == sorted(pages) and pages[-1] == len(bench_raw.pages)
    assert all(note.page for note in bench_raw.notes)
    document = build_document(bench_raw, "a.pdf", "0" * 64)
    assert all(passage.page for passage in document.passages)
    assert [page.ocr for page in document.pages] == [False] * len(document.pages)


def test_numbers_that_restart_on_every_page_keep_their_notes(tmp_path):
    sheet = ReportSheet(restart=True)
    for at in range(16):
        sheet.paragraph(f"{LONG} lần {at}[[Riêng ấp số {at} làm trước.]], kịp vụ mới. {LONG}.")
    raw = read(sheet, tmp_path)
    assert len(raw.pages) > 1
    assert len({note.key for note in raw.notes}) == 16
    assert raw.notes[-1].label != "16"
    by_key = {note.key: note.text for note in raw.notes}
    for at, block in enumerate(raw.blocks):
        assert by_key[block.marks[0].key] == f"Riêng ấp số {at} làm trước."


def test_a_note_that_goes_on_on_the_next_page_is_one(tmp_path):
    note = " ".join(f"{LONG} đợt {at};" for at in range(30)) + " hết"
    sheet = ReportSheet()
    for at in range(5):
        sheet.paragraph(f"{LONG}, lần {at}.")
    sheet.paragraph(f"Việc này đã làm xong[[{note}]] trước mùa lũ.")
    for at in range(12):
        sheet.paragraph(f"{LONG}, lượt {at}.")
    raw = read(sheet, tmp_path)
    assert [note.text for note in raw.notes] == [note]
    assert len(raw.blocks) == 18


def test_raised_units_are_text_and_no_notes(tmp_path):
    raw = read(
        ReportSheet().paragraph("Nhà văn hóa rộng 300 m^2^[[Tại ấp Đông.]] đã xong."), tmp_path
    )
    assert [marked(block) for block in raw.blocks] == ["Nhà văn hóa rộng 300 m²⟦1⟧ đã xong."]


def test_ruled_tables_keep_cells_wide_cells_and_notes(tmp_path):
    rows = [
        ["Chỉ tiêu", "Năm 2019 và 2020>", ""],
        ["Số hộ nuôi ếch của xã An Hòa[[Có cam kết.]]", "12", "14"],
    ]
    sheet = ReportSheet().paragraph("Trước bảng.").table(rows).paragraph("Sau bảng.")
    raw = read(sheet, tmp_path)
    assert texts(raw) == [
        "Trước bảng.",
        "Chỉ tiêu | Năm 2019 và 2020",
        "Số hộ nuôi ếch của xã An Hòa⟦1⟧ | 12 | 14",
        "Sau bảng.",
    ]
    assert [cell.columns for cell in raw.blocks[1].cells] == [1, 2]
    assert {block.table for block in raw.blocks[1:3]} == {1}


def test_tables_without_lines_are_found_by_their_columns(tmp_path):
    rows = [["Xã An Hòa", "12,5", "13,6"], ["Xã An Phú", "14", "15"]]
    raw = read(ReportSheet().paragraph("Trước bảng.").table(rows, ruled=False), tmp_path)
    assert texts(raw)[1:] == ["Xã An Hòa | 12,5 | 13,6", "Xã An Phú | 14 | 15"]


def test_columns_are_read_one_after_the_other(tmp_path):
    column = [f"{LONG}, đợt {at}." for at in range(6)]
    sheet = ReportSheet().paragraph("Trước hai cột.").columns(column)
    raw = read(sheet.paragraph(f"Sau hai cột, {LONG}."), tmp_path)
    assert texts(raw) == ["Trước hai cột.", *column, f"Sau hai cột, {LONG}."]


def test_centred_lines_of_a_title_are_one(tmp_path):
    title = "của Đảng bộ huyện Gành Bưng trình Đại hội đại biểu lần thứ XII, nhiệm kỳ 2020-2025"
    sheet = ReportSheet().paragraph("BÁO CÁO CHÍNH TRỊ", "Title").paragraph(title, "Title")
    raw = read(sheet.paragraph(f"{LONG}."), tmp_path)
    assert texts(raw) == ["BÁO CÁO CHÍNH TRỊ", title, f"{LONG}."]
    assert [block.centered for block in raw.blocks] == [True, True, False]


# --- files that cannot be read -------------------------------------------------------------------


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as caught:
        PdfReader(**limits).read(path)
    assert caught.value.hint
    return caught.value.message


def test_a_locked_file_is_refused(tmp_path):
    locked = (
        '{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"bi-mat"}}'
    )
    path = printed(ReportSheet().paragraph("Kín."), tmp_path, locked)
    assert "khóa bằng mật khẩu" in refusal(path)


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_cut_off_is_refused_or_read_as_far_as_it_goes(bench_pdf, bench_raw, tmp_path, tenth):
    data = bench_pdf.read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: len(data) * tenth // 10])
    try:
        raw = PdfReader().read(path)
    except UnreadableFile as error:
        assert "cut.pdf" in error.message and error.hint
    else:
        assert {block.text for block in raw.blocks} <= {block.text for block in bench_raw.blocks}


def test_too_many_pages_are_refused_at_once(tmp_path):
    path = tmp_path / "dai.pdf"
    path.write_bytes(empty_pdf(10_000))
    assert "10000 trang, quá giới hạn 3000 trang" in refusal(path)
    assert "không có chữ nào" in refusal(path, max_pages=20_000)
    with pytest.raises(UnreadableFile, match="quá giới hạn 7 trang"):
        read_file(path, 10**8, max_pages=7)


def test_the_content_decides_and_not_the_name(tmp_path):
    path = tmp_path / "giay.txt"
    path.write_bytes(empty_pdf(1))
    assert find_reader(path, 10**6, path.name).name == "pdf"
    wrong = tmp_path / "giay.pdf"
    wrong.write_text("Không phải PDF.", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"không phải tệp \.pdf"):
        find_reader(wrong, 10**6, wrong.name)


def test_nothing_is_lost_of_a_table_in_columns(tmp_path):
    sheet = (
        ReportSheet().columns([f"{LONG}." for _ in range(5)]).table([["Ấp", "Hộ"], ["Đông", "9"]])
    )
    words = " ".join(texts(read(sheet, tmp_path))).replace("|", "").split()
    wanted = " ".join([f"{LONG}."] * 5 + ["Ấp Hộ Đông 9"]).split()
    assert difflib.SequenceMatcher(None, wanted, words).ratio() == 1
