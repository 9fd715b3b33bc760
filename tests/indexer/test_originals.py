from __future__ import annotations

import hashlib
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DataFolderError, NotFound, UnreadableFile
from indexer.originals import FolderOriginals, sha256_of

ROOT = Path(__file__).parents[2]
CONTENT = "Báo cáo chính trị".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def originals(tmp_path: Path) -> FolderOriginals:
    return FolderOriginals(tmp_path / "var" / "originals")


def files(originals: FolderOriginals) -> list[Path]:
    return [path for path in originals.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("chunk", [1, 7, 1024])
def test_the_hash_of_a_file_does_not_depend_on_the_size_of_the_pieces(report, chunk):
    assert sha256_of(report, chunk) == SHA256


def test_a_file_that_cannot_be_read_has_no_hash(tmp_path):
    with pytest.raises(UnreadableFile, match="thiếu.txt"):
        sha256_of(tmp_path / "thiếu.txt")
    with pytest.raises(UnreadableFile):
        sha256_of(tmp_path)


def test_a_kept_file_is_found_by_its_hash(originals, report):
    originals.keep(report, SHA256)
    place = originals.path(SHA256)
    assert place == originals.folder / SHA256[:2] / SHA256
    assert place.read_bytes() == CONTENT
    assert files(originals) == [place]


def test_originals_are_for_their_owner_only(originals, report):
    originals.keep(report, SHA256)
    place = originals.path(SHA256)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (place, *list(place.parents)[:3])]
    assert modes == [0o600, 0o700, 0o700, 0o700]


def test_a_file_that_is_kept_is_not_copied_again(originals, report):
    originals.keep(report, SHA256)
    before = originals.path(SHA256).stat()
    originals.keep(report, SHA256)
    after = originals.path(SHA256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_copy_of_another_size_is_replaced(originals, report):
    originals.keep(report, SHA256)
    place = originals.path(SHA256)
    place.write_bytes(CONTENT[:5])
    originals.keep(report, SHA256)
    assert place.read_bytes() == CONTENT


def test_a_file_that_changed_since_it_was_hashed_is_not_kept(originals, report):
    report.write_text("đã sửa")
    with pytest.raises(UnreadableFile, match="đã thay đổi"):
        originals.keep(report, SHA256)
    assert files(originals) == []
    with pytest.raises(NotFound):
        originals.path(SHA256)


def test_a_missing_file_is_not_kept_and_makes_no_folder(originals, tmp_path):
    with pytest.raises(UnreadableFile):
        originals.keep(tmp_path / "thiếu.txt", SHA256)
    assert not originals.folder.exists()


def test_an_original_that_is_not_there_is_not_found(originals):
    with pytest.raises(NotFound, match="vankien index THƯ_MỤC"):
        originals.path(SHA256)
    assert not originals.folder.exists()


@pytest.mark.parametrize(
    "name",
    ["", "..", "../" * 20 + "etc/passwd", SHA256.upper(), SHA256 + "\n", SHA256[:-1], "٣" * 64],
)
def test_nothing_but_a_hash_becomes_a_path(originals, report, name):
    with pytest.raises(NotFound):
        originals.path(name)
    with pytest.raises(NotFound):
        originals.keep(report, name)
    assert not originals.folder.exists()


@given(name=st.text(max_size=70))
def test_no_text_from_outside_becomes_a_path(name):
    with pytest.raises(NotFound):
        FolderOriginals(Path("/")).path(name)


def test_a_file_in_place_of_the_folder_is_reported_with_its_path(originals, report):
    originals.folder.parent.mkdir()
    originals.folder.write_text("một tệp thường")
    with pytest.raises(DataFolderError, match=r"báo cáo\.txt.*originals"):
        originals.keep(report, SHA256)


KILLED = """
import os, signal, sys
from pathlib import Path
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
from indexer.originals import FolderOriginals, sha256_of
report = Path(sys.argv[2])
FolderOriginals(Path(sys.argv[1])).keep(report, sha256_of(report))
"""


def test_a_process_killed_while_copying_leaves_no_half_original(originals, report):
    command = [sys.executable, "-c", KILLED, originals.folder, report]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    with pytest.raises(NotFound):
        originals.path(SHA256)
    originals.keep(report, SHA256)
    assert originals.path(SHA256).read_bytes() == CONTENT
