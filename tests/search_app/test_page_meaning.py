"""How a question was read: every part with the address that turns it off, and on again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast
from urllib.parse import parse_qs, urlsplit

from werkzeug.datastructures import MultiDict

from indexer.text.abbreviations import Abbreviations, Sense
from indexer.text.restore import train
from indexer.text.synonyms import Synonym, Synonyms
from search_app.page_links import Address
from search_app.page_meaning import Interpretation, interpretation
from search_app.query import Request
from search_app.search import Result
from search_app.understand import Knowledge, understand

PLACE = "thị xã Cồn Mây"
KNOWN = Knowledge(
    places=(PLACE,),
    terms=("2015-2020",),
    language=train(["Tỷ lệ hộ nghèo giảm"], [PLACE]),
    abbreviations=Abbreviations((Sense("BHYT", "bảo hiểm y tế"), Sense("HQ", "a", sure=False))),
    synonyms=Synonyms((Synonym(("hộ nghèo", "hộ khó", "hộ thiếu ăn"), "Cùng nghĩa."),)),
)
MANY = Knowledge(synonyms=Synonyms((Synonym(tuple("abcdefgh"), "Như nhau."),)))


def read(text: str, knowledge: Knowledge = KNOWN, **values) -> Interpretation:
    """Return how a question is shown, with the switches that its address has."""
    address = Address("/search", MultiDict({"q": text, **values}))
    skip = tuple(address.of("skip"))
    request = Request(text, places=tuple(address.of("place")), skip=skip)
    meaning = understand(text, knowledge, frozenset(skip))
    result = SimpleNamespace(request=request, meaning=meaning)
    return interpretation(address, cast(Result, result))


def values_of(url: str, name: str) -> list[str]:
    return parse_qs(urlsplit(url).query).get(name, [])


def off(url: str, text: str) -> Interpretation:
    return read(text, skip=values_of(url, "skip"))


def test_accents_that_were_added_can_be_taken_off_and_put_on_again():
    found = read("ho ngheo", place="A")
    assert found.typed == "ho ngheo"
    assert values_of(found.as_typed, "place") == ["A"]
    plain = off(found.as_typed, "ho ngheo")
    assert (plain.typed, plain.as_typed) == ("", "")
    assert values_of(plain.with_accents, "skip") == []


def test_a_question_typed_with_accents_has_nothing_to_switch():
    found = read("hộ nghèo")
    assert (found.typed, found.as_typed, found.with_accents) == ("", "", "")


def test_a_place_that_was_read_out_can_be_turned_off_and_used_again():
    preferred = read("hộ nghèo Cồn Mây").places[0]
    assert (preferred.what, preferred.value) == ("ưu tiên nơi", PLACE)
    place = read("hộ nghèo ở Cồn Mây").places[0]
    assert (place.what, place.value) == ("nơi", PLACE)
    without = off(place.without, "hộ nghèo ở Cồn Mây")
    assert without.places == ()
    assert [(chip.what, chip.value) for chip in without.off] == [("nơi", PLACE)]
    assert values_of(without.off[0].without, "skip") == []


def test_a_place_in_the_words_is_not_shown_when_another_was_chosen():
    assert read("hộ nghèo ở Cồn Mây", place="thị xã Bến Đá").places == ()


def test_a_place_that_is_only_preferred_can_be_turned_off_too():
    place = read("hộ nghèo Cồn Mây").places[0]
    assert (place.what, place.value) == ("ưu tiên nơi", PLACE)
    assert off(place.without, "hộ nghèo Cồn Mây").places == ()


def test_a_term_that_was_read_out_can_be_turned_off():
    term = read("hộ nghèo 2015-2020").terms[0]
    assert off(term.without, "hộ nghèo 2015-2020").terms == ()


def test_wordings_of_one_word_are_one_chip_with_a_link_each():
    (word,) = read("hộ nghèo").widened
    assert (word.word, [other.text for other in word.others]) == (
        "hộ nghèo",
        ["hộ khó", "hộ thiếu ăn"],
    )
    left = off(word.others[0].without, "hộ nghèo")
    assert [other.text for other in left.widened[0].others] == ["hộ thiếu ăn"]
    assert [chip.value for chip in left.off] == ["hộ nghèo = hộ khó"]


def test_at_most_five_wordings_are_open_and_the_rest_is_counted():
    found = read("a", MANY)
    assert sum(len(word.others) for word in found.widened) == 5
    assert found.more_count == 2


def test_sure_wordings_come_before_those_that_may_mean_something_else():
    found = read("HQ BHYT")
    assert [(word.word, word.sure) for word in found.widened] == [("BHYT", True), ("HQ", False)]


def test_every_wording_has_its_reason():
    reasons = {other: reason for _, other, reason in read("BHYT hộ nghèo").reasons}
    assert reasons["bảo hiểm y tế"] == "BHYT viết tắt của bảo hiểm y tế"
    assert reasons["hộ khó"] == "Cùng nghĩa."


def test_the_wanted_kinds_of_statement_are_words():
    wants = read("vì sao hộ nghèo chiếm bao nhiêu").wants
    assert [(chip.what, chip.value) for chip in wants] == [
        ("ưu tiên", "nguyên nhân"),
        ("ưu tiên", "số liệu"),
    ]


def test_a_wanted_kind_of_statement_can_be_turned_off_and_on_again():
    text = "vì sao hộ nghèo chiếm bao nhiêu"
    without = off(read(text).wants[0].without, text)
    assert [chip.value for chip in without.wants] == ["số liệu"]
    assert [(chip.what, chip.value) for chip in without.off] == [("ưu tiên", "nguyên nhân")]
    assert len(off(without.off[0].without, text).wants) == 2


def test_switches_that_are_none_are_not_shown():
    assert read("hộ nghèo", skip=["x", "expand:y", "wants:z"]).off == ()


def test_turning_the_same_thing_off_twice_is_once():
    again = read("ho ngheo", skip=["place:A", "place:A"])
    assert len(again.off) == 1
    assert values_of(again.as_typed, "skip") == ["place:A", "accents"]
