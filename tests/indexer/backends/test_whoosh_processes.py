"""Writers in other processes, and what those leave that are killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from indexer.backends.whoosh_backend import WhooshBackend
from indexer.errors import IndexLocked
from tests.backend_contract import META, query, store, texts
from tests.factories.entries import entry
from tests.indexer.backends.index_folder import files, generations, leftovers

ROOT = Path(__file__).parents[3]


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

# Stopped with some of the batch on disk.
IN_A_LARGE_BATCH = """
    from indexer.backends import whoosh_backend
    whoosh_backend._BUFFERED = 20
""" + IN_A_BATCH.format(fresh=False)

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

# Stopped inside the merge: the segment is begun and has no name yet.
IN_A_SEGMENT = """
    from indexer.backends import merging
    merging._Plan.fill = lambda *args: ready()
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
        IN_A_SEGMENT,
        IN_THE_COMMIT,
    ],
    ids=["batch", "fresh batch", "before the swap", "in a segment", "in the commit"],
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
    if not fresh:
        assert leftovers(folder) == []


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


def test_parts_of_a_killed_batch_are_removed_by_the_next_one(
    backend: WhooshBackend, folder: Path
) -> None:
    store(backend, entry("d:p1", "a"))
    block = """
        from indexer.backends import whoosh_backend
        whoosh_backend._BUFFERED = 20
    """
    kill(
        run_until_ready(
            folder, textwrap.dedent(block) + textwrap.dedent(IN_A_BATCH).format(fresh=False)
        )
    )
    (left,) = leftovers(folder)
    assert len(list((folder / "0001" / left).iterdir())) == 15
    assert backend.search(query("a")).total == 1
    store(backend, entry("e:p1", "a"))
    assert leftovers(folder) == []
    assert backend.document_ids() == {"d", "e"}


def test_a_segment_that_was_begun_by_a_killed_writer_is_removed(
    backend: WhooshBackend, folder: Path
) -> None:
    store(backend, entry("d:p1", "a"))
    kill(run_until_ready(folder, IN_A_SEGMENT))
    assert len(leftovers(folder)) == 2
    assert len(files(folder, ".arrays.new")) == 1
    store(backend, entry("e:p1", "a"))
    assert leftovers(folder) == []


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
