from __future__ import annotations

from dataclasses import replace

import pytest

from search_app.answering.coverage import units_of
from search_app.answering.front import front_candidates
from search_app.answering.wants import read_wants
from tests.factories.questions import meant

KEYS = [("Sậy", "2015"), ("Sậy", "2020"), ("Vối", "2015"), ("Vối", "2020")]


@pytest.fixture(scope="module")
def documents(sample_documents):
    return {
        (d.metadata.place.split()[-1], d.metadata.date[:4]): d for d in sample_documents.values()
    }


def candidates(question, documents):
    meaning = meant(question)
    wants = read_wants(meaning, "2020")
    units = units_of(meaning, None, wants.times)
    found = front_candidates(documents, units, wants, question)
    return sorted(found, key=lambda one: -one.score)


@pytest.mark.parametrize(
    "key", [("Sậy", "2015"), ("Sậy", "2020"), ("Vối", "2015"), ("Vối", "2020")]
)
def test_who_signed_is_read_from_under_the_report(documents, key):
    document = documents[key]
    (found,) = candidates("Ai ký báo cáo?", [document])
    assert found.text == document.metadata.signer
    assert found.evidence.passage.span.end == found.quote.end


@pytest.mark.parametrize(
    "key", [("Sậy", "2015"), ("Sậy", "2020"), ("Vối", "2015"), ("Vối", "2020")]
)
def test_the_date_is_read_from_the_line_that_says_it(documents, key):
    document = documents[key]
    (found,) = candidates("Báo cáo này đề ngày nào?", [document])
    year, month, day = document.metadata.date.split("-")
    assert year in found.text
    assert str(int(day)) in found.text and str(int(month)) in found.text
    assert found.quote.holds(found.value)


def test_the_role_above_the_name_answers_for_who_holds_it(documents):
    document = documents["Sậy", "2020"]
    (found,) = candidates("Bí thư Thị ủy là ai?", [document])
    assert found.text == document.metadata.signer
    assert "BÍ THƯ" in found.quote.of(document.text)


@pytest.mark.parametrize(
    "question",
    [
        "Chủ tịch là ai?",
        "Giám đốc bệnh viện tên gì?",
        "Nghệ nhân nào dệt chiếu?",
        "Ai chưa mua bảo hiểm?",
        "Cầu thông xe khi nào?",
        "Báo cáo nói gì?",
        "Có bao nhiêu báo cáo ký trong năm?",
    ],
)
def test_other_questions_are_not_answered_by_date_or_signature(documents, question):
    assert candidates(question, documents.values()) == []


def test_the_report_of_the_year_that_is_asked_for_comes_first(documents):
    both = [documents["Vối", "2020"], documents["Vối", "2015"]]
    for year, document in (("2015", both[1]), ("2020", both[0])):
        best = candidates(f"Ai ký báo cáo năm {year}?", both)[0]
        assert best.text == document.metadata.signer


def test_a_report_without_a_signature_or_date_has_none(documents):
    document = documents["Sậy", "2020"]
    bare = replace(document, metadata=replace(document.metadata, signer="", date=""))
    assert candidates("Ai ký báo cáo?", [bare]) == []
    assert candidates("Báo cáo này đề ngày nào?", [bare]) == []


def test_a_name_that_stands_nowhere_in_the_report_is_not_cited(documents):
    document = documents["Sậy", "2020"]
    other = replace(document, metadata=replace(document.metadata, signer="Lò Văn Không Có"))
    assert candidates("Ai ký báo cáo?", [other]) == []
