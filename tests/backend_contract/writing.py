"""What batches change, and when it is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.backends.base import Backend
from indexer.errors import IndexLocked, IndexOutdated
from indexer.models import (
    Query,
)
from tests.backend_contract.helpers import (
    META,
    facet,
    ids,
    query,
    store,
    texts,
)
from tests.factories.entries import entry


class WritingContract:
    """Batches."""

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

    def test_the_build_before_is_kept_until_it_is_pruned(self, backend: Backend) -> None:
        assert backend.prune() == ()
        for number in range(3):
            store(backend, entry(f"d{number}:p1", "a"), fresh=True)
        with backend.write(META), pytest.raises(IndexLocked):
            backend.prune()
        before = backend.search(query("a"))
        assert len(backend.prune()) == 1
        assert backend.prune() == ()
        assert backend.search(query("a")) == before
        store(backend, entry("e:p1", "a"))
        assert backend.document_ids() == {"d2", "e"}

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
