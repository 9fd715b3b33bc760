"""Reports of the catalogue are inverted in processes when no file has them."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from indexer import catching_up
from indexer.backends.array_file import open_arrays
from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.catching_up import catch_up, invert_stored, lessons_of
from indexer.config import load_settings
from indexer.errors import DataFolderError
from indexer.inverted import invert_report, is_inverted
from indexer.reading_process import Crew
from indexer.text.merging import merge

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for number in range(13):
        (folder / f"{number}.txt").write_text(REPORT.format(f"nuôi {number}"), encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    build_index([folder], load_settings({}, data=data, jobs=1))
    return data


def in_crew(jobs, work, data, missing, done):
    with Crew(jobs) as crew:
        work(data, missing, crew, done)


@pytest.fixture
def missing(data, tmp_path):
    catalogue = Catalogue(data, read_only=True)
    try:
        return {each: tmp_path / each for each in sorted(catalogue.published_ids())}
    finally:
        catalogue.close()


def test_all_are_inverted_as_they_would_be_here(data, missing, tmp_path):
    counts = []
    in_crew(2, catch_up, data, missing, counts.append)
    assert counts == list(range(1, 14))
    catalogue = Catalogue(data, read_only=True)
    for document_id, path in missing.items():
        invert_report(catalogue.document(document_id), tmp_path / "here")
        here, there = open_arrays(tmp_path / "here"), open_arrays(path)
        assert here.keys() == there.keys()
        assert all((here[name] == there[name]).all() for name in here)
    catalogue.close()


@pytest.mark.parametrize(("jobs", "most"), [(1, 13), (2, 11)])
def test_few_reports_and_single_cores_start_no_process(data, missing, jobs, most):
    some = dict(list(missing.items())[:most])
    in_crew(jobs, catch_up, data, some, pytest.fail)
    assert not any(map(is_inverted, some.values()))


def test_processes_that_are_there_are_used_for_few(data, missing):
    some = dict(list(missing.items())[:2])
    with Crew(2) as crew:
        crew.submit(60, int).result()
        catch_up(data, some, crew, lambda _: None)
    assert all(map(is_inverted, some.values()))


def test_a_fresh_start_begins_with_what_everybody_knows(data, missing):
    with Crew(1) as crew:
        first, second = lessons_of(data, list(missing)[:1], crew, fresh=True)
    assert first.definitions == {}
    assert first.language.find("nghèo") is not None
    assert list(second.definitions) == list(missing)[:1]


def _dies(*_):
    import os

    os._exit(1)


def test_a_report_that_ends_its_process_is_named(data, missing, monkeypatch):
    monkeypatch.setattr(catching_up, "invert_stored", _dies)
    with pytest.raises(DataFolderError, match="vankien forget") as raised:
        in_crew(2, catch_up, data, missing, lambda _: None)
    assert any(document_id in raised.value.message for document_id in missing)


def _dies_of_the_first(data, document_id, path):
    mark = data / "died"
    if not mark.exists():
        mark.touch()
        _dies()
    invert_stored(data, document_id, path)


def test_a_report_whose_process_died_of_others_is_inverted_alone(data, missing, monkeypatch):
    monkeypatch.setattr(catching_up, "invert_stored", _dies_of_the_first)
    in_crew(2, catch_up, data, missing, lambda _: None)
    assert (data / "died").exists()
    assert all(map(is_inverted, missing.values()))


def test_what_cannot_be_written_is_left_to_the_caller(data, missing, tmp_path, capfd):
    nowhere = {each: tmp_path / "không-có" / each for each in missing}
    in_crew(2, catch_up, data, nowhere, lambda _: None)
    assert not any(map(is_inverted, nowhere.values()))
    assert "Traceback" not in capfd.readouterr().err


def test_one_report_is_inverted(data, missing):
    document_id, path = next(iter(missing.items()))
    invert_stored(data, document_id, path)
    assert is_inverted(path)


def one_lesson(data, ids, jobs, *, fresh=False):
    with Crew(jobs) as crew:
        lessons = list(lessons_of(data, list(ids), crew, fresh=fresh))
    definitions = {name: found for each in lessons for name, found in each.definitions.items()}
    return len(lessons), merge(each.language for each in lessons).to_bytes(), definitions


def test_processes_teach_what_one_would(data, missing):
    _, here, definitions = one_lesson(data, missing, 1)
    shares, there, also = one_lesson(data, missing, 2)
    assert (shares, there, also) == (2, here, definitions)
    assert definitions.keys() == missing.keys()


def test_what_a_process_did_not_teach_is_taught_here(data, missing, monkeypatch):
    _, here, definitions = one_lesson(data, missing, 1)
    teach = catching_up.teach_stored
    died = []

    def here_only(*given):
        died.append(given)
        return teach(*given)

    def submit(*_):
        future = Future()
        future.set_exception(catching_up.ProcessDied())
        return future

    monkeypatch.setattr(catching_up.Crew, "submit", submit)
    monkeypatch.setattr(catching_up, "teach_stored", here_only)
    assert one_lesson(data, missing, 2) == (2, here, definitions)
    assert len(died) == 2
