"""The fonts of the pages come from packages; without npm the pages do without them."""

from __future__ import annotations

import re

from search_app import fonts


def test_the_style_sheet_names_exactly_the_fonts_that_are_installed():
    sheet = (fonts.HERE / "static" / "css" / "fonts.css").read_text(encoding="utf-8")
    assert sorted(re.findall(r"fonts/([^\"]+)", sheet)) == sorted(fonts.font_names())


def test_without_npm_the_reason_is_told(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    fonts.main()
    assert "chưa có npm" in capsys.readouterr().err
    assert not fonts.installed(tmp_path)
