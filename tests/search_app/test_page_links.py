from __future__ import annotations

from werkzeug.datastructures import MultiDict

from search_app.page_links import Address, filter_chips, word_chips
from search_app.query import read_question


def address(**values: str | list[str]) -> Address:
    return Address("/search", MultiDict(values))


def test_an_address_without_values_is_its_path():
    assert address().words_only() == "/search"


def test_a_filter_is_added_to_the_others_and_the_page_starts_again():
    found = address(q="hộ nghèo", place="A", page="3").adding("place", "B")
    assert found == "/search?q=h%E1%BB%99+ngh%C3%A8o&place=A&place=B"


def test_a_value_is_taken_back_without_the_others():
    assert address(q="x", place=["A", "B"]).without("place", ["A"]) == "/search?q=x&place=B"


def test_signs_in_values_do_not_become_parameters():
    assert address(q="a&place=b#c").at_page(2) == "/search?q=a%26place%3Db%23c&page=2"


def test_unknown_and_empty_parameters_are_left_out():
    assert address(q="x", place=" ", utm="y").at_page(1) == "/search?q=x"


def test_a_page_that_is_no_number_is_the_first():
    assert [address(page=page).page for page in ("2", "0", "-1", "x", "9" * 20)] == [2, 1, 1, 1, 1]


def test_what_is_not_read_out_stays_with_the_words():
    found = address(q="x", skip="accents", place="A")
    assert found.words_only() == "/search?q=x&skip=accents"
    assert found.at_page(2) == "/search?q=x&skip=accents&place=A&page=2"
    assert found.asking("y") == "/search?q=y&skip=accents&place=A"
    assert found.without("place", ["A"]) == "/search?q=x&skip=accents"


def test_other_words_are_read_anew():
    found = address(q="x", skip="accents", place="A")
    assert found.asking_anew("y") == "/search?q=y&place=A"
    assert found.filters == [("place", "A")]


def test_documents_are_named_and_kinds_are_words():
    chips = filter_chips(address(document="abc", kind="footnote"), {"abc": "Báo cáo A"})
    assert [(chip.what, chip.value) for chip in chips] == [
        ("loại", "chú thích"),
        ("báo cáo", "Báo cáo A"),
    ]


def test_a_filter_given_twice_is_one_chip():
    assert len(filter_chips(address(place=["A", "A"]), {})) == 1


def test_taking_a_phrase_back_keeps_the_rest_of_the_question():
    question = read_question('"hộ nghèo" giảm -"cận nghèo" "bền vững"', 99)
    asked = [chip.without for chip in word_chips(address(q="…"), question)]
    assert asked == [
        address().asking('giảm "bền vững" -"cận nghèo"'),
        address().asking('giảm "hộ nghèo" -"cận nghèo"'),
        address().asking('giảm "hộ nghèo" "bền vững"'),
    ]


def test_an_address_stays_short_whatever_is_sent():
    many = [f"nơi {number}" for number in range(500)]
    found = address(q="x" * 9_000, place=[*many, "a" * 5_000, "nơi 1"], kind=["b" * 5_000] * 3)
    assert len(found.of("place")) == 50 and found.of("kind") == ["b" * 200]
    assert len(found.of("q")[0]) == 4_000
