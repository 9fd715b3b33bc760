from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build_index, forget
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from indexer.errors import DataFolderError, IndexLocked, NothingToIndex
from indexer.lock import indexing_lock
from indexer.models import Document, Resolution
from indexer.originals import sha256_of
from search_app.opening import open_library
from search_app.query import Request
from tests.factories.docx import DocxBuilder

ROOT = Path(__file__).parents[2]
REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("lúa", "tôm", "muối"):
        (folder / f"{name}.txt").write_text(REPORT.format(name), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, data=tmp_path / "data")


def statuses(report) -> dict[str, str]:
    return {file.source: file.status for file in report.files}


def found(settings: Settings, text: str) -> int:
    library = open_library(settings)
    try:
        return library.search(Request(text)).complete
    finally:
        library.close()


def test_a_new_folder_becomes_searchable(folder, settings):
    report = build_index([folder], settings)
    assert statuses(report) == dict.fromkeys(("lúa.txt", "tôm.txt", "muối.txt"), "added")
    assert (report.documents, report.passages, report.problems) == (3, 6, 0)
    assert report.files[0].footnotes(Resolution.MARKED) == 1
    assert found(settings, "tỷ lệ hộ tôm") == 1


def test_only_what_changed_is_read_again(folder, settings):
    build_index([folder], settings)
    (folder / "tôm.txt").write_text(REPORT.format("cá"), encoding="utf-8")
    (folder / "muối.txt").unlink()
    (folder / "rừng.txt").write_text(REPORT.format("rừng"), encoding="utf-8")
    report = build_index([folder], settings)
    assert statuses(report) == {
        "lúa.txt": "unchanged",
        "tôm.txt": "changed",
        "muối.txt": "removed",
        "rừng.txt": "added",
    }
    assert [found(settings, f"hộ {name}") for name in ("lúa", "tôm", "muối", "rừng", "cá")] == [
        1,
        0,
        0,
        1,
        1,
    ]


def test_indexing_again_writes_nothing(folder, settings):
    build_index([folder], settings)
    index = settings.data / "index"
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    report = build_index([folder], settings)
    assert set(statuses(report).values()) == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*")} == before


def test_another_folder_leaves_the_first_alone(folder, settings, tmp_path):
    build_index([folder], settings)
    other = tmp_path / "other.txt"
    other.write_text(REPORT.format("khác"), encoding="utf-8")
    report = build_index([other], settings)
    assert statuses(report) == {"other.txt": "added"}
    assert report.documents == 4


def test_the_same_bytes_under_two_names_are_one_document(folder, settings):
    (folder / "bản sao.txt").write_bytes((folder / "lúa.txt").read_bytes())
    assert build_index([folder], settings).documents == 3
    (folder / "lúa.txt").unlink()
    assert build_index([folder], settings).documents == 3
    assert found(settings, "hộ lúa") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("trống.txt", b"", "tệp trống"),
        ("ảnh.txt", b"\x00\x01\x02\xff\x00\x07", "nhị phân"),
        ("cụt.docx", b"PK\x03\x04 broken", "Không đọc được"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    folder, settings, name, content, says
):
    (folder / name).write_bytes(content)
    report = build_index([folder], settings)
    failed = next(file for file in report.files if file.source == name)
    assert failed.status == "failed"
    assert says in failed.error
    assert name in failed.error
    assert (report.documents, report.problems) == (3, 1)


def test_a_file_of_unknown_kind_is_counted_as_unsupported(folder, settings):
    (folder / "trình chiếu.pptx").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    report = build_index([folder], settings)
    assert statuses(report)["trình chiếu.pptx"] == "unsupported"
    assert report.problems == 1


def test_a_failed_file_is_tried_again(folder, settings):
    (folder / "trống.txt").write_bytes(b"")
    build_index([folder], settings)
    (folder / "trống.txt").write_text(REPORT.format("đầy"), encoding="utf-8")
    report = build_index([folder], settings)
    assert statuses(report)["trống.txt"] == "changed"
    assert found(settings, "hộ đầy") == 1


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b""])
def test_a_report_that_became_unreadable_keeps_its_last_good_reading(folder, settings, content):
    build_index([folder], settings)
    (folder / "lúa.txt").write_bytes(content)
    for _ in range(2):
        report = build_index([folder], settings)
        failed = next(file for file in report.files if file.source == "lúa.txt")
        assert failed.status == "failed"
        assert "vẫn được giữ" in failed.error
        assert found(settings, "hộ lúa") == 1
    (folder / "lúa.txt").write_text(REPORT.format("khoai"), encoding="utf-8")
    build_index([folder], settings)
    assert (found(settings, "hộ lúa"), found(settings, "hộ khoai")) == (0, 1)


def test_a_folder_that_is_gone_is_named_and_can_be_forgotten(folder, settings, tmp_path):
    build_index([folder], settings)
    folder.rename(tmp_path / "moved")
    other = tmp_path / "other.txt"
    other.write_text(REPORT.format("khác"), encoding="utf-8")
    report = build_index([other], settings)
    assert report.lost_roots == (str(folder),)
    assert sorted(forget([folder], settings)) == ["lúa.txt", "muối.txt", "tôm.txt"]
    assert (found(settings, "hộ lúa"), found(settings, "hộ khác")) == (0, 1)
    with pytest.raises(NothingToIndex, match="Chưa từng"):
        forget([folder], settings)


