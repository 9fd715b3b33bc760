"""Style sheets and style attributes of web pages, odd ones among them."""

from __future__ import annotations

import time

import pytest
from lxml import etree

from indexer.readers.html_styles import Look, Styles, declarations


@pytest.mark.parametrize(
    ("style", "settings"),
    [
        ("color: red;font-family:'.VnTime; x'", {"color": "red", "font-family": "'.VnTime; x'"}),
        ("COLOR :red; lạc ; :x; b:", {"color": "red", "b": ""}),
        ("a:'mở; b:c", {"a": "'mở; b:c"}),
    ],
)
def test_settings_are_parted_outside_of_quotation_marks(style, settings):
    assert declarations(style) == settings


def test_rules_within_rules_and_comments_are_read():
    sheet = "<!-- /* p {color: x} */ @media print { p.a {font: bold 14pt .VnTime} } b {x:y"
    root = etree.HTML(f"<style>{sheet}</style><p class=a>x</p>")
    look = Styles(root).look(root.find(".//p"), Look())
    assert look.font == ".VnTime"


@pytest.mark.parametrize("piece", ["a", "a:", "'", "/*", "{", "}", "1", "font: 1", "p{", " "])
def test_no_style_takes_long(piece):
    began = time.monotonic()
    root = etree.Element("style")
    root.text = piece * 200_000
    Styles(root)
    root.set("style", piece * 200_000)
    Styles(root).look(root, Look())
    root.set("style", "font: " + piece * 200_000)
    Styles(root).look(root, Look())
    assert time.monotonic() - began < 5
