"""What is a contradiction and, more important, what is none."""

from __future__ import annotations

import pytest

from indexer.models import FactKind, Period
from search_app.compare import list_inconsistencies
from search_app.comparing.inconsistencies import find_inconsistencies
from tests.factories.stated import END_2020, PAST, YEAR_2020, fact, placed, report

BODY = (
    "I- KẾT QUẢ\nTỷ lệ mái ngói đạt 97,3%, vượt Nghị quyết.\nTính đến nay tỷ lệ mái ngói là 96,8%."
)
LATER = report(BODY)
MIDDLE = Period("tháng 6/2020", "2020-06-01", "2020-06-30", explicit=True)


def found(first, other, **scopes):
    return find_inconsistencies(
        [
            placed(LATER, "97,3%", first),
            placed(LATER, "96,8%", other, **scopes),
        ]
    )


def test_two_values_of_the_same_thing_are_found_with_both_quotes():
    (one,) = found(fact("97.3"), fact("96.8"))
    assert one.name == "tỷ lệ mái ngói"
    assert [cited.citation.quote for cited in one.facts] == BODY.split("\n")[1:]
    assert (one.place, one.term, one.kind) == ("thị xã Bến Lội", "2015-2020", FactKind.RESULT)


def test_an_amount_counts_only_where_it_surely_is_the_indicator_s():
    assert not found(fact("973", unit="mái"), fact("968", unit="mái"))
    in_time = {"unit": "mái", "period": YEAR_2020}
    assert found(fact("973", **in_time), fact("968", **in_time))


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (fact("97.3"), fact("96.8", place="xã Bến Nhỏ")),
        (fact("97.3"), fact("96.8", kind=FactKind.TARGET)),
        (fact("97.3"), fact("96.8", unit="mái")),
        (fact("97.3"), fact("96.8", per="năm")),
        (fact("97.3"), fact("96.8", indicator="ty-le-mai-ton")),
        (fact("97.3", period=END_2020), fact("96.8", period=MIDDLE)),
        (fact("97.3", period=END_2020), fact("96.8", period=YEAR_2020)),
        (fact("96", qualifier="trên"), fact("96.8")),
        (fact("97.3"), fact("97.28")),
        (fact("973", unit="mái", period=YEAR_2020), fact("968", unit="mái", period=PAST)),
        (
            fact("9", name="tốc độ tăng mái ngói", period=YEAR_2020),
            fact("8", name="tốc độ tăng mái ngói"),
        ),
        (fact("9", kind=FactKind.CHANGE), fact("8", kind=FactKind.CHANGE)),
    ],
)
def test_another_place_time_base_or_bound_is_no_contradiction(first, other):
    assert not found(first, other)


def test_a_part_of_the_whole_is_no_contradiction():
    assert not found(fact("97.3"), fact("96.8"), scope=frozenset({"nông", "thôn"}))


def test_two_numbers_of_one_paragraph_are_two_things():
    text = "I- KẾT QUẢ\nTỷ lệ mái ngói đạt 97,3%, vượt Nghị quyết, có nơi 96,8%."
    one = report(text)
    pair = [placed(one, "97,3%", fact("97.3")), placed(one, "96,8%", fact("96.8"))]
    assert not find_inconsistencies(pair)


def test_the_target_of_one_report_is_held_against_the_next():
    aim = FactKind.TARGET
    earlier = report("II- CHỈ TIÊU\nĐến năm 2020 tỷ lệ mái ngói đạt 90%.", "2015-2020", "cu.txt")
    quoted = report("I- KẾT QUẢ\nTỷ lệ mái ngói tăng (chỉ tiêu NQ là 85%, kế hoạch khác).")
    first = placed(earlier, "90%", fact("90", aim, period=YEAR_2020))
    other = placed(quoted, "85%", fact("85", aim, period=PAST))
    (one,) = find_inconsistencies([first, other])
    assert one.term == "2015-2020"
    same = placed(quoted, "85%", fact("90", aim, period=PAST))
    assert not find_inconsistencies([first, same])


def test_an_unlisted_name_is_trusted_only_beside_a_table():
    names = {"name": "số mái ngói được thay mới", "unit": "mái", "period": YEAR_2020}
    unlisted = {"known_as": ""}
    pair = [
        placed(LATER, "97,3%", fact("973", **names), **unlisted),
        placed(LATER, "96,8%", fact("968", **names), **unlisted),
    ]
    assert not find_inconsistencies(pair)


def test_the_samples_hold_the_two_that_were_planted_and_no_other(sample_library):
    told = {
        (one.place, one.term, tuple(str(c.fact.quantity.value) for c in one.facts))
        for one in list_inconsistencies(sample_library)
    }
    assert told == {
        ("thị xã Vàm Sậy", "2015-2020", ("97.3", "96.8")),
        ("thị xã Khe Vối", "2010-2015", ("742", "724")),
    }


@pytest.mark.seed
def test_two_towns_do_not_contradict_each_other(seed_library):
    assert list_inconsistencies(seed_library) == ()
