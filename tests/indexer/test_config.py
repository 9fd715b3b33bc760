from __future__ import annotations

from pathlib import Path

import pytest

from indexer.config import SETTINGS, load_settings
from indexer.errors import ConfigError


def test_defaults_stand_when_nothing_is_said():
    settings = load_settings({})
    assert all(getattr(settings, setting.name) == setting.default for setting in SETTINGS)


def test_the_environment_beats_defaults_and_arguments_beat_the_environment():
    env = {"VANKIEN_DATA": "/a", "VANKIEN_PORT": "81"}
    assert load_settings(env).data == Path("/a")
    assert load_settings(env, data=Path("/b"), port=None).data == Path("/b")
    assert load_settings(env, port=None).port == 81


@pytest.mark.parametrize("value", ["nhiều", "-1", "1.5"])
def test_a_wrong_number_names_the_variable(value):
    with pytest.raises(ConfigError, match="VANKIEN_PAGE_SIZE"):
        load_settings({"VANKIEN_PAGE_SIZE": value})


def test_an_empty_variable_counts_as_not_set():
    assert load_settings({"VANKIEN_DATA": "", "VANKIEN_PORT": ""}) == load_settings({})
