"""Without Java or the jars tests on nodes are left out, but never in continuous integration."""

from __future__ import annotations

import pytest

from tests.cluster import fixtures, node


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A folder that looks like the jars, on a machine that looks like one with Java."""
    for folder in ("classes", "lib"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(node, "ENGINE", tmp_path)
    monkeypatch.setattr(node.shutil, "which", {"java": "/usr/bin/java"}.get)
    return tmp_path


def test_java_and_the_jars_are_enough(engine):
    fixtures.need_engine()


@pytest.mark.parametrize("folder", ["classes", "lib"])
@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip), ("true", pytest.fail)])
def test_missing_jars_skip_and_fail_in_ci(engine, monkeypatch, folder, ci, outcome):
    (engine / folder).rmdir()
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome.Exception, match="make test-cluster"):
        fixtures.need_engine()


def test_missing_java_counts_as_missing_jars(engine, monkeypatch):
    monkeypatch.setattr(node.shutil, "which", lambda _: None)
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception):
        fixtures.need_engine()
