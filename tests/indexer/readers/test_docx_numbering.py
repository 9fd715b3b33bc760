"""Automatic list numbers are printed as Word prints them."""

from __future__ import annotations

import pytest

from indexer.models import BlockKind
from indexer.readers.docx_numbering import format_number
from tests.factories.docx import DocxBuilder
from tests.factories.docx_reading import read, texts

LEVELS = [("decimal", "%1."), ("lowerLetter", "%1.%2."), ("lowerLetter", "%3)")]


def listed(builder: DocxBuilder, *items: tuple[int, int]) -> list[str]:
    """Return the printed numbers of paragraphs "x" of these (list, level)."""
    for item in items:
        builder.paragraph("x", numbering=item)
    return [text.removesuffix("x").strip() for text in texts(read(builder))]


def test_numbers_stand_in_front_of_the_text_and_marks_move_along():
    builder = DocxBuilder().numbering(1, LEVELS).paragraph("Một", numbering=(1, 0))
    builder.paragraph("Hai[[Nguồn]]", numbering=(1, 1)).paragraph("[[a]]Ba", numbering=(1, 2))
    document = read(builder)
    assert texts(document) == ["1. Một", "1.a. Hai⟦f1⟧", "a) ⟦f2⟧Ba"]
    assert {block.kind for block in document.blocks} == {BlockKind.LIST_ITEM}


def test_deeper_levels_start_again_after_a_higher_one():
    items = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (1, 1), (1, 2)]
    assert listed(DocxBuilder().numbering(1, LEVELS), *items) == [
        *("1.", "1.a.", "1.b.", "2.", "2.a.", "a)", "2.b.", "a)"),
    ]


def defined(*levels: str, number: str = "", more: str = "") -> DocxBuilder:
    """Return a builder with list 1 of these raw levels."""
    content = "".join(f'<w:lvl w:ilvl="{at}">{level}</w:lvl>' for at, level in enumerate(levels))
    xml = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{content}</w:abstractNum>{more}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{number}</w:num></w:numbering>'
    )
    return DocxBuilder().part("word/numbering.xml", xml.encode())


FIRST = '<w:lvlText w:val="%1."/>'
ROMAN = f'<w:numFmt w:val="upperRoman"/>{FIRST}'


