"""Old encodings letter by letter: round trips, look-alikes, the ambiguous signs of VIQR."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.keystrokes import is_syllable
from indexer.text.legacy import Encoding, decode
from tests.factories.legacy import BYTES, REPORT, TABLES, encode, inverse

LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
ONSETS = (
    "",
    *"bcdđghklmnprstvx",
    "ch",
    "gh",
    "gi",
    "kh",
    "ng",
    "ngh",
    "nh",
    "ph",
    "qu",
    "th",
    "tr",
)
VOWELS = (*"aăâeêioôơuưy", "iê", "yê", "oa", "oă", "uâ", "uô", "ươ", "uy", "ai", "ao", "ơi", "ưu")
CODAS = ("", *"cmnpt", "ch", "ng", "nh")


def toned(vowels: str, tone: str) -> str:
    """Return the vowels with the tone where it is written: "ải", but "oả" and "uyể"."""
    place = 1 if vowels in ("ai", "ao", "ơi", "ưu") else len(vowels)
    return unicodedata.normalize("NFC", vowels[:place] + tone + vowels[place:])


SYLLABLES = sorted(
    syllable
    for onset in ONSETS
    for vowels in VOWELS
    for coda in CODAS
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    if is_syllable(syllable := onset + toned(vowels, tone) + coda)
)
TEXTS = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize("encoding", BYTES)
@given(text=TEXTS)
def test_what_was_encoded_comes_back(encoding, text):
    assert decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", [Encoding.VNI, Encoding.VISCII])
@given(text=TEXTS)
def test_capitals_come_back_where_an_encoding_has_them(encoding, text):
    for cased in (text.upper(), text.title()):
        assert decode(encode(cased, encoding), encoding) == cased


@given(text=TEXTS)
def test_viqr_comes_back_but_for_single_letters_with_a_dot(text):
    # "i. a." number paragraphs far more often than they are words.
    text = " ".join(word for word in text.split() if len(word) > 1)
    for cased in (text, text.upper()):
        assert decode(encode(cased, Encoding.VIQR), Encoding.VIQR) == cased


@pytest.mark.parametrize("encoding", Encoding)
def test_every_small_letter_has_its_own_signs(encoding):
    signs = [inverse(encoding)[letter] for letter in LETTERS]
    assert len(set(signs)) == len(LETTERS)


@pytest.mark.parametrize("encoding", BYTES)
def test_the_characters_of_cp1252_are_read_like_those_of_latin_1(encoding):
    letters = [letter for letter in LETTERS if len(inverse(encoding)[letter]) == 1]
    for letter in letters:
        byte = inverse(encoding)[letter].encode("latin-1")
        shown = byte.decode("cp1252", errors="ignore") or byte.decode("latin-1")
        assert decode(shown, encoding) == letter


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("n\u2212íc", "nước"),
        ("c«ng t\u2212", "công tư"),
        ("x\u2219", "xã"),
        ("t¨ng 5 \u2212 3 lÇn", "tăng 5 \u2212 3 lần"),
        ("5\u22123", "5\u22123"),
        ("n\u00adíc", "nước"),
    ],
)
def test_look_alikes_of_tcvn3_are_letters_only_beside_letters(text, decoded):
    assert decode(text, Encoding.TCVN3) == decoded


@pytest.mark.parametrize(
    ("text", "decoded"),
    [("Ñaûo Saün", "Đảo Sẵn"), ("UÛy", "Ủy"), ("Uûy", "Ủy"), ("vieâïc", "việc"), ("yï", "ỵ")],
)
def test_vni_has_signs_of_either_case_and_signs_one_after_the_other(text, decoded):
    assert decode(text, Encoding.VNI) == decoded


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("I. Ke^'t qua?", "I. Kết quả"),
        ("b. Nhie^.m vu.", "b. Nhiệm vụ"),
        ("address, e.g. add", "address, e.g. add"),
        ("hoa\\. ba", "hoa. ba"),
        ("DDa?ng bo^.", "Đảng bộ"),
        ("ngoa`i. Ho^.i. Cao. Sao?", "ngoài. Hội. Cao. Sao?"),
        ("gia. qui. hoa.", "giạ quị hoạ"),
        ("24/NDD-CP, HDDND, dd/c", "24/NĐ-CP, HĐND, đ/c"),
        ("o^to^", "ôtô"),
        ("te^n: ca'.....", "tên: cá....."),
        ("....", "...."),
    ],
)
def test_signs_of_viqr_that_are_none(text, decoded):
    assert decode(text, Encoding.VIQR) == decoded


@pytest.mark.parametrize("encoding", Encoding)
def test_a_report_comes_back(encoding):
    wanted = REPORT.replace("Ủ", "ủ") if encoding is Encoding.TCVN3 else REPORT
    assert decode(encode(REPORT, encoding), encoding) == wanted


def test_dots_without_end_are_read_in_time():
    text = "nga`y " + "a" + "." * 100_000
    assert decode(text, Encoding.VIQR) == "ngày ạ" + "." * 99_999


def test_every_table_speaks_of_letters():
    for table in TABLES.values():
        assert all(letter.isalpha() and len(letter) == 1 for letter in table().values())


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("cô sô ûbaèng vaên baûn", "cơ sở bằng văn bản"),
        ("(saùng 7 giô)ø .", "(sáng 7 giờ) ."),
        ("ñöôïc giao )ï.", "được giao )ï."),
        ("ñeå ø", "để ø"),
    ],
)
def test_a_tone_of_vni_behind_its_word_comes_back_where_that_makes_a_word(text, decoded):
    assert decode(text, Encoding.VNI) == decoded


def test_letters_without_end_before_a_tone_are_read_in_time():
    text = "a" * 200_000 + " ø" + "a " * 100_000 + "ø"
    assert len(decode(text, Encoding.VNI)) <= len(text)
