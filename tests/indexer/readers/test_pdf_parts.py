"""The steps from words to paragraphs, each on words placed by hand."""

from __future__ import annotations

from dataclasses import replace

from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.pdf_document import assemble
from indexer.readers.pdf_glyphs import Glyphs, Look
from indexer.readers.pdf_heads import drop_heads
from indexer.readers.pdf_lines import build_lines
from indexer.readers.pdf_quality import decode, is_broken
from indexer.readers.pdf_words import PageWords, Word
from tests.factories.docx_reading import texts
from tests.indexer.readers.pdf_files import row_of_words


def page(words: list[Word], number: int = 1) -> PageWords:
    return PageWords(number, 595, 842, tuple(words))


def test_letters_of_two_fonts_without_a_gap_are_one_word():
    words = [Word("nh", 60, 72, 100, 12), Word("ữ", 72, 78, 100, 12), Word("ng", 78, 90, 100, 12)]
    assert build_lines([*words, Word("ấp", 94, 106, 100, 12)])[0].text == "những ấp"


def test_a_wide_gap_parts_lines_of_one_row():
    lines = build_lines([*row_of_words("TỈNH ỦY", 100), *row_of_words("ĐẢNG", 101, left=300)])
    assert [(line.text, line.row) for line in lines] == [("TỈNH ỦY", 100), ("ĐẢNG", 100)]


def test_lines_side_by_side_are_joined_by_a_tab():
    words = [*row_of_words("TỈNH ỦY", 100), *row_of_words("ĐẢNG CỘNG SẢN", 100, left=300)]
    assert texts(assemble([page(words)], {})) == ["TỈNH ỦY\tĐẢNG CỘNG SẢN"]


def test_turned_text_is_kept():
    glyphs = Glyphs()
    glyphs.look(Look(100, 12, bold=False, font="", level=False, hidden=False))
    for at, letter in enumerate("DỰ THẢO"):
        glyphs.add(ord(letter), at, at + 1)
    drawn = replace(page(row_of_words("Một câu.", 100)), turned=glyphs.turned())
    assert texts(assemble([drawn], {})) == ["Một câu.", "DỰ THẢO"]


def test_lines_that_only_look_alike_are_no_running_heads():
    pages = [build_lines(row_of_words(f"Năm 20{at}0 đạt {at} tấn.", 800), at) for at in range(1, 7)]
    assert drop_heads(pages, [842] * 6) == pages
    heads = [build_lines(row_of_words(f"Báo cáo huyện, trang {at}", 800), at) for at in range(1, 7)]
    assert drop_heads(heads, [842] * 6) == [[]] * 6


def test_words_in_single_letters_are_broken_and_whole_ones_are_not():
    text = "nhân dân các ấp ven sông cùng nhau giữ bờ bao suốt mùa nước nổi " * 5
    whole = [word for at in range(4) for word in row_of_words(text, 100 + 20 * at, size=2)]
    assert not is_broken([page(whole)])
    letters = [word for at in range(4) for word in row_of_words(" ".join(text), 99 + 9 * at)]
    assert is_broken([page(letters)])
    assert not is_broken([])


def test_words_of_an_old_font_are_decoded_by_its_name():
    signs = "C«ng t¸c thñy lîi cña x· ®­îc quan t©m"
    words = [replace(word, font="ABCDEF+.VnTime") for word in row_of_words(signs, 100)]
    decoder = RunDecoder()
    decoded = decode([page(words)], decoder)
    assert texts(assemble(decoded, {})) == ["Công tác thủy lợi của xã được quan tâm"]
    plain = [page(row_of_words("Công tác thủy lợi", 100))]
    assert decode(plain, RunDecoder()) == plain
