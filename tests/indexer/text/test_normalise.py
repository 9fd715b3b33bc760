"""Spelling: what is stored, what is matched, what is left without accents."""

import re
import sys
import unicodedata
from pathlib import Path

import joblib
import pytest
import underthesea
from hypothesis import given, settings
from hypothesis import strategies as st
from viet_text_tools import normalize_diacritics

from indexer.text.normalise import (
    LETTERS,
    _place_tone,
    fold_characters,
    match_form,
    strip_accents,
)


def listed(words: str) -> list[str]:
    return words.split()


OPEN_PAIRS = listed("""
hoà/hòa hoá/hóa hoả/hỏa hoạ/họa hoè/hòe khoẻ/khỏe toà/tòa toạ/tọa xoá/xóa loá/lóa
uỷ/ủy thuỷ/thủy tuỳ/tùy huỷ/hủy luỹ/lũy thuý/thúy truỵ/trụy loè/lòe nhoè/nhòe doạ/dọa
""")

UNCHANGED = listed("""
quà quả quê quẹo quạ quán quốc quyển quỳnh quýt giá giả giờ giữa giếng gìn thuở hoàn toàn
khoảng xoắn suýt khuỷu khuyến nguyễn tuần tuổi người cưới hươu ngoèo khoái của
""")

MISPLACED = listed("""
hòan/hoàn tóan/toán qúy/quý gía/giá gỉa/giả cuả/của muà/mùa ngòai/ngoài
""")

# The stored spelling of each is on the right.
CODE_POINTS = [
    ("ty\u0309 lê\u0323", "tỷ lệ"),
    (unicodedata.normalize("NFD", "Nghị quyết"), "Nghị quyết"),
    ("vi\u00ea\u0323c", "việc"),
    ("a\u0340 ca\u0341", "à cá"),
    ("\u00d0ảng, \u0189oàn", "Đảng, Đoàn"),
    ("\u00f0ất \u0256ai", "đất đai"),
    ("Duyên\u00a0Hải", "Duyên Hải"),
    ("5\u202f000\u2009ha\u3000lúa", "5 000 ha lúa"),
    ("kinh\u200b tế\u200d", "kinh tế"),
    ("\ufeffBáo cáo", "Báo cáo"),
    ("tỉ\u00adnh", "tỉnh"),
    ("một\u0007 hai\x00", "một hai"),
    ("dòng\r\nmới\rnữa\x0ctrang", "dòng\nmới\nnữa\ntrang"),
    ("cột\tba\ufffd", "cột\tba\ufffd"),
    ("\ud83dchữ", "chữ"),
]

JOINED = listed("""
tỷ/tỉ kỹ/kĩ lý/lí mỹ/mĩ sỹ/sĩ hy/hi ky/ki ly/li my/mi ty/ti vy/vi quy/qui quý/quí quỳ/quì
quỹ/quĩ quỷ/quỉ quỵ/quị kỳ/kì kỷ/kỉ ký/kí hỷ/hỉ tỵ/tị vỹ/vĩ TỶ/tỉ
""")

KEPT = listed("""
tay tai mây may hay lấy vay say ý ỷ yếu yêu yên ủy huy tuy thủy suy bay nguy thuyên
""")


def dictionary_syllables() -> list[str]:
    folder = Path(underthesea.__file__).parent / "pipeline/word_tokenize/models"
    (path,) = folder.glob("*/dictionary.bin")
    words = joblib.load(path)
    return sorted({s for word in words for s in re.findall(LETTERS, fold_characters(word).lower())})


@pytest.mark.parametrize("pair", OPEN_PAIRS + MISPLACED)
def test_tone_marks_at_different_places_meet(pair):
    written, meant = pair.split("/")
    assert match_form(written) == match_form(meant)


@pytest.mark.parametrize("pair", OPEN_PAIRS)
def test_the_tone_mark_stands_at_its_old_place(pair):
    assert _place_tone(pair.split("/")[0]) == pair.split("/")[1]


