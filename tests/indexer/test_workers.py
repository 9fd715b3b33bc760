from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import workers
from indexer.errors import VocabularyError
from indexer.originals import sha256_of
from indexer.reading_process import Crew
from tests.factories.docx import DocxBuilder
from tests.factories.office import saved_as

OPTIONS = workers.Options(10**6)
REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2%.\n"


def task(path: Path, **manifest: str) -> workers.Task:
    return workers.Task(str(path), path, path.name, sha256_of(path), manifest)


def read_all(tasks: list[workers.Task], options: workers.Options, jobs: int):
    with Crew(jobs) as crew:
        return list(workers.read_all(tasks, options, crew))


@pytest.fixture
def reports(tmp_path):
    paths = [tmp_path / f"{number}.txt" for number in range(10)]
    for path in paths:
        path.write_text(REPORT, encoding="utf-8")
    return paths


def test_every_task_has_one_result_in_one_process_or_several(reports):
    for jobs in (1, 2):
        results = read_all([task(path) for path in reports], workers.Options(10**6), jobs)
        assert sorted(result.path for result in results) == sorted(map(str, reports))


def test_an_unreadable_file_is_a_result_with_its_name_and_reason(tmp_path):
    path = tmp_path / "trống.txt"
    path.write_bytes(b"")
    result = workers.read_one(task(path), OPTIONS)
    assert result.document is None
    assert "`trống.txt`: tệp trống" in result.error


def test_a_file_over_the_limit_is_refused(reports):
    assert "quá giới hạn" in workers.read_one(task(reports[0]), workers.Options(10)).error


def test_the_manifest_fills_gaps(reports):
    result = workers.read_one(task(reports[0], place="thị xã Cồn Mây"), OPTIONS)
    assert result.document.metadata.place == "thị xã Cồn Mây"


def test_an_own_list_that_cannot_be_used_stops_the_run_and_blames_no_file(reports, tmp_path):
    for own in (tmp_path / "sai.toml", tmp_path / "khong-co.toml"):
        if own.name == "sai.toml":
            own.write_text("[[indicator")
        with pytest.raises(VocabularyError, match=own.name):
            read_all([task(reports[0])], workers.Options(10**6, str(own)), 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_office_files_are_converted_together_before_they_are_read(tmp_path, jobs):
    docx = DocxBuilder().paragraph("Tỷ lệ hộ nghèo còn 2%[[Ước tính]].").to_bytes()
    for ending in ("doc", "odt", "rtf"):
        (tmp_path / f"a.{ending}").write_bytes(saved_as(docx, ending))
        (tmp_path / f"b.{ending}").write_bytes(saved_as(docx, ending))
    (tmp_path / "c.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "d.rtf").write_text("{\\rtf1 đứt")
    tasks = [task(path) for path in sorted(tmp_path.iterdir())]
    found = {r.path: r for r in read_all(tasks, workers.Options(10**8), jobs)}
    assert len(found) == 8
    assert "`d.rtf`: tệp bị hỏng" in found.pop(str(tmp_path / "d.rtf")).error
    notes = {Path(path).name: len(r.document.footnotes) for path, r in found.items()}
    assert notes == {f"{name}.{ending}": 1 for name in "ab" for ending in ("doc", "odt", "rtf")} | {
        "c.txt": 0
    }


def test_tasks_are_taken_only_a_little_ahead_of_the_results(reports):
    taken: list[str] = []

    def tasks() -> Iterator[workers.Task]:
        for number in range(40):
            taken.append(str(number))
            yield replace(task(reports[0]), path=str(number))

    with Crew(2) as crew:
        results = workers.in_processes(tasks(), workers.Options(10**6), crew, workers.read_one)
        next(results)
        assert len(taken) < 15
        assert len(list(results)) == 39


def deadly_read_one(task: workers.Task, options: workers.Options) -> workers.Result:
    if task.name.endswith(".deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    return workers.read_one(task, options)


@pytest.mark.slow
def test_a_file_that_kills_its_process_is_named_and_the_others_are_read(reports, tmp_path):
    path = tmp_path / "x.deadly"
    path.write_text("x")
    tasks = [task(path) for path in [*reports, path]]
    options = workers.Options(10**6)
    with Crew(2) as crew:
        results = {r.path: r for r in workers.in_processes(tasks, options, crew, deadly_read_one)}
    assert len(results) == 11
    assert "bị dừng đột ngột" in results[str(path)].error
    assert all(results[str(path)].document for path in reports)
