"""Filters, facets and pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.backends.base import Backend
from indexer.models import FacetValue, Filters, Hits, PassageKind
from tests.backend_contract.helpers import (
    facet,
    ids,
    names,
    query,
    store,
    texts,
)
from tests.factories.entries import entry


class NarrowingContract:
    """Parts of what is found, and their counts."""

    @pytest.fixture
    def reports(self, backend: Backend) -> Backend:
        store(
            backend,
            entry("d1:p1", "nước", place="Sông Lục", term="2020-2025", year="2020", section="I"),
            entry("d1:p2", "nước", place="Sông Lục", term="2020-2025", year="2020", section="II"),
            entry("d2:p1", "nước", place="Đồi Mây", term="2015-2020", year="2015", section="I"),
            entry(
                "d3:p1",
                "nước",
                place="Bến Gỗ",
                term="2020-2025",
                year="2021",
                kind=PassageKind.FOOTNOTE,
            ),
            entry("d3:p2", "điện", place="Bến Gỗ", year="2021", kind=PassageKind.TABLE),
        )
        return backend

    def test_each_filter_keeps_what_has_one_of_its_values(self, reports: Backend) -> None:
        def found(filters: Filters) -> list[str]:
            return ids(reports.search(query(filters=filters)))

        assert found(Filters(places=("Đồi Mây",))) == ["d2:p1"]
        assert found(Filters(places=("Đồi Mây", "Bến Gỗ"))) == ["d2:p1", "d3:p1", "d3:p2"]
        assert found(Filters(terms=("2015-2020",))) == ["d2:p1"]
        assert found(Filters(years=("2021", "2015"))) == ["d2:p1", "d3:p1", "d3:p2"]
        assert found(Filters(kinds=(PassageKind.FOOTNOTE,))) == ["d3:p1"]
        assert found(Filters(documents=("d1", "d9"))) == ["d1:p1", "d1:p2"]
        assert found(Filters(places=("đồi mây",))) == []
        assert found(Filters(places=("Đồi",))) == []

    def test_filters_combine(self, reports: Backend) -> None:
        filters = Filters(places=("Bến Gỗ", "Sông Lục"), years=("2021",))
        hits = reports.search(query("nước", filters=filters))
        assert ids(hits) == ["d3:p1"]
        assert reports.search(query(filters=replace(filters, years=("1999",)))).total == 0

    def test_sections_are_filtered_by_runs_in_the_heading(self, backend: Backend) -> None:
        store(
            backend,
            entry("d:a", "x", heading="văn hóa xã hội"),
            entry("d:b", "x", heading="xã hóa hội"),
            entry("d:c", "x", heading="quốc phòng"),
            entry("d:d", "văn hóa"),
        )

        def found(*runs: str) -> list[str]:
            filters = Filters(sections=tuple(tuple(run.split()) for run in runs))
            return names(backend.search(query(filters=filters)))

        assert found("xã hội") == ["a"]
        assert found("hóa") == ["a", "b"]
        assert found("văn hóa", "quốc phòng") == ["a", "c"]
        assert found("không có") == []

    def test_facets_count_all_hits_not_only_the_page(self, reports: Backend) -> None:
        hits = reports.search(query("nước", limit=1))
        assert len(hits.hits) == 1
        assert hits.total == 4
        assert facet(hits, "place") == [("Sông Lục", 2), ("Bến Gỗ", 1), ("Đồi Mây", 1)]
        assert facet(hits, "term") == [("2020-2025", 3), ("2015-2020", 1)]
        assert facet(hits, "year") == [("2020", 2), ("2015", 1), ("2021", 1)]
        assert facet(hits, "kind") == [("body", 3), ("footnote", 1)]
        assert facet(hits, "section") == [("I", 2), ("II", 1)]

    def test_facets_count_only_what_passes_the_filters(self, reports: Backend) -> None:
        hits = reports.search(query("nước", filters=Filters(places=("Sông Lục",))))
        assert facet(hits, "place") == [("Sông Lục", 2)]
        assert facet(hits, "kind") == [("body", 2)]

    def test_every_facet_is_there_even_without_values(self, backend: Backend) -> None:
        texts(backend, a="x")
        hits = backend.search(query("nothing"))
        assert sorted((f.name, f.values) for f in hits.facets) == [
            (name, ()) for name in ("kind", "place", "section", "term", "year")
        ]

    def test_facets_are_counted_only_when_they_are_asked_for(self, reports: Backend) -> None:
        asked = query("nước", filters=Filters(years=("2020", "2021")))
        hits = reports.search(asked)
        assert reports.search(replace(asked, facets=False)) == replace(hits, facets=())
        assert reports.search(replace(asked, facets=False, limit=0)) == replace(
            hits, hits=(), facets=()
        )

    def test_facets_that_nobody_asked_for_are_not_there_in_an_empty_index(
        self, backend: Backend
    ) -> None:
        store(backend)
        assert backend.search(query("nước", facets=False)).facets == ()

    # --- counts by document and kind ----------------------------------------------------------

    def test_a_tally_counts_all_hits_by_document_and_kind(self, reports: Backend) -> None:
        asked = query("nước", "sạch", minimum=1)
        hits = reports.search(replace(asked, limit=100)).hits
        assert hits
        tally = reports.tally(asked)
        by_document: dict[str, list[int]] = {}
        for (document_id, _), (every, whole) in tally.items():
            counts = by_document.setdefault(document_id, [0, 0])
            counts[0] += every
            counts[1] += whole
        for document_id, counts in by_document.items():
            own = [hit for hit in hits if hit.passage_id.startswith(f"{document_id}:")]
            assert counts == [len(own), sum(hit.complete for hit in own)]
        assert sum(every for every, _ in tally.values()) == len(hits)
        kinds = {value.value: value.count for value in _kinds(reports.search(asked))}
        assert kinds == {
            kind: sum(every for (_, each), (every, _) in tally.items() if each == kind)
            for kind in kinds
        }

    def test_a_tally_keeps_to_the_filters(self, reports: Backend) -> None:
        asked = query("nước", filters=Filters(years=("2020",)))
        total = sum(every for every, _ in reports.tally(asked).values())
        assert total == reports.search(asked).total

    def test_a_tally_of_nothing_is_empty(self, backend: Backend) -> None:
        store(backend)
        assert backend.tally(query("nước")) == {}

    # --- pages --------------------------------------------------------------------------------

    def test_pages_do_not_overlap_and_leave_nothing_out(self, backend: Backend) -> None:
        store(backend, *(entry(f"d:p{n:03d}", "a " + "b " * (n % 4)) for n in range(23)))
        whole = backend.search(query("a", "b", limit=100))
        pages = [backend.search(query("a", "b", limit=5, offset=o)) for o in range(0, 25, 5)]
        assert [i for page in pages for i in ids(page)] == ids(whole)
        assert len(ids(whole)) == 23
        assert {(page.total, page.complete, page.facets) for page in pages} == {
            (whole.total, whole.complete, whole.facets)
        }

    def test_a_page_past_the_end_is_empty_and_knows_the_total(self, backend: Backend) -> None:
        texts(backend, a="x", b="x")
        hits = backend.search(query("x", offset=10))
        assert (hits.hits, hits.total, hits.complete) == ((), 2, 2)

    def test_limit_zero_gives_only_counts(self, reports: Backend) -> None:
        hits = reports.search(query("nước", limit=0))
        assert (hits.hits, hits.total, hits.complete) == ((), 4, 4)
        assert facet(hits, "year") == [("2020", 2), ("2015", 1), ("2021", 1)]


def _kinds(hits: Hits) -> tuple[FacetValue, ...]:
    return next(facet.values for facet in hits.facets if facet.name == "kind")
