"""How a paragraph looks: outline level, centring, boldness, list and fonts, through its styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from indexer.readers.docx_fonts import Fonts, Theme, font_of
from indexer.readers.docx_xml import WORD, Element, below, number, switch, value

_Value = TypeVar("_Value")
_HEADING_NAME = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BODY_TEXT_LEVEL = 9
_MAX_BASES = 50


@dataclass(frozen=True, slots=True)
class Format:
    """What one style, or a paragraph itself, says; None where it says nothing.

    `style` is the style's id, empty for the paragraph itself, whose `mark_fonts` are those of its
    end: of its list number, but not of its text. `place` is "superscript" or "subscript".
    """

    style: str = ""
    outline: int | None = None
    centered: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None
    place: str | None = None
    list_key: str | None = None
    list_level: int | None = None
    fonts: Fonts = field(default_factory=Fonts)
    mark_fonts: Fonts = field(default_factory=Fonts)


class StyleSheet:
    """The styles of a file, each with all it inherits, nearest first."""

    def __init__(self, root: Element | None, theme: Element | None = None) -> None:
        styles = () if root is None else tuple(root.iter(WORD + "style"))
        self._theme = Theme(theme)
        self._file_fonts = self._theme.fonts(below(root, "docDefaults/rPrDefault/rPr"))
        keyed = {style.get(WORD + "styleId", ""): style for style in styles}
        self._formats = {key: self._style_format(key, style) for key, style in keyed.items()}
        self._parents = {key: value(style, "basedOn") for key, style in keyed.items()}
        self._chains: dict[str, tuple[Format, ...]] = {}
        self._can_hide = any(each.hidden is not None for each in self._formats.values())
        self._can_lift = any(each.place is not None for each in self._formats.values())
        self._default = next((key for key, style in keyed.items() if _is_default(style)), "")

    def formats(self, paragraph: Element) -> tuple[Format, ...]:
        """Return what the paragraph says, then its style, then what that is based on."""
        properties = below(paragraph, "pPr")
        style = value(properties, "pStyle")
        inherited = self.chain(self._default if style is None else style)
        if properties is None:
            return inherited
        own = _format("", properties)
        return (replace(own, mark_fonts=self.fonts(below(properties, "rPr"))), *inherited)

    def chain(self, key: str | None) -> tuple[Format, ...]:
        """Return the format of the style and of all it is based on; empty if unknown."""
        if key is None or key not in self._formats:
            return ()
        if key not in self._chains:
            keys = [key]
            # A damaged file may base styles on each other in a circle.
            while (parent := self._parents[keys[-1]]) in self._formats and len(keys) < _MAX_BASES:
                keys.append(parent)
            self._chains[key] = tuple(self._formats[each] for each in keys)
        return self._chains[key]

    def fonts(self, run_properties: Element | None) -> Fonts:
        """Return the fonts that these run properties name."""
        return self._theme.fonts(run_properties)

    def label_font(self, text: str, own: Fonts, formats: tuple[Format, ...]) -> str:
        """Return the font of a list number, `own` those of its level in the list."""
        marks = (format_.mark_fonts for format_ in formats)
        named = (format_.fonts for format_ in formats)
        return font_of(text, None, (own, *marks, *named, self._file_fonts))

    def font(self, text: str, run_properties: Element | None, inherited: tuple[Format, ...]) -> str:
        """Return the font in which a run prints `text` inside a paragraph of these formats."""
        style = self.chain(value(run_properties, "rStyle"))
        named = (format_.fonts for format_ in (*style, *inherited))
        own = self._theme.fonts(run_properties)
        return font_of(text, run_properties, (own, *named, self._file_fonts))

    def is_bold(self, run_properties: Element | None, inherited: tuple[Format, ...]) -> bool:
        """Say whether a run is printed bold inside a paragraph of the formats `inherited`."""
        own = switch(run_properties, "b")
        if own is not None:
            return own
        style = self.chain(value(run_properties, "rStyle"))
        return bool(nearest((*style, *inherited), lambda format_: format_.bold))

    def is_hidden(self, run_properties: Element | None, inherited: tuple[Format, ...]) -> bool:
        """Say whether a run is hidden text, which is not printed."""
        own = switch(run_properties, "vanish")
        if own is not None or not self._can_hide:
            return bool(own)
        style = self.chain(value(run_properties, "rStyle"))
        return bool(nearest((*style, *inherited), lambda format_: format_.hidden))

    def place(self, run_properties: Element | None) -> str:
        """Return "superscript" or "subscript" for a run that stands higher or lower."""
        own = value(run_properties, "vertAlign")
        if own is None and self._can_lift:
            style = self.chain(value(run_properties, "rStyle"))
            own = nearest(style, lambda format_: format_.place)
        return own or ""

    def _style_format(self, key: str, style: Element) -> Format:
        run = below(style, "rPr")
        found = replace(_format(key, below(style, "pPr"), run), fonts=self._theme.fonts(run))
        named = _HEADING_NAME.fullmatch(value(style, "name") or "")
        if named is None or found.outline is not None:
            return found
        return replace(found, outline=int(named[1]) - 1)


def nearest(
    formats: tuple[Format, ...], choose: Callable[[Format], _Value | None]
) -> _Value | None:
    """Return what the first format that says something about it says."""
    return next((found for each in formats if (found := choose(each)) is not None), None)


def outline_level(formats: tuple[Format, ...]) -> int | None:
    """Return the outline level (0 = highest) of a heading, None for other text."""
    level = nearest(formats, lambda format_: format_.outline)
    return level if level is not None and 0 <= level < _BODY_TEXT_LEVEL else None


def is_centered(formats: tuple[Format, ...]) -> bool:
    """Say whether the paragraph stands in the middle of its line."""
    return bool(nearest(formats, lambda format_: format_.centered))


def _format(key: str, properties: Element | None, run: Element | None = None) -> Format:
    justified = value(properties, "jc")
    return Format(
        style=key,
        outline=number(properties, "outlineLvl"),
        centered=None if justified is None else justified == "center",
        bold=switch(run, "b"),
        hidden=switch(run, "vanish"),
        place=value(run, "vertAlign"),
        list_key=value(properties, "numPr/numId"),
        list_level=number(properties, "numPr/ilvl"),
    )


def _is_default(style: Element) -> bool:
    kind, default = style.get(WORD + "type"), style.get(WORD + "default")
    return kind == "paragraph" and default in {"1", "true", "on"}
