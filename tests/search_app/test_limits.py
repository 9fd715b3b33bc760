"""Questions that ask for much are answered in bounded time or refused with what to do."""

from __future__ import annotations

import time

import pytest

from indexer.errors import QueryTooBroad, QueryTooLong
from indexer.models import Field
from search_app.query import Request

# Far more than it takes, far less than without a bound.
SECONDS = 10


@pytest.fixture(scope="module")
def words(sample_library):
    """Words of a report, as many as a question may have."""
    report = sample_library.catalogue.documents()[0]
    text = sample_library.document(report.id).text
    return " ".join(text.split()[200:500])[: sample_library.settings.max_query_chars]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("và", id="in nearly every passage"),
        pytest.param("t*", id="a beginning of hundreds of words"),
        pytest.param('"và các"~50', id="far apart"),
        pytest.param("-".join(["hộ"] * 300), id="one long word"),
        pytest.param("t* " * 300, id="one beginning many times"),
        pytest.param("hộ " + " ".join(f"-x{n}" for n in range(150)), id="many excluded words"),
        pytest.param(" ".join(f'"hộ nghèo"~{n}' for n in range(50)), id="many distances"),
    ],
)
def test_a_question_that_asks_for_much_is_answered(sample_library, question):
    begin = time.perf_counter()
    sample_library.search(Request(question))
    assert time.perf_counter() - begin < SECONDS


def test_a_hundred_words_find_their_passages_first(sample_library, words):
    assert len(words.split()) > 100
    begin = time.perf_counter()
    result = sample_library.search(Request(words))
    assert time.perf_counter() - begin < SECONDS
    assert any(part in words for part in result.hits[0].text.split(". "))


def test_what_is_longer_is_refused(sample_library, words):
    with pytest.raises(QueryTooLong):
        sample_library.search(Request(words + " thêm nữa"))


def test_a_beginning_of_too_many_words_is_refused(sample_library, monkeypatch):
    many = tuple(f"t{n}" for n in range(1000))
    monkeypatch.setattr(
        sample_library.backend,
        "forms",
        lambda field, beginning, most: many[:most] if field is Field.SYLLABLES else (),
    )
    with pytest.raises(QueryTooBroad, match="hãy gõ thêm"):
        sample_library.search(Request("t*"))
