"""Our words are those of underthesea, whatever the text."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.segment import split_sentences
from indexer.text.word_files import StockSegmenter, load_segmenter
from indexer.text.word_segmenter import WordSegmenter
from tests.conftest import REPOSITORY

STOCK = StockSegmenter()
PIECES = re.split(
    r"\|",
    "Ủy|ban|nhân|dân|thị|xã|đã|ban hành|Nghị|quyết|số|22-NQ/TW|về|giảm|nghèo|bền|vững|UBND|TP.|Hồ|"
    "Chí|Minh|phát|triển|kinh|tế|hội|tỷ|lệ|hộ|bảo|hiểm|y|công|nghiệp|hóa|giáo|dục",
)
SIGNS = re.split(
    r"\|",
    "-|–|.|,|;|:|...|…|(|)|“|”|«|»|/|%|+|&|'|’|!|?|->|=>|==>|>>|--|<3|:)|:D|=))|°|°C|×|÷|$|^|_|ʺ|ð|Ð|"
    "v.v|v.v.|v.v...|T.Ư|Tp.|Mr.|ThS.|e-mail|H&M|H'Mông|A.|a.b|A.B.C|NĐ-CP|a@b.vn|vn.gov|3x4|4K|43H|"
    "43H-0530|1.234,5|100,000|05/11/2019|2014/08/20|02-03-2014|10:20:50|03-573-2357|2_5|2.5.7|BOS|"
    "EOS|2147483648|🙂|👨\u200d👩\u200d👧|♥‿♥|½|m²|漢字|Привет|ΑΣ|ß|ǅ|ﬁ|e\u0301|\u0301|\u200b|\ufffd",
)
SPACES = ["", " ", "  ", "\t", "\u00a0", "\r", " " * 9]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    part = st.one_of(
        st.sampled_from(PIECES),
        st.sampled_from(SIGNS),
        st.sampled_from(PIECES).map(str.upper),
        st.text(max_size=4),
    )
    parts = draw(st.lists(part, min_size=1, max_size=14))
    spaces = draw(st.lists(st.sampled_from(SPACES), min_size=len(parts), max_size=len(parts)))
    text = "".join(piece for pair in zip(parts, spaces, strict=True) for piece in pair)
    return text.replace("\n", " ")


@pytest.fixture(scope="module")
def segmenter() -> WordSegmenter:
    segmenter = load_segmenter()
    assert isinstance(segmenter, WordSegmenter)
    return segmenter


@settings(deadline=None, max_examples=400)  # the machine is shared
@given(sentence=sentences())
def test_words_are_those_of_underthesea(segmenter, sentence):
    words = STOCK.words(sentence)
    assert segmenter.words(sentence) == words
    spans = segmenter.spans(sentence)
    if spans is not None:
        assert ["".join(span.of(sentence).split()) for span in spans] == [
            "".join(word.split()) for word in words
        ]


def test_the_samples_have_the_words_of_underthesea(segmenter):
    for path in (REPOSITORY / "corpus").glob("*.txt"):
        text = path.read_text("utf-8")
        for span in split_sentences(text):
            assert segmenter.words(span.of(text)) == STOCK.words(span.of(text))


@pytest.mark.parametrize("sentence", ["nu\u031bo\u031b\u0301c sạch", "Ðồng Tháp", "thị   xã"])
def test_words_that_are_not_in_the_sentence_have_no_spans(segmenter, sentence):
    assert segmenter.spans(sentence) is None
    assert segmenter.words(sentence) == STOCK.words(sentence)


@pytest.mark.parametrize("sentence", ["xã ƛ phát ɤ triển ᲊ", "giá \U00010d50 \U00010d70 trị"])
def test_letters_that_unicode_learnt_lately_are_left_to_underthesea(segmenter, sentence):
    assert segmenter.spans(sentence) is None
    assert segmenter.words(sentence) == STOCK.words(sentence)


@pytest.mark.parametrize("sentence", ["Ủy ban👨👩👧👨👩👧0", "ヸ ヹ ヺ " * 5])
def test_ties_are_decided_by_underthesea(segmenter, sentence):
    assert segmenter.words(sentence) == STOCK.words(sentence)


def test_threads_share_one_segmenter(segmenter):
    texts = [
        f"{first} {second} {count}"
        for count, (first, second) in enumerate(zip(PIECES, SIGNS, strict=False))
    ]
    alone = [segmenter.words(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(segmenter.words, texts * 20)) == alone * 20
