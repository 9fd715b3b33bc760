"""The notes of web pages, in the forms that programs write them."""

from __future__ import annotations

import time

import pytest

from indexer.models import NoteKind, RawDocument
from indexer.readers.html_reader import HtmlReader

WORD = """<html><p>Tôm tăng<a href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]>
<span>[1]</span><![endif]></span></a>, cá giảm<a href="#_edn1" name="_ednref1"><sup>[i]</sup></a>.
<div style='mso-element:footnote-list'><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a>
(theo <b>thuế</b>).</p><p>Đoạn hai.</p></div></div>
<div id=edn1><p><a href="#_ednref1" name="_edn1">[i]</a> Ước.</p></div>"""
LIBREOFFICE = """<p>Tôm<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a> tăng.</p><div id="sdfootnote1"><p>
<a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Theo thuế.</p></div>"""
PANDOC = """<p>Tôm<a href="#fn1" id="fnref1"><sup>1</sup></a> tăng.</p><section><ol>
<li id="fn1"><p>Theo thuế.<a href="#fnref1">↩︎</a></p></li></ol></section>"""
WIKI = """<p>Tôm<sup id="r1"><a href="#n1"><span>[</span>1<span>]</span></a></sup> tăng.</p><ol>
<li id="n1"><b><a href="#r1">^</a></b> Theo thuế.</li></ol>"""
ONE_WAY = '<p>Tôm<sup><a href="#c1">1</a></sup> tăng.</p><p id=c1>1. Theo thuế.</p>'
RAISED = "<p>Tôm<sup>(1)</sup> tăng.</p><p><sup>(1)</sup> Theo thuế.</p>"


@pytest.fixture
def read(tmp_path):
    def read(page: str) -> RawDocument:
        path = tmp_path / "a.html"
        path.write_text(page, encoding="utf-8")
        return HtmlReader().read(path)

    return read


@pytest.mark.parametrize("page", [LIBREOFFICE, PANDOC, WIKI, ONE_WAY, RAISED])
def test_a_note_is_bound_to_the_place_of_its_mark(read, page):
    document = read(page)
    (block,), (note,) = document.blocks, document.notes
    assert (block.text, note.text, note.label) == ("Tôm tăng.", "Theo thuế.", "1")
    assert [(mark.span.start, mark.key) for mark in block.marks] == [(3, note.key)]
    assert document.warnings == ()


def test_footnotes_and_endnotes_of_word_are_told_apart(read):
    document = read(WORD)
    assert [block.text for block in document.blocks] == ["Tôm tăng, cá giảm."]
    assert [mark.span.start for mark in document.blocks[0].marks] == [8, 17]
    assert [(note.text, note.label, note.kind) for note in document.notes] == [
        ("(theo thuế).\nĐoạn hai.", "1", NoteKind.FOOTNOTE),
        ("Ước.", "i", NoteKind.ENDNOTE),
    ]


def test_a_note_called_twice_has_two_marks(read):
    page = (
        '<p>Tôm<sup><a href="#c1">1</a></sup>, cá<sup><a href="#c1">1</a></sup><p id=c1>1. Nguồn.'
    )
    document = read(page)
    assert len(document.notes) == 1
    assert len({mark.key for mark in document.blocks[0].marks}) == 1
    assert len(document.blocks[0].marks) == 2


def test_a_mark_in_a_cell_stands_in_the_cell(read):
    link = '<a href="#fn1" id="r"><sup>1</sup></a>'
    page = f'<table border=1><tr><td>Tôm{link}<td>5</table><p id="fn1"><a href="#r">1</a> Ước.'
    assert read(page).blocks[0].cells[0].marks[0].span.start == 3


@pytest.mark.parametrize(
    "page",
    [
        '<p><a href="#m1">1</a> xem</p><h2 id=m1>3. Khác</h2>',
        '<p><a href="#m1" name="t1">I. Tôm</a></p><p><a name="m1" href="#t1">I. Tôm</a></p>',
        "<p>20 km<sup>2</sup> ruộng</p><p>Hai dòng<sup>2</sup></p>",
    ],
)
def test_contents_and_units_are_no_notes(read, page):
    document = read(page)
    assert document.notes == () and not any(block.marks for block in document.blocks)


def test_a_unit_is_no_call_of_a_note_of_the_same_number(read):
    document = read("<p>5 km<sup>2</sup>, tăng<sup>2</sup></p><p><sup>2</sup> Theo thuế.</p>")
    assert document.blocks[0].text == "5 km², tăng"
    assert [mark.span.start for mark in document.blocks[0].marks] == [11]


def test_a_call_without_a_note_and_a_note_without_a_call_are_told(read):
    page = '<p>Tôm<a href="#_ftn1" name="_ftnref1">[1]</a> tăng.</p>'
    missing = read(page)
    assert missing.blocks[0].text == "Tôm tăng." and len(missing.blocks[0].marks) == 1
    assert "Chú thích 1 được gọi" in missing.warnings[0]
    uncalled = read('<p>Cá</p><p><a href="#_ftnref9" name="_ftn9">[9]</a> Mồ côi.</p>')
    assert [(note.text, note.label) for note in uncalled.notes] == [("Mồ côi.", "9")]
    assert "Mồ côi" in uncalled.warnings[0]


CALLS = (
    '<p>Tôm<a href="#_ftn1" name="_ftnref1">[1]</a>, cá<a href="#_ftn2" name="_ftnref2">[2]</a></p>'
)
ONE = '<a href="#_ftnref1" name="_ftn1">[1]</a>'
TWO = '<a href="#_ftnref2" name="_ftn2">[2]</a>'


