"""Text is at least 7:1 on every ground of the pages, marks and lines 3:1, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[2] / "search_app" / "static" / "css"
_VARIABLE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6});")
GROUNDS = ("ground", "ground-2", "tint")
TEXTS = [(text, ground) for text in ("ink", "ink-2", "accent", "problem") for ground in GROUNDS]
TEXTS += [("ink", "mark"), ("on-accent", "accent-ground")]
MARKS = [
    ("mark-line", "mark"),
    *((line, ground) for line in ("line-strong", "mark-line") for ground in GROUNDS),
]


def themes() -> dict[str, dict[str, str]]:
    sheet = (SHEETS / "base.css").read_text(encoding="utf-8")
    before, _, dark = sheet.partition("@media (prefers-color-scheme: dark)")
    light = dict(_VARIABLE.findall(before))
    block = dark.partition("/*")[0]
    return {"light": light, "dark": light | dict(_VARIABLE.findall(block))}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG."""
    digits = colour[1:] if len(colour) == 7 else "".join(one * 2 for one in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_is_read_on_its_ground(theme, text, ground):
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), MARKS)
def test_marks_and_borders_are_seen_on_their_ground(theme, line, ground):
    colours = themes()[theme]
    assert contrast(colours[line], colours[ground]) >= 3


def test_colours_stand_in_the_variables_only():
    for sheet in SHEETS.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        if sheet.name == "base.css":
            text = text.partition("/* --- ground")[2].partition("/* --- on paper")[0]
        assert re.findall(r":[^;{]*#[0-9a-fA-F]{3,8}\b", text.partition("@media print")[0]) == []
