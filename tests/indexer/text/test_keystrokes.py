"""Telex and VNI keystrokes that were left in a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.models import Span
from indexer.text.keystrokes import apply_changes, decode, is_bare_syllable, is_syllable


def nothing_known(word: str) -> bool:
    return False


def decoded(text: str) -> str:
    return decode(text, nothing_known)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tyr leej hooj ngheof", "tỷ lệ hộ nghèo"),
        ("ddaof taoj", "đào tạo"),
        ("ddafo tajo ngheef", "đào tạo nghề"),
        ("truwowngf truowngf DDarng", "trường trường Đảng"),
        ("nuwowcs nuowcs sachj", "nước nước sạch"),
        ("hoawcj quyx thuaw muwa nhwng", "hoặc quỹ thưa mưa nhưng"),
        ("thuyr lowij hoaf", "thủy lợi hòa"),
        ("TYR LEEJ", "TỶ LỆ"),
        ("ty3 le65 ho65 nghe2o", "tỷ lệ hộ nghèo"),
        ("d9a2o ta5o d9u7o7ng2 d9uong72", "đào tạo đường đường"),
        ("nu7o7c1 quy4 ba8ng2", "nước quỹ bằng"),
        ("tỷ lệ hooj ngheof", "tỷ lệ hộ nghèo"),
    ],
)
def test_keystrokes_become_letters(typed, meant):
    assert decoded(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "22-NQ",
        "22-NQ/TW",
        "2,5",
        "m2",
        "A4",
        "covid19",
        "5G",
        "QL61",
        "TW",
        "xa4-2020",
        "a@tass.vn",
        "ho ngheo",
        "tỷ lệ hộ nghèo",
        "What is the tax rate in Hong Ngu",
        "tax",
        "ngh9eo",
        "viets9",
        "",
    ],
)
def test_what_is_no_keystrokes_stays(text):
    assert decode(text, nothing_known) == (text, ())


def test_a_known_word_stays():
    text, changes = decode("leej hooj", {"leej"}.__contains__)
    assert text == "leej hộ"
    assert [(change.span, change.written) for change in changes] == [(Span(5, 9), "hộ")]


def test_a_stopped_syllable_takes_only_two_tones():
    assert is_syllable("việt")
    assert is_syllable("viết")
    assert not any(is_syllable(word) for word in ("viêt", "viềt", "viễt", "các\u0300"))
    assert decoded("vieetf") == "vieetf"


RIGHT = ("gì", "giếng", "giữa", "quốc", "quỹ", "quỳnh", "khuỷu", "nghiêng", "yêu", "ở", "thuở")


@pytest.mark.parametrize("word", RIGHT)
def test_right_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["rate", "the2", "poverty", "bcd", "fa", "qu", "zalo", "world"])
def test_foreign_words_are_no_syllables(word):
    assert not is_bare_syllable(word)


@given(st.text(max_size=60))
def test_everything_but_the_changes_stays(text):
    result, changes = decode(text, nothing_known)
    assert apply_changes(text, changes) == result
    for change in changes:
        assert change.span.of(text).isascii()
        assert is_syllable(change.written)


@given(st.text("aeiouywdsfrxjngtch123456789 ", max_size=40))
def test_only_words_that_gain_a_mark_are_changed(text):
    result, changes = decode(text, nothing_known)
    assert len(result.split(" ")) == len(text.split(" "))
    assert not any(change.written.isascii() for change in changes)
