"""What every search engine must keep. A test class inherits it and supplies `backend`.

Passages here are named by what matters in them; numbers of the form "d1:p1" say which document.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace

import pytest

from indexer.backends.base import Backend
from indexer.errors import IndexLocked, IndexMissing, IndexOutdated
from indexer.models import (
    Entry,
    Field,
    Filters,
    Group,
    Hits,
    IndexMeta,
    Match,
    PassageKind,
    Preference,
    Query,
)
from tests.factories.entries import entry

META = IndexMeta(schema=1, analysis=1, segmenter="none")


def match(forms: str, field: Field = Field.SYLLABLES, weight: float = 1.0) -> Match:
    """Make a match from forms with spaces between; in PAIRS the forms are "a+b"."""
    return Match(field, tuple(form.replace("+", " ") for form in forms.split()), weight)


def group(*alternatives: str | Match) -> Group:
    return Group(tuple(match(a) if isinstance(a, str) else a for a in alternatives))


def query(*groups: str | Group, **rest: object) -> Query:
    made = tuple(group(g) if isinstance(g, str) else g for g in groups)
    return replace(Query(made), **rest)  # type: ignore[arg-type]


def store(backend: Backend, *entries: Entry, meta: IndexMeta = META, fresh: bool = False) -> None:
    with backend.write(meta, fresh=fresh) as writer:
        for one in entries:
            writer.add(one)


def texts(backend: Backend, **by_id: str) -> None:
    """Store passages "d:<name>", one for each text."""
    store(backend, *(entry(f"d:{name}", text) for name, text in by_id.items()))


def ids(hits: Hits) -> list[str]:
    return [hit.passage_id for hit in hits.hits]


def names(hits: Hits) -> list[str]:
    return [hit.passage_id.partition(":")[2] for hit in hits.hits]


def facet(hits: Hits, name: str) -> list[tuple[str, int]]:
    (found,) = (facet for facet in hits.facets if facet.name == name)
    return [(value.value, value.count) for value in found.values]


class BackendContract:
    """The tests; the fixture must give an engine without an index and close it afterwards."""

    @pytest.fixture
    def backend(self) -> Iterable[Backend]:
        raise NotImplementedError

    # --- without an index ---------------------------------------------------------------------

    def test_search_without_an_index_says_what_to_run(self, backend: Backend) -> None:
        with pytest.raises(IndexMissing, match="Chưa có chỉ mục.*vankien index THƯ_MỤC"):
            backend.search(query("nước"))

    def test_without_an_index_there_is_nothing_to_know(self, backend: Backend) -> None:
        assert backend.meta() is None
        assert backend.document_ids() == frozenset()
        assert backend.count() == 0

    def test_the_first_batch_makes_the_index(self, backend: Backend) -> None:
        texts(backend, a="nước sạch")
        assert backend.meta() == META
        assert names(backend.search(query("nước"))) == ["a"]

    def test_an_empty_batch_makes_an_empty_index(self, backend: Backend) -> None:
        store(backend)
        hits = backend.search(query("nước"))
        assert (hits.hits, hits.total, hits.complete) == ((), 0, 0)
        assert backend.count() == 0
        assert backend.meta() == META

    # --- what a group finds -------------------------------------------------------------------

    def test_a_form_is_found_only_in_its_own_field(self, backend: Backend) -> None:
        store(
            backend,
            entry("d:text", "hộ nghèo"),
            entry("d:heading", "x", heading="hộ nghèo"),
            entry("d:word", "hộ_nghèo"),
        )

        def found(*matches: Match) -> set[str]:
            return set(names(backend.search(query(group(*matches)))))

        assert found(match("nghèo")) == {"text", "word"}
        assert found(match("nghèo", Field.HEADING)) == {"heading"}
        assert found(match("nghèo", Field.WORDS)) == {"text"}
        assert found(match("hộ_nghèo", Field.WORDS)) == {"word"}
        assert found(match("hộ+nghèo", Field.PAIRS)) == {"text", "word"}

    def test_a_run_needs_its_forms_side_by_side(self, backend: Backend) -> None:
        texts(
            backend,
            together="tỷ lệ hộ nghèo giảm",
            apart="tỷ lệ các hộ rất nghèo",
            turned="nghèo hộ",
            half="hộ khá",
        )
        assert names(backend.search(query("hộ nghèo"))) == ["together"]

    def test_a_run_may_repeat_a_form(self, backend: Backend) -> None:
        texts(backend, twice="xanh xanh lá", once="xanh lá", between="xanh lá xanh")
        assert names(backend.search(query("xanh xanh"))) == ["twice"]

    def test_a_long_run_is_found_anywhere_in_the_text(self, backend: Backend) -> None:
        texts(backend, late="a b a b c a b c d", never="a b c a b d")
        assert names(backend.search(query("a b c d"))) == ["late"]

    def test_a_run_of_words_counts_words_not_syllables(self, backend: Backend) -> None:
        texts(backend, near="tỷ_lệ hộ_nghèo giảm", far="tỷ_lệ các hộ_nghèo")
        run = group(match("tỷ_lệ hộ_nghèo", Field.WORDS))
        assert names(backend.search(query(run))) == ["near"]

    def test_a_run_of_words_does_not_leap_over_a_syllable_without_a_word(
        self, backend: Backend
    ) -> None:
        whole = entry("d:p1", "hộ_nghèo 5 giảm")
        words = tuple(word for word in whole.analysis.words if word.form != "5")
        store(backend, replace(whole, analysis=replace(whole.analysis, words=words)))
        assert backend.search(query(group(match("hộ_nghèo", Field.WORDS)))).total == 1
        assert backend.search(query(group(match("hộ_nghèo giảm", Field.WORDS)))).total == 0

    def test_a_run_of_pairs_is_found(self, backend: Backend) -> None:
        texts(backend, run="a b c", other="b c a b")
        assert names(backend.search(query(group(match("a+b b+c", Field.PAIRS))))) == ["run"]

    def test_any_alternative_satisfies_a_group(self, backend: Backend) -> None:
        texts(backend, full="bảo hiểm y tế", short="bhyt tăng", neither="bảo hiểm xe")
        hits = backend.search(query(group("bảo hiểm y tế", "bhyt")))
        assert sorted(names(hits)) == ["full", "short"]
        assert hits.complete == 2

    def test_vietnamese_forms_are_told_apart(self, backend: Backend) -> None:
        texts(backend, an="an", ân="ân", án="án", đ="đ", d="d", emoji="👍", sign="%")
        for form in ("an", "ân", "án", "đ", "d"):
            assert names(backend.search(query(form))) == [form]
        assert names(backend.search(query("👍"))) == ["emoji"]
        assert names(backend.search(query("%"))) == ["sign"]

    @pytest.mark.parametrize(
        "form", ["", " ", "*", '"', "\0", "\ud800", "x" * 70_000, "a:b", "NOT"]
    )
    def test_an_odd_form_is_no_error_and_finds_only_itself(
        self, backend: Backend, form: str
    ) -> None:
        texts(backend, plain="nước sạch")
        assert backend.search(Query((Group((Match(Field.SYLLABLES, (form,)),)),))).total == 0
        assert backend.search(Query((Group((Match(Field.SYLLABLES, ("nước", form)),)),))).total == 0

    def test_nothing_to_match_finds_nothing(self, backend: Backend) -> None:
        texts(backend, a="nước")
        assert backend.search(query(Group(()))).total == 0
        assert backend.search(query(group(Match(Field.SYLLABLES, ())))).total == 0

    def test_a_very_long_passage_is_found_by_its_end(self, backend: Backend) -> None:
        texts(backend, long="từ " * 30_000 + "cuối cùng", short="đầu")
        assert names(backend.search(query("từ cuối cùng"))) == ["long"]

    # --- groups together ----------------------------------------------------------------------

    def test_passages_with_every_group_come_first(self, backend: Backend) -> None:
        filler = " ".join(f"x{n}" for n in range(60))
        texts(backend, all=f"nước sạch {filler}", one="nước nước nước", none="điện")
        hits = backend.search(query("nước", "sạch"))
        assert names(hits) == ["all", "one"]
        assert [hit.complete for hit in hits.hits] == [True, False]
        assert (hits.total, hits.complete) == (2, 1)
        assert hits.hits[0].score < hits.hits[1].score

    def test_minimum_leaves_out_passages_with_fewer_groups(self, backend: Backend) -> None:
        texts(backend, three="a b c", two="a b", one="a")

        def found(minimum: int) -> list[str]:
            return sorted(names(backend.search(query("a", "b", "c", minimum=minimum))))

        assert found(1) == ["one", "three", "two"]
        assert found(2) == ["three", "two"]
        assert found(3) == ["three"]

    def test_minimum_above_the_number_of_groups_means_all_of_them(self, backend: Backend) -> None:
        texts(backend, both="a b", one="a")
        assert names(backend.search(query("a", "b", minimum=9))) == ["both"]

    def test_required_groups_must_all_be_there(self, backend: Backend) -> None:
        texts(backend, both="a b c", one="a b", other="a c")
        hits = backend.search(query("a", required=(group("b"), group("c", "z"))))
        assert names(hits) == ["both"]

    def test_excluded_groups_must_not_be_there(self, backend: Backend) -> None:
        texts(backend, good="a b", bad="a c d", also="a z", near="a c x d")
        hits = backend.search(query("a", excluded=(group("c d"), group("z"))))
        assert sorted(names(hits)) == ["good", "near"]
        assert hits.total == 2

    def test_required_alone_finds_whatever_has_it(self, backend: Backend) -> None:
        texts(backend, b="x y", a="x y", c="y x")
        hits = backend.search(query(required=(group("x y"),)))
        assert names(hits) == ["a", "b"]
        assert hits.complete == 2
        assert all(hit.complete for hit in hits.hits)

    def test_a_question_without_anything_finds_everything(self, backend: Backend) -> None:
        texts(backend, b="x", a="y")
        hits = backend.search(Query(()))
        assert names(hits) == ["a", "b"]
        assert (hits.total, hits.complete) == (2, 2)

    # --- score --------------------------------------------------------------------------------

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

    def test_an_index_that_grew_scores_like_a_fresh_one(self, backend: Backend) -> None:
        kept = [entry(f"k{n}:p", f"a b {'c ' * n}") for n in range(8)]
        store(backend, entry("old:p1", "a a a a b"), entry("old:p2", "c " * 50))
        for one in kept:
            store(backend, one)
        with backend.write(META) as writer:
            writer.delete_document("old")
        grown = backend.search(query("a", "c", boosts=(match("b c"),)))
        store(backend, *reversed(kept), fresh=True)
        fresh = backend.search(query("a", "c", boosts=(match("b c"),)))
        assert ids(grown) == ids(fresh)
        assert [h.score for h in grown.hits] == pytest.approx([h.score for h in fresh.hits])

    # --- filters and facets -------------------------------------------------------------------

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

    # --- writing ------------------------------------------------------------------------------

    def test_a_batch_adds_to_what_is_there(self, backend: Backend) -> None:
        store(backend, entry("d1:p1", "a"))
        store(backend, entry("d2:p1", "a"))
        assert ids(backend.search(query("a"))) == ["d1:p1", "d2:p1"]
        assert backend.document_ids() == {"d1", "d2"}
        assert backend.count() == 2

    def test_deleting_takes_every_passage_of_the_document_and_no_other(
        self, backend: Backend
    ) -> None:
        store(backend, *(entry(f"{d}:p{n}", "a b") for d in ("d1", "d11", "d2") for n in range(3)))
        with backend.write(META) as writer:
            writer.delete_document("d1")
        hits = backend.search(query("a b"))
        assert {i.partition(":")[0] for i in ids(hits)} == {"d11", "d2"}
        assert hits.total == 6
        assert backend.document_ids() == {"d11", "d2"}
        assert backend.count() == 6
        assert backend.search(Query(())).total == 6
        assert facet(hits, "kind") == [("body", 6)]

    def test_deleting_and_adding_again_replaces(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "cũ"), entry("d:p2", "cũ"), entry("e:p1", "cũ"))
        with backend.write(META) as writer:
            writer.delete_document("d")
            writer.add(entry("d:p1", "mới"))
        assert ids(backend.search(query("cũ"))) == ["e:p1"]
        assert ids(backend.search(query("mới"))) == ["d:p1"]
        assert backend.count() == 2

    def test_deleting_everything_leaves_an_empty_index(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        with backend.write(META) as writer:
            writer.delete_document("d")
        assert backend.search(query("a")).total == 0
        assert backend.document_ids() == frozenset()
        store(backend, entry("d:p1", "a"))
        assert backend.search(query("a")).total == 1

    def test_deleting_an_unknown_document_is_no_error(self, backend: Backend) -> None:
        with backend.write(META) as writer:
            writer.delete_document("nowhere")
            writer.add(entry("d:p1", "a"))
        with backend.write(META) as writer:
            writer.delete_document("nowhere")
        assert backend.count() == 1

    def test_deleting_what_the_batch_added_is_refused(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        with pytest.raises(ValueError, match="delete it before"), backend.write(META) as writer:
            writer.add(entry("e:p1", "a"))
            writer.delete_document("e")
        assert backend.document_ids() == {"d"}

    def test_an_exception_discards_the_batch_and_passes_through(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        before = backend.search(query("a"))
        with pytest.raises(OSError, match="of the caller"), backend.write(META) as writer:
            writer.delete_document("d")
            writer.add(entry("e:p1", "a"))
            raise OSError("of the caller")
        assert backend.search(query("a")) == before
        store(backend, entry("f:p1", "a"))
        assert backend.document_ids() == {"d", "f"}

    def test_an_exception_in_the_first_batch_leaves_no_index(self, backend: Backend) -> None:
        with pytest.raises(KeyboardInterrupt), backend.write(META) as writer:
            writer.add(entry("d:p1", "a"))
            raise KeyboardInterrupt
        assert backend.meta() is None
        texts(backend, a="x")
        assert backend.count() == 1

    def test_searches_during_a_batch_see_the_state_before(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        with backend.write(META) as writer:
            writer.delete_document("d")
            writer.add(entry("e:p1", "a"))
            assert ids(backend.search(query("a"))) == ["d:p1"]
        assert ids(backend.search(query("a"))) == ["e:p1"]

    def test_a_fresh_batch_replaces_everything_at_its_end(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        other = replace(META, analysis=2)
        with backend.write(other, fresh=True) as writer:
            writer.add(entry("e:p1", "a"))
            assert ids(backend.search(query("a"))) == ["d:p1"]
            assert backend.meta() == META
        assert ids(backend.search(query("a"))) == ["e:p1"]
        assert backend.meta() == other
        assert backend.document_ids() == {"e"}

    def test_a_fresh_batch_that_fails_leaves_the_old_index(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "a"))
        with pytest.raises(RuntimeError), backend.write(META, fresh=True) as writer:
            writer.add(entry("e:p1", "a"))
            raise RuntimeError
        assert ids(backend.search(query("a"))) == ["d:p1"]
        store(backend, entry("f:p1", "a"))
        assert backend.document_ids() == {"d", "f"}

    def test_many_fresh_batches_follow_each_other(self, backend: Backend) -> None:
        for number in range(5):
            store(backend, entry(f"d{number}:p1", "a"), fresh=True)
            assert ids(backend.search(query("a"))) == [f"d{number}:p1"]

    @pytest.mark.parametrize("change", [{"schema": 2}, {"analysis": 2}, {"segmenter": "other"}])
    def test_other_rules_are_refused_with_the_command_that_helps(
        self, backend: Backend, change: dict[str, object]
    ) -> None:
        texts(backend, a="x")
        other = replace(META, **change)  # type: ignore[arg-type]
        with pytest.raises(IndexOutdated, match="vankien index --rebuild"), backend.write(other):
            pytest.fail("the block must not run")
        assert backend.meta() == META
        texts(backend, b="x")
        assert backend.count() == 2

    @pytest.mark.parametrize("fresh", [False, True])
    def test_two_writers_at_once_are_refused(self, backend: Backend, fresh: bool) -> None:
        texts(backend, a="x")
        with backend.write(META, fresh=fresh) as writer:
            for other in (False, True):
                with pytest.raises(IndexLocked), backend.write(META, fresh=other):
                    pytest.fail("the block must not run")
            writer.add(entry("e:p1", "x"))
        assert "e" in backend.document_ids()

    def test_searches_in_threads_see_whole_commits(self, backend: Backend) -> None:
        store(backend, *(entry(f"d0:p{n}", "a b c") for n in range(5)))
        done, wrong = threading.Event(), list[object]()

        def search() -> None:
            try:
                while not done.is_set():
                    hits = backend.search(query("a", "b c", limit=100))
                    documents = [i.partition(":")[0] for i in ids(hits)]
                    if hits.total != 5 or len(set(documents)) != 1 or hits.complete != 5:
                        wrong.append(hits)
            except BaseException as error:
                wrong.append(error)
                raise

        threads = [threading.Thread(target=search) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for number in range(1, 13):
                fresh = number % 4 == 0
                with backend.write(META, fresh=fresh) as writer:
                    writer.delete_document(f"d{number - 1}")
                    for n in range(5):
                        writer.add(entry(f"d{number}:p{n}", "a b c"))
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert wrong == []
        assert backend.document_ids() == {"d12"}
