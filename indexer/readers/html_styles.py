"""How the text of a web page looks where it matters for reading: fonts, bold, hidden, centred.

Only the simplest selectors of a style sheet are followed (`p`, `.name`, `p.name`, lists of them):
Word and LibreOffice write no others for the fonts of paragraphs and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.readers.html_source import Element

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.I)
# A quotation mark that is not closed holds the rest. Nothing here is tried twice.
_SETTING = re.compile(r"(?:\"[^\"]*+\"?|'[^']*+'?|[^;\"']++)++")
_NAME = re.compile(r"[\w-]+")
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD_WEIGHTS = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_VERBATIM = frozenset({"pre", "textarea"})
_SHIFTS = {"sup": "super", "super": "super", "sub": "sub", "baseline": ""}
_MAX_SHEET = 1_000_000


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for the text at one place of the page; `shifted` is "super", "sub" or ""."""

    font: str = ""
    bold: bool = False
    centered: bool = False
    hidden: bool = False
    verbatim: bool = False
    shifted: str = ""


class Styles:
    """The style sheets of one page."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[tuple[str, str], dict[str, str]] = {}
        for sheet in root.iter("style"):
            self._add("".join(map(str, sheet.itertext()))[:_MAX_SHEET])

    def _add(self, sheet: str) -> None:
        for selectors, body in _rules(_COMMENT.sub(" ", sheet)):
            settings = declarations(body)
            for selector in selectors.split(","):
                found = _SELECTOR.fullmatch(selector.strip())
                if found and settings:
                    key = ((found[1] or "").lower(), found[2] or "")
                    self._rules.setdefault(key, {}).update(settings)

    def settings(self, element: Element) -> Mapping[str, str]:
        """Return the style settings of an element itself, the strongest ones winning."""
        tag = str(element.tag)
        merged = dict(self._rules.get((tag, ""), {}))
        for name in element.get("class", "").split():
            merged |= self._rules.get(("", name), {})
            merged |= self._rules.get((tag, name), {})
        return merged | declarations(element.get("style", ""))

    def look(self, element: Element, outer: Look) -> Look:
        """Return how the text of an element looks that stands in text of the look `outer`."""
        tag = str(element.tag)
        settings = self.settings(element)
        align = settings.get("text-align", element.get("align", "")).lower()
        return replace(
            outer,
            font=_font(element, settings) or outer.font,
            bold=_is_bold(tag, settings, outer.bold),
            centered=align == "center" if align else outer.centered or tag == "center",
            hidden=outer.hidden or _is_hidden(element, settings),
            verbatim=outer.verbatim or tag in _VERBATIM or "pre" in settings.get("white-space", ""),
            shifted=_shift(tag, settings, outer.shifted),
        )


def declarations(style: str) -> dict[str, str]:
    """Return the settings of a style attribute.

    >>> declarations("font-family:'.VnTime'; mso-hide:all")
    {'font-family': "'.VnTime'", 'mso-hide': 'all'}
    """
    parted = (setting.partition(":") for setting in _SETTING.findall(style))
    named = ((name.strip().lower(), value.strip()) for name, colon, value in parted if colon)
    return {name: value for name, value in named if _NAME.fullmatch(name)}


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of the innermost rules of a sheet."""
    for rule in sheet.split("}")[:-1]:
        outer, brace, body = rule.rpartition("{")
        if brace:
            yield outer.rpartition("{")[2], body


def _font(element: Element, settings: Mapping[str, str]) -> str:
    family = settings.get("font-family", "") or element.get("face", "")
    if not family and "font" in settings:
        family = _after_size(settings["font"])
    return next(_families(family), "")


def _after_size(font: str) -> str:
    """Return the family in "bold 14pt .VnTime": it comes after the size."""
    words = font.split()
    sized = [at for at, word in enumerate(words[:-1]) if any(map(str.isdigit, word))]
    return " ".join(words[sized[-1] + 1 :] if sized else words)


def _families(value: str) -> Iterator[str]:
    for name in value.split(","):
        if bare := name.strip().strip("\"'").strip():
            yield bare


def _shift(tag: str, settings: Mapping[str, str], outer: str) -> str:
    align = settings.get("vertical-align", "").lower()
    return _SHIFTS[align] if align in _SHIFTS else _SHIFTS.get(tag, outer)


def _is_bold(tag: str, settings: Mapping[str, str], *outer: bool) -> bool:
    weight = settings.get("font-weight", "").lower()
    if weight:
        return weight in _BOLD_WEIGHTS
    return tag in _BOLD or any(outer)


def _is_hidden(element: Element, settings: Mapping[str, str]) -> bool:
    return (
        settings.get("display", "").lower() == "none"
        or settings.get("mso-hide", "").lower() == "all"
        or settings.get("visibility", "").lower() == "hidden"
        or "hidden" in element.attrib
    )
