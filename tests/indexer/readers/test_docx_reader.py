"""What a Word file prints is what the reader returns, in the same order."""

from __future__ import annotations

import io
import re
import unicodedata

import mammoth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.models import BlockKind
from indexer.readers.docx_reader import DocxReader
from tests.factories.docx import DocxBuilder
from tests.factories.docx_parts import WORD
from tests.factories.docx_reading import marked, read, texts

SENTENCE = "Tỷ lệ hộ nghèo còn 0,92%, giảm 1,2 điểm phần trăm."


def runs(*texts_: str, properties: str = "") -> str:
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return "".join(f'<w:r>{own}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts_)


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def one_text(builder: DocxBuilder) -> str:
    (text,) = texts(read(builder))
    return text


# --- paragraphs --------------------------------------------------------------------------------


def test_paragraphs_come_in_order_and_empty_ones_do_not_come():
    document = read(DocxBuilder().paragraph("Một").paragraph("  ").paragraph(" Hai "))
    assert [(block.kind, block.text) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "Một"),
        (BlockKind.PARAGRAPH, "Hai"),
    ]


def test_heading_styles_give_the_outline_level():
    document = read(DocxBuilder().heading("Phần I").heading("Mục 1", 3).paragraph("Chữ"))
    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.HEADING, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, None),
    ]


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:basedOn w:val="Heading2"/>', 1),
        ('<w:basedOn w:val="Heading2"/><w:pPr><w:outlineLvl w:val="4"/></w:pPr>', 4),
        ('<w:basedOn w:val="Heading2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>', None),
        ('<w:basedOn w:val="Own"/>', None),
        ('<w:basedOn w:val="Missing"/>', None),
    ],
)
def test_outline_level_comes_through_the_styles_it_is_based_on(properties, level):
    style = f'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>{properties}'
    builder = DocxBuilder().style(f"{style}</w:style>").paragraph("Đề mục", style="Own")
    assert read(builder).blocks[0].level == level


def test_heading_by_style_name_alone_is_a_heading():
    style = '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="Heading 2"/></w:style>'
    assert read(DocxBuilder().style(style).paragraph("Mục", style="H2")).blocks[0].level == 1


def test_outline_level_of_the_paragraph_itself_counts():
    xml = f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{runs("Phần I")}</w:p>'
    block = read(DocxBuilder().raw(xml)).blocks[0]
    assert (block.kind, block.level) == (BlockKind.HEADING, 0)


def test_paragraph_is_bold_only_when_all_visible_runs_are():
    bold = runs("Đậm", properties="<w:b/>") + runs("  ")
    builder = DocxBuilder().raw(f"<w:p>{bold}</w:p>").raw(f"<w:p>{bold}{runs('nhạt')}</w:p>")
    builder.paragraph("Đậm[[chú thích]]", bold=True).heading("Đậm theo kiểu")
    not_bold = runs("Nhạt", properties='<w:b w:val="0"/>')
    builder.raw(f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{not_bold}</w:p>')
    assert [block.bold for block in read(builder).blocks] == [True, False, True, True, False]


def test_centring_comes_from_the_paragraph_or_its_style():
    builder = DocxBuilder().paragraph("Giữa", align="center").paragraph("Giữa", style="Title")
    builder.paragraph("Trái", style="Title", align="left").paragraph("Thường")
    assert [block.centered for block in read(builder).blocks] == [True, True, False, False]


def test_paragraph_without_a_style_has_the_default_one():
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="A"><w:pPr><w:jc w:val="center"/>'
    styles = f'<w:styles xmlns:w="{WORD}">{normal}</w:pPr></w:style></w:styles>'
    builder = DocxBuilder().paragraph("Giữa").part("word/styles.xml", styles.encode())
    assert read(builder).blocks[0].centered


# --- characters --------------------------------------------------------------------------------


def test_text_is_nfc_even_where_a_letter_is_spread_over_runs():
    builder = DocxBuilder().raw(f"<w:p>{runs('Ti', chr(0x309), ' lê', chr(0x323))}</w:p>")
    assert one_text(builder) == "Tỉ lệ"


def test_note_called_inside_a_letter_stands_after_it():
    builder = DocxBuilder().paragraph("tỷ lê[[Nguồn]]\u0323 hộ")
    assert one_text(builder) == "tỷ lệ⟦f1⟧ hộ"


def test_odd_spaces_and_unseen_characters_do_not_move_marks():
    builder = DocxBuilder().paragraph(
        "\u200b tăng\u00a09,\u200b2%\u00ad[[Nguồn]] so\ufeff với[[Hai]] "
    )
    assert one_text(builder) == "tăng 9,2%⟦f1⟧ so với⟦f2⟧"


def test_marks_at_the_edges_survive_stripping():
    assert one_text(DocxBuilder().paragraph("  [[a]]  đầu  [[b]]  ")) == "⟦f1⟧đầu⟦f2⟧"


def test_private_use_characters_are_not_taken_for_marks():
    assert one_text(DocxBuilder().paragraph("a\ue000b[[Nguồn]]c")) == "ab⟦f1⟧c"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:tab/>", "A\tB"),
        ("<w:br/>", "A\nB"),
        ('<w:br w:type="page"/>', "A B"),
        ("<w:cr/>", "A\nB"),
        ("<w:noBreakHyphen/>", "A-B"),
        ("<w:softHyphen/>", "AB"),
        ("<w:t>x\ny</w:t>", "Ax yB"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "A≥B"),
        ('<w:sym w:font="Wingdings" w:char="F0E0"/>', "A→B"),
        ('<w:sym w:font="Arial" w:char="2265"/>', "A≥B"),
        ('<w:sym w:font="Arial" w:char="D800"/>', "AB"),
        ('<w:sym w:font="Arial" w:char="hỏng"/>', "AB"),
        ("<w:t>&amp;&lt;<!-- ghi -->&gt;</w:t>", "A&<>B"),
    ],
)
def test_special_characters_of_word(xml, text):
    builder = DocxBuilder().raw(f"<w:p><w:r><w:t>A</w:t>{xml}<w:t>B</w:t></w:r></w:p>")
    assert one_text(builder) == text


