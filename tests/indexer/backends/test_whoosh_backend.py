"""The contract, and what only an engine in files has to keep."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh.fields import ID, FieldConfigurationError, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.backends import whoosh_backend
from indexer.backends.base import Backend
from indexer.backends.whoosh_backend import WhooshBackend
from indexer.models import Field, Match, Query
from tests.backend_contract import META, BackendContract, group, query, store, texts
from tests.factories.entries import entry
from tests.indexer.backends import reference_ranking
from tests.indexer.backends.comparing import assert_same_hits, whole
from tests.indexer.backends.index_folder import files, generations, leftovers, segments
from tests.indexer.backends.strategies import Batch, histories, queries, survivors
from tests.indexer.backends.whoosh_reference import ask


class TestContract(BackendContract):
    @pytest.fixture
    def backend(self, folder: Path) -> Iterator[WhooshBackend]:
        with contextlib.closing(WhooshBackend(folder)) as backend:
            yield backend

    @pytest.fixture
    def another(self, folder: Path) -> Iterator[Callable[[], Backend]]:
        with contextlib.ExitStack() as opened:

            def open_again() -> Backend:
                return opened.enter_context(contextlib.closing(WhooshBackend(folder)))

            yield open_again


def test_the_build_before_stays_and_older_ones_go(backend: WhooshBackend, folder: Path) -> None:
    for number in range(1, 5):
        store(backend, entry("d:p1", "a"), fresh=True)
        kept = [f"{n:04d}" for n in (number - 1, number) if n]
        assert generations(folder) == kept
        current = json.loads((folder / "current.json").read_text(encoding="utf-8"))
        assert current["folder"] == f"{number:04d}"


def test_a_failed_build_leaves_no_folder(backend: WhooshBackend, folder: Path) -> None:
    texts(backend, a="x")
    with pytest.raises(RuntimeError), backend.write(META, fresh=True):
        raise RuntimeError
    assert generations(folder) == ["0001"]


def test_the_index_is_private(backend: WhooshBackend, folder: Path) -> None:
    texts(backend, a="x")
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "0001")} == {0o700}


class TrapSchema(Schema):
    """A schema whose unpickling makes a folder."""

    trap = ""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (self.trap,)


@pytest.mark.usefixtures("damage")
def test_the_schema_in_the_files_is_never_unpickled(
    backend: WhooshBackend, folder: Path, tmp_path: Path
) -> None:
    texts(backend, a="x")
    storage = FileStorage(str(folder / "0001"))
    TrapSchema.trap = str(tmp_path / "sprung")
    toc = TOC.read(storage, "MAIN", schema=TrapSchema(any=ID))
    toc.generation += 1
    toc.write(storage, "MAIN")
    with pytest.raises(FieldConfigurationError):
        TOC.read(storage, "MAIN")
    Path(TrapSchema.trap).rmdir()  # so it would have been sprung

    assert backend.search(query("x")).total == 1
    store(backend, entry("e:p1", "x"))
    assert backend.count() == 2
    assert not Path(TrapSchema.trap).exists()


@pytest.mark.parametrize("field", list(Field))
def test_scores_of_one_form_are_those_of_whoosh(
    backend: WhooshBackend, folder: Path, field: Field
) -> None:
    entries = [
        entry(
            f"d:p{n:02d}",
            "a b " * (n % 3) + "c " * (n % 5 * 37 + 1),
            heading="a b " * (n % 4) + "d",
            linked="a b " * (n % 2) + "e " * (n % 7),
        )
        for n in range(20)
    ]
    # Each is less than the one before, so none is merged with another.
    for batch in (entries[:13], entries[13:18], entries[18:]):
        store(backend, *batch)
    assert len(segments(folder)) == 3
    question = query(group(Match(field, ("a b" if field is Field.PAIRS else "a",))), limit=100)
    theirs = ask(index.open_dir(str(folder / "0001")), question)
    assert len(theirs) >= 10
    ours = {hit.passage_id: hit.score for hit in backend.search(question).hits}
    assert ours == {each: pytest.approx(score, rel=1e-5) for each, score in theirs.items()}


# --- segments -------------------------------------------------------------------------------------


def test_many_small_commits_leave_few_segments(backend: WhooshBackend, folder: Path) -> None:
    for number in range(1, 65):
        store(backend, entry(f"d{number}:p1", "a b"))
        found = segments(folder)
        assert len(found) <= number.bit_length()
        assert sum(each.doc_count() for each in found) == number
    assert leftovers(folder) == []


def test_a_small_commit_leaves_a_large_segment_alone(backend: WhooshBackend, folder: Path) -> None:
    store(backend, *(entry(f"d{n % 7}:p{n}", "a b") for n in range(50)))
    (large,) = files(folder, ".arrays")
    for number in range(10):
        store(backend, entry(f"e{number}:p1", "a"))
        assert large in files(folder, ".arrays")
    with backend.write(META) as writer:
        writer.delete_document("d0")
    assert large in files(folder, ".arrays")
    assert backend.count() == 60 - 8


def test_a_segment_that_is_mostly_deleted_is_written_anew(
    backend: WhooshBackend, folder: Path
) -> None:
    store(backend, *(entry(f"d{n % 4}:p{n}", "a b") for n in range(40)))
    for number in range(3):
        with backend.write(META) as writer:
            writer.delete_document(f"d{number}")
    (left,) = segments(folder)
    assert (left.doc_count(), left.doc_count_all()) == (10, 10)
    assert leftovers(folder) == []


def test_a_segment_without_passages_goes(backend: WhooshBackend, folder: Path) -> None:
    store(backend, entry("d:p1", "a"))
    with backend.write(META) as writer:
        writer.delete_document("d")
    assert segments(folder) == []
    assert files(folder, ".arrays") == []


def test_large_segments_are_not_merged_for_ever(
    backend: WhooshBackend, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_backend, "_LARGEST_MERGED", 8)
    for number in range(64):
        store(backend, entry(f"d{number}:p1", "a b"))
    sizes = sorted(each.doc_count() for each in segments(folder))
    assert sum(sizes) == 64
    assert max(sizes) <= 2 * 8 + 1
    assert backend.search(query("a b")).total == 64


def test_what_a_batch_puts_on_disk_goes_with_it(
    backend: WhooshBackend, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_backend, "_BUFFERED", 10)
    store(backend, *(entry(f"d{n}:p1", f"a x{n}") for n in range(95)))
    assert leftovers(folder) == []
    with pytest.raises(RuntimeError), backend.write(META) as writer:
        for number in range(25):
            writer.add(entry(f"e{number}:p1", "a"))
        assert leftovers(folder) != []
        raise RuntimeError
    assert leftovers(folder) == []
    assert backend.search(query("a", limit=100)).total == 95


@given(history=histories(), questions=st.lists(queries(), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_any_history_answers_like_the_reference(
    tmp_path_factory: pytest.TempPathFactory, history: list[Batch], questions: list[Query]
) -> None:
    backend = WhooshBackend(tmp_path_factory.mktemp("history"))
    for batch in history:
        with backend.write(META) as writer:
            for document in batch.deleted:
                writer.delete_document(document)
            for each in batch.added:
                writer.add(each)
    left = survivors(history)
    assert backend.count() == len(left)
    assert backend.document_ids() == {each.document_id for each in left}
    for question in map(whole, questions):
        expected = reference_ranking.find(question, left)
        assert_same_hits(question, backend.search(question), expected)
    backend.close()


def test_a_search_does_not_take_what_a_slower_one_opened(
    backend: WhooshBackend, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(backend, entry("d:p1", "a"))
    assert backend.count() == 1
    before = copy.copy(backend._opened)

    class Slower:
        """A lock that another search held, one that began before the next commit."""

        def __enter__(self) -> None:
            backend._opened = before

        def __exit__(self, *_: object) -> None:
            pass

    store(WhooshBackend(folder), entry("e:p1", "a"), fresh=True)
    with monkeypatch.context() as patch:
        patch.setattr(backend, "_lock", Slower())
        assert backend.document_ids() == {"e"}


def test_closing_twice_or_unused_is_no_error(backend: WhooshBackend) -> None:
    backend.close()
    texts(backend, a="x")
    assert backend.count() == 1
    backend.close()
    backend.close()


def test_an_index_put_in_the_place_of_another_is_noticed(backend: WhooshBackend, folder: Path):
    store(backend, entry("d:p1", "a"))
    assert backend.document_ids() == {"d"}
    shutil.rmtree(folder)
    another = WhooshBackend(folder)
    store(another, entry("e:p1", "a"), entry("e:p2", "a"))
    another.close()
    assert backend.document_ids() == {"e"}
    assert backend.search(query("a")).total == 2
