"""In which order passages are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.backends.base import Backend
from indexer.models import (
    Field,
    Preference,
)
from tests.backend_contract.helpers import (
    META,
    group,
    ids,
    match,
    names,
    query,
    store,
    texts,
)
from tests.factories.entries import entry


class ScoringContract:
    """What a find is worth."""

    def test_a_rare_form_counts_more_than_a_common_one(self, backend: Backend) -> None:
        texts(backend, rare="hiếm x", common="chung x", more="chung y", most="chung z")
        assert names(backend.search(query("hiếm", "chung")))[0] == "rare"

    def test_a_form_counts_more_in_a_short_passage(self, backend: Backend) -> None:
        texts(backend, long="a " + "x " * 40, short="a x", other="y")
        assert names(backend.search(query("a"))) == ["short", "long"]

    def test_a_form_counts_more_when_it_stands_there_more_often(self, backend: Backend) -> None:
        texts(backend, once="a x x x", thrice="a a a x", other="y y y y")
        assert names(backend.search(query("a"))) == ["thrice", "once"]

    def test_a_run_counts_more_when_it_stands_there_more_often(self, backend: Backend) -> None:
        texts(backend, once="a b a x b x", twice="a b a b x x", other="y y y y y y")
        assert names(backend.search(query("a b"))) == ["twice", "once"]

    def test_a_run_counts_more_than_each_of_its_forms(self, backend: Backend) -> None:
        texts(backend, a="a b x", z="y y y")
        (run,) = backend.search(query("a b")).hits
        (form,) = backend.search(query("a")).hits
        assert run.score == pytest.approx(2 * form.score)

    def test_weight_scales_what_a_match_is_worth(self, backend: Backend) -> None:
        texts(backend, a="a b", z="x")
        (plain,) = backend.search(query(group(match("a")))).hits
        (heavy,) = backend.search(query(group(match("a", weight=2.5)))).hits
        assert heavy.score == pytest.approx(2.5 * plain.score)

    def test_weights_decide_the_order(self, backend: Backend) -> None:
        texts(backend, a="one", b="two", c="x", d="y")
        for heavy, light, first in (("one", "two", "a"), ("two", "one", "b")):
            either = group(match(heavy, weight=3), match(light))
            assert names(backend.search(query(either)))[0] == first

    def test_a_preferred_trait_multiplies_the_score(self, backend: Backend) -> None:
        store(
            backend,
            entry("d:plain", "a b"),
            entry("d:liked", "a c", traits=("target", "figure")),
            entry("d:other", "a c", traits=("targets",)),
        )
        preferences = (Preference("target", 2.0), Preference("figure", 1.5))
        hits = backend.search(query("a", preferences=preferences)).hits
        scores = {hit.passage_id: hit.score for hit in hits}
        assert hits[0].passage_id == "d:liked"
        assert scores["d:liked"] == pytest.approx(3 * scores["d:plain"])
        assert scores["d:other"] == pytest.approx(scores["d:plain"])

    def test_coverage_lowers_what_lacks_groups_the_more_the_rarer_they_are(
        self, backend: Backend
    ) -> None:
        texts(backend, both="a b", common="a a", rare="b b", **{f"x{n}": "a c" for n in range(9)})
        plain = {hit.passage_id: hit.score for hit in backend.search(query("a", "b")).hits}
        hits = backend.search(query("a", "b", coverage=1.0)).hits
        shares = {hit.passage_id: hit.score / plain[hit.passage_id] for hit in hits}
        assert shares["d:both"] == pytest.approx(1)
        assert shares["d:common"] + shares["d:rare"] == pytest.approx(1)
        assert shares["d:common"] < shares["d:rare"]

    def test_a_group_found_only_in_the_linked_text_is_covered_in_part(
        self, backend: Backend
    ) -> None:
        store(backend, entry("d:own", "a"), entry("d:near", "c", linked="a"))
        either = group(match("a"), match("a", Field.LINKED))
        plain = {hit.passage_id: hit.score for hit in backend.search(query(either)).hits}
        hits = backend.search(query(either, coverage=1.0)).hits
        shares = {hit.passage_id: hit.score / plain[hit.passage_id] for hit in hits}
        assert shares == {"d:own": pytest.approx(1), "d:near": pytest.approx(0.5)}

    def test_an_empty_index_finds_nothing(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        with backend.write(META) as writer:
            writer.delete_document("d")
        hits = backend.search(query("a", "b", coverage=0.5))
        assert (hits.total, hits.complete, hits.hits) == (0, 0, ())

    def test_complete_passages_need_not_come_first(self, backend: Backend) -> None:
        texts(backend, both="a b " + "x " * 60, one="b b b", **{f"y{n}": "a" for n in range(5)})
        question = query("a", "b")
        assert names(backend.search(question))[0] == "both"
        assert names(backend.search(replace(question, complete_first=False)))[0] == "one"

    def test_a_group_only_in_the_linked_text_does_not_complete(self, backend: Backend) -> None:
        store(backend, entry("d:own", "a b"), entry("d:near", "a", linked="b"))
        wanted = [group(match(form), match(form, Field.LINKED)) for form in "ab"]
        hits = backend.search(query(*wanted))
        assert [(hit.passage_id, hit.complete) for hit in hits.hits] == [
            ("d:own", True),
            ("d:near", False),
        ]
        assert (hits.total, hits.complete) == (2, 1)

    def test_a_form_without_accents_is_found_in_its_own_field(self, backend: Backend) -> None:
        texts(backend, one="hộ nghèo")
        assert names(backend.search(query(group(match("ho", Field.FOLDED))))) == ["one"]
        assert names(backend.search(query("ho"))) == []

    def test_boosts_add_to_the_score_and_find_nothing(self, backend: Backend) -> None:
        texts(backend, a="x y", b="x z", only="z w", other="v v")
        hits = backend.search(query("x", boosts=(match("z", weight=2),)))
        assert names(hits) == ["b", "a"]
        assert hits.complete == 2
        plain = backend.search(query("x")).hits
        assert hits.hits[1].score == pytest.approx(plain[0].score)
        assert hits.hits[0].score > plain[1].score

    def test_every_alternative_that_is_found_adds(self, backend: Backend) -> None:
        texts(backend, both="a b", one="a x", z="y y")
        hits = backend.search(query(group("a", "b")))
        assert names(hits) == ["both", "one"]

    def test_equal_scores_are_ordered_by_id(self, backend: Backend) -> None:
        store(backend, *(entry(f"d{n}:p{m}", "a b") for n in (2, 1) for m in (3, 1, 2)))
        hits = backend.search(query("a"))
        assert ids(hits) == ["d1:p1", "d1:p2", "d1:p3", "d2:p1", "d2:p2", "d2:p3"]
        assert len({hit.score for hit in hits.hits}) == 1