# --- what is wrapped, hidden, changed ----------------------------------------------------------


def test_insertions_are_kept_and_deletions_dropped():
    builder = (
        DocxBuilder().paragraph("Giảm").inserted(" mạnh").deleted(" nhẹ[[Bỏ]]").inserted(" 2%")
    )
    document = read(builder)
    assert texts(document) == ["Giảm mạnh 2%"]


def test_moved_text_stands_only_where_it_was_moved_to():
    builder = DocxBuilder().raw(
        f"<w:p>{runs('Đầu')}<w:moveFrom>{runs(' chuyển')}</w:moveFrom></w:p>"
        f"<w:p>{runs('Sau')}<w:moveTo>{runs(' chuyển')}</w:moveTo></w:p>"
    )
    assert texts(read(builder)) == ["Đầu", "Sau chuyển"]


def test_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    deleted_end = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    builder = DocxBuilder().raw(f"<w:p>{deleted_end}{runs('Năm')}</w:p>").paragraph(" 2023")
    builder.raw(f"<w:p>{deleted_end}{runs('Hết')}</w:p>")
    assert texts(read(builder)) == ["Năm 2023", "Hết"]


def test_text_in_wrappers_is_kept():
    builder = DocxBuilder().raw(
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:p>{runs('Khối ')}"
        f"<w:hyperlink>{runs('liên kết ')}</w:hyperlink><w:smartTag>{runs('thẻ ')}</w:smartTag>"
        f"<w:fldSimple w:instr='DATE'>{runs('ngày ')}</w:fldSimple>"
        f"<w:sdt><w:sdtContent>{runs('ô')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
    )
    assert one_text(builder) == "Khối liên kết thẻ ngày ô"


def test_fields_show_their_result_and_not_their_instruction():
    instruction = "<w:r><w:instrText>REF muc_1</w:instrText></w:r>"
    inner = field("begin") + instruction + field("separate") + runs("trong") + field("end")
    inner += runs("ngoài")
    builder = (
        DocxBuilder()
        .paragraph("Xem ")
        .run(
            field("begin") + instruction + inner + field("separate") + runs("mục 1") + field("end")
        )
    )
    builder.run(runs(" nhé"))
    assert one_text(builder) == "Xem mục 1 nhé"


def test_broken_fields_lose_no_text():
    builder = DocxBuilder().paragraph("Một").run(field("begin") + runs(" hai"))
    builder.paragraph("Ba").run(field("separate") + runs(" bốn") + field("end"))
    assert texts(read(builder)) == ["Một hai", "Ba bốn"]


def test_page_headers_are_no_part_of_the_report():
    builder = DocxBuilder().paragraph("Thân").part("word/header1.xml", b"<hdr>Trang</hdr>")
    assert texts(read(builder)) == ["Thân"]


def test_text_box_follows_its_paragraph_and_is_read_once():
    builder = DocxBuilder().paragraph("Trước ").text_box("Hộp một\nHộp hai").inserted("và sau")
    assert texts(read(builder.paragraph("Cuối"))) == ["Trước và sau", "Hộp một", "Hộp hai", "Cuối"]


