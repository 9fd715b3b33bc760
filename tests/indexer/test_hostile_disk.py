"""Folders and disks that get in the way: closed, linked in circles, full, gone in between."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import build, opened
from indexer.build import build_index
from indexer.config import Settings, load_settings
from indexer.errors import DataFolderError
from indexer.readers.office_convert import convert_many
from indexer.scan import scan
from indexer.workers import Options, Task, read_one

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "tôm.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, data=tmp_path / "data")


def statuses(report) -> dict[str, str]:
    return {file.source: file.status for file in report.files}


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in files.items():
            package.writestr(f"{name}.txt", text)
    return path


# --- links and hidden folders


def test_folders_that_are_not_entered_are_listed_with_the_reason(folder, settings, tmp_path):
    (tmp_path / "xa").mkdir()
    (folder / "liên kết").symlink_to(tmp_path / "xa", target_is_directory=True)
    (folder / "vòng").symlink_to(folder, target_is_directory=True)
    (folder / ".ẩn").mkdir()
    (folder / ".ẩn" / "a.txt").write_text("Tôm", encoding="utf-8")
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added"}
    assert sorted(report.ignored) == [
        ".ẩn/ (thư mục ẩn)",
        "liên kết/ (liên kết tới thư mục)",
        "vòng/ (liên kết tới thư mục)",
    ]


def test_links_in_a_circle_stop_nothing(folder):
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    found = scan([folder])
    assert [file.name for file in found.files] == ["tôm.txt"]
    assert [name.partition(" ")[0] for name in found.ignored] == ["a.txt", "b.txt"]


# --- closed folders and files, as another user sees them


def as_nobody(work, folder: Path) -> str:
    """Run `work` as a user who may not read everything; return what it prints."""
    if os.geteuid():
        pytest.skip("only root can become another user")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, work().encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    assert os.waitpid(child, 0)[1] == 0
    return said


@pytest.fixture
def open_place() -> Iterator[Path]:
    """Give a folder that any user may reach, unlike that of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_closed_folders_and_files_are_failed_lines_and_their_reports_stay(open_place):
    reports = open_place / "reports"
    (reports / "xa").mkdir(parents=True)
    for name in ("xa/kín", "mở"):
        (reports / f"{name}.txt").write_text(REPORT.format(name), encoding="utf-8")
    settings = load_settings({}, data=open_place / "data", jobs=1)
    build_index([reports], settings)

    def again() -> str:
        (reports / "mới.txt").write_text(REPORT.format("mới"), encoding="utf-8")
        (reports / "mới.txt").chmod(0)
        (reports / "xa").chmod(0)
        closed = build_index([reports], settings)
        (reports / "xa").chmod(0o700)
        (reports / "mới.txt").unlink()
        opened = build_index([reports], settings)
        reports.chmod(0)
        with pytest.raises(DataFolderError, match="không có quyền"):
            build_index([reports], settings)
        lines = [f"{file.source} {file.status} {file.error}" for file in closed.files]
        return "\n".join([*lines, f"{closed.documents} {statuses(opened)}"])

    new, old, folder, last = as_nobody(again, open_place).splitlines()
    assert new.startswith("mới.txt failed") and "không có quyền" in new
    assert old == "mở.txt unchanged "
    assert folder.startswith("xa/ failed Không mở được thư mục `xa/`: không có quyền.")
    assert "'xa/kín.txt': 'unchanged'" in last and "'xa/'" not in last and last[0] == "2"


# --- what goes away


@pytest.mark.parametrize("name", ["đi.txt", "đi.zip"])
def test_what_goes_away_after_the_scan_is_named(folder, settings, monkeypatch, name):
    zipped(folder / name, a=REPORT.format("đi"))

    def vanishing(paths):
        found = scan(paths)
        (folder / name).unlink()
        return found

    monkeypatch.setattr(build, "scan", vanishing)
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added", name: "failed"}
    assert f"`{name}`" in "".join(file.error for file in report.files)


def test_an_archive_that_goes_away_when_it_is_opened_is_named(folder, settings, monkeypatch):
    path = zipped(folder / "đi.zip", a=REPORT.format("đi"))
    real = opened.unpack

    def vanishing(*given):
        path.unlink()
        return real(*given)

    monkeypatch.setattr(opened, "unpack", vanishing)
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added", "đi.zip": "failed"}
    assert "không còn đó" in report.files[1].error


def test_a_huge_text_is_refused_and_not_copied(folder, settings):
    (folder / "lớn.txt").write_text("Tôm\n", encoding="utf-8")
    os.truncate(folder / "lớn.txt", 500 * 2**20)
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added", "lớn.txt": "failed"}
    kept = [path for path in (settings.data / "originals").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in kept) < 1000


# --- a full temporary folder


@pytest.fixture
def full(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """Give a temporary folder with hardly any room."""
    place = tmp_path / "tạm"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", place], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting is not allowed here")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_an_archive_without_room_says_which_folder_is_full(folder, settings, full):
    zipped(folder / "a.zip", b="Tôm " * 200_000)
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added", "a.zip": "failed"}
    error = report.files[0].error
    assert f"thư mục tạm `{full}` đã đầy" in error and "TMPDIR" in error
    assert "Word" not in error


def test_a_conversion_without_room_says_so(folder, tmp_path, full):
    path = folder / "a.rtf"
    path.write_text("{\\rtf1 " + "Tom " * 200_000 + "}")
    error = convert_many([path], tmp_path)[path]
    assert f"`a.rtf`: thư mục tạm `{full}` đã đầy" in str(error)


def test_a_reader_without_room_says_so_in_vietnamese(folder, full, monkeypatch):
    def writing(*given, **more):
        with tempfile.NamedTemporaryFile() as file:
            file.write(bytes(10**6))
            file.flush()

    monkeypatch.setattr("indexer.workers.read_file", writing)
    path = folder / "tôm.txt"
    error = read_one(Task(str(path), path, "a.pdf", "0" * 64, {}), Options(10**6)).error
    assert f"`a.pdf`: thư mục tạm `{full}` đã đầy" in error


def test_the_command_line_says_that_the_temporary_folder_is_full(folder, tmp_path, full):
    (full / "đầy").write_bytes(bytes(4096))
    code = (
        "import sys, tempfile, errno, os\n"
        "from search_app.cli import main\n"
        "def refuse(*given, **more): raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "tempfile.TemporaryDirectory.__init__ = refuse\n"
        "tempfile.TemporaryDirectory._cleanup = lambda *given, **more: None\n"
        "sys.argv[1:] = ['--data', 'data', 'index', 'reports']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode and "Traceback" not in done.stderr
    assert "Thư mục tạm" in done.stderr and "đã đầy" in done.stderr
