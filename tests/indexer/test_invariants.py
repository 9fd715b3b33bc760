"""What holds of every report, real, sample or made up at random."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.manifest import read_manifest
from indexer.models import BlockKind, Document, PassageKind, RawBlock, RawCell, RawDocument
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.conftest import SAMPLES
from tests.soundness import assert_sound

SENTENCES = (
    "Sản lượng tôm sú năm qua tăng 12,5% so với cùng kỳ",
    "Đường liên xã Gò Me được mở rộng, bà con đi lại thuận tiện hơn trước",
    "Trạm y tế xã Bàu Cát có thêm hai bác sĩ",
    "30.000 lượt khách đã đến khu du lịch Hòn Mây",
    "Đảng bộ có 1.204 đảng viên (gồm cả dự bị)",
)
HEADINGS = (
    "Phần thứ nhất",
    "PHẦN II: MỤC TIÊU",
    "Chương I. Quy định chung",
    "Mục 2",
    "A- KINH TẾ",
    "I- KẾT QUẢ ĐẠT ĐƯỢC",
    "II. HẠN CHẾ",
    "1. Nông nghiệp",
    "2. Công nghiệp",
    "2.1. Chế biến gỗ",
    "2.2. Dệt chiếu",
    "(1) Về tổ chức",
    "a) Trồng trọt",
    "PHỤ LỤC",
    "PHỤ LỤC 2",
    "CÁC CHỈ TIÊU CHỦ YẾU",
    "TẦM NHÌN CỦA THỊ XÃ",
    "BÁO CÁO CHÍNH TRỊ",
    "trình Đại hội Đảng bộ thị xã Gò Me lần thứ II, nhiệm kỳ 2015 - 2020",
    "Nơi nhận: Lưu văn phòng",
    "T/M BAN CHẤP HÀNH",
    "-----",
)
NOTES = (
    "[footnoteRef:{}]",
    "([footnoteRef:{}])",
    "([footnoteRef:{0}], [footnoteRef:9])",
    "[{}:  Đạt 5%]",
    "[footnoteRef:{0}] [{0}: Gồm ba xã]",
    "[{}: chưa đóng",
    "[{0}: Theo [footnoteRef:2] và [x] ]",
)
ITEMS = ("- ", "+ ", "* ", "- Thủy sản: ", "+ Chăn nuôi: ", "• ", "1) ", "b. ")


def built(text: str) -> Document:
    return build_document(read_text(text), "a.txt", "ab" * 32)


@st.composite
def plain_lines(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["heading", "paragraph", "paragraph", "item", "table", "blank"]))
    if kind == "heading":
        return draw(st.sampled_from(HEADINGS))
    if kind == "blank":
        return ""
    if kind == "table":
        rows = draw(
            st.lists(
                st.lists(
                    st.sampled_from(["TT", "1", "8,5", "%", "Tôm", ""]), min_size=2, max_size=4
                ),
                min_size=1,
                max_size=4,
            )
        )
        return "\n".join("\t".join(row) for row in rows)
    text = ". ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)))
    end = draw(st.sampled_from([".", ".", ";", ":", ""]))
    return (draw(st.sampled_from(ITEMS)) if kind == "item" else "") + text + end


@st.composite
def reports_with_marked_notes(draw: st.DrawFn) -> str:
    lines = draw(st.lists(plain_lines(), min_size=1, max_size=12))
    notes = st.tuples(st.integers(0, 99), st.integers(0, 999), st.sampled_from(NOTES))
    # From the end, so that no note is put into another.
    for line, cut, note in sorted(
        draw(st.lists(notes, max_size=5, unique_by=lambda n: n[:2])), reverse=True
    ):
        at, label = line % len(lines), draw(st.sampled_from("123456"))
        cut = min(cut % (len(lines[at]) + 1), lines[at].find("[") % (len(lines[at]) + 1))
        lines[at] = lines[at][:cut] + note.format(label) + lines[at][cut:]
    return "\n".join(lines)


@st.composite
def reports_with_lost_marks(draw: st.DrawFn) -> str:
    lines = draw(st.lists(plain_lines(), min_size=1, max_size=12))
    for _ in range(draw(st.integers(0, 5))):
        lines.append(draw(st.sampled_from(SENTENCES)))
        lines.append(
            draw(st.sampled_from([", còn lại tốt.", ". Nhìn chung ổn định.", " và các xã khác."]))
        )
    bodies = draw(st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=6))
    lines += [f"\ufffd {body}" for body in bodies]
    lines += draw(st.sampled_from([[], ["PAGE \\* MERGEFORMAT 12"], ["7"], ["", "Hết"]]))
    return "\n".join(lines)


@st.composite
def raw_reports(draw: st.DrawFn) -> RawDocument:
    """Reports as a Word reader gives them: levels, bold, centred, tables of merged cells."""
    blocks = []
    for line in draw(st.lists(plain_lines(), min_size=1, max_size=12)):
        if "\t" in line:
            number = len(blocks) + 1
            for row in line.split("\n"):
                cells = tuple(
                    RawCell(cell, draw(st.integers(1, 2)), draw(st.booleans()))
                    for cell in row.split("\t")
                )
                header = draw(st.booleans())
                blocks.append(
                    RawBlock(BlockKind.TABLE_ROW, "", table=number, cells=cells, header=header)
                )
        elif line:
            level = draw(st.sampled_from([None, None, 0, 1, 2]))
            kind = BlockKind.PARAGRAPH if level is None else BlockKind.HEADING
            blocks.append(RawBlock(kind, line, level, draw(st.booleans()), draw(st.booleans())))
    return RawDocument(tuple(blocks))


@settings(max_examples=300, deadline=None)
@given(reports_with_marked_notes())
def test_a_report_with_notes_in_the_text_is_sound(text):
    document = built(text)
    assert_sound(document)
    assert "footnoteRef" not in document.text


@settings(max_examples=200, deadline=None)
@given(reports_with_lost_marks())
def test_a_report_with_lost_marks_is_sound(text):
    assert_sound(built(text))


@settings(max_examples=200, deadline=None)
@given(raw_reports())
def test_a_report_with_styles_is_sound(raw):
    assert_sound(build_document(raw, "a.docx", "cd" * 32))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1I.-+*()[]:;,\n\t \ufffdĐ–…", max_size=200))
def test_any_text_is_sound(text):
    assert_sound(built(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(plain_lines(), min_size=1, max_size=12))
def test_no_letter_of_a_report_is_lost_or_doubled(lines):
    text = "\n".join(lines)
    letters = [character for character in text if character.isalnum()]
    assert [character for character in built(text).text if character.isalnum()] == letters


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_report_is_sound_and_has_all_its_notes(name, sample_documents, repository):
    document = sample_documents[name]
    assert_sound(document)
    wanted = int(read_manifest(repository / "corpus")[name]["footnotes"])
    ways = Counter(footnote.how.value for footnote in document.footnotes)
    nested = 2 if name == "vam-say-2020-2025.txt" else 0
    lost = name == "vam-say-2020-2025.txt"
    assert ways["aligned" if lost else "marked"] == wanted
    assert (ways["nested"], ways["unresolved"]) == (nested, 0)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_report_says_of_itself_what_its_manifest_says(name, sample_documents, repository):
    said, known = sample_documents[name].metadata, read_manifest(repository / "corpus")[name]
    for key in ("place", "province", "term", "congress", "issuer", "signer", "date"):
        assert getattr(said, key) == known[key], key
    assert said.title.casefold() == known["title"].casefold()


@pytest.mark.seed
@pytest.mark.parametrize("name", ["000", "002"])
def test_a_real_report_is_sound(name, seed_documents):
    assert_sound(seed_documents[name])


@pytest.mark.seed
def test_the_real_reports_have_all_their_notes(seed_documents):
    ways = {
        name: Counter(f.how.value for f in document.footnotes)
        for name, document in seed_documents.items()
    }
    assert ways == {"000": {"marked": 50}, "002": {"aligned": 49, "nested": 4}}


@pytest.mark.seed
def test_no_mark_or_note_stays_in_a_sentence_of_the_real_reports(seed_documents):
    for document in seed_documents.values():
        body = [p for p in document.passages if p.kind is not PassageKind.FOOTNOTE]
        text = "\n".join(passage.span.of(document.text) for passage in body)
        for sign in ("footnoteRef", "[", "]", "\ufffd", "()", "( )"):
            assert sign not in text
