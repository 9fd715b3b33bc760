"""Accents for questions that were typed without them."""

import os
import struct
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.models import Span
from indexer.text.language import DamagedModel, LanguageModel
from indexer.text.normalise import fold_characters, match_form, strip_accents
from indexer.text.restore import CLOSE, merge, needs_restoring, restore, train
from indexer.text.segment import lexicon, split_syllables
from tests.bench.restoring import SEEDS, long_questions, measure, read_texts, sentences_of

TEXTS = (
    "Tỷ lệ hộ nghèo giảm còn 2,5%. Số hộ nghèo năm 2020 là 128 hộ.",
    "Ở thị xã Hồng Ngự, tỷ lệ lao động qua đào tạo đạt 60%; tỷ lệ hộ nghèo giảm.",
    "UBND tỉnh ban hành kế hoạch. Trong năm qua, theo kế hoạch, công trình thuỷ lợi hoàn thành.",
    "Công trình thuỷ lợi, thuỷ sản, thủy lợi. Bảo hiểm y tế (BHYT) cho hộ nghèo.",
    "Thiết bị nghe nhìn.",
)
WORDS = ("tỉ lệ", "hồ", "hổ", "kỳ thi", "đảng bộ", "án", "ấn", "thể", "to lớn", "ôn", "in ấn")
MODEL = train(TEXTS, WORDS)


def best(text: str, model: LanguageModel = MODEL) -> str:
    return restore(text, model)[0].text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ty le ho ngheo", "tỷ lệ hộ nghèo"),
        ("tỷ lệ ho nghèo", "tỷ lệ hộ nghèo"),
        ("TY LE HO NGHEO", "TỶ LỆ HỘ NGHÈO"),
        ("Ho ngheo", "Hộ nghèo"),
        ("O thi xa Hong Ngu?", "Ở thị xã Hồng Ngự?"),
        ('"ty le" ho ngheo, 2,5% (nam 2020)', '"tỷ lệ" hộ nghèo, 2,5% (năm 2020)'),
        ("cong trinh thuy loi", "công trình thuỷ lợi"),
        ("trong nam qua theo ke hoach", "trong năm qua theo kế hoạch"),
        ("thiet bi nghe nhin", "thiết bị nghe nhìn"),
        ("bao hiem y te", "bảo hiểm y tế"),
    ],
)
def test_a_bare_question_gets_the_accents_of_the_reports(typed, meant):
    assert best(typed) == meant


def test_a_final_i_or_y_stays_as_it_was_typed():
    assert best("ti le ho ngheo") == "tỉ lệ hộ nghèo"
    assert best("ki thi") == "kì thi"
    assert best("ky thi") == "kỳ thi"


@pytest.mark.parametrize(
    "text",
    [
        "hồ nghèo",
        "22-NQ/TU",
        "HTX",
        "UBND",
        "TU",
        "covid19",
        "a.to@an.vn",
        "QP-AN",
        "2,5 3.000 5G",
        "",
        "  ?! ",
        "the poverty rate in 2020",
        "How many poor households are there in Hong Ngu?",
        "What is the target of the plan",
        "access to clean water",
    ],
)
def test_codes_abbreviations_english_and_typed_accents_stay(text):
    reading = restore(text, MODEL)[0]
    assert (reading.text, reading.changes) == (text, ())


def test_abbreviations_stay_among_words_that_are_restored():
    assert best("BHYT cho ho ngheo o TU") == "BHYT cho hộ nghèo ở TU"


def test_changes_name_the_place_in_what_was_typed():
    (first, *_), text = restore("ho, ngheo", MODEL)[0].changes, "ho, ngheo"
    assert (first.span, first.span.of(text), first.written) == (Span(0, 2), "ho", "hộ")


def test_further_readings_come_only_when_they_are_close():
    model = train(["tài sản. tái sản. tải sản"], [])
    readings = restore("tai san", model)
    assert len(readings) == 3
    assert len({reading.text for reading in readings}) == 3
    shares = [reading.probability for reading in readings]
    assert shares == sorted(shares, reverse=True)
    assert all(share / shares[0] >= CLOSE - 1e-9 for share in shares)
    assert len(restore("tai san", model, limit=2)) == 2
    sure = train(["tài sản. " * 50, "tái sản"], [])
    assert [reading.text for reading in restore("tai san", sure)] == ["tài sản"]


def test_an_empty_model_changes_nothing():
    assert best("ty le ho ngheo", train((), ())) == "ty le ho ngheo"


def test_needs_restoring_asks_for_a_bare_syllable():
    assert needs_restoring("tỷ lệ hộ ngheo")
    assert not needs_restoring("tỷ lệ hộ nghèo 2,5% BHYT")


# --- the model ---------------------------------------------------------------------------------


def test_counts_add_up():
    lexicon_only = train((), WORDS)
    parts = [train([text], ()) for text in TEXTS]
    assert merge([lexicon_only, *parts]) == MODEL
    assert merge([MODEL]) == MODEL
    assert merge([train([TEXTS[0]], WORDS), train(TEXTS[1:], WORDS)]) == MODEL


