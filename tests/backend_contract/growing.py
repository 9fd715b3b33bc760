"""However passages came into the index, it answers as if it had been built of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.backends.array_file import write_arrays
from indexer.backends.base import Backend
from indexer.backends.inverting import invert
from indexer.models import Entry, Field, Filters, Hits, Query
from tests.backend_contract.helpers import META, group, ids, match, query, store
from tests.factories.entries import entry

QUESTIONS = (
    Query((), limit=1000),
    query("a", "c", boosts=(match("b c"),), limit=1000),
    query("a b", group(match("c", Field.HEADING)), coverage=0.5, limit=1000),
    query(group(match("a c", slop=2)), "b", minimum=2, complete_first=False, limit=1000),
    query("a", filters=Filters(places=("Sông Lục",)), excluded=(group("c c"),), limit=1000),
)


def passage(document: int, number: int) -> Entry:
    """Make a passage that differs from its neighbours in length, words, headings and keys."""
    at = document * 7 + number
    return entry(
        f"d{document}:p{number}",
        "a " * (at % 3) + "b " * (at % 2) + "c " * (at % 5) + "a b",
        heading="c " * (at % 4),
        linked="a " * (at % 6),
        place=("Sông Lục", "Đồi Mây", "")[at % 3],
        year=str(2020 + at % 4),
    )


def answers(backend: Backend) -> list[Hits]:
    return [backend.search(question) for question in QUESTIONS]


def assert_same(found: list[Hits], expected: list[Hits]) -> None:
    for ours, theirs in zip(found, expected, strict=True):
        assert (ours.total, ours.complete) == (theirs.total, theirs.complete)
        assert ours.facets == theirs.facets
        assert ids(ours) == ids(theirs)
        assert [h.complete for h in ours.hits] == [h.complete for h in theirs.hits]
        assert [h.score for h in ours.hits] == pytest.approx([h.score for h in theirs.hits])


class GrowingContract:
    """Additions and deletions leave no trace but what they say."""

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

    def test_many_small_batches_answer_like_a_fresh_build(self, backend: Backend) -> None:
        for document in range(40):
            with backend.write(META) as writer:
                if document % 3 == 2:
                    writer.delete_document(f"d{document - 2}")
                for number in range(document % 4 + 1):
                    writer.add(passage(document, number))
        left = [n for n in range(40) if n % 3 or n + 2 >= 40]
        assert backend.document_ids() == {f"d{n}" for n in left}
        grown = answers(backend)
        assert grown[0].total == sum(n % 4 + 1 for n in left)
        store(backend, *(passage(d, n) for d in left for n in range(d % 4 + 1)), fresh=True)
        assert_same(grown, answers(backend))

    def test_a_document_may_be_replaced_again_and_again(self, backend: Backend) -> None:
        store(backend, *(passage(document, n) for document in range(3) for n in range(3)))
        before = answers(backend)
        for _ in range(12):
            with backend.write(META) as writer:
                writer.delete_document("d1")
                for number in range(3):
                    writer.add(passage(1, number))
        assert_same(answers(backend), before)

    def test_a_batch_of_thousands_is_one_commit(self, backend: Backend) -> None:
        with backend.write(META) as writer:
            for number in range(4500):
                writer.add(entry(f"d{number % 9}:p{number:04d}", f"a b{number % 50} x{number}"))
            assert backend.count() == 0
        assert backend.count() == 4500
        assert backend.document_ids() == {f"d{n}" for n in range(9)}
        assert ids(backend.search(query("x4321"))) == ["d1:p4321"]
        hits = backend.search(query("a b7", minimum=1, limit=200))
        assert (hits.total, hits.complete) == (90, 90)
        assert len(set(ids(hits))) == 90
        assert len({hit.score for hit in hits.hits}) == 1
        assert ids(hits) == sorted(ids(hits))
        whole = backend.search(query("a", limit=4500))
        assert ids(whole) == sorted(ids(whole))
        assert len(set(ids(whole))) == 4500

    def test_what_was_inverted_before_is_as_good_as_its_entries(
        self, backend: Backend, tmp_path: Path
    ) -> None:
        store(backend, *(passage(document, n) for document in range(6) for n in range(5)))
        entries_first = answers(backend)
        with backend.write(META, fresh=True) as writer:
            for document in range(6):
                path = tmp_path / f"{document}.inverted"
                write_arrays(path, invert(passage(document, n) for n in range(5)))
                writer.add_inverted(f"d{document}", path)
        assert_same(answers(backend), entries_first)

    def test_entries_and_inverted_documents_go_into_one_batch(
        self, backend: Backend, tmp_path: Path
    ) -> None:
        store(backend, *(passage(document, n) for document in range(4) for n in range(3)))
        expected = answers(backend)
        store(backend, passage(0, 0), passage(9, 0), fresh=True)
        path = tmp_path / "inverted"
        write_arrays(path, invert(passage(1, n) for n in range(3)))
        with backend.write(META) as writer:
            writer.delete_document("d0")
            writer.delete_document("d9")
            for number in range(3):
                writer.add(passage(0, number))
            writer.add_inverted("d1", path)
            for document in (2, 3):
                for number in range(3):
                    writer.add(passage(document, number))
        path.unlink()
        assert_same(answers(backend), expected)

    def test_a_document_without_passages_is_no_error(
        self, backend: Backend, tmp_path: Path
    ) -> None:
        write_arrays(tmp_path / "empty", invert(()))
        with backend.write(META) as writer:
            writer.add_inverted("e", tmp_path / "empty")
        assert backend.count() == 0
        with backend.write(META) as writer:
            writer.add_inverted("e", tmp_path / "empty")
            writer.add(entry("d:p1", "a"))
        assert backend.document_ids() == {"d"}
        assert ids(backend.search(query("a"))) == ["d:p1"]

    def test_deleting_what_was_added_inverted_is_refused(
        self, backend: Backend, tmp_path: Path
    ) -> None:
        write_arrays(tmp_path / "inverted", invert([entry("e:p1", "a")]))
        with pytest.raises(ValueError, match="delete it before"), backend.write(META) as writer:
            writer.add_inverted("e", tmp_path / "inverted")
            writer.delete_document("e")
        assert backend.meta() is None
