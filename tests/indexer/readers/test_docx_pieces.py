"""Raised and hidden text, form fields and formulas of Word paragraphs."""

from __future__ import annotations

import pytest

from indexer.text.legacy import Encoding
from tests.factories.docx import DocxBuilder
from tests.factories.docx_parts import WORD
from tests.factories.docx_reading import read, texts
from tests.factories.legacy import encode

RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text: str, properties: str = "") -> str:
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{text}</w:t></w:r>'


def shown(runs: str, *styles: str) -> str:
    builder = DocxBuilder().paragraph("").run(runs)
    for style in styles:
        builder.style(style)
    (text,) = texts(read(builder))
    return text


def test_raised_and_lowered_digits_are_not_glued_to_numbers():
    runs = run("Năm 2020") + run("1", RAISED) + run(" đạt 10") + run("6", RAISED)
    assert shown(runs + run(" m") + run("2", RAISED)) == "Năm 2020¹ đạt 10⁶ m²"
    assert shown(run("CO") + run("2", LOWERED)) == "CO₂"
    assert shown(run("Bùi") + run(" (đã mất)", RAISED)) == "Bùi (đã mất)"
    assert shown(run("Bùi") + run("(*)", RAISED) + run(" Ao") + run("+", RAISED)) == "Bùi(*) Ao⁺"


def test_a_character_style_raises_too():
    style = f'<w:style w:type="character" w:styleId="Up"><w:rPr>{RAISED}</w:rPr></w:style>'
    assert shown(run("5 m") + run("2", '<w:rStyle w:val="Up"/>'), style) == "5 m²"


def test_raised_digits_of_an_old_font_are_no_letters_of_it():
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    old = encode("Diện tích rừng trồng mới 50 km", Encoding.TCVN3)
    assert shown(run(old, font) + run("2", font + RAISED)) == "Diện tích rừng trồng mới 50 km²"


def test_hidden_text_is_not_printed():
    assert shown(run("Hiện") + run(" ẩn", "<w:vanish/>") + run(" tiếp")) == "Hiện tiếp"
    style = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden, again = '<w:rStyle w:val="Gone"/>', '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>'
    assert shown(run("a") + run("b", hidden) + run("c", again), style) == "ac"


def form_field(data: str, kind: str) -> str:
    def end(name: str, inside: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{name}">{inside}</w:fldChar></w:r>'

    said = f"<w:r><w:instrText>{kind}</w:instrText></w:r>"
    return end("begin", f"<w:ffData>{data}</w:ffData>") + said + end("end")


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ('<w:result w:val="1"/>', "Mức: Thấp."),
        ("", "Mức: Cao."),
        ('<w:result w:val="9"/>', "Mức: ."),
    ],
)
def test_a_list_to_choose_from_shows_what_is_chosen(chosen, text):
    entries = '<w:listEntry w:val="Cao"/><w:listEntry w:val="Thấp"/>'
    field = form_field(f"<w:ddList>{chosen}{entries}</w:ddList>", "FORMDROPDOWN")
    assert shown(run("Mức: ") + field + run(".")) == text


def test_a_box_to_tick_shows_whether_it_is():
    ticked = form_field("<w:checkBox><w:checked/></w:checkBox>", "FORMCHECKBOX")
    empty = form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX")
    assert shown(ticked + run(" Có ") + empty + run(" Không")) == "☒ Có ☐ Không"


def test_powers_and_fractions_of_formulas_are_told_apart():
    def math(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    power = f"<m:sSup><m:e>{math('x')}</m:e><m:sup>{math('2')}</m:sup></m:sSup>"
    part = f"<m:f><m:num>{math('a+b')}</m:num><m:den>{math('4')}</m:den></m:f>"
    assert shown(f"<m:oMath {MATH}>{power}{math('=')}{part}</m:oMath>") == "x²=(a+b)/4"


def test_of_alternatives_the_one_that_shows_anything_is_read():
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f'<w:txbxContent xmlns:w="{WORD}"><w:p>{run("Hộp")}</w:p></w:txbxContent>'
    newer = '<mc:Choice Requires="wps99"><w:drawing/></mc:Choice>'
    old = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    runs = f"<w:r><mc:AlternateContent {compatible}>{newer}{old}</mc:AlternateContent></w:r>"
    assert shown(runs) == "Hộp"