def test_a_file_whose_name_is_no_utf8_is_shown_with_a_sign(folder, settings):
    os.rename(folder / "lúa.txt", os.fsencode(folder) + b"/l\xfaa.txt")  # noqa: PTH104
    report = build_index([folder], settings)
    assert "l\ufffda.txt" in statuses(report)
    assert found(settings, "hộ lúa") == 1


def test_a_folder_without_reports_is_refused(tmp_path, settings):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToIndex, match="vankien index"):
        build_index([tmp_path / "empty"], settings)


def test_a_folder_that_lost_its_last_report_is_emptied(folder, settings):
    build_index([folder], settings)
    for path in folder.iterdir():
        path.unlink()
    assert build_index([folder], settings).documents == 0


def test_a_missing_path_is_named(tmp_path, settings):
    with pytest.raises(NothingToIndex, match="khong-co"):
        build_index([tmp_path / "khong-co"], settings)


def test_a_data_folder_that_cannot_be_written_is_named(folder, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataFolderError, match="--data"):
        build_index([folder], load_settings({}, data=tmp_path / "file" / "data"))


def test_the_original_is_kept_and_a_rebuild_needs_no_source(folder, settings):
    build_index([folder], settings)
    for path in folder.iterdir():
        path.unlink()
    report = build_index([], settings, rebuild=True)
    assert report.documents == 3
    assert found(settings, "hộ tôm") == 1


def test_many_files_are_read_in_several_processes(folder, settings):
    for number in range(12):
        (folder / f"{number}.txt").write_text(REPORT.format(number), encoding="utf-8")
    report = build_index([folder], replace(settings, jobs=2))
    assert report.documents == 15


def test_the_holder_of_the_lock_is_named(folder, settings):
    with (
        indexing_lock(settings.database, 0),
        pytest.raises(IndexLocked, match=f"tiến trình {os.getpid()}"),
    ):
        build_index([folder], settings)


def stored(settings: Settings, path: Path) -> Document:
    with Catalogue(settings.database) as catalogue:
        return catalogue.document(sha256_of(path)[:12])


def test_a_manifest_fills_what_the_text_does_not_say(folder, settings):
    (folder / "manifest.toml").write_text(
        '[[report]]\nfile = "lúa.txt"\nplace = "thị xã Cồn Mây"\n', encoding="utf-8"
    )
    report = build_index([folder], settings)
    assert stored(settings, folder / "lúa.txt").metadata.place == "thị xã Cồn Mây"
    assert report.ignored == ("manifest.toml",)


def test_word_and_text_files_of_one_report_give_the_same_passages(tmp_path, settings):
    folder = tmp_path / "both"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT.format("lúa"), encoding="utf-8")
    builder = DocxBuilder()
    builder.paragraph("I- KẾT QUẢ")
    builder.paragraph("Tỷ lệ hộ lúa giảm còn 2%[[Còn 128 hộ.]].")
    builder.save(folder / "a.docx")
    build_index([folder], settings)
    documents = [stored(settings, folder / name) for name in ("a.docx", "a.txt")]
    texts = [[p.span.of(d.text) for p in d.passages] for d in documents]
    assert texts[0] == texts[1]
    assert [d.footnotes[0].marks for d in documents][0] == documents[1].footnotes[0].marks


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.6, 1.2, 1.8, 2.4])
def test_a_killed_run_leaves_the_old_index_and_the_next_run_continues(
    folder, settings, tmp_path, seconds
):
    build_index([folder], settings)
    many = tmp_path / "many"
    many.mkdir()
    for number in range(40):
        text = "".join(REPORT.format(f"{number} lần {line}") for line in range(30))
        (many / f"{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "search_app", "--data", str(settings.data), "index", str(many)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert found(settings, "tỷ lệ hộ tôm") >= 1
    report = build_index([many], settings)
    assert report.documents == 43
    assert report.unread == 0
    assert found(settings, "hộ 39 lần 29") >= 1


def test_a_file_that_was_never_read_does_not_stop_a_rebuild(folder, settings):
    (folder / "ảnh.png").write_bytes(b"\x89PNG")
    build_index([folder], settings)
    (folder / "ảnh.png").unlink()
    report = build_index([], settings, rebuild=True)
    assert report.documents == 3
    assert statuses(report)["ảnh.png"] == "failed"


@pytest.mark.parametrize("step", ["index_writing.learn", "build.Catalogue.publish"])
def test_a_run_that_stops_after_the_commit_is_settled_by_the_next(
    folder, settings, monkeypatch, step
):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(f"indexer.{step}", stop)
        build_index([folder], settings)
    report = build_index([folder], settings)
    assert report.documents == 3
    assert (settings.data / "learned" / "language.bin").is_file()
    assert found(settings, "hộ tôm") == 1
    with Catalogue(settings.database) as catalogue:
        assert not catalogue.settling.is_due()


def test_an_unexpected_fault_in_a_reader_costs_one_file(folder, settings, monkeypatch):
    from indexer import workers

    build = workers.build_document

    def faulty(raw, name, sha256):
        if name == "tôm.txt":
            raise IndexError("list index out of range")
        return build(raw, name, sha256)

    monkeypatch.setattr(workers, "build_document", faulty)
    report = build_index([folder], settings)
    assert report.documents == 2
    failed = next(file for file in report.files if file.status == "failed")
    assert "tôm.txt" in failed.error
    assert "IndexError" in failed.error
