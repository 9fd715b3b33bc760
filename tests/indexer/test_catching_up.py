"""Reports of the catalogue are inverted in processes when no file has them."""

from __future__ import annotations

import pytest

from indexer import catching_up
from indexer.backends.array_file import open_arrays
from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.catching_up import catch_up, invert_stored
from indexer.config import load_settings
from indexer.inverted import invert_report, is_inverted

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for number in range(9):
        (folder / f"{number}.txt").write_text(REPORT.format(f"nuôi {number}"), encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    build_index([folder], load_settings({}, data=data, jobs=1))
    return data


@pytest.fixture
def missing(data, tmp_path):
    catalogue = Catalogue(data, read_only=True)
    try:
        return {each: tmp_path / each for each in sorted(catalogue.published_ids())}
    finally:
        catalogue.close()


def test_all_are_inverted_as_they_would_be_here(data, missing, tmp_path):
    counts = []
    catch_up(data, missing, 2, counts.append)
    assert counts == list(range(1, 10))
    catalogue = Catalogue(data, read_only=True)
    for document_id, path in missing.items():
        invert_report(catalogue.document(document_id), tmp_path / "here")
        here, there = open_arrays(tmp_path / "here"), open_arrays(path)
        assert here.keys() == there.keys()
        assert all((here[name] == there[name]).all() for name in here)
    catalogue.close()


@pytest.mark.parametrize(("jobs", "most"), [(1, 9), (2, 7)])
def test_few_reports_and_single_cores_start_no_process(data, missing, jobs, most):
    some = dict(list(missing.items())[:most])
    catch_up(data, some, jobs, pytest.fail)
    assert not any(map(is_inverted, some.values()))


def _dies(*_):
    import os

    os._exit(1)


def test_a_process_that_dies_leaves_its_report_to_the_caller(data, missing, monkeypatch):
    monkeypatch.setattr(catching_up, "invert_stored", _dies)
    catch_up(data, missing, 2, lambda _: None)
    assert not any(map(is_inverted, missing.values()))


def test_what_cannot_be_written_is_left_to_the_caller(data, missing, tmp_path, capfd):
    nowhere = {each: tmp_path / "không-có" / each for each in missing}
    catch_up(data, nowhere, 2, lambda _: None)
    assert not any(map(is_inverted, nowhere.values()))
    assert "Traceback" not in capfd.readouterr().err


def test_one_report_is_inverted(data, missing):
    document_id, path = next(iter(missing.items()))
    invert_stored(data, document_id, path)
    assert is_inverted(path)