@pytest.mark.parametrize("word", UNCHANGED)
def test_a_well_spelt_word_does_not_change(word):
    assert match_form(word) == word


@pytest.mark.parametrize(("written", "stored"), CODE_POINTS)
def test_code_points_are_made_one(written, stored):
    assert fold_characters(written) == stored


@pytest.mark.parametrize("pair", JOINED)
def test_i_and_y_meet_in_open_syllables(pair):
    assert match_form(pair.split("/")[0]) == match_form(pair.split("/")[1])


@pytest.mark.parametrize("word", KEPT)
def test_other_y_is_kept(word):
    assert match_form(word) == word


@pytest.mark.parametrize(
    ("one", "other"), [("tay", "tai"), ("mây", "mai"), ("thủy", "thủi"), ("ý", "í"), ("án", "an")]
)
def test_different_words_stay_different(one, other):
    assert match_form(one) != match_form(other)


def test_several_syllables_are_matched_one_by_one():
    assert match_form("UỶ BAN Kỹ thuật, Lý Thường Kiệt") == "ủy ban kĩ thuật, lí thường kiệt"


def test_what_is_no_syllable_is_only_lowered():
    assert match_form("Wifi 2,5 HTTNV café") == "wifi 2,5 httnv café"


def test_stored_spelling_stays_as_written():
    assert fold_characters("Uỷ ban, hòan toàn, tỉ lệ – “Tỷ”") == "Uỷ ban, hòan toàn, tỉ lệ – “Tỷ”"


def test_tone_places_agree_with_viet_text_tools():
    """The few differences are misspelt entries: two marks, or no syllable at all."""
    differing = {s for s in dictionary_syllables() if _place_tone(s) != normalize_diacritics(s)}
    two_tones = {"chạồm", "gìặt", "gĩữ", "mèềm", "sẵắn", "thảẳm"}
    no_syllable = {"aỏn", "gỵa", "hìinh", "lưòi", "miẻo", "ngía", "ngịu", "tiẻn"}
    assert differing == two_tones | no_syllable


def test_every_unseen_or_odd_character_is_folded():
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        folded = fold_characters(character)
        assert fold_characters(folded) == folded
        if unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp", "Cs"):
            assert folded in ("", " ", "\n", "\t"), hex(code)


def test_strip_accents_removes_every_vietnamese_mark():
    assert strip_accents("ĂẰẮẲẴẶ âầấẩẫậ Đđ ơởỹ ườ ượ") == "AAAAAA aaaaaa Dd ooy uo uo"


@settings(deadline=None)  # the machine is shared
@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    folded = fold_characters(text)
    assert fold_characters(folded) == folded
    assert unicodedata.is_normalized("NFC", folded)


VIETNAMESE = st.text("aăâeêioôơuưyđnghckqtlmsvhAĂÂĐQY\u0300\u0301\u0303\u0309\u0323 ", max_size=12)


@settings(deadline=None)  # the machine is shared
@given(st.one_of(VIETNAMESE, st.text(max_size=20)))
def test_the_form_of_a_form_is_itself(word):
    assert match_form(match_form(word)) == match_form(word)


@settings(deadline=None)  # the machine is shared
@given(st.one_of(VIETNAMESE, st.text(max_size=20)))
def test_decomposed_input_gives_the_same(text):
    decomposed = unicodedata.normalize("NFD", text)
    composed = unicodedata.normalize("NFC", text)
    assert fold_characters(decomposed) == fold_characters(composed)
    assert match_form(decomposed) == match_form(composed)
    assert strip_accents(decomposed) == strip_accents(composed)


@settings(deadline=None)  # the machine is shared
@given(st.text())
def test_strip_accents_keeps_the_length(text):
    composed = unicodedata.normalize("NFC", text)
    assert len(strip_accents(composed)) == len(composed)
