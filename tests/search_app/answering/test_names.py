from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.indicators import load_indicators
from search_app.answering.candidates import Candidate
from search_app.answering.evidence import Evidence
from search_app.answering.names import named_indicators, read_names, weigh_names
from tests.factories.questions import TOWN, meant, stated_in

REPORT = stated_in(
    "I- KẾT QUẢ\nXã Tân Lụa có 26 bến đò[footnoteRef:1]. [1:  Gồm 9 bến lớn.]\nCả thị xã đẹp."
)


def names(text, *documents):
    return {" ".join(name.run): name.strict for name in read_names(meant(text), documents)}


def candidate(words):
    start = REPORT.text.index(words)
    passage = next(p for p in REPORT.passages if p.span.start <= start < p.span.end)
    return Candidate(Evidence(REPORT, passage, 0), passage.span, passage.span, 0.9, 0.9)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tỷ lệ hộ nghèo ở huyện Cồn Phượng là bao nhiêu?", "cồn phượng"),
        ("Có bao nhiêu bến đò ở xã Tân Lụa?", "tân lụa"),
        ("Dân số phường Đông là bao nhiêu?", "đông"),
        ("Thu ngân sách của Mường Khao năm 2020?", "mường khao"),
        ("thu ngân sách của bến tre năm 2020", "bến tre"),
    ],
)
def test_a_name_that_says_where_must_stand_in_an_answer(text, name):
    assert names(text, REPORT).get(name) is True


def test_a_name_that_says_no_place_is_only_wanted():
    assert names("Giải thưởng Bông Sen Vàng trao cho ai?", REPORT)["bông sen vàng"] is False


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo của thị xã Gò Lác là bao nhiêu?",
        "Tỷ lệ hộ nghèo của Gò Lác là bao nhiêu?",
        "Tỷ lệ hộ nghèo của thị xã Gò Lác, tỉnh Lam Trà là bao nhiêu?",
        "Gò Lác có bao nhiêu UBND phường?",
        "tỷ lệ hộ nghèo là bao nhiêu",
    ],
)
def test_places_of_the_reports_are_no_further_names(text):
    assert names(text, REPORT) == {}


def test_a_province_alone_is_not_its_town():
    assert names("Tỷ lệ hộ nghèo của tỉnh Lam Trà là bao nhiêu?", REPORT) == {"lam trà": True}


def test_every_name_is_told_once():
    found = read_names(meant("Ở xã Tân Lụa và ấp Bàu Đế của xã Tân Lụa có gì?"), ())
    assert len(found) == len(set(found))
    assert {" ".join(name.run) for name in found} == {"tân lụa", "bàu đế"}


def test_a_statement_without_the_name_falls_behind_one_with_it():
    asked = read_names(meant("Có mấy bến đò ở xã Tân Lụa?"), (REPORT,))
    with_name, without = candidate("26 bến"), candidate("Cả thị xã")
    assert weigh_names(with_name, asked).score == with_name.score
    assert weigh_names(without, asked).score < without.score


def test_the_sentence_that_calls_a_note_names_for_it():
    asked = read_names(meant("Có mấy bến lớn ở xã Tân Lụa?"), (REPORT,))
    note = candidate("9 bến lớn")
    assert weigh_names(note, asked).score == note.score


def test_a_missing_place_costs_more_than_another_missing_name():
    strict = read_names(meant("Có mấy bến đò ở Mường Khao?"), (REPORT,))
    loose = tuple(replace(name, strict=False) for name in strict)
    one = candidate("26 bến")
    assert weigh_names(one, strict).score < weigh_names(one, loose).score < one.score


def test_without_names_nothing_is_weighed():
    one = candidate("26 bến")
    assert weigh_names(one, ()) is one


def test_a_name_must_stand_as_one():
    asked = read_names(meant("Có gì ở xã Lụa Tân?"), (REPORT,))
    one = candidate("26 bến")
    assert weigh_names(one, asked).score < one.score


def test_named_indicators_come_with_the_syllables_that_name_them():
    meaning = meant(f"Tỷ lệ hộ nghèo của {TOWN} là bao nhiêu?")
    found = named_indicators(meaning, load_indicators())
    forms = [meaning.form(index) for index in sorted(found["ty-le-ho-ngheo"])]
    assert forms[-2:] == ["hộ", "nghèo"]
    assert named_indicators(meant("Chợ nổi họp ở đâu?"), load_indicators()) == {}
