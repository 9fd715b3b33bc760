"""The steps from words to paragraphs, each on words placed by hand."""

from __future__ import annotations

from dataclasses import replace

from indexer.models import NoteKind
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.pdf_document import assemble
from indexer.readers.pdf_glyphs import Glyphs, Look
from indexer.readers.pdf_heads import drop_heads
from indexer.readers.pdf_lines import build_lines
from indexer.readers.pdf_quality import decode, is_broken
from indexer.readers.pdf_words import PageWords, Rule, Word
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


def test_hyphens_of_an_old_font_are_letters_only_where_that_makes_syllables():
    signs = "Đầu t- n-íc s¹ch n¨m 2004-2005 ë x· A-B - kÕ ho¹ch Kinh tÕ-x· héi"
    words = [replace(word, font=".VnTime") for word in row_of_words(signs[4:], 100)]
    decoded = decode([page(words)], RunDecoder())
    wanted = "tư nước sạch năm 2004-2005 ở xã A-B - kế hoạch Kinh tế-xã hội"
    assert texts(assemble(decoded, {})) == [wanted]
    plain = [page([replace(word, font="Arial") for word in row_of_words("t- n-a", 100)])]
    assert decode(plain, RunDecoder()) == plain


def test_marked_words_that_are_no_syllables_are_broken():
    text = "tÕxÞ qu¶ðn lÓß ngåð n­þc s¹ðch båð " * 8
    odd = [word for at in range(4) for word in row_of_words(text, 100 + 20 * at, size=2)]
    assert is_broken([page(odd)])
    czech = "příliš žluťoučký kůň úpěl ďábelské ódy a to je vše co tam bylo na poli " * 5
    other = [word for at in range(4) for word in row_of_words(czech, 100 + 20 * at, size=2)]
    assert not is_broken([page(other)])


def test_heads_that_change_with_the_section_are_no_text():
    heads = ["Phần một", "Phần một", "Phần hai", "Phần hai", "Phần ba", "Phần ba", "Kết luận"]
    body = "Nhân dân các ấp ven sông cùng nhau giữ bờ bao."
    pages = [
        build_lines([*row_of_words(head, 50), *row_of_words(f"{body} {head}", 110)], at)
        for at, head in enumerate(heads, start=1)
    ]
    kept = drop_heads(pages, [842] * len(pages))
    assert [[line.text for line in lines] for lines in kept] == [[f"{body} {h}"] for h in heads]


def test_titles_that_stand_at_one_place_but_once_are_text():
    pages = [
        build_lines([*row_of_words(f"Việc {word}", 50), *row_of_words("Nội dung.", 110)], at)
        for at, word in enumerate(["cầu", "đường", "trường", "trạm", "chợ"], start=1)
    ]
    assert drop_heads(pages, [842] * len(pages)) == pages


def test_a_note_of_full_size_goes_on_under_a_long_rule():
    first = [
        *row_of_words("Đã làm xong", 100),
        Word("1", 137, 142, 95, 7),
        Word("1", 60, 64, 695, 7),
        *row_of_words("Gồm các ấp ven sông", 700, left=68),
    ]
    second = [*row_of_words("Việc khác cũng đã xong.", 100), *row_of_words("và ven rạch.", 700)]
    pages = [
        replace(page(first), rules=(Rule(60, 680, 200, 680),)),
        replace(page(second, 2), rules=(Rule(60, 680, 200, 680),)),
    ]
    raw = assemble(pages, {})
    assert [note.text for note in raw.notes] == ["Gồm các ấp ven sông và ven rạch."]
    long = replace(pages[1], rules=(Rule(60, 680, 535, 680),))
    assert assemble([pages[0], long], {}).notes == raw.notes


def test_text_does_not_run_on_over_a_page_that_is_missing():
    pages = [page(row_of_words("nhân dân cùng", 100)), page([], 2)]
    pages.append(page(row_of_words("nhau giữ bờ", 100), 3))
    assert texts(assemble(pages, {})) == ["nhân dân cùng", "nhau giữ bờ"]


def test_notes_at_the_end_of_the_file_are_endnotes():
    words = [*row_of_words("Đạt 5 tấn", 100), Word("i", 110, 113, 95, 7)]
    words += [*row_of_words("Đạt 6 tấn", 130), Word("ii", 110, 114, 125, 7)]
    for label, up in (("i", 300), ("ii", 320)):
        words += [Word(label, 60, 63, up - 5, 7), *row_of_words("Theo sổ sách", up, left=68)]
    raw = assemble([page(words)], {})
    assert [(note.label, note.kind) for note in raw.notes] == [
        ("i", NoteKind.ENDNOTE),
        ("ii", NoteKind.ENDNOTE),
    ]
    assert [[mark.key for mark in block.marks] for block in raw.blocks] == [["i"], ["ii"]]


def test_short_lines_that_end_alike_make_no_margin():
    rows = [row_of_words(f"Ấp {name} đạt chuẩn.", 100 + 20 * at) for at, name in enumerate("ABCD")]
    assert len(texts(assemble([page(sum(rows, []))], {}))) == 4


def test_a_right_aligned_name_is_no_beginning_of_a_paragraph():
    words = [*row_of_words("Vi Thắm", 100, left=490), *row_of_words("PHỤ LỤC", 116)]
    words += [word for at in range(4) for word in row_of_words("ấ" * 79, 132 + 16 * at)]
    assert texts(assemble([page(words)], {}))[:2] == [
        "Vi Thắm",
        "PHỤ LỤC " + " ".join(["ấ" * 79] * 4),
    ]


def test_numbered_paragraphs_under_the_line_of_a_letterhead_are_no_notes():
    rows = ["TỈNH ỦY", "1. Tên khối tài liệu giao nộp.", "2. Số lượng tài liệu."]
    words = [word for at, row in enumerate(rows) for word in row_of_words(row, 100 + 40 * at)]
    raw = assemble([replace(page(words), rules=(Rule(60, 110, 180, 110),))], {})
    assert texts(raw) == rows and not raw.notes
