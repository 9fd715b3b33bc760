"""Word files printed by LibreOffice: the PDF must read as the Word file does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.models import NoteKind, RawBlock, RawCell, RawDocument
from indexer.readers.docx_reader import DocxReader
from indexer.readers.pdf_reader import PdfReader
from tests.bench import pdf as bench
from tests.factories import full_report
from tests.factories.docx_reading import marked, texts
from tests.factories.odf import ReportSheet
from tests.factories.office import saved_as
from tests.indexer.readers.pdf_files import need_soffice

CORPUS = Path(__file__).parents[3] / "corpus"
LONG = (
    "Ủy ban nhân dân các xã ven sông tổ chức nạo vét kênh mương, gia cố bờ bao và vận động "
    "nhân dân xuống giống đúng lịch thời vụ để né mặn"
)


def read(sheet: ReportSheet, folder: Path, options: str = "") -> RawDocument:
    return PdfReader().read(sheet.save_pdf(need_soffice(), folder / "bao-cao.pdf", options))


def printed(docx: Path, folder: Path) -> RawDocument:
    need_soffice()
    path = folder / f"{docx.stem}.pdf"
    path.write_bytes(saved_as(docx.read_bytes(), "pdf"))
    return PdfReader().read(path)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.docx")), ids=lambda path: path.stem)
def test_a_sample_report_reads_as_its_word_file(path, tmp_path):
    wanted, found = DocxReader().read(path), printed(path, tmp_path)
    assert bench.same_words(wanted, found) >= 0.98
    assert bench.same_notes(wanted, found) == 1


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> RawDocument:
    folder = tmp_path_factory.mktemp("full")
    return printed(full_report.full_report().save(folder / "bao-cao.docx"), folder)


def test_every_note_of_the_full_report_that_is_printed_is_bound(full):
    wanted, found = full_report.expected(), full_report.seen(full)
    # There is no such font here, so the note in it is printed as its signs.
    notes = {note for note in wanted.notes if note[0] != "27" or note[2] is NoteKind.ENDNOTE}
    assert notes <= {*found.notes}
    # LibreOffice does not print what tables in cells hold beyond their first column.
    lost = {"32"}
    called = {mark.key for part in parts(full) for mark in part.marks}
    assert {note.key for note in full.notes} - called == lost


def test_lines_of_the_full_report_are_those_of_the_word_file(full):
    found = full_report.seen(full).lines
    # These two hold deleted text, which is printed struck through, and text in an old font.
    wanted = [line for line in full_report.expected().lines if "⟦26⟧" not in line]
    wanted = [line for line in wanted if "⟦27⟧" not in line]
    assert sum(line in found for line in wanted) >= 0.98 * len(wanted)


def parts(raw: RawDocument) -> Iterator[RawBlock | RawCell]:
    for block in raw.blocks:
        yield block
        yield from block.cells


def test_a_row_that_a_page_end_cuts_is_one_row_under_one_head(tmp_path):
    text = f"{LONG}; {LONG.lower()}; {LONG.lower()}"
    rows = [["Việc", "Số"], *[[f"Đợt {at}: {text}", str(at)] for at in range(12)]]
    raw = read(ReportSheet().table(rows), tmp_path)
    assert len(raw.pages) > 2
    assert texts(raw) == [" | ".join(row) for row in rows]
    assert {block.table for block in raw.blocks} == {1}


def test_a_divided_word_is_whole_and_a_hyphen_stays(tmp_path):
    word = "elec\u00adtro\u00adcar\u00addio\u00adgram"
    rows = [
        f"Máy {'mới ' * at}{word} với {word} theo 12/QĐ-UBND và 13/NQ-HĐND, 14/KH-UBND, 15/BC-UBND."
        for at in range(8)
    ]
    sheet = ReportSheet()
    for row in rows:
        sheet.paragraph(row)
    assert texts(read(sheet, tmp_path)) == [row.replace("\u00ad", "") for row in rows]


def test_a_note_whose_sentence_ends_with_the_page_goes_on(tmp_path):
    note = " ".join(f"Đợt {at}: xong." for at in range(700))
    sheet = ReportSheet().paragraph(f"{LONG}.").paragraph(f"Việc này đã làm[[{note}]] xong.")
    for at in range(12):
        sheet.paragraph(f"{LONG}, lượt {at}.")
    raw = read(sheet, tmp_path)
    assert [each.text for each in raw.notes] == [note]
    assert len(raw.blocks) == 14


def test_a_label_set_off_by_a_tab_belongs_to_its_text(full):
    assert "1. Trồng 1 ha lúa⟦18⟧" in full_report.seen(full).lines


def test_raised_numbers_side_by_side_stay_in_order(tmp_path):
    raw = read(ReportSheet().paragraph("Đạt 5 tấn[[Vụ một.]][[Vụ hai.]] lúa."), tmp_path)
    assert [note.text for note in raw.notes] == ["Vụ một.", "Vụ hai."]
    assert [marked(block) for block in raw.blocks] == ["Đạt 5 tấn⟦1⟧⟦2⟧ lúa."]


def test_a_file_that_only_forbids_changes_is_read(tmp_path):
    options = (
        '{"RestrictPermissions":{"type":"boolean","value":"true"},'
        '"PermissionPassword":{"type":"string","value":"chu-tep"},'
        '"EnableCopyingOfContent":{"type":"boolean","value":"false"}}'
    )
    raw = read(ReportSheet().paragraph(f"{LONG}."), tmp_path, options)
    assert texts(raw) == [f"{LONG}."]
    assert b"/Encrypt" in (tmp_path / "bao-cao.pdf").read_bytes()
