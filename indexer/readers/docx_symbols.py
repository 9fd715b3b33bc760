"""The characters of Word's symbol fonts, which Word stores as places in a font."""

from __future__ import annotations

_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_CAPITAL_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_ASCII = {code: chr(code) for code in range(0x20, 0x40)}
_SYMBOL = {
    **_ASCII,
    **{ord("A") + place: letter for place, letter in enumerate(_CAPITAL_GREEK)},
    **{ord("a") + place: letter for place, letter in enumerate(_GREEK)},
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xCE: "∈", 0xD6: "√", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xB6: "☆", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = 0xF000


def symbol(font: str, code: str) -> str:
    """Return the character at the hexadecimal `code` of `font`; a place unknown is kept as is.

    >>> symbol("Symbol", "F0B3"), symbol("Wingdings", "F0E0"), symbol("Arial", "2265")
    ('≥', '→', '≥')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    # Halves of a code point and what lies beyond the last one are no characters.
    if not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    known = _FONTS.get(font.lower(), {})
    place = point - _PRIVATE if point >= _PRIVATE else point
    return known.get(place, chr(point))
