from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.phrase_counts import PhraseCounts
from indexer.phrase_totals import PhraseTotals, Tally
from indexer.phrasebook import Phrasebook

forms = st.sampled_from(["hộ nghèo", "nông nghiệp", "nuôi tôm", "giá trị sản xuất"])
spellings = st.sampled_from(["", "Hộ nghèo", "hộ nghèo", "HỘ NGHÈO"])
tables = st.dictionaries(forms, st.tuples(spellings, st.integers(1, 9)))
written = st.dictionaries(forms, st.tuples(spellings.filter(bool), st.integers(1, 9)))
named = st.tuples(st.sampled_from(["Cồn Mây"]), st.integers(0, 3), st.integers(0, 3))
names = st.dictionaries(st.sampled_from(["cồn mây", "vàm sậy"]), named)
counts = st.builds(PhraseCounts, st.integers(1, 99), tables, written, written, names)


def test_the_spelling_of_the_most_counts_stays_unless_it_is_in_capitals():
    tally = Tally()
    tally.add({"hộ nghèo": ("HỘ NGHÈO", 9)})
    tally.add({"hộ nghèo": ("hộ nghèo", 2)})
    tally.add({"hộ nghèo": ("Hộ nghèo", 1)})
    assert (tally.counts, tally.spellings) == ({"hộ nghèo": 12}, {"hộ nghèo": "hộ nghèo"})


def test_a_name_is_spelled_as_it_was_first():
    totals = PhraseTotals()
    totals.add(PhraseCounts(names={"cồn mây": ("Cồn Mây", 2, 1)}))
    totals.add(PhraseCounts(names={"cồn mây": ("Cồn mây", 5, 0)}))
    assert totals.names == {"cồn mây": "Cồn Mây"}
    assert (totals.capitals["cồn mây"], totals.small["cồn mây"]) == (7, 1)


@given(reports=st.lists(counts, max_size=4))
def test_totals_come_back_from_their_bytes(reports):
    totals = PhraseTotals()
    for report in reports:
        totals.add(report)
    assert PhraseTotals.from_bytes(totals.to_bytes()) == totals


@given(reports=st.lists(counts, max_size=5), gone=st.integers(0, 4))
def test_a_book_that_grew_is_one_that_was_made_at_once(reports, gone):
    named = {f"r{number}": report for number, report in enumerate(reports)}
    grown = Phrasebook()
    for name, report in named.items():
        grown = grown.updated({name: report}, frozenset(named))
        grown = Phrasebook.from_bytes(grown.to_bytes())
    assert grown == Phrasebook().updated(named, frozenset(named))
    kept = {name: report for name, report in named.items() if name != f"r{gone}"}
    fresh = Phrasebook().updated(kept, frozenset(kept))
    assert grown.updated({}, frozenset(kept)) == fresh
