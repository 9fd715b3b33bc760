"""Expressions that mean the same, and pairs that must not be joined."""

import time

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analysis import forms
from indexer.text.phrases import Expansion, ExpansionKind
from indexer.text.synonyms import Synonym, Synonyms, find_cycle, find_joined

KNOWN = Synonyms(
    (
        Synonym(("trạm xá", "trạm y tế"), "Tên gọi cũ và mới."),
        Synonym(("bà con", "nhân dân", "người dân"), "Cùng chỉ người dân."),
        Synonym(("người có công",), "Nhóm hẹp.", to=("gia đình chính sách",)),
        Synonym(("thuỷ lợi", "kênh mương"), "Cùng lĩnh vực."),
        Synonym(("khu dân cư", "khu dân cư văn hóa"), "Danh hiệu."),
    ),
    distinct=(("hội đồng nhân dân", "ủy ban nhân dân"),),
)


def found(question: str) -> list[tuple[str, int, int]]:
    return [(item.to_text, item.start, item.end) for item in KNOWN.of(forms(question))]


def one_way(source: str, target: str) -> Synonym:
    return Synonym((source,), "", to=(target,))


def test_a_synonym_says_what_why_and_where():
    assert KNOWN.of(forms("có trạm xá")) == (
        Expansion("trạm xá", "trạm y tế", ExpansionKind.SYNONYM, "Tên gọi cũ và mới.", 1, 3),
    )


def test_all_other_terms_are_found():
    assert found("bà con") == [("nhân dân", 0, 2), ("người dân", 0, 2)]


def test_a_one_way_entry_leads_one_way():
    assert found("người có công") == [("gia đình chính sách", 0, 3)]
    assert found("gia đình chính sách") == []


def test_the_spelling_of_a_question_does_not_matter():
    assert found("Thủy Lợi") == found("thuỷ lợi") == [("kênh mương", 0, 2)]


def test_a_distinct_expression_hides_what_stands_inside_it():
    assert found("hội đồng nhân dân và nhân dân") == [("bà con", 5, 7), ("người dân", 5, 7)]


def test_what_holds_the_expression_is_found_without_being_searched_for():
    assert found("khu dân cư") == []
    assert found("khu dân cư văn hóa") == [("khu dân cư", 0, 5)]


def test_a_term_of_two_entries_gives_each_expansion_once():
    entries = (Synonym(("a", "b"), "một"), Synonym(("a", "b", "c"), "hai"))
    items = Synonyms(entries).of(("a",))
    assert [(item.to_text, item.reason) for item in items] == [("b", "một"), ("c", "hai")]


def test_a_cycle_of_one_way_entries_is_found():
    assert find_cycle([one_way("a", "b"), one_way("b", "c"), one_way("c", "a")])
    assert not find_cycle([one_way("a", "b"), one_way("b", "c"), one_way("a", "c")])


def test_a_cycle_through_a_two_way_entry_is_found():
    same = Synonym(("b", "c"), "")
    assert find_cycle([one_way("a", "b"), same, one_way("c", "a")])
    assert find_cycle([same, one_way("b", "c")])


def test_two_way_entries_are_no_cycle():
    assert not find_cycle([Synonym(("a", "b"), ""), Synonym(("b", "c"), "")])


def test_distinct_terms_are_joined_by_an_entry_or_a_chain():
    entries = [Synonym(("a", "b"), ""), one_way("b", "c"), Synonym(("c", "d"), "")]
    assert find_joined(entries, [("a", "b")]) == ("a", "b")
    assert find_joined(entries, [("d", "a")]) == ("a", "b", "c", "d")


def test_what_leads_to_the_same_is_not_joined():
    assert find_joined([one_way("a", "c"), one_way("b", "c")], [("a", "b")]) == ()


def test_distinct_terms_meet_in_any_spelling():
    assert find_joined([Synonym(("thuỷ lợi", "b"), "")], [("b", "thủy lợi")])


def test_a_question_of_twenty_words_takes_a_third_of_a_millisecond():
    many = [Synonym((f"từ khóa {n}", f"cụm từ {n} khác", f"chữ {n}"), "") for n in range(5_000)]
    known = Synonyms(tuple(many))
    question = forms(
        "từ khóa 17 và cụm từ 4000 khác trong báo cáo của đảng bộ thị xã năm 2020 về chữ 3"
    )
    assert len(known.of(question)) == 6

    def timed() -> float:
        start = time.perf_counter()
        known.of(question)
        return time.perf_counter() - start

    assert min(timed() for _ in range(50)) < 0.0003


WORDS = st.sampled_from(
    ["bà", "con", "nhân", "dân", "người", "có", "công", "trạm", "xá", "hội", "đồng", "thủy", "lợi"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=20))
def test_spans_lie_in_the_question(question):
    for item in KNOWN.of(question):
        assert 0 <= item.start < item.end <= len(question)
        assert forms(item.from_text) == tuple(question[item.start : item.end])
