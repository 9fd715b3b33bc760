from __future__ import annotations

import os

from indexer.indicators_cache import indicators_in_force

OWN = """[[indicator]]
slug = "{slug}"
name = "số giếng khoan"
aliases = ["giếng khoan"]
units = ["giếng"]
"""


def test_an_own_list_is_read_once_and_again_when_it_changed(tmp_path):
    own = tmp_path / "chi-tieu.toml"
    for changed, slug in enumerate(("so-gieng", "so-gieng-khoan"), start=1):
        own.write_text(OWN.format(slug=slug), encoding="utf-8")
        os.utime(own, (changed, changed))
        found = indicators_in_force(str(own))
        assert found.by_slug(slug) is not None
        assert indicators_in_force(str(own)) is found
