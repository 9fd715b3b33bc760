"""The contract, and what only an engine in files has to keep."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index, scoring
from whoosh import query as whoosh_query
from whoosh.fields import ID, FieldConfigurationError, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.backends.schema import SCORING
from indexer.backends.whoosh_backend import WhooshBackend
from indexer.errors import DataFolderError, IndexLocked, StorageError
from indexer.models import Field, Match
from tests.backend_contract import META, BackendContract, group, query, store, texts
from tests.factories.entries import entry

ROOT = Path(__file__).parents[3]


@pytest.fixture
def damage() -> Iterator[None]:
    """Whoosh leaves files open that it could not make sense of: collect them here, unheard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


@pytest.fixture
def backend(folder: Path) -> Iterator[WhooshBackend]:
    backend = WhooshBackend(folder)
    yield backend
    backend.close()


class TestContract(BackendContract):
    @pytest.fixture
    def backend(self, folder: Path) -> Iterator[WhooshBackend]:
        backend = WhooshBackend(folder)
        yield backend
        backend.close()


def run_until_ready(folder: Path, block: str) -> subprocess.Popen[str]:
    """Start a process that runs `block` with a backend and says `ready()` when it is in it."""
    script = """
        import sys, time
        from pathlib import Path
        from indexer.backends.whoosh_backend import WhooshBackend
        from tests.backend_contract import META
        from tests.factories.entries import entry

        def ready():
            print("ready", flush=True)
            time.sleep(60)

        backend = WhooshBackend(Path(sys.argv[1]))
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script) + textwrap.dedent(block), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    with process:
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


IN_A_BATCH = """
    with backend.write(META, fresh={fresh}) as writer:
        writer.delete_document("d")
        for number in range(300):
            writer.add(entry(f"new:p{{number}}", "a b c d e"))
        ready()
"""

# Stopped at the last moment: everything is written, the name of the folder is not changed yet.
BEFORE_THE_SWAP = """
    from indexer.backends import generations
    generations.os.fsync = lambda handle: ready()
    with backend.write(META, fresh=True) as writer:
        writer.add(entry("new:p1", "a"))
"""

# Stopped inside Whoosh's commit: the segment is there, its table of contents is not.
IN_THE_COMMIT = """
    from whoosh.index import TOC
    TOC.write = lambda *args: ready()
    with backend.write(META) as writer:
        writer.delete_document("d")
        writer.add(entry("new:p1", "a"))
