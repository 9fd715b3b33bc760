"""Reports that wait inverted for the index."""

from __future__ import annotations

import pytest

from indexer.backends.array_file import open_arrays
from indexer.backends.segment import Segment
from indexer.entries import build_entries
from indexer.errors import DataFolderError
from indexer.inverted import InvertedReports, invert_report, is_inverted, phrases_of
from indexer.phrase_counts import count_phrases
from indexer.phrasebook import pack_counts
from tests.indexer.outlines import PROSE, built

REPORT = built("I- KẾT QUẢ", PROSE, "Tỷ lệ hộ nghèo còn 2,5%.")


@pytest.fixture
def reports(tmp_path):
    reports = InvertedReports(tmp_path)
    reports.begin()
    return reports


def test_a_report_has_its_passages_and_phrases(reports):
    path = reports.path(REPORT.id)
    assert not is_inverted(path)
    invert_report(REPORT, path)
    assert is_inverted(path)
    ids = [each.decode() for each in Segment(open_arrays(path)).ids]
    assert ids == [entry.passage_id for entry in build_entries(REPORT)]
    assert pack_counts(phrases_of(path)) == pack_counts(count_phrases(REPORT))
    assert phrases_of(path).words > 0


@pytest.mark.parametrize("content", [b"", b"x" * 100])
def test_a_file_that_makes_no_sense_does_not_count(reports, content):
    path = reports.path(REPORT.id)
    path.write_bytes(content)
    assert not is_inverted(path)


def test_a_file_that_was_cut_short_does_not_count(reports):
    path = reports.path(REPORT.id)
    invert_report(REPORT, path)
    path.write_bytes(path.read_bytes()[:-1])
    assert not is_inverted(path)


def test_other_rules_have_other_files(reports, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.inverted.READING_VERSION", -1)
    assert InvertedReports(tmp_path).path("a1") != reports.path("a1")


def test_what_was_to_replace_others_is_gone_with_its_run(reports, tmp_path):
    new, replacing = reports.path("a1"), reports.path("a1", replacing=True)
    assert new != replacing
    for path in (new, replacing):
        invert_report(REPORT, path)
    InvertedReports(tmp_path).begin()
    assert is_inverted(new)
    assert not is_inverted(replacing)


def test_nothing_is_left_when_the_index_has_them(reports, tmp_path):
    invert_report(REPORT, reports.path("a1"))
    reports.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "inverted").write_text("")
    with pytest.raises(DataFolderError, match="inverted"):
        InvertedReports(tmp_path).begin()


def test_others_may_not_read_what_reports_say(reports):
    folder = reports.path("a1").parent
    assert folder.stat().st_mode & 0o077 == 0
    assert reports.path("a1", replacing=True).parent.stat().st_mode & 0o077 == 0
