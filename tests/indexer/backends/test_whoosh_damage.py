"""Files that are lost, cut, foreign or may not be written."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import TOC

from indexer.backends import whoosh_backend
from indexer.backends.whoosh_backend import WhooshBackend
from indexer.errors import DataFolderError, StorageError
from tests.backend_contract import META, query, store, texts
from tests.factories.entries import entry
from tests.indexer.backends.index_folder import files, generations, leftovers


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


Damage = Callable[[Path], object]

DAMAGES: dict[str, Damage] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "a third": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 3]),
    "most": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size * 9 // 10]),
    "all but a byte": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "other bytes": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "another program's": lambda path: path.write_bytes(b"PK\3\4" + b"\0" * 5000),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}
HINT = "Chỉ mục bị hỏng hoặc thiếu tệp.*vankien index --rebuild"


@pytest.mark.usefixtures("damage")
@pytest.mark.parametrize("spoil", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("kind", [".toc", ".arrays"])
def test_lost_and_foreign_files_say_rebuild_and_rebuild_works(
    backend: WhooshBackend, folder: Path, kind: str, spoil: Damage
) -> None:
    texts(backend, **{f"p{n}": "a b c" for n in range(300)})
    (path,) = files(folder, kind)
    spoil(path)
    hint = HINT if path.is_file() or not path.exists() else "Không đọc được chỉ mục"
    # Also for a backend that had the index open, which sees its newest table only.
    for each in (WhooshBackend(folder), backend):
        if each is backend and kind == ".arrays":
            each.close()
        for ask in (lambda b: b.search(query("a b")), WhooshBackend.count):
            with pytest.raises(DataFolderError, match=hint):
                ask(each)
    with pytest.raises(DataFolderError), backend.write(META) as writer:
        writer.delete_document("d")
    store(backend, entry("e:p1", "a"), fresh=True)
    assert backend.document_ids() == {"e"}
    assert backend.search(query("a")).total == 1


@pytest.mark.usefixtures("damage")
def test_arrays_of_another_segment_are_noticed(backend: WhooshBackend, folder: Path) -> None:
    store(backend, *(entry(f"d:p{n}", "a") for n in range(9)))
    store(backend, entry("e:p1", "a"))
    one, other = files(folder, ".arrays")
    one.write_bytes(other.read_bytes())
    with pytest.raises(DataFolderError, match=HINT):
        WhooshBackend(folder).search(query("a"))


def test_files_that_are_lost_while_they_are_searched_are_not_missed(
    backend: WhooshBackend, folder: Path
) -> None:
    store(backend, entry("d:p1", "a"))
    before = backend.search(query("a"))
    for path in files(folder, ".arrays"):
        path.unlink()
    assert backend.search(query("a")) == before


@pytest.mark.usefixtures("damage")
@pytest.mark.slow
@given(where=st.floats(0, 0.999), noise=st.binary(min_size=1, max_size=40))
@settings(
    max_examples=60,
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


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("where", "what"), [(TOC, "write"), (os, "posix_fallocate")], ids=["table", "arrays"]
)
@pytest.mark.parametrize("entries", [1, 30], ids=["small", "large"])
def test_a_full_disk_discards_the_batch(
    backend: WhooshBackend,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    what: str,
    entries: int,
) -> None:
    monkeypatch.setattr(whoosh_backend, "_BUFFERED", 20)
    texts(backend, a="x")
    more = [entry(f"e:p{n}", "x") for n in range(entries)]
    with monkeypatch.context() as patch:
        patch.setattr(where, what, full)
        for fresh in (False, True):
            with pytest.raises(DataFolderError, match="ổ đĩa đã đầy.*dung lượng đĩa"):
                store(backend, *more, fresh=fresh)
    assert backend.document_ids() == {"d"}
    assert generations(folder) == ["0001"]
    store(backend, *more)
    assert backend.document_ids() == {"d", "e"}
    assert leftovers(folder) == []
