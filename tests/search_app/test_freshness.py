from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest

from indexer.build import build_index, forget
from indexer.errors import DatabaseError
from search_app import freshness
from search_app.freshness import Freshness

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo còn {share}%.\n"


@pytest.fixture
def settings(sample_settings, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT.format(share=2), encoding="utf-8")
    settings = replace(sample_settings, data=tmp_path / "data")
    build_index([tmp_path / "a.txt"], settings)
    return settings


@pytest.fixture
def settled(monkeypatch):
    monkeypatch.setattr(freshness, "_UNSETTLED_NS", 0)


def test_what_rests_keeps_its_mark(settings, settled):
    fresh = Freshness(settings)
    assert fresh.mark()
    assert fresh.mark() == fresh.mark()


def test_every_kind_of_run_changes_the_mark(settings, settled, tmp_path):
    fresh = Freshness(settings)
    marks = [fresh.mark()]
    (tmp_path / "a.txt").write_text(REPORT.format(share=3), encoding="utf-8")
    build_index([tmp_path / "a.txt"], settings)
    marks.append(fresh.mark())
    (tmp_path / "b.txt").write_text(REPORT.format(share=4), encoding="utf-8")
    build_index([tmp_path / "b.txt"], settings)
    marks.append(fresh.mark())
    forget([tmp_path / "b.txt"], settings)
    marks.append(fresh.mark())
    build_index([], settings, rebuild=True)
    marks.append(fresh.mark())
    shutil.rmtree(settings.data)
    marks.append(fresh.mark())
    assert len(set(marks)) == len(marks)


def test_nothing_is_trusted_right_after_a_change(settings):
    assert Freshness(settings).mark() == ""
    changed = max(path.stat().st_mtime_ns for path in [settings.data, *settings.data.rglob("*")])
    assert Freshness(settings, now=lambda: changed + 3 * 10**9).mark()


def test_an_own_list_counts_and_another_run_is_another_state(settings, settled, tmp_path):
    own = tmp_path / "tu.toml"
    own.write_text("", encoding="utf-8")
    settings = replace(settings, synonyms=str(own))
    fresh = Freshness(settings)
    before = fresh.mark()
    assert Freshness(settings).mark() != before
    os.utime(own, ns=(1, 1))
    assert fresh.mark() != before


def test_what_is_kept_elsewhere_is_asked_for_and_its_files_are_not_looked_at(settings, settled):
    state = [1]
    elsewhere = replace(settings, database_url="postgresql://csdl/vankien", backend="opensearch")
    fresh = Freshness(elsewhere, lambda: state[0])
    first = fresh.mark()
    assert first
    shutil.rmtree(settings.data)
    assert fresh.mark() == first
    state[0] = 2
    assert fresh.mark() not in ("", first)
    state[0] = 1
    assert fresh.mark() == first


def test_an_index_in_files_beside_a_shared_catalogue_is_looked_at(settings, settled):
    fresh = Freshness(replace(settings, database_url="postgresql://csdl/vankien"))
    first = fresh.mark()
    assert first and fresh.mark() == first
    (settings.data / "learned" / "language.bin").touch()
    assert fresh.mark() == first
    (settings.data / "index" / "new").touch()
    assert fresh.mark() != first


def test_nothing_is_trusted_while_nobody_can_be_asked(settings, settled):
    def failing() -> int:
        raise DatabaseError("Không kết nối được.")

    assert Freshness(settings, failing).mark() == ""
