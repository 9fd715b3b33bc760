"""What the engine gives in pages of 10,000 comes whole; what it does not give is told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.backends.array_file import write_arrays
from indexer.backends.base import Backend
from indexer.backends.inverting import invert
from indexer.backends.opensearch_backend import OpenSearchBackend
from indexer.backends.whoosh_backend import WhooshBackend
from indexer.errors import QueryTooBroad
from indexer.models import Field, Filters, Group, Match
from tests.backend_contract import META, facet, query, store
from tests.cluster.nodes import Cluster
from tests.factories.entries import entry
from tests.indexer.backends.opensearch_index import backend_of, new_alias

pytestmark = pytest.mark.cluster

# More than the engine gives at once, of passages, reports and places.
PASSAGES, ONE_PAGE = 12_000, 10_000
QUESTION = query("hộ", "nghèo", limit=20, facets=False)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The passages of as many reports and places, one in three with half of the question."""
    path = tmp_path_factory.mktemp("many") / "inverted"
    entries = (
        entry(f"d{n}:p1", "hộ nghèo" if n % 3 else "hộ", place=f"Xã {n}") for n in range(PASSAGES)
    )
    write_arrays(path, invert(entries))
    return path


def filled(backend: Backend, file: Path) -> None:
    with backend.write(META, fresh=True) as writer:
        writer.add_inverted("many", file)


@pytest.fixture(scope="module")
def embedded(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshBackend]:
    with contextlib.closing(WhooshBackend(tmp_path_factory.mktemp("embedded"))) as backend:
        filled(backend, file)
        yield backend


@pytest.fixture(scope="module")
def backend(one_node: Cluster, file: Path) -> Iterator[OpenSearchBackend]:
    one_node.reset()
    with contextlib.closing(backend_of(one_node.urls, new_alias(), shards=3)) as backend:
        filled(backend, file)
        yield backend


@pytest.mark.parametrize("offset", [0, ONE_PAGE - 10, ONE_PAGE, PASSAGES - 5, PASSAGES])
def test_every_page_goes_on_where_the_one_before_it_ended(
    backend: OpenSearchBackend, embedded: WhooshBackend, offset: int
) -> None:
    page = replace(QUESTION, offset=offset)
    ours, theirs = backend.search(page), embedded.search(page)
    found = [(hit.passage_id, hit.complete) for hit in ours.hits]
    assert found == [(hit.passage_id, hit.complete) for hit in theirs.hits]
    assert len(found) == min(20, PASSAGES - offset)
    assert (ours.total, ours.complete) == (theirs.total, theirs.complete) == (PASSAGES, 8_000)


def test_a_page_larger_than_the_engine_gives_is_whole(
    backend: OpenSearchBackend, embedded: WhooshBackend
) -> None:
    page = replace(QUESTION, offset=500, limit=PASSAGES)
    found = [hit.passage_id for hit in backend.search(page).hits]
    assert found == [hit.passage_id for hit in embedded.search(page).hits]
    assert len(found) == PASSAGES - 500


def test_no_more_is_fetched_than_an_answer_may_hold(
    backend: OpenSearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.backends.opensearch_searching._FARTHEST", PASSAGES - 1)
    with pytest.raises(QueryTooBroad, match="Hãy lọc"):
        backend.search(replace(QUESTION, limit=PASSAGES))
    assert len(backend.search(replace(QUESTION, offset=PASSAGES - 21)).hits) == 20
    beyond = backend.search(replace(QUESTION, offset=10**9))
    assert (beyond.hits, beyond.total) == ((), PASSAGES)


def test_far_down_there_is_nothing_of_a_batch_that_is_not_committed(
    backend: OpenSearchBackend, one_node: Cluster
) -> None:
    last = replace(QUESTION, offset=PASSAGES - 5)
    before = backend.search(last)
    with pytest.raises(ZeroDivisionError), backend.write(META) as writer:
        writer.delete_document("d1")
        # As many as are sent before the commit.
        for number in range(2_000):
            writer.add(entry(f"e{number}:p1", "hộ nghèo"))
        one_node.call("POST", "/_refresh")
        assert backend.search(last) == before
        raise ZeroDivisionError
    assert backend.search(last) == before


def test_all_reports_and_counts_are_told_however_many_there_are(
    backend: OpenSearchBackend, embedded: WhooshBackend
) -> None:
    assert backend.tally(QUESTION) == embedded.tally(QUESTION)
    assert backend.document_ids() == embedded.document_ids()
    assert len(backend.document_ids()) == PASSAGES


def test_of_a_facet_the_ten_thousand_most_frequent_values_are_told(
    backend: OpenSearchBackend, embedded: WhooshBackend
) -> None:
    question = replace(QUESTION, limit=0, facets=True)
    ours, theirs = (facet(each.search(question), "place") for each in (backend, embedded))
    assert ours == theirs[:ONE_PAGE]


def test_a_question_may_name_more_reports_than_engines_usually_take(
    backend: OpenSearchBackend,
) -> None:
    documents = tuple(f"d{number}" for number in range(PASSAGES - 1, 80_000))
    assert backend.search(replace(QUESTION, filters=Filters(documents=documents))).total == 1


def test_runs_that_are_too_many_are_told_in_words(backend: OpenSearchBackend) -> None:
    runs = Group(tuple(Match(Field.SYLLABLES, ("hộ", f"x{number}")) for number in range(900)))
    with pytest.raises(QueryTooBroad, match="nhiều từ hơn mức cụm OpenSearch cho phép"):
        backend.search(replace(QUESTION, groups=(runs,)))


def test_a_batch_may_delete_more_reports_than_engines_usually_take(one_node: Cluster) -> None:
    with contextlib.closing(backend_of(one_node.urls, new_alias())) as backend:
        store(backend, entry("d1:p1", "hộ"), entry("kept:p1", "hộ"))
        with backend.write(META) as writer:
            for number in range(70_000):
                writer.delete_document(f"d{number}")
        assert backend.document_ids() == {"kept"}
