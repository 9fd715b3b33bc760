"""The words of the interface: Vietnamese as the messages are written, or another language.

Whoever serves readers says which language they chose (`follow`); elsewhere, as on the command
line, it is Vietnamese. Nothing of the web is imported here: a command must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

from markupsafe import Markup

VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The language of what is being said, and the translations into it."""

    language: str = VIETNAMESE
    translations: NullTranslations = NullTranslations()


_NOBODY = Chosen()
_chosen: list[Callable[[], Chosen]] = [lambda: _NOBODY]


def follow(chosen: Callable[[], Chosen]) -> None:
    """Ask `chosen` from now on for the language of every text."""
    _chosen[:] = [chosen]


def gettext(message: str, /, **values: object) -> str:
    """Return a text in the reader's language, with its values put in.

    >>> gettext("trang %(page)s", page=2)
    'trang 2'
    """
    text = _chosen[0]().translations.gettext(message)
    return text % values if values else text


@dataclass(frozen=True, slots=True)
class _Later:
    """A text that is translated when it is written out."""

    message: str

    def __str__(self) -> str:
        return gettext(self.message)


def lazy_gettext(message: str) -> Any:
    """Return a text for whoever reads it, for tables that are made before there is a reader.

    >>> str(lazy_gettext("chỉ tiêu"))
    'chỉ tiêu'
    """
    return _Later(message)


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the text for a number of things; the text has the number as `num`.

    >>> ngettext("%(num)s đoạn", "%(num)s đoạn", 1163)
    '1.163 đoạn'
    """
    text = _chosen[0]().translations.ngettext(one, many, count)
    return text % ({"num": number(count)} | values)


def number(count: int) -> str:
    """Return a number of the interface as readers of the page write it: `1.163`, or `1,163`.

    Figures of reports are quoted, and stay as they are in any language.

    >>> number(1163)
    '1.163'
    """
    written = f"{count:,}"
    return written if language() == "en" else written.replace(",", ".")


def vietnamese(text: str) -> str:
    """Return words of a report or of a reader, marked as Vietnamese in a page that is not.

    >>> vietnamese("xã Cồn Sậy")
    'xã Cồn Sậy'
    """
    if not text or language() == VIETNAMESE:
        return text
    return Markup('<span lang="vi">{}</span>').format(text)


def language() -> str:
    """Return the language of the page that is being made: `vi` or `en`."""
    return _chosen[0]().language
