"""What a group finds, and groups together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.backends.base import Backend
from indexer.errors import IndexMissing
from indexer.models import (
    Field,
    Group,
    Match,
    Query,
)
from tests.backend_contract.helpers import (
    META,
    group,
    match,
    names,
    query,
    store,
    texts,
)
from tests.factories.entries import entry


class MatchingContract:
    """Which passages are found."""

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

    # --- forms near each other ----------------------------------------------------------------

    def test_with_a_slop_a_run_may_have_other_words_between(self, backend: Backend) -> None:
        texts(
            backend,
            next="hộ nghèo giảm",
            one="hộ rất nghèo giảm",
            two="hộ vẫn còn nghèo giảm",
            three="hộ nay vẫn còn nghèo giảm",
            turned="nghèo hộ giảm",
            half="hộ khá giảm",
        )

        def found(slop: int) -> set[str]:
            return set(names(backend.search(query(group(match("hộ nghèo", slop=slop))))))

        assert found(0) == {"next"}
        assert found(1) == {"next", "one"}
        assert found(2) == {"next", "one", "two"}
        assert found(3) == {"next", "one", "two", "three"}

    def test_the_slop_counts_between_each_form_and_the_next(self, backend: Backend) -> None:
        texts(backend, each="a x b x c", once="a b x x c", turned="a x c x b")
        near = group(match("a b c", slop=1))
        assert names(backend.search(query(near))) == ["each"]
        assert sorted(names(backend.search(query(group(match("a b c", slop=2)))))) == [
            "each",
            "once",
        ]

    def test_with_a_slop_a_form_is_not_its_own_neighbour(self, backend: Backend) -> None:
        texts(backend, once="a x x x", twice="a x a x", far="a x x x x a")
        assert names(backend.search(query(group(match("a a", slop=3))))) == ["twice"]

    def test_a_form_that_leads_nowhere_does_not_hide_one_that_does(self, backend: Backend) -> None:
        # The first "b" is near the "a", only the second is near the "c".
        texts(backend, chain="a b b x c", broken="a b x x b c")
        assert names(backend.search(query(group(match("a b c", slop=1))))) == ["chain"]

    def test_runs_near_and_side_by_side_are_told_apart(self, backend: Backend) -> None:
        texts(backend, next="a b", near="a x b")
        near, side = match("a b", slop=1), match("a b")
        assert names(backend.search(query(group(near), excluded=(group(side),)))) == ["near"]
        hits = backend.search(query(group(near), group(side)))
        assert [(hit.passage_id, hit.complete) for hit in hits.hits] == [
            ("d:next", True),
            ("d:near", False),
        ]

    def test_a_slop_changes_nothing_of_a_single_form(self, backend: Backend) -> None:
        texts(backend, a="x y", b="y x x")
        assert backend.search(query(group(match("x", slop=3)))) == backend.search(query("x"))

    # --- groups together ----------------------------------------------------------------------

    def test_passages_with_every_group_come_first(self, backend: Backend) -> None:
        filler = " ".join(f"x{n}" for n in range(400))
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

    def test_groups_without_alternatives_are_groups_that_nothing_has(
        self, backend: Backend
    ) -> None:
        texts(backend, a="x", b="y")
        nothing = Group(())
        assert backend.search(query(nothing, nothing)).total == 0
        assert names(backend.search(query("x", nothing))) == ["a"]
        assert backend.search(query("x", nothing)).complete == 0
        assert backend.search(query("x", nothing, minimum=2)).total == 0
        assert backend.search(query("x", required=(nothing,))).total == 0
        assert names(backend.search(query("x", excluded=(nothing,)))) == ["a"]

    # --- the forms themselves -----------------------------------------------------------------

    def test_forms_are_told_by_their_beginning(self, backend: Backend) -> None:
        store(backend, entry("d:p1", "hộ nghèo hội", heading="hồ"), entry("e:p1", "hóa hộ hồng"))
        assert backend.forms(Field.SYLLABLES, "h", 10) == ("hóa", "hồng", "hộ", "hội")
        assert backend.forms(Field.FOLDED, "ho", 10) == ("ho", "hoa", "hoi", "hong")
        assert backend.forms(Field.FOLDED, "", 10) == ("ho", "hoa", "hoi", "hong", "ngheo")
        assert backend.forms(Field.SYLLABLES, "x", 10) == ()

    def test_no_more_forms_than_asked_for(self, backend: Backend) -> None:
        for name in ("ba", "bd", "bc", "bb"):
            store(backend, entry(f"{name}:p1", f"{name} a"))
        assert backend.forms(Field.SYLLABLES, "b", 2) == ("ba", "bb")
        assert backend.forms(Field.SYLLABLES, "b", 0) == ()

    def test_forms_without_an_index_say_what_to_run(self, backend: Backend) -> None:
        with pytest.raises(IndexMissing, match="vankien index THƯ_MỤC"):
            backend.forms(Field.SYLLABLES, "h", 10)
