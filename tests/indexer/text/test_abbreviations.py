"""What abbreviations stand for, and how long forms are abbreviated."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.models import Span
from indexer.text.abbreviations import Abbreviations, Sense, key
from indexer.text.analysis import forms
from indexer.text.mining import Definition
from indexer.text.phrases import Expansion, ExpansionKind
from indexer.text.segment import split_syllables

KNOWN = Abbreviations(
    (
        Sense("BHYT", "bảo hiểm y tế"),
        Sense("KT-XH", "kinh tế - xã hội"),
        Sense("KTXH", "kinh tế - xã hội"),
        Sense("QP-AN", "quốc phòng - an ninh"),
        Sense("TXU", "Thị xã ủy"),
        Sense("TX", "thị xã"),
        Sense("TT", "thông tư", ("hướng dẫn", "bộ")),
        Sense("TT", "thị trấn", ("xã", "huyện")),
        Sense("TƯ", "trung ương"),
        Sense("TW", "trung ương"),
        Sense("TU", "Tỉnh ủy"),
        Sense("CTr", "chương trình"),
        Sense("CTR", "chất thải rắn"),
        Sense("ha", "hecta"),
        Sense("đ/c", "đồng chí"),
    )
)


def found(question: str, known: Abbreviations = KNOWN) -> list[tuple[str, str]]:
    return [(item.from_text, item.to_text) for item in of(question, known)]


def of(question: str, known: Abbreviations = KNOWN) -> tuple[Expansion, ...]:
    return known.of([span.of(question) for span in split_syllables(question)])


def definition(short: str, long: str, how: str = "defined") -> Definition:
    return Definition(short, long, Span(0, 1), how, 1)


def test_an_abbreviation_is_expanded_in_any_case():
    for written in ("BHYT", "bhyt", "Bhyt"):
        assert found(f"thẻ {written}") == [(written, "bảo hiểm y tế")]


def test_a_long_form_is_abbreviated():
    (item,) = of("thẻ Bảo hiểm y tế mới")
    assert item == Expansion(
        "bảo hiểm y tế",
        "BHYT",
        ExpansionKind.ABBREVIATION,
        "BHYT viết tắt của bảo hiểm y tế",
        1,
        5,
    )


@pytest.mark.parametrize("written", ["KT-XH", "kt-xh", "KT XH", "KT – XH", "KTXH"])
def test_signs_between_the_parts_do_not_matter(written):
    assert key(written) == "ktxh"
    assert "kinh tế - xã hội" in [long for _, long in found(f"phát triển {written}")]


def test_an_abbreviation_leads_to_the_other_spellings_of_the_same():
    assert found("KT-XH") == [("KT XH", "kinh tế - xã hội"), ("KT XH", "KTXH")]
    assert found("KTXH") == [("KTXH", "kinh tế - xã hội"), ("KTXH", "KT-XH")]


def test_what_reads_like_a_word_is_an_abbreviation_in_capitals_only():
    assert found("chi bộ TU") == [("TU", "Tỉnh ủy")]
    assert found("tu sửa, đầu tư") == []
    assert found("TƯ")[0] == ("TƯ", "trung ương")


def test_what_reads_like_a_word_is_never_searched_for():
    assert found("trung ương") == [("trung ương", "TW")]
    assert found("tỉnh ủy") == []


def test_capitals_mean_nothing_in_a_question_in_capitals():
    assert found("TU BỔ DI TÍCH") == []
    assert found("PHÁT TRIỂN XÃ HỘI, BHYT") == [("BHYT", "bảo hiểm y tế")]
    assert ("TU", "Tỉnh ủy") in found("15-CT/TU")


def test_what_the_list_writes_small_is_expanded_small():
    assert found("2,5 ha") == [("ha", "hecta")]
    assert found("hecta") == [("hecta", "ha")]
    assert found("đ/c Nam") == [("đ c", "đồng chí")]


def test_a_place_name_is_no_end_of_an_abbreviation():
    assert found("TX U Minh") == [("TX", "thị xã")]


def test_exact_capitals_decide():
    assert [item.to_text for item in KNOWN.expand("CTr", ())] == ["chương trình"]
    assert [item.to_text for item in KNOWN.expand("CTR", ())] == ["chất thải rắn"]
    assert len(KNOWN.expand("ctr", ())) == 2


def test_the_context_decides_between_senses():
    (item,) = KNOWN.expand("TT", forms("hướng dẫn của Bộ"))
    assert (item.to_text, item.sure) == ("thông tư", True)
    assert [item.to_text for item in of("TT thuộc huyện")] == ["thị trấn"]


def test_without_a_deciding_context_all_senses_are_returned_unsure():
    items = KNOWN.expand("TT", forms("năm 2020"))
    assert {(item.to_text, item.sure) for item in items} == {
        ("thông tư", False),
        ("thị trấn", False),
    }


def test_a_context_that_speaks_for_both_does_not_decide():
    assert len(KNOWN.expand("TT", forms("hướng dẫn xã"))) == 2


def test_an_abbreviation_with_several_senses_is_an_unsure_short_form():
    (item,) = KNOWN.shorten(forms("thị trấn"))
    assert (item.to_text, item.sure) == ("TT", False)


def test_two_spellings_of_one_meaning_are_sure():
    assert all(item.sure for item in KNOWN.shorten(forms("kinh tế xã hội")))


def test_what_is_not_known_gives_nothing():
    assert KNOWN.expand("XYZ", ()) == ()
    assert KNOWN.expand("", ()) == ()
    assert KNOWN.shorten(forms("hộ nghèo")) == ()
    assert of("") == ()


def test_a_mined_definition_holds_for_its_reports():
    known = KNOWN.with_mined(
        {
            "a1": [definition("HQND", "hội quán nông dân")],
            "b2": [definition("HQND", "Hội quán nông dân")],
        }
    )
    (item,) = known.expand("HQND", ())
    assert (item.documents, item.sure) == (("a1", "b2"), True)
    assert item.reason.endswith("theo định nghĩa trong báo cáo")
    assert known.shorten(forms("hội quán nông dân"))[0].documents == ("a1", "b2")


def test_a_definition_that_the_list_has_adds_nothing():
    assert KNOWN.with_mined({"a1": [definition("BHYT", "Bảo hiểm y tế")]}) == KNOWN


def test_a_guess_never_speaks_against_the_list():
    guess = definition("BHYT", "bán hàng yên tâm", "initials")
    assert KNOWN.with_mined({"a1": [guess]}) == KNOWN


def test_a_guess_is_unsure():
    known = KNOWN.with_mined({"a1": [definition("HQND", "hội quán nông dân", "initials")]})
    assert [item.sure for item in known.expand("HQND", ())] == [False]


def test_another_sense_in_a_report_stands_beside_the_list():
    known = KNOWN.with_mined({"a1": [definition("BHYT", "Ban Hợp tác y tế")]})
    items = known.expand("BHYT", ())
    assert [(item.to_text, item.documents, item.sure) for item in items] == [
        ("bảo hiểm y tế", (), True),
        ("Ban Hợp tác y tế", ("a1",), True),
    ]


PARTS = st.sampled_from(
    re.findall(r"\S+", "BHYT bhyt KT XH TT TU tu TƯ kinh tế xã hội bảo hiểm y 2,5 ha đ c CTr")
)


@given(st.lists(st.one_of(PARTS, st.text(max_size=4)), max_size=15))
def test_spans_lie_in_the_question(syllables):
    for item in KNOWN.of(syllables):
        assert 0 <= item.start < item.end <= len(syllables)
        assert item.to_text
        assert item.reason
