"""Several readers and writers of one index, in threads and in processes."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from indexer.backends.base import Backend
from indexer.errors import IndexLocked
from tests.backend_contract.helpers import META, ids, query, store, texts
from tests.factories.entries import entry

_READERS = 8


class SharingContract:
    """Searches see whole commits, the newest one; writers take turns."""

    @pytest.mark.parametrize("fresh", [False, True])
    def test_two_writers_at_once_are_refused(self, backend: Backend, fresh: bool) -> None:
        texts(backend, a="x")
        with backend.write(META, fresh=fresh) as writer:
            for other in (False, True):
                with pytest.raises(IndexLocked), backend.write(META, fresh=other):
                    pytest.fail("the block must not run")
            writer.add(entry("e:p1", "x"))
        assert "e" in backend.document_ids()

    @pytest.mark.parametrize("fresh", [False, True])
    def test_a_commit_of_another_backend_is_seen_by_the_next_search(
        self, backend: Backend, another: Callable[[], Backend], fresh: bool
    ) -> None:
        texts(backend, a="x")
        other = another()
        for number in range(5):
            assert backend.search(query("x")) == other.search(query("x"))
            store(other, entry(f"e{number}:p1", "x"), fresh=fresh)
            newest = {f"e{number}"} if fresh else {"d", *(f"e{n}" for n in range(number + 1))}
            assert {each.partition(":")[0] for each in ids(backend.search(query("x")))} == newest
            assert backend.document_ids() == newest
            assert backend.count() == len(newest)

    def test_the_first_commit_of_another_backend_ends_there_being_no_index(
        self, backend: Backend, another: Callable[[], Backend]
    ) -> None:
        assert backend.meta() is None
        texts(another(), a="x")
        assert backend.meta() == META
        assert backend.search(query("x")).total == 1

    def test_two_backends_may_write_in_turn(
        self, backend: Backend, another: Callable[[], Backend]
    ) -> None:
        other = another()
        for number in range(4):
            store((backend, other)[number % 2], entry(f"d{number}:p1", "x"))
        with other.write(META) as writer:
            writer.delete_document("d2")
        assert backend.document_ids() == other.document_ids() == {"d0", "d1", "d3"}

    def test_searches_in_threads_see_whole_commits(
        self, backend: Backend, another: Callable[[], Backend]
    ) -> None:
        store(backend, *(entry(f"d0:p{n}", "a b c") for n in range(5)))
        done, wrong = threading.Event(), list[object]()
        searched = [0] * _READERS

        def search(reader: int) -> None:
            # Some share what one backend has opened, others open the files themselves.
            mine = backend if reader % 2 else another()
            try:
                while not done.is_set() or not searched[reader]:
                    hits = mine.search(query("a", "b c", limit=100))
                    documents = [i.partition(":")[0] for i in ids(hits)]
                    if hits.total != 5 or len(set(documents)) != 1 or hits.complete != 5:
                        wrong.append(hits)
                    searched[reader] += 1
            except BaseException as error:
                wrong.append(error)
                raise

        threads = [threading.Thread(target=search, args=(n,)) for n in range(_READERS)]
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
        assert all(searched)
        assert backend.document_ids() == {"d12"}
