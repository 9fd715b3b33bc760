"""What every place for originals promises, on a folder, in memory and on a real S3 server."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from indexer.errors import ConfigError, DataFolderError, NotFound, UnreadableFile
from indexer.original_store import StoreOriginals
from indexer.originals import Originals
from indexer.originals_opening import open_originals
from tests.s3 import KEY, S3, SECRET, s3_server

CONTENT = "Báo cáo chính trị".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()
REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo của xã {name} còn 2%.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def memory() -> Iterator[str]:
    yield "memory://ban-goc/vankien"
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    with s3_server(monkeypatch) as server:
        yield server


@pytest.fixture(params=["folder", "file", "memory", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return request.getfixturevalue("s3").url
    if request.param == "memory":
        return request.getfixturevalue("memory")
    folder = str(tmp_path / "kho" / "bản gốc")
    return folder if request.param == "folder" else f"file://{folder}"


@pytest.fixture
def originals(url: str, tmp_path: Path) -> Originals:
    return open_originals(load_settings({}, data=tmp_path / "var", originals_url=url))


def content_of(originals: Originals, sha256: str) -> bytes:
    with originals.local(sha256) as path:
        return path.read_bytes()


# --- what holds everywhere


def test_what_is_kept_is_found_by_its_hash(originals, report, tmp_path):
    assert not originals.has(SHA256)
    originals.keep(report, SHA256)
    assert originals.has(SHA256)
    assert content_of(originals, SHA256) == CONTENT
    assert originals.fetch(SHA256, tmp_path).read_bytes() == CONTENT
    assert not (tmp_path / "var").exists()


def test_a_copy_goes_when_it_is_not_needed_and_what_is_kept_stays(originals, report):
    originals.keep(report, SHA256)
    with originals.local(SHA256) as path:
        assert path.is_file()
    assert path.exists() == originals.are_here
    assert originals.has(SHA256)


def test_of_what_is_not_kept_all_say_so(originals):
    assert not originals.has(SHA256)
    with pytest.raises(NotFound, match="vankien index THƯ_MỤC"), originals.local(SHA256):
        pass
    assert originals.since([SHA256]) == {}


def test_a_file_that_changed_since_it_was_hashed_is_not_kept(originals, report):
    report.write_text("đã sửa")
    with pytest.raises(UnreadableFile, match="đã thay đổi"):
        originals.keep(report, SHA256)
    assert not originals.has(SHA256)


def test_a_missing_file_is_not_kept(originals, tmp_path):
    with pytest.raises(UnreadableFile, match="thiếu"):
        originals.keep(tmp_path / "thiếu.txt", SHA256)


@pytest.mark.parametrize("name", ["", "..", "../" * 20 + "etc/passwd", SHA256.upper(), SHA256[:-1]])
def test_nothing_but_a_hash_becomes_a_path(originals, report, name):
    assert not originals.has(name)
    with pytest.raises(NotFound):
        originals.keep(report, name)
    with pytest.raises(NotFound), originals.local(name):
        pass


def test_the_time_is_that_of_the_first_keeping(originals, report):
    os.utime(report, (1_000_000_000, 1_000_000_000))
    originals.keep(report, SHA256)
    first = originals.since([SHA256, "0" * 64])
    assert first.keys() == {SHA256} and first[SHA256] > 1_700_000_000
    originals.keep(report, SHA256)
    assert originals.since([SHA256]) == first


def test_reports_are_read_again_from_their_originals(originals, url, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("Cồn Lau", "Bãi Sậy"):
        (folder / f"{name}.txt").write_text(REPORT.format(name=name), encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "var", originals_url=url, jobs=1)
    build_index([folder], settings)
    texts = read(settings)
    assert len(texts) == 2 and not (settings.data / "originals").exists()
    for path in folder.iterdir():
        path.unlink()
    again = build_index([], settings, rebuild=True)
    assert again.documents == 2 and read(settings) == texts


def read(settings: Settings) -> dict[str, str]:
    with Catalogue.open_existing(settings.database) as catalogue:
        return dict(catalogue.texts(sorted(catalogue.published_ids())))


# --- a store


def test_a_copy_of_another_size_is_replaced(memory, report):
    originals = StoreOriginals(memory)
    store = fsspec.filesystem("memory")
    store.pipe_file(f"/ban-goc/vankien/{SHA256[:2]}/{SHA256}", CONTENT[:5])
    originals.keep(report, SHA256)
    assert content_of(originals, SHA256) == CONTENT


def test_a_damaged_original_is_never_given(memory, report):
    originals = StoreOriginals(memory)
    originals.keep(report, SHA256)
    store = fsspec.filesystem("memory")
    store.pipe_file(f"/ban-goc/vankien/{SHA256[:2]}/{SHA256}", CONTENT[::-1])
    with pytest.raises(DataFolderError, match=f"{SHA256}.*đã hỏng"), originals.local(SHA256):
        pass


def test_a_store_that_keeps_only_a_part_is_reported(memory, report, monkeypatch):
    store = fsspec.filesystem("memory")
    whole = store.pipe_file
    monkeypatch.setattr(type(store), "pipe_file", lambda _, path, value: whole(path, value[:3]))
    with pytest.raises(DataFolderError, match="không giữ đủ"):
        StoreOriginals(memory).keep(report, SHA256)


def test_many_reports_are_fetched_some_at_a_time(memory, tmp_path, monkeypatch):
    from indexer import reading_plan

    monkeypatch.setattr(reading_plan, "_BATCH", 2)
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(5):
        text = REPORT.format(name=f"số {number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    lying: list[int] = []
    fetch = StoreOriginals.fetch

    def counting(self: StoreOriginals, sha256: str, into: Path) -> Path:
        found = fetch(self, sha256, into)
        lying.append(len([path for path in into.iterdir() if len(path.name) == 64]))
        return found

    monkeypatch.setattr(StoreOriginals, "fetch", counting)
    settings = load_settings({}, data=tmp_path / "var", originals_url=memory, jobs=1)
    told: list[tuple[str, int, int, str]] = []
    report = build_index([folder], settings, progress=lambda *one: told.append(one))
    assert report.documents == 5 and len(lying) == 5 and max(lying) <= 2
    assert [one[1:3] for one in told if one[0] == "read"] == [(n, 5) for n in range(1, 6)]


def test_no_key_and_no_password_stands_in_a_name_or_an_error(s3, report):
    assert "mật" not in StoreOriginals("memory://ai:mật@kho/x").name
    missing = StoreOriginals("s3://khong-co/vankien")
    for failing in (lambda: missing.keep(report, SHA256), lambda: missing.has(SHA256)):
        with pytest.raises(DataFolderError, match="s3://khong-co/vankien không có") as found:
            failing()
        assert KEY not in str(found.value) and SECRET not in str(found.value)
    with pytest.raises(DataFolderError, match="bucket"), missing.local(SHA256):
        pass


def test_a_store_that_goes_away_is_named_and_what_was_read_is_not_read_again(
    s3, tmp_path, monkeypatch
):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(REPORT.format(name=name), encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "var", originals_url=s3.url, jobs=1)
    build_index([folder / "a.txt"], settings)
    (folder / "c.txt").write_text(REPORT.format(name="c"), encoding="utf-8")
    keep = StoreOriginals.keep

    def keep_one(self: StoreOriginals, path: Path, sha256: str) -> None:
        keep(self, path, sha256)
        s3.server.stop()

    monkeypatch.setattr(StoreOriginals, "keep", keep_one)
    with pytest.raises(DataFolderError, match=s3.url) as found:
        build_index([folder], settings)
    assert SECRET not in str(found.value) and "AWS_ENDPOINT_URL" in found.value.hint
    # What is searchable stays, and so do times of reports: those of the files.
    assert len(read(settings)) == 1
    assert StoreOriginals(s3.url).since([SHA256]) == {}


def test_a_store_that_does_not_answer_is_not_asked_for_times_at_every_page(memory, monkeypatch):
    originals = StoreOriginals(memory)
    asked: list[int] = []

    def failing(*_: object, **__: object) -> None:
        asked.append(1)
        raise ConnectionError

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "find", failing)
    assert originals.since([SHA256]) == originals.since([SHA256]) == {}
    assert len(asked) == 1


class Refusing(BaseHTTPRequestHandler):
    """Says no to everybody."""

    def answer(self) -> None:
        """Refuse."""
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_PUT = answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_store_that_refuses_is_named_with_what_to_check(s3, report, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        originals = StoreOriginals(s3.url)
        with pytest.raises(DataFolderError, match="từ chối truy cập.*AWS_ACCESS_KEY_ID") as found:
            originals.keep(report, SHA256)
        assert SECRET not in str(found.value)
        server.shutdown()


def test_a_store_of_no_known_kind_and_one_without_its_library_say_what_to_do(monkeypatch):
    with pytest.raises(ConfigError, match="VANKIEN_ORIGINALS_URL"):
        open_originals(load_settings({}, originals_url="khongco://kho"))
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(ConfigError, match=r"gs://kho.*gói Python mà fsspec cần cho gs://"):
        open_originals(load_settings({}, originals_url="gs://kho"))
    monkeypatch.setattr("fsspec.get_filesystem_class", __import__)
    with pytest.raises(ConfigError, match=r"s3://kho.*pip install 'vankien\[s3\]'"):
        open_originals(load_settings({}, originals_url="s3://kho"))
