from __future__ import annotations

from indexer.models import Span
from search_app.answering.candidates import Candidate
from search_app.answering.evidence import Evidence
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact

DOCUMENT = make_document(paragraphs=("Tỷ lệ hộ nghèo là 2,5%\tvào  cuối năm 2020.",))
START = DOCUMENT.text.index("2,5%")


def candidate(fact=None):
    passage = next(p for p in DOCUMENT.passages if "2,5%" in p.span.of(DOCUMENT.text))
    value = Span(START, DOCUMENT.text.index("cuối", START) + 4)
    return Candidate(Evidence(DOCUMENT, passage, 0), passage.span, value, 1.0, 1.0, fact)


def test_the_answer_is_as_printed_with_single_spaces():
    assert candidate().text == "2,5% vào cuối"


def test_the_place_is_that_of_the_fact_else_of_the_report():
    assert candidate().place == "huyện An Bình"
    assert candidate(make_fact(DOCUMENT, "2,5%", place="xã An Hòa")).place == "xã An Hòa"
