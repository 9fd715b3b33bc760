"""Old encodings are decoded by the font in effect, and text typed in Unicode is never touched."""

from __future__ import annotations

import pytest

from tests.factories.docx import DocxBuilder
from tests.factories.docx_parts import WORD
from tests.factories.docx_reading import marked, read, texts

# "tỷ lệ hộ nghèo giảm mạnh so với năm trước" as TCVN3 and as VNI write it.
TCVN3 = "tû lÖ hé nghÌo gi¶m m¹nh so víi n¨m tr\u00adíc"
VNI = "tyû leä hoä ngheøo giaûm maïnh so vôùi naêm tröôùc"
UNICODE = "tỷ lệ hộ nghèo giảm mạnh so với năm trước"
ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
    '<a:fontScheme><a:majorFont><a:latin typeface="Arial"/></a:majorFont><a:minorFont>'
    '<a:latin typeface="{font}"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    own = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{own}{''.join(runs)}</w:p>"


def style(key: str, properties: str, kind: str = "paragraph", based: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{base}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def with_defaults(builder: DocxBuilder, properties: str) -> DocxBuilder:
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{properties}</w:rPr></w:rPrDefault>"
    styles = f'<w:styles xmlns:w="{WORD}">{defaults}</w:docDefaults></w:styles>'
    return builder.part("word/styles.xml", styles.encode())


def test_a_run_is_decoded_by_the_font_it_names():
    builder = DocxBuilder().paragraph(f"Năm nay {{{{.VnTime|{TCVN3}}}}}, {{{{VNI-Times|{VNI}}}}}.")
    document = read(builder)
    assert texts(document) == [f"Năm nay {UNICODE}, {UNICODE}."]
    assert {each.encoding for each in document.conversions} == {"TCVN3", "VNI"}


def test_the_font_comes_through_character_and_paragraph_styles_and_the_file():
    old = fonts(".VnTime")
    builder = DocxBuilder().style(style("Chu", old, "character")).style(style("Goc", old))
    builder.style(style("Con", "", based="Goc")).style(style("Moi", ARIAL, based="Goc"))
    builder.raw(paragraph(run(TCVN3, '<w:rStyle w:val="Chu"/>')))
    builder.raw(paragraph(run(TCVN3), style="Con"))
    builder.raw(paragraph(run("Đảng bộ"), style="Moi"))
    assert texts(read(builder)) == [UNICODE, UNICODE, "Đảng bộ"]
    assert texts(read(with_defaults(DocxBuilder().paragraph(TCVN3), old))) == [UNICODE]


def test_the_nearest_font_wins_even_where_it_is_a_role_of_the_theme():
    builder = DocxBuilder().style(style("Cu", fonts(".VnTime")))
    role = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    # In a font of Unicode these are what they are: French.
    builder.raw(paragraph(run("café à la crème, où êtes", role), style="Cu"))
    builder.part("word/theme/theme1.xml", THEME.format(font="Calibri").encode())
    assert texts(read(builder)) == ["café à la crème, où êtes"]


def test_a_theme_may_name_a_font_of_an_old_encoding():
    role = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    found = DocxBuilder().raw(paragraph(run(TCVN3, role)))
    found.part("word/theme.xml", THEME.format(font=".VnTime").encode())
    assert texts(read(found)) == [UNICODE]


@pytest.mark.parametrize(
    ("named", "switch"),
    [
        ('w:ascii="Arial" w:hAnsi=".VnTime"', ""),
        ('w:ascii="Arial" w:hAnsi="Arial" w:cs=".VnTime"', "<w:cs/>"),
        ('w:ascii="Arial" w:hAnsi="Arial" w:cs=".VnTime"', "<w:rtl/>"),
    ],
)
def test_the_font_is_that_of_the_letters_with_marks(named, switch):
    builder = DocxBuilder().raw(paragraph(run(TCVN3, f"<w:rFonts {named}/>{switch}")))
    assert texts(read(builder)) == [UNICODE]


def test_fonts_for_other_scripts_do_not_decode():
    named = 'w:ascii="Arial" w:hAnsi="Arial" w:eastAsia=".VnTime" w:cs=".VnTime"'
    builder = DocxBuilder().raw(paragraph(run("Độ ẩm 5 µm ± 1", f"<w:rFonts {named}/>")))
    assert texts(read(builder)) == ["Độ ẩm 5 µm ± 1"]


def test_capital_fonts_give_capitals():
    assert texts(read(DocxBuilder().paragraph(f"{{{{.VnTimeH|{TCVN3}}}}}"))) == [UNICODE.upper()]


def test_unicode_text_that_declares_an_old_font_stays_as_it_is():
    builder = DocxBuilder().style(style("Cu", fonts(".VnTime")))
    builder.paragraph("Tỷ lệ hộ nghèo giảm mạnh", style="Cu").paragraph("Giá trị bình quân")
    document = read(builder)
    assert texts(document) == ["Tỷ lệ hộ nghèo giảm mạnh", "Giá trị bình quân"]
    assert document.conversions == ()


def test_a_unicode_body_and_old_notes_both_come_out_right():
    builder = DocxBuilder().paragraph(f"Tỷ lệ hộ nghèo còn 2%[[{{{{.VnTime|{TCVN3}}}}}]].")
    document = read(builder)
    assert texts(document) == ["Tỷ lệ hộ nghèo còn 2%⟦f1⟧."]
    assert marked(document.notes[0]) == UNICODE


def test_the_soft_hyphen_is_a_letter_before_it_is_a_hyphen():
    hyphen = "<w:r><w:rPr>{0}</w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc s¹ch</w:t></w:r>"
    builder = DocxBuilder().raw(paragraph(hyphen.format(fonts(".VnTime"))))
    builder.raw(paragraph("<w:r><w:t>nước</w:t><w:softHyphen/><w:t> sạch</w:t></w:r>"))
    assert texts(read(builder)) == ["nước sạch", "nước sạch"]


def test_a_letter_spread_over_runs_is_one_letter():
    old = fonts("VNI-Times")
    builder = DocxBuilder().raw(paragraph(run("tyû le", old), run("ä hoä ngheøo", old)))
    assert texts(read(builder)) == ["tỷ lệ hộ nghèo"]


def test_old_letters_kept_as_symbols_or_in_the_private_area():
    place = "".join(chr(0xF000 + ord(letter)) for letter in "hé nghÌo")
    builder = DocxBuilder().raw(paragraph(run(place, fonts(".VnTime"))))
    builder.raw(paragraph('<w:r><w:t>n</w:t><w:sym w:font=".VnTime" w:char="F0AD"/></w:r>'))
    assert texts(read(builder)) == ["hộ nghèo", "nư"]


def test_symbols_written_as_text_are_shown():
    builder = DocxBuilder().raw(
        paragraph(run("\uf0b3 5", fonts("Symbol")), run("\uf0fc", fonts("Wingdings")))
    )
    assert texts(read(builder)) == ["≥ 5✓"]


def test_list_numbers_are_decoded_by_the_font_of_their_level():
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="§iÒu %1:"/><w:rPr>{fonts(".VnTime")}</w:rPr></w:lvl>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    builder = DocxBuilder().paragraph("Phạm vi áp dụng", numbering=(1, 0))
    builder.part("word/numbering.xml", numbering.encode())
    assert texts(read(builder)) == ["Điều 1: Phạm vi áp dụng"]


def test_a_letter_spread_over_runs_is_one_also_where_only_the_look_changes():
    parts = ["to", "å chöùc ña", "ûng bo", "ä"]
    looks = [fonts("VNI-Times"), fonts("VNI-Helve") + "<w:b/>", fonts("VNI-Times"), ""]
    looks[3] = fonts("VNI-Avo") + "<w:i/>"
    runs = [run(text, look) for text, look in zip(parts, looks, strict=True)]
    assert texts(read(DocxBuilder().raw(paragraph(*runs)))) == ["tổ chức đảng bộ"]


def test_a_font_that_draws_capitals_is_decoded_by_itself():
    runs = [run("§¶ng ", fonts(".VnTime")), run("bé", fonts(".VnTimeH"))]
    assert texts(read(DocxBuilder().raw(paragraph(*runs)))) == ["Đảng BỘ"]