"""


@pytest.mark.parametrize(
    "block",
    [
        IN_A_BATCH.format(fresh=False),
        IN_A_BATCH.format(fresh=True),
        BEFORE_THE_SWAP,
        IN_THE_COMMIT,
    ],
    ids=["batch", "fresh batch", "before the swap", "in the commit"],
)
@pytest.mark.parametrize("fresh", [False, True], ids=["then add", "then rebuild"])
def test_a_killed_writer_leaves_the_old_index_and_the_next_write_works(
    backend: WhooshBackend, folder: Path, block: str, fresh: bool
) -> None:
    store(backend, entry("d:p1", "a"))
    before = backend.search(query("a"))
    kill(run_until_ready(folder, block))

    assert backend.search(query("a")) == before
    again = WhooshBackend(folder)
    assert again.search(query("a")) == before
    again.close()

    store(backend, entry("e:p1", "a"), fresh=fresh)
    assert backend.document_ids() == ({"e"} if fresh else {"d", "e"})
    assert {h.passage_id.partition(":")[0] for h in backend.search(query("a")).hits} == (
        backend.document_ids()
    )


def test_what_killed_builds_leave_is_removed_by_the_next_build(
    backend: WhooshBackend, folder: Path
) -> None:
    texts(backend, a="x")
    for _ in range(2):
        kill(run_until_ready(folder, IN_A_BATCH.format(fresh=True)))
    texts_before = generations(folder)
    assert texts_before == ["0001", "0002"]
    store(backend, entry("e:p1", "x"), fresh=True)
    assert generations(folder) == ["0001", "0002"]
    assert backend.document_ids() == {"e"}


def test_a_first_build_that_was_killed_leaves_no_index(
    backend: WhooshBackend, folder: Path
) -> None:
    kill(run_until_ready(folder, IN_A_BATCH.format(fresh=False)))
    assert backend.meta() is None
    assert backend.count() == 0
    texts(backend, a="x")
    assert backend.count() == 1


@pytest.mark.parametrize("fresh", [False, True])
def test_a_writer_in_another_process_locks_this_one_out(
    backend: WhooshBackend, folder: Path, fresh: bool
) -> None:
    texts(backend, a="x")
    other = run_until_ready(folder, IN_A_BATCH.format(fresh=fresh))
    for mine in (False, True):
        with (
            pytest.raises(IndexLocked, match="Một tiến trình khác"),
            backend.write(META, fresh=mine),
        ):
            pytest.fail("the block must not run")
    assert backend.count() == 1
    kill(other)
    store(backend, entry("e:p1", "x"))


@pytest.mark.parametrize("fresh", [False, True])
def test_a_commit_of_another_process_is_seen_at_once(
    backend: WhooshBackend, folder: Path, fresh: bool
) -> None:
    store(backend, entry("d:p1", "a"))
    assert backend.document_ids() == {"d"}
    block = f"""
        with backend.write(META, fresh={fresh}) as writer:
            writer.add(entry("new:p1", "a"))
        ready()
    """
    kill(run_until_ready(folder, block))
    assert backend.document_ids() == ({"new"} if fresh else {"d", "new"})


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


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


# --- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"folder": "0001"}',
        '{"folder": "../index/0001", "schema": 1, "analysis": 1, "segmenter": "none"}',
        '{"folder": "0001", "schema": "x", "analysis": 1, "segmenter": "none"}',
        '{"folder": "0099", "schema": 1, "analysis": 1, "segmenter": "none"}',
    ],
)
def test_a_damaged_current_file_says_rebuild_and_rebuild_works(
    backend: WhooshBackend, folder: Path, content: str
) -> None:
    texts(backend, a="x")
    (folder / "current.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataFolderError, match="vankien index --rebuild"):
        backend.search(query("x"))
    with pytest.raises(DataFolderError, match="vankien index --rebuild"):
        store(backend, entry("e:p1", "x"))
    store(backend, entry("e:p1", "x"), fresh=True)
    assert backend.document_ids() == {"e"}
    assert "0001" in generations(folder)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "0001").iterdir() if path.is_file())


@pytest.mark.usefixtures("damage")
@pytest.mark.parametrize("share", [None, 0, 0.3, 0.9], ids=["gone", "empty", "a third", "most"])
@pytest.mark.parametrize("kind", [".toc", ".arrays"])
def test_lost_files_say_rebuild_and_rebuild_works(
    backend: WhooshBackend, folder: Path, kind: str, share: float | None
) -> None:
    texts(backend, **{f"p{n}": "a b c" for n in range(300)})
    (path,) = (path for path in files(folder) if path.suffix == kind)
    content = path.read_bytes()
    path.unlink()
    if share is not None:
        path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DataFolderError, match="vankien index --rebuild"):
        backend.search(query("a b"))
    store(backend, entry("e:p1", "a"), fresh=True)
    assert backend.document_ids() == {"e"}


@pytest.mark.usefixtures("damage")
@pytest.mark.slow
@given(where=st.floats(0, 0.999), noise=st.binary(min_size=1, max_size=40))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_noise_in_the_files_never_ends_in_a_foreign_error(
    tmp_path_factory: pytest.TempPathFactory, where: float, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("noise") / "index"
    backend = WhooshBackend(folder)
    texts(backend, **{f"p{n}": "a b c" for n in range(20)})
    path = files(folder)[int(where * 10) % 2]
    content = bytearray(path.read_bytes())
    start = int(where * len(content))
    content[start : start + len(noise)] = noise
    path.write_bytes(content)
    with contextlib.suppress(StorageError):
        backend.search(query("a b", "c"))
    with contextlib.suppress(StorageError), backend.write(META) as writer:
        writer.delete_document("d")
    with contextlib.suppress(StorageError):
        backend.close()


def test_a_file_in_the_place_of_the_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    backend = WhooshBackend(tmp_path / "data" / "index")
    with pytest.raises(DataFolderError, match=r"Không ghi được .*data.*Hãy kiểm tra quyền ghi"):
        texts(backend, a="x")
    assert backend.meta() is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_says_what_to_do(
    backend: WhooshBackend, folder: Path
) -> None:
    texts(backend, a="x")
    for path in (folder / "0001", folder):
        path.chmod(0o500)
    try:
        for fresh in (False, True):
            with pytest.raises(DataFolderError, match="Hãy kiểm tra quyền ghi"):
                store(backend, entry("e:p1", "x"), fresh=fresh)
        assert backend.count() == 1
    finally:
        for path in (folder, folder / "0001"):
            path.chmod(0o700)


def test_a_full_disk_discards_the_batch(
    backend: WhooshBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts(backend, a="x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(TOC, "write", full)
        with pytest.raises(DataFolderError, match="ổ đĩa đã đầy.*dung lượng đĩa"):
            store(backend, entry("e:p1", "x"))
        with pytest.raises(DataFolderError, match="ổ đĩa đã đầy.*dung lượng đĩa"):
            store(backend, entry("e:p1", "x"), fresh=True)
    assert backend.document_ids() == {"d"}
    store(backend, entry("e:p1", "x"))
    assert backend.document_ids() == {"d", "e"}


# --- scores ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", list(Field))
def test_scores_of_one_form_are_those_of_whoosh(
    backend: WhooshBackend, folder: Path, field: Field
) -> None:
    store(
        backend,
        *(
            entry(
                f"d:p{n}",
                "a b " * (n % 3) + "c " * (n % 5 + 1),
                heading="a b " * (n % 4) + "d",
                linked="a b " * (n % 2) + "e " * (n % 7),
            )
            for n in range(20)
        ),
    )
    form, rules = "a b" if field is Field.PAIRS else "a", SCORING[field]
    ours = backend.search(query(group(Match(field, (form,))), limit=100)).hits
    weighting = scoring.BM25F(B=rules.b, K1=rules.k1)
    with index.open_dir(str(folder / "0001")).searcher(weighting=weighting) as searcher:
        column = searcher.reader().column_reader("passage_id")
        term = whoosh_query.Term(field, form)
        theirs = {column[hit.docnum]: hit.score for hit in searcher.search(term, limit=None)}
    assert len(theirs) >= 10
    assert {hit.passage_id: hit.score for hit in ours} == {
        passage_id: pytest.approx(rules.weight * score) for passage_id, score in theirs.items()
    }


def test_closing_twice_or_unused_is_no_error(backend: WhooshBackend) -> None:
    backend.close()
    texts(backend, a="x")
    assert backend.count() == 1
    backend.close()
    backend.close()
