"""What a language model would write is withheld when a number of it stands in no quotation."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from search_app.answer import ask
from search_app.answering.written import write_checked
from search_app.cite import Citation
from search_app.query import Request
from search_app.search import Library


class Parrot:
    """Says what it was made to say, as a model might."""

    def __init__(self, text: str) -> None:
        self.text = text

    def write(self, question: str, citations: Sequence[Citation]) -> str:
        return self.text


@pytest.fixture(scope="module")
def citations(sample_library: Library) -> list[Citation]:
    reply = ask(sample_library, Request("Tỷ lệ hộ nghèo của Vàm Sậy cuối năm 2020?"))
    return [answer.citation for answer in reply.answers]


def test_numbers_of_the_quotations_may_be_said(citations):
    text = "Hộ nghèo còn 2,35% vào cuối năm 2020."
    assert write_checked(Parrot(text), "…", citations) == text


@pytest.mark.parametrize("number", ["2,36%", "35%", "12,35%", "2.35%"])
def test_any_other_number_withholds_the_text(citations, number):
    assert write_checked(Parrot(f"Hộ nghèo còn {number}."), "…", citations) is None


def test_without_citations_only_words_may_be_said():
    assert write_checked(Parrot("Không rõ."), "…", []) == "Không rõ."
    assert write_checked(Parrot("Còn 2%."), "…", []) is None
