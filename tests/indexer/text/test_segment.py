"""Where sentences, words and syllables begin and end."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from unittest.mock import Mock, patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea import word_tokenize

from indexer.models import Span
from indexer.text import segment
from indexer.text.normalise import fold_characters
from indexer.text.segment import (
    segment_words,
    segmenter_version,
    split_sentences,
    split_syllables,
)
from indexer.text.word_files import StockSegmenter
from tests.conftest import shared_lines

PIECES = re.split(
    r"\|",
    "Tỷ lệ|hộ nghèo|Ủy ban|nhân dân|thị xã|TX. |TP.|v.v.|đ/c.|ĐT.841|22-NQ/TW|QĐ-UBND|2384CV|1.998|"
    "3.8 tỷ|2,5%|05/11/2019|19/28| |  |\n|\n\n|\t|. |.|...|…|! |?|; |, |(|)|“|”|«|»|\"|'|[|]|- |– |"
    "A|a.|I.|1.|m²|½|🙂|👨‍👩‍👧|\ufffd|\u00a0|\u200b|\u0301|ﬁ|漢字|Привет|http://|a.vn/|!!!!!!|_|H'Mông|Đ",
)


@st.composite
def report_texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25))
    return fold_characters(draw(st.sampled_from(["", " "])).join(pieces))


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


def words(text: str) -> list[str]:
    return [span.of(text) for span in segment_words(text)]


def assert_ordered(spans: tuple[Span, ...], text: str) -> None:
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        position = span.end


def assert_covered(spans: tuple[Span, ...], text: str) -> None:
    uncovered = list(text)
    for span in spans:
        uncovered[span.start : span.end] = [" "] * (span.end - span.start)
    assert not any(character.isalnum() for character in uncovered)


# --- sentences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách tăng.| Chi giảm.",
        "Có đạt không?| Đạt!| Rất tốt.",
        "Hoàn thành năm 2020.| 5 xã đạt chuẩn.",
        "Trồng lúa, mía…| Nuôi tôm…",
        "Trồng lúa, mía... và nuôi tôm.",
        "Trồng lúa, mía…, nuôi tôm.",
        "Giữ gìn vệ sinh….|Vận động nhân dân.",
        "Đường sá, cầu cống....| Tiếp tục đầu tư.",
        "Đường sá, cầu cống...|Tiếp tục đầu tư.",
        "Đường sá, cầu cống...tiếp tục đầu tư.",
        "Vệ sinh môi trường….|Duy trì nền nếp.",
        "Phát huy dân chủ.|Tăng cường kỷ luật.",
        "Đạt kết quả tốt.| “Dân vận khéo” lan rộng.",
        "Đạt kết quả tốt.| - Về văn hóa.",
        "Đạt kết quả tốt.| (Kèm phụ lục)",
        "Thu đạt kế hoạch; Chi đúng định mức; Nợ giảm.",
        "Dòng thứ nhất\n|Dòng thứ hai",
        "  Có khoảng trắng.  |\n\t| Ở hai đầu.  ",
        "Ông nói: “Làm ngay!”| Mọi người làm theo.",
        "Nghị quyết Đại hội (khóa XI)”.| Thị ủy triển khai.",
    ],
)
def test_a_sentence_ends_here(text):
    expected = [piece.strip() for piece in text.split("|") if piece.strip()]
    assert sentences(text.replace("|", "")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Đoàn đến TX. Hồng Ngự làm việc.",
        "Cảng ở TP. Cần Thơ và Tp. Vĩnh Long.",
        "Trụ sở tại Q. Ninh Kiều, P. Tân An.",
        "Xem Tr. 12 của phụ lục.",
        "Có 66 đ/c. Trong đó 20 nữ.",
        "Gồm chợ, bến xe, v.v. Các nơi khác chưa có.",
        "Ông Nguyễn Văn A. Phó Chủ tịch.",
        "Bà Lê T. H. Vân phát biểu.",
        "Ban hành theo T.Ư. Đảng.",
        "PGS.TS. Trần Văn B phát biểu.",
        "Thu 3.8 tỷ đồng, chi 1.998 triệu đồng.",
        "Mục I.5 nói về đường ĐT.841 dài 2.5 km.",
        "Siêu thị Co.op mart và Co.Op Food mở cửa.",
        "1. Về kinh tế",
        "2.1. Nguyên nhân của hạn chế",
        "II. Mục tiêu",
        "a. Chỉ tiêu",
        "Điều 5. Phạm vi áp dụng",
        "Các dự án (cầu A. Bến xe mới. Chợ) đã xong.",
        "Phong trào “Học tập tốt. Lao động tốt” lan rộng.",
        'Khẩu hiệu "Đoàn kết. Sáng tạo" được treo.',
        "Hỗ trợ 30 tr.đồng cho mỗi hộ.",
        "Thư gửi về ubnd.thixa@tinh.gov.vn hoặc tinh.gov.vn.",
    ],
)
def test_no_sentence_ends_inside(text):
    assert sentences(text) == [text]


def test_an_endless_parenthesis_does_not_hide_the_sentences():
    inside = "Xây dựng cầu đường nông thôn. " * 30
    assert len(sentences(f"Các công trình ({inside}) đã xong.")) > 25


def test_an_open_quote_without_end_hides_nothing():
    assert len(sentences("Phong trào “Dân vận khéo lan rộng. Nhiều hộ tham gia. Kết quả tốt.")) == 3


@settings(deadline=None)  # the model loads, and the machine is shared
@given(report_texts())
def test_sentences_hold_all_that_is_seen(text):
    spans = split_sentences(text)
    assert_ordered(spans, text)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(piece == piece.strip() and "\n" not in piece for piece in sentences(text))


# --- syllables ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.998 ha, 2,5%.", "1.998 ha 2,5"),
        ("ngày 05/11/2019, 19/28 xã", "ngày 05/11/2019 19/28 xã"),
        ("22-NQ/TW", "22 NQ TW"),
        ("1234/QĐ-UBND", "1234 QĐ UBND"),
        ("2384CV và ĐT.841", "2384 CV và ĐT 841"),
        ("2016-2020; 46.028/", "2016 2020 46.028"),
        ("H'Mông_Đắk", "H Mông Đắk"),
    ],
)
def test_syllables_of(text, expected):
    assert [span.of(text) for span in split_syllables(text)] == expected.split()


@settings(deadline=None)  # the model loads, and the machine is shared
@given(report_texts())
def test_syllables_cover_every_letter_and_digit(text):
    spans = split_syllables(text)
    assert_ordered(spans, text)
    assert_covered(spans, text)


# --- words -------------------------------------------------------------------------------------


def test_spelling_and_white_space_stay_as_written():
    text = "qui  định về  hoà   giải"
    assert words(text) == ["qui  định", "về", "hoà   giải"]


def test_words_that_cannot_be_aligned_become_syllables(monkeypatch):
    answer = ["Ủy ban", "nhân dan", "thị xã"]
    changing = Mock(words=lambda text: answer)
    monkeypatch.setattr(segment, "_segmenter", lambda: changing)
    assert words("Ủy ban nhân dân thị xã") == ["Ủy ban", "nhân", "dân", "thị xã"]


@pytest.mark.parametrize(
    "text",
    ["http://" + "!" * 60, "xem tinh.gov.vn/" + "." * 60 + " để biết", "a." * 20_000, "(" * 5_000],
)
def test_no_text_keeps_the_segmenter_busy(text):
    assert_covered(segment_words(text), text)


def test_no_word_crosses_a_link():
    assert words("thị http://tinh.gov.vn/ xã") == ["thị", "http", "tinh", "gov", "vn", "xã"]


def test_threads_get_the_same_words():
    texts = [f"Thị xã có {count} hộ nghèo ở {count} khóm" for count in range(50)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(segment_words, texts))
    assert together == [segment_words(text) for text in texts]


def test_a_sentence_without_end_is_segmented_too():
    text = "thị xã phát triển kinh tế, " * 200
    assert_covered(segment_words(text), text)
    assert words(text)[:3] == ["thị xã", "phát triển", "kinh tế"]


@settings(deadline=None)  # the model loads, and the machine is shared
@given(report_texts())
def test_words_cover_every_letter_and_digit(text):
    spans = segment_words(text)
    assert_ordered(spans, text)
    assert_covered(spans, text)


@pytest.mark.seed
@pytest.mark.parametrize("folder", ["bench/ud_vtb", "corpus"])
def test_real_text_keeps_every_word_of_underthesea(folder):
    lines = shared_lines(folder)
    assert len(lines) >= 300
    for line in lines:
        spans = segment_words(line)
        assert_ordered(spans, line)
        assert_covered(spans, line)
        found = ["".join(span.of(line).split()) for span in spans]
        pieces = [word_tokenize(s, use_token_normalize=False) for s in sentences(line)]
        assert found == ["".join(word.split()) for piece in pieces for word in piece]


@settings(deadline=None)  # the model loads, and the machine is shared
@given(report_texts())
def test_words_are_those_of_underthesea(text):
    ours = segment_words(text)
    with patch.object(segment, "_segmenter", StockSegmenter):
        assert ours == segment_words(text)


def test_segmenting_does_not_import_underthesea():
    segment_words("thị xã")  # its tables are kept from now on
    code = (
        "import sys; from indexer.text.segment import segment_words; segment_words('thị xã')\n"
        "sys.exit('underthesea' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_version_is_the_installed_one():
    assert segmenter_version() == f"underthesea {version('underthesea')}"
