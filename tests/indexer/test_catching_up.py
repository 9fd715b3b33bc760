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
from tests.postgres import KINDS, new_address

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture(scope="module", params=KINDS)
def address(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for number in range(13):
        (folder / f"{number}.txt").write_text(REPORT.format(f"nuôi {number}"), encoding="utf-8")
    made = new_address(request, tmp_path_factory.mktemp("data"))
    build_index([folder], load_settings({}, data=made.data, database_url=made.url, jobs=1))
    return made


def in_crew(jobs, work, address, missing, done):
    with Crew(jobs) as crew:
        work(address, missing, crew, done)


@pytest.fixture
def missing(address, tmp_path):
    catalogue = Catalogue(address, read_only=True)
    try:
        return {each: tmp_path / each for each in sorted(catalogue.published_ids())}
    finally:
        catalogue.close()


def test_all_are_inverted_as_they_would_be_here(address, missing, tmp_path):
    counts = []
    in_crew(2, catch_up, address, missing, counts.append)
    assert counts == list(range(1, 14))
    catalogue = Catalogue(address, read_only=True)
    for document_id, path in missing.items():
        invert_report(catalogue.document(document_id), tmp_path / "here")
        here, there = open_arrays(tmp_path / "here"), open_arrays(path)
        assert here.keys() == there.keys()
        assert all((here[name] == there[name]).all() for name in here)
    catalogue.close()


@pytest.mark.parametrize(("jobs", "most"), [(1, 13), (2, 11)])
def test_few_reports_and_single_cores_start_no_process(address, missing, jobs, most):
    some = dict(list(missing.items())[:most])
    in_crew(jobs, catch_up, address, some, pytest.fail)
    assert not any(map(is_inverted, some.values()))


def test_processes_that_are_there_are_used_for_few(address, missing):
    some = dict(list(missing.items())[:2])
    with Crew(2) as crew:
        crew.submit(60, int).result()
        catch_up(address, some, crew, lambda _: None)
    assert all(map(is_inverted, some.values()))


def test_a_fresh_start_begins_with_what_everybody_knows(address, missing):
    with Crew(1) as crew:
        first, second = lessons_of(address, list(missing)[:1], crew, fresh=True)
    assert first.definitions == {}
    assert first.language.find("nghèo") is not None
    assert list(second.definitions) == list(missing)[:1]


def _dies(*_):
    import os

    os._exit(1)


def test_a_report_that_ends_its_process_is_named(address, missing, monkeypatch):
    monkeypatch.setattr(catching_up, "invert_stored", _dies)
    with pytest.raises(DataFolderError, match="vankien forget") as raised:
        in_crew(2, catch_up, address, missing, lambda _: None)
    assert any(document_id in raised.value.message for document_id in missing)


def _dies_of_the_first(address, document_id, path):
    mark = address.data / "died"
    if not mark.exists():
        mark.touch()
        _dies()
    invert_stored(address, document_id, path)


def test_a_report_whose_process_died_of_others_is_inverted_alone(address, missing, monkeypatch):
    monkeypatch.setattr(catching_up, "invert_stored", _dies_of_the_first)
    in_crew(2, catch_up, address, missing, lambda _: None)
    assert (address.data / "died").exists()
    assert all(map(is_inverted, missing.values()))


def test_what_cannot_be_written_is_left_to_the_caller(address, missing, tmp_path, capfd):
    nowhere = {each: tmp_path / "không-có" / each for each in missing}
    in_crew(2, catch_up, address, nowhere, lambda _: None)
    assert not any(map(is_inverted, nowhere.values()))
    assert "Traceback" not in capfd.readouterr().err


def test_one_report_is_inverted(address, missing):
    document_id, path = next(iter(missing.items()))
    invert_stored(address, document_id, path)
    assert is_inverted(path)


def one_lesson(address, ids, jobs, *, fresh=False):
    with Crew(jobs) as crew:
        lessons = list(lessons_of(address, list(ids), crew, fresh=fresh))
    definitions = {name: found for each in lessons for name, found in each.definitions.items()}
    return len(lessons), merge(each.language for each in lessons).to_bytes(), definitions


def test_processes_teach_what_one_would(address, missing):
    _, here, definitions = one_lesson(address, missing, 1)
    shares, there, also = one_lesson(address, missing, 2)
    assert (shares, there, also) == (2, here, definitions)
    assert definitions.keys() == missing.keys()


def test_what_a_process_did_not_teach_is_taught_here(address, missing, monkeypatch):
    _, here, definitions = one_lesson(address, missing, 1)
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
    assert one_lesson(address, missing, 2) == (2, here, definitions)
    assert len(died) == 2
