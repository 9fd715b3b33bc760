"""The search page's address is its state: every link is this address with one thing changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer.models import PassageKind
from search_app.arguments import page_number, values_of
from search_app.filters import KIND_WORDS
from search_app.languages import gettext as _
from search_app.page_cards import kind_name
from search_app.query_signs import Question

_FILTERS = ("place", "term", "year", "kind", "in", "document")
# `skip` belongs to the words: it says what is not to be read out of them.
_OF_WORDS = ("q", "skip")
# How the result is shown; no filters.
_VIEW = ("sort", "limit", "status")
_KEPT = (*_OF_WORDS, *_FILTERS, *_VIEW)
# Longer words are refused before any link is made of them.
_LONGEST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood and can be taken back: what it is, and the link that does."""

    what: str
    value: str
    without: str


class Address:
    """The values of a search address, and addresses that differ from it in one value."""

    def __init__(self, path: str, args: MultiDict[str, str]) -> None:
        self.path = path
        words = args.get("q", "")[:_LONGEST_WORDS]
        self.values = [("q", words)] if words.strip() else []
        self.values += [(name, value) for name in _KEPT[1:] for value in values_of(args, name)]
        self.page = page_number(args)

    def of(self, name: str) -> list[str]:
        """Return the values of one parameter."""
        return [value for key, value in self.values if key == name]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return all but the words: what a form must carry along."""
        return [(name, value) for name, value in self.values if name not in _OF_WORDS]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """Return what narrows the search, each once."""
        return [pair for pair in dict.fromkeys(self.values) if pair[0] in _FILTERS]

    @property
    def query(self) -> str:
        """Return all values as the query of another address, with the question mark."""
        return f"?{urlencode(self.values)}" if self.values else ""

    def url(self, values: Iterable[tuple[str, str]], page: int = 1) -> str:
        """Return an address; the first page needs no number."""
        found = [*values, *([("page", str(page))] if page > 1 else [])]
        return f"{self.path}?{urlencode(found)}" if found else self.path

    def adding(self, name: str, *values: str) -> str:
        """Return the address with values more; what is there already stays once."""
        return self.url(dict.fromkeys([*self.values, *((name, value) for value in values)]))

    def with_only(self, name: str, value: str) -> str:
        """Return the address with one value of a parameter; none when it is empty."""
        others = [pair for pair in self.values if pair[0] != name]
        return self.url([*others, (name, value)] if value else others)

    def without(self, name: str, values: Sequence[str]) -> str:
        """Return the address without some filters."""
        return self.url([pair for pair in self.values if pair[0] != name or pair[1] not in values])

    def asking(self, text: str) -> str:
        """Return the address with part of the words; they are read the same way."""
        words = [("q", text)] if text else []
        return self.url([*words, *(pair for pair in self.values if pair[0] != "q")])

    def asking_anew(self, text: str) -> str:
        """Return the address with other words and the same filters, as the form would."""
        return self.url([("q", text), *self.kept])

    def words_only(self, text: str | None = None) -> str:
        """Return the address without any filter; with other words when they are given."""
        kept = [pair for pair in self.values if pair[0] not in _FILTERS]
        if text is None:
            return self.url(kept)
        return self.url([("q", text), *(pair for pair in kept if pair[0] in _VIEW)])

    def at_page(self, page: int) -> str:
        """Return the address of another page of the same result."""
        return self.url(self.values, page)


def filter_chips(address: Address, names: dict[str, str]) -> tuple[Chip, ...]:
    """Return the filters of an address; `names` says what documents are called by their id."""
    return tuple(
        Chip(_filter_name(name), _shown(name, value, names), address.without(name, [value]))
        for name, value in address.filters
    )


def _filter_name(name: str) -> str:
    return {
        "place": _("nơi"),
        "term": _("nhiệm kỳ"),
        "year": _("năm"),
        "kind": _("loại"),
        "in": _("phần"),
        "document": _("báo cáo"),
    }[name]


def _shown(name: str, value: str, names: dict[str, str]) -> str:
    if name == "kind":
        kind = KIND_WORDS.get(value.lower(), value.lower())
        return kind_name(kind).lower() if kind in list(PassageKind) else value
    return names.get(value, value) if name == "document" else value


def word_chips(address: Address, question: Question) -> tuple[Chip, ...]:
    """Return the phrases and excluded words, each with the address that leaves it out."""
    phrases = [
        Chip(_("cụm từ"), f"“{phrase}”", address.asking(_compose(question, phrase)))
        for phrase in dict.fromkeys(question.phrases)
    ]
    excluded = [
        Chip(_("không có"), f"“{word}”", address.asking(_compose(question, f"-{word}")))
        for word in dict.fromkeys(question.excluded)
    ]
    return (*phrases, *excluded)


def _compose(question: Question, left_out: str) -> str:
    """Return the question as it would be typed without one phrase or excluded word."""
    parts = [question.free]
    parts += [f'"{phrase}"' for phrase in question.phrases if phrase != left_out]
    for word in question.excluded:
        if f"-{word}" != left_out:
            parts.append(f'-"{word}"' if " " in word else f"-{word}")
    return " ".join(part for part in parts if part)