def test_a_model_comes_back_from_its_bytes():
    assert LanguageModel.from_bytes(MODEL.to_bytes()) == MODEL
    empty = train((), ())
    assert LanguageModel.from_bytes(empty.to_bytes()) == empty


@given(st.data())
def test_damaged_bytes_are_refused(data):
    good = MODEL.to_bytes()
    place = data.draw(st.integers(0, 11) | st.integers(36, len(good) - 1))
    bad = bytearray(good)
    bad[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DamagedModel):
        LanguageModel.from_bytes(bytes(bad))
    with pytest.raises(DamagedModel):
        LanguageModel.from_bytes(good[:place])


def test_another_version_is_refused():
    bad = bytearray(MODEL.to_bytes())
    struct.pack_into("<H", bad, 4, 99)
    with pytest.raises(ValueError, match="version"):
        LanguageModel.from_bytes(bytes(bad))


def test_the_lexicon_holds_words_and_places():
    words = lexicon()
    assert len(words) > 100_000
    assert {"hộ", "Tỉnh Đồng Tháp"} <= set(words)


# --- what holds for every text -----------------------------------------------------------------

PIECES = (
    *("ty", "le", "ho", "ngheo", "hộ", "nghèo", "TY", "LE", "Ho", "2,5%", "22-NQ/TU", "BHYT"),
    *("đ", "tỷ", "(", ")", "“", "”", ",", ". ", "\n", "-", "y", "o", "a.vn", "🙂", "e\u0301"),
)
typed_texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map(" ".join)


@settings(deadline=None)
@given(typed_texts)
@example("đ\u0323 ty")
def test_only_bare_syllables_change(text):
    for reading in restore(text, MODEL):
        end = 0
        kept = []
        for change in reading.changes:
            assert change.span.of(text).isascii()
            assert strip_accents(change.written) == change.span.of(text)
            kept.append(text[end : change.span.start])
            kept.append(change.written)
            end = change.span.end
        assert "".join([*kept, text[end:]]) == reading.text


@settings(deadline=None)
@given(typed_texts.map(fold_characters))
def test_without_its_accents_a_reading_is_what_was_typed(text):
    for reading in restore(text, MODEL):
        assert strip_accents(reading.text) == strip_accents(text)
        before, after = split_syllables(text), split_syllables(reading.text)
        for old, new in zip(before, after, strict=True):
            if not old.of(text).isascii():
                assert old.of(text) == new.of(reading.text)


@settings(deadline=None)
@given(typed_texts)
def test_probabilities_are_shares(text):
    shares = [reading.probability for reading in restore(text, MODEL)]
    assert 1 <= len(shares) <= 3
    assert all(0 < share <= 1 for share in shares)
    assert sum(shares) <= 1 + 1e-9


@pytest.mark.parametrize("word", ["a ", "tu ", "o, ", "ho\n"])
def test_a_long_question_ends_in_time(word):
    text = (word * 1000)[:1000]
    started = perf_counter()
    restore(text, MODEL)
    assert perf_counter() - started < 0.5  # a wide margin: the machine is shared


# --- the real reports --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports():
    texts = read_texts(SEEDS)
    if len(texts) < 2:
        message = f"{SEEDS} does not hold two reports; the seed tests need them"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    words = lexicon()
    return texts, [train([text], words) for text in texts]


@pytest.mark.seed
@pytest.mark.parametrize(("number", "floor"), [(0, 0.96), (1, 0.97)])
def test_the_accents_of_one_report_come_back_from_the_other(reports, number, floor):
    texts, models = reports
    assert measure(models[number], sentences_of(texts[1 - number])).form_share >= floor


@pytest.mark.seed
def test_a_report_typed_with_accents_stays(reports):
    texts, models = reports
    score = measure(models[0], sentences_of(texts[1]), kept=1.0)
    assert score.form_share >= 0.995


@pytest.mark.seed
def test_the_model_of_real_reports_gives_the_written_spelling(reports):
    texts, models = reports
    model = LanguageModel.from_bytes(merge(models).to_bytes())
    assert best("ho ngheo cua thi xa Duyen Hai", model) == "hộ nghèo của thị xã Duyên Hải"
    question = long_questions(texts[0])[3]
    assert strip_accents(best(question, model)) == question
    assert match_form(best("Ty le", model)) == "tỉ lệ"


def test_an_abbreviation_gets_its_d_back_when_the_reports_write_it_so():
    model = train(["HĐND và UBND thị xã; Quyết định 205-QĐ/TW của Bộ Chính trị"], [])
    texts = [restore(text, model)[0].text for text in ("HDND thị xã", "205-QD/TW", "UBND", "GDP")]
    assert texts == ["HĐND thị xã", "205-QĐ/TW", "UBND", "GDP"]