def test_level_that_never_restarts_counts_on():
    builder = defined(FIRST, '<w:lvlRestart w:val="0"/><w:lvlText w:val="%1.%2."/>')
    assert listed(builder, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1.", "1.1.", "2.", "2.2."]


def test_level_that_restarts_only_after_the_first_counts_on_after_the_second():
    builder = defined(FIRST, FIRST, '<w:lvlRestart w:val="1"/><w:lvlText w:val="%3)"/>')
    items = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert listed(builder, *items)[2::2] == ["1)", "2)", "1)"]


def test_first_number_may_be_another_than_one():
    builder = defined(f'<w:start w:val="0"/>{FIRST}')
    assert listed(builder, (1, 0), (1, 0)) == ["0.", "1."]


def test_item_below_a_level_that_has_none_shows_its_first_number():
    assert listed(DocxBuilder().numbering(1, LEVELS), (1, 1), (1, 0)) == ["1.a.", "1."]


def test_legal_numbering_writes_all_levels_in_digits():
    builder = defined(ROMAN, '<w:isLgl/><w:lvlText w:val="%1.%2."/>')
    assert listed(builder, (1, 0), (1, 1)) == ["I.", "1.1."]


def test_list_may_override_the_pattern_of_a_level():
    level = '<w:lvl w:ilvl="0"><w:lvlText w:val="Điều %1:"/></w:lvl>'
    builder = defined(FIRST, number=f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride>')
    assert listed(builder, (1, 0)) == ["Điều 1:"]


def test_level_is_found_by_the_style_that_it_is_linked_to():
    builder = defined(ROMAN, '<w:pStyle w:val="Muc"/><w:lvlText w:val="%1.%2."/>')
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    builder.style(f'<w:style w:type="paragraph" w:styleId="Muc">{number}</w:style>')
    builder.paragraph("a", style="Muc").paragraph("b", style="Muc")
    assert texts(read(builder)) == ["I.1. a", "I.2. b"]


def test_levels_are_found_through_a_list_style():
    linked = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
    linked += '<w:num w:numId="2"><w:abstractNumId w:val="9"/></w:num>'
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    builder = defined(FIRST, more=linked)
    builder.style(f'<w:style w:type="numbering" w:styleId="L">{number}</w:style>')
    assert listed(builder, (2, 0)) == ["1."]


def test_bullets_are_dashes():
    assert listed(DocxBuilder().numbering(1, [("bullet", "\uf0b7")]), (1, 0)) == ["-"]


def test_lists_of_one_family_count_on_and_an_override_starts_anew():
    builder = DocxBuilder().numbering(1, LEVELS).numbering_like(2, 1).numbering_like(3, 1, {0: 5})
    items = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    assert listed(builder, *items) == ["1.", "2.", "5.", "6.", "7."]


def test_other_lists_have_their_own_count():
    builder = DocxBuilder().numbering(1, LEVELS).numbering(2, LEVELS)
    assert listed(builder, (1, 0), (2, 0), (1, 0)) == ["1.", "1.", "2."]


def test_numbering_comes_through_the_style_and_zero_takes_it_away():
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/>{}</w:style>'
    builder = DocxBuilder().numbering(1, LEVELS)
    builder.style(style.format("Base", "Heading1", f"<w:pPr>{number.format(0)}</w:pPr>"))
    inner = '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
    builder.style(style.format("Inner", "Base", inner))
    builder.paragraph("A", style="Base").paragraph("B", style="Inner")
    document = read(builder.paragraph("C", style="Base", numbering=(0, 0)))
    assert texts(document) == ["1. A", "1.a. B", "C"]
    assert {block.kind for block in document.blocks} == {BlockKind.HEADING}


def test_list_that_the_file_does_not_define_prints_nothing():
    block = read(DocxBuilder().paragraph("x", numbering=(7, 0))).blocks[0]
    assert (block.kind, block.text) == (BlockKind.PARAGRAPH, "x")


def test_empty_item_counts_but_does_not_come():
    builder = DocxBuilder().numbering(1, LEVELS).paragraph("", numbering=(1, 0))
    assert texts(read(builder.paragraph("x", numbering=(1, 0)))) == ["2. x"]


def test_pattern_with_a_placeholder_character_is_harmless():
    assert listed(DocxBuilder().numbering(1, [("decimal", "\ue000%1.")]), (1, 0)) == ["1."]


@pytest.mark.parametrize(
    ("count", "kind", "written"),
    [
        (14, "upperRoman", "XIV"),
        (1999, "lowerRoman", "mcmxcix"),
        (4000, "lowerRoman", "4000"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "aa"),
        (0, "lowerLetter", "0"),
        (5, "decimalZero", "05"),
        (5, "none", ""),
        (-3, "upperRoman", "-3"),
    ],
)
def test_number_formats(count, kind, written):
    assert format_number(count, kind) == written


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("chicago", ["*", "†", "‡", "§", "**"]),
        ("ordinalText", ["Thứ nhất", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm"]),
        ("cardinalText", ["Một", "Hai", "Ba", "Bốn", "Năm"]),
        ("vietnameseCounting", ["một", "hai", "ba", "bốn", "năm"]),
        ("decimalEnclosedCircle", ["①", "②", "③", "④", "⑤"]),
        ("numberInDash", ["- 1 -", "- 2 -", "- 3 -", "- 4 -", "- 5 -"]),
    ],
)
def test_numbers_may_be_signs_and_words(kind, written):
    assert [format_number(count, kind) for count in range(1, 6)] == written


def test_numbers_in_words_go_on_to_a_hundred():
    said = [format_number(count, "vietnameseCounting") for count in (10, 11, 15, 21, 34, 55, 100)]
    assert said == ["mười", "mười một", "mười lăm", "hai mươi mốt", "ba mươi bốn"] + [
        "năm mươi lăm",
        "100",
    ]
    assert format_number(99, "decimalEnclosedCircle") == "99"