def test_old_text_box_without_a_choice_is_read():
    box = f"<w:txbxContent><w:p>{runs('Hộp')}</w:p></w:txbxContent>"
    shape = f"<v:shape><v:textbox>{box}</v:textbox></v:shape>"
    builder = DocxBuilder().paragraph("").run(f"<w:r><w:pict>{shape}</w:pict></w:r>")
    fallback = f"<mc:AlternateContent><mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback>"
    builder.paragraph("Sau").run(f"<w:r>{fallback}</mc:AlternateContent></w:r>")
    assert texts(read(builder)) == ["Hộp", "Sau", "Hộp"]


def test_text_box_in_a_cell_is_text_of_the_cell():
    box = f"<w:pict><v:textbox><w:txbxContent><w:p>{runs('hộp')}</w:p></w:txbxContent></v:textbox>"
    cell = f"<w:tc><w:p>{runs('ô')}<w:r>{box}</w:pict></w:r></w:p></w:tc>"
    assert one_text(DocxBuilder().raw(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == "ô hộp"


def test_formula_text_is_kept():
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    builder = (
        DocxBuilder()
        .paragraph("Tỷ lệ ")
        .run(f"<m:oMath {math}><m:r><m:t>a=b</m:t></m:r></m:oMath>")
    )
    assert one_text(builder) == "Tỷ lệ a=b"


# --- as a whole --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "suffix", "accepted"),
    [
        (b"PK\x03\x04....[Content_Types].xml", ".docx", True),
        (b"PK\x03\x04....", ".DOCM", True),
        (b"PK\x03\x04....\0word/document.xml\0", ".doc", True),
        (b"PK\x03\x04....xl/workbook.xml", ".xlsx", False),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc", False),
        (b"B\xc3\xa1o c\xc3\xa1o", ".docx", False),
    ],
)
def test_reader_accepts_by_content_and_suffix(head, suffix, accepted):
    assert DocxReader().accepts(head, suffix) is accepted


def sample() -> DocxBuilder:
    builder = DocxBuilder().heading("I. KẾT QUẢ").paragraph(f"{SENTENCE}[[Báo cáo số 12-BC/TU]]")
    builder.paragraph("Thu ngân sách[[Nguồn: <Sở>]] đạt 9,2%[[e:Phụ lục]], tăng[[ba]].")
    builder.table([["Chỉ tiêu", "2023[[ước]]"], ["Hộ nghèo", "0,92%"]], header_rows=1)
    return builder.paragraph("Đảng viên").inserted(" mới[[sáu]]").deleted(" cũ").paragraph("Hết.")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_notes_stand_where_mammoth_sees_them_and_say_the_same():
    html = mammoth.convert_to_html(io.BytesIO(sample().to_bytes())).value
    body, _, bodies = html.partition('<ol><li id="footnote-1">')
    body = re.sub(r'<sup><a href="#(.)[a-z]+-(\d+)"[^>]*>\[\d+\]</a></sup>', r"⟦\1\2⟧", body)
    plain = squeezed(re.sub(r"<[^>]+>", "", body)).replace("&lt;", "<").replace("&gt;", ">")
    document = read(sample())
    assert squeezed("".join(texts(document))).replace("|", "") == plain
    assert plain.count("⟦") == 6
    expected = re.sub(r"<a [^>]+>↑</a>|<p>|</p>|</ol>", "", bodies).split("</li>")[:-1]
    expected = [re.sub(r"<li [^>]+>", "", each).strip() for each in expected]
    unescaped = [each.replace("&lt;", "<").replace("&gt;", ">") for each in expected]
    assert [note.text for note in document.notes] == unescaped


LETTERS = st.text(st.sampled_from("aăâeêioôơuưyđ \u0301\u0323\u00a0\u200bB.,%9\t"), max_size=12)
PIECES = st.lists(st.tuples(LETTERS, st.sampled_from(["", "f", "e"])), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, min_size=1, max_size=4))
def test_any_sentence_and_its_marks_come_back_exactly(paragraphs):
    builder = DocxBuilder().paragraph("đầu")
    expected, notes = [], {"f": 0, "e": 0}
    for pieces in paragraphs:
        written = shown = "x"
        for text, kind in pieces:
            # What precedes the mark ends in a letter, so a tone mark can only follow a letter.
            written, shown = written + text + "o", shown + text + "o"
            if kind:
                notes[kind] += 1
                written += "[[e:c]]" if kind == "e" else "[[c]]"
                shown += f"⟦{kind}{notes[kind]}⟧"
            written, shown = written + "z", shown + "z"
        builder.paragraph(written)
        spaced = shown.replace("\u00a0", " ").replace("\u200b", "")
        expected.append(unicodedata.normalize("NFC", spaced))
    document = read(builder)
    assert texts(document)[1:] == expected
    assert all(marked(note) == "c" for note in document.notes)
    assert len(document.notes) == sum(notes.values())
