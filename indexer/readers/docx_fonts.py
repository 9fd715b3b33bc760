"""Which font a run is printed in: the run, its character style, its paragraph style, the file.

It matters because of fonts that draw other letters than their characters say: those of the old
Vietnamese encodings (.VnTime, VNI-Times) and those of symbols.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from indexer.readers.docx_symbols import symbol
from indexer.readers.docx_xml import DRAWING, WORD, Element, below, switch

Decode: TypeAlias = Callable[[str, str], str]

_THEME_FONTS = ("major", "minor")
_THEME_ROLES = (("latin", ("HAnsi", "Ascii")), ("ea", ("EastAsia",)), ("cs", ("Bidi",)))
# Characters of the East Asian fonts by themselves; a hint moves some Latin ones there, too.
_FIRST_EAST_ASIAN = 0x2E80
_HINTED = frozenset("¡¤§¨ª­¯°±²³´¶·¸¹º¼½¾¿×÷")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
# In this part all symbol fonts but the Wingdings agree with ASCII.
_PLAIN_END = 0xF03F


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts that one style, or a run itself, names; None where it names none."""

    ascii: str | None = None
    other: str | None = None
    east: str | None = None
    complex: str | None = None


class Theme:
    """The fonts that a file calls by a role ("minorHAnsi") instead of by name."""

    def __init__(self, root: Element | None) -> None:
        self._names: dict[str, str] = {}
        for kind in _THEME_FONTS:
            scheme = None if root is None else root.find(f".//{DRAWING}{kind}Font")
            for tag, roles in _THEME_ROLES:
                face = None if scheme is None else scheme.find(DRAWING + tag)
                name = "" if face is None else face.get("typeface", "")
                self._names |= {kind + role: name for role in roles}

    def fonts(self, properties: Element | None) -> Fonts:
        """Return the fonts that run properties name, a role in place of its name."""
        found = below(properties, "rFonts")
        if found is None:
            return Fonts()

        def named(name: str, role: str) -> str | None:
            # A role is stronger than a name beside it.
            called = found.get(WORD + role)
            return found.get(WORD + name) if called is None else self._names.get(called, "")

        return Fonts(
            ascii=named("ascii", "asciiTheme"),
            other=named("hAnsi", "hAnsiTheme"),
            east=named("eastAsia", "eastAsiaTheme"),
            complex=named("cs", "cstheme"),
        )


def font_of(text: str, properties: Element | None, chain: Iterable[Fonts]) -> str:
    """Return the font in which `text` is printed, "" when nothing names one.

    `chain` are the fonts named for the run, nearest first. Where only some characters of the
    text are printed in a font, it is that of the letters with marks, which encodings differ in.
    """
    if switch(properties, "cs") or switch(properties, "rtl"):
        return _first(fonts.complex for fonts in chain)
    if text.isascii():
        return _first(fonts.ascii for fonts in chain)
    own = below(properties, "rFonts")
    hint = "" if own is None else own.get(WORD + "hint", "")
    if all(_is_east_asian(character, hint) for character in text if not character.isascii()):
        return _first(fonts.east for fonts in chain)
    return _first(fonts.other for fonts in chain)


def decoded(text: str, font: str, decode: Decode) -> str:
    """Return the characters that a text printed in `font` shows.

    >>> decoded("\\uf0b3 5", "Symbol", lambda text, font: text)
    '≥ 5'
    """
    return decode(_PRIVATE.sub(lambda sign: _public(sign[0], font), text), font)


def _public(character: str, font: str) -> str:
    code = ord(character)
    shown = symbol(font, f"{code:X}")
    if shown != character:
        return shown
    # Files made by old programs keep all text of such fonts there, also that of .VnTime.
    is_old = font.lower().startswith((".vn", "vni"))
    return chr(code - 0xF000) if is_old or code <= _PLAIN_END else character


def _is_east_asian(character: str, hint: str) -> bool:
    return (
        ord(character) >= _FIRST_EAST_ASIAN
        and not _PRIVATE.match(character)
        or (hint == "eastAsia" and character in _HINTED)
    )


def _first(names: Iterable[str | None]) -> str:
    return next((name for name in names if name is not None), "")