@pytest.mark.parametrize(
    "page",
    [
        f"{CALLS}<hr><p>{ONE} Một.<br>{TWO} Hai.</p><p>Hết</p>",
        f"{CALLS}<p>{ONE} Một. {TWO} Hai.</p><p>Hết</p>",
        f"{CALLS}<p><font><span>{ONE} Một.<br></span><b>{TWO}</b> Hai.</font></p><p>Hết</p>",
        f"<div>{CALLS[3:-4]}<br><br>{ONE} Một.<br>{TWO} Hai.<p>Hết</p></div>",
        f"{CALLS}<div class=notes><p>{ONE} Một.</p><p>{TWO} Hai.</p></div><p>Hết</p>",
        "<p>Tôm<sup>1</sup>, cá<sup>2</sup></p><p><sup>1</sup> Một.<br><sup>2</sup> Hai.</p>Hết",
    ],
)
def test_notes_that_share_a_paragraph_are_parted(read, page):
    document = read(page)
    assert [(note.label, note.text) for note in document.notes] == [("1", "Một."), ("2", "Hai.")]
    assert [block.text for block in document.blocks] == ["Tôm, cá", "Hết"]
    assert [mark.span.start for mark in document.blocks[0].marks] == [3, 7]
    assert document.warnings == ()


def test_what_stands_before_the_first_of_them_stays_in_the_text(read):
    document = read(f"{CALLS}<p>Ghi chú:<br>{ONE} Một.<br>{TWO} Hai.</p>")
    assert [block.text for block in document.blocks] == ["Tôm, cá", "Ghi chú:"]
    assert [note.text for note in document.notes] == ["Một.", "Hai."]


def test_the_further_paragraphs_of_a_note_belong_to_it(read):
    style = "class=MsoFootnoteText"
    page = f"{CALLS}<p {style}>{ONE} Một.</p><p>Thêm.</p><p {style}>{TWO} Hai.</p>"
    document = read(f"{page}<p {style}>Nữa.</p><p>Hết</p>")
    assert [note.text for note in document.notes] == ["Một.\nThêm.", "Hai.\nNữa."]
    assert [block.text for block in document.blocks] == ["Tôm, cá", "Hết"]


def test_text_between_notes_that_do_not_stand_together_is_no_note(read):
    first, second = CALLS.split(", ")
    page = f"{first}</p><p>{ONE} Một.</p><p>Lúa</p><p>{second}<p>{TWO} Hai.</p><p>Hết</p>"
    document = read(page)
    assert [note.text for note in document.notes] == ["Một.", "Hai."]
    assert [block.text for block in document.blocks] == ["Tôm", "Lúa", "cá", "Hết"]


def test_a_raised_number_in_a_later_line_is_still_a_call(read):
    document = read("<p>Tôm<br><sup>1</sup> tăng</p><p><sup>1</sup> Theo thuế.</p>")
    assert [note.text for note in document.notes] == ["Theo thuế."]
    assert [mark.span.start for mark in document.blocks[0].marks] == [4]


def test_raised_numbers_that_call_no_note_stay_raised(read):
    page = (
        "<p>đạt 15<sup>1</sup> tỷ, 10<sup>6</sup> đồng, 5 m<sup>2</sup>, H<sub>2</sub>O, "
        "1<sup>st</sup>, <span style='vertical-align:super'>3</span>, a<sub>1<b>n</b></sub></p>"
    )
    (block,) = read(page).blocks
    assert block.text == "đạt 15¹ tỷ, 10⁶ đồng, 5 m², H₂O, 1st, ³, a₁n"


def many(count: int, pattern: str) -> str:
    return "".join(pattern.format(at=at, mark=at % 99) for at in range(count))


@pytest.mark.parametrize(
    "page",
    [
        "<div id=top>" + many(8000, '<a href="#top">a</a> x ') + "</div>",
        "<p><span>" + many(8000, '<a href="#x{at}"></a>') + "x</span>",
        "<p>" + many(8000, "<i></i><sup>{mark}</sup>"),
        many(4000, "<p>x<sup>1</sup>") + many(4000, "<p><sup>1</sup> nguồn"),
        "<p>"
        + many(2000, '<a href="#_ftn{at}" name="_ftnref{at}">[{at}]</a>')
        + "<p><span>"
        + many(2000, '<a href="#_ftnref{at}" name="_ftn{at}">[{at}]</a> n'),
        "<a href=#x>" + " " * 200_000 + "</a><p id=x>x",
        "<p>" + "<a name=y></a>" * 8000 + many(8000, '<a href="#y">1</a>'),
    ],
)
def test_thousands_of_links_and_marks_take_no_time(read, page):
    began = time.monotonic()
    read(page)
    assert time.monotonic() - began < 10


def test_a_note_in_a_cell_is_not_read_as_a_cell_too(read):
    row = "<tr><td>Tôm<sup>1</sup><td>5 m<sup>2</sup>"
    document = read(f"<table border=1>{row}<tr><td colspan=2><sup>1</sup> Theo thuế.</table>")
    assert [[cell.text for cell in block.cells] for block in document.blocks] == [["Tôm", "5 m²"]]
    assert [note.text for note in document.notes] == ["Theo thuế."]


def test_a_link_back_in_the_middle_of_a_text_begins_no_note(read):
    page = '<div>Lúa và tôm <a href="#_ftnref9" name="_ftn9">[9]</a> tăng.<p>Cá giảm.</p></div>'
    document = read(page)
    assert document.notes == ()
    assert [block.text for block in document.blocks] == ["Lúa và tôm [9] tăng.", "Cá giảm."]
