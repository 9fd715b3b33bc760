"""The search page's address is its state: every link is this address with one thing changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer.models import Facet
from search_app.filters import KIND_WORDS
from search_app.page_cards import KIND_NAMES
from search_app.query import Question
from search_app.search import Result

FACET_TITLES = {
    "place": "Địa phương",
    "term": "Nhiệm kỳ",
    "year": "Năm",
    "kind": "Loại",
    "section": "Phần",
}
_PARAMETERS = {"section": "in"}
_FILTERS = {
    "place": "nơi",
    "term": "nhiệm kỳ",
    "year": "năm",
    "kind": "loại",
    "in": "phần",
    "document": "báo cáo",
}
# `skip` belongs to the words: it says what is not to be read out of them.
_OF_WORDS = ("q", "skip")
_KEPT = (*_OF_WORDS, *_FILTERS, "limit")


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood and can be taken back: what it is, and the link that does."""

    what: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; the link adds it, or takes it back when it is chosen."""

    text: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as shown; `more` are the values that stay folded."""

    title: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


class Address:
    """The values of a search address, and addresses that differ from it in one value."""

    def __init__(self, path: str, args: MultiDict[str, str]) -> None:
        self.path = path
        self.values = [
            (name, value) for name in _KEPT for value in args.getlist(name) if value.strip()
        ]
        self.page = int(args["page"]) if _is_page(args.get("page", "")) else 1

    def of(self, name: str) -> list[str]:
        """Return the values of one parameter."""
        return [value for key, value in self.values if key == name]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """Return all but the words: what a form must carry along."""
        return [(name, value) for name, value in self.values if name not in _OF_WORDS]

    def url(self, values: Iterable[tuple[str, str]], page: int = 1) -> str:
        """Return an address; the first page needs no number."""
        found = [*values, *([("page", str(page))] if page > 1 else [])]
        return f"{self.path}?{urlencode(found)}" if found else self.path

    def adding(self, name: str, value: str) -> str:
        """Return the address with one value more; what is there already stays once."""
        return self.url(dict.fromkeys([*self.values, (name, value)]))

    def without(self, name: str, values: Sequence[str]) -> str:
        """Return the address without some filters."""
        return self.url([pair for pair in self.values if pair[0] != name or pair[1] not in values])

    def asking(self, text: str) -> str:
        """Return the address with part of the words; they are read the same way."""
        words = [("q", text)] if text else []
        return self.url([*words, *(pair for pair in self.values if pair[0] != "q")])

    def asking_anew(self, text: str) -> str:
        """Return the address with other words and the same filters, as the form would."""
        return self.url([("q", text), *self.filters])

    def words_only(self) -> str:
        """Return the address without any filter."""
        return self.url([pair for pair in self.values if pair[0] in _OF_WORDS])

    def at_page(self, page: int) -> str:
        """Return the address of another page of the same result."""
        return self.url(self.values, page)


def _is_page(value: str) -> bool:
    return value.isdecimal() and 0 < len(value) < 9 and int(value) > 0


def filter_chips(address: Address, names: dict[str, str]) -> tuple[Chip, ...]:
    """Return the filters of an address; `names` says what documents are called by their id."""
    return tuple(
        Chip(_FILTERS[name], _shown(name, value, names), address.without(name, [value]))
        for name, value in dict.fromkeys(address.values)
        if name in _FILTERS
    )


def _shown(name: str, value: str, names: dict[str, str]) -> str:
    if name == "kind":
        return KIND_NAMES.get(_kind(value), value).lower()
    return names.get(value, value) if name == "document" else value


def _kind(value: str) -> str:
    return KIND_WORDS.get(value.lower(), value.lower())


def word_chips(address: Address, question: Question) -> tuple[Chip, ...]:
    """Return the phrases and excluded words, each with the address that leaves it out."""
    phrases = [
        Chip("cụm từ", f"“{phrase}”", address.asking(_compose(question, phrase)))
        for phrase in dict.fromkeys(question.phrases)
    ]
    excluded = [
        Chip("không có", f"“{word}”", address.asking(_compose(question, f"-{word}")))
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


def facet_views(address: Address, result: Result, shown: int = 6) -> tuple[FacetView, ...]:
    """Return the facets that have something to choose from, in the order of `FACET_TITLES`."""
    by_name = {facet.name: facet for facet in result.facets}
    views = []
    for name, title in FACET_TITLES.items():
        implied = result.meaning.places if name == "place" else ()
        choices = _choices(address, by_name[name], implied) if name in by_name else ()
        if choices:
            views.append(FacetView(title, choices[:shown], choices[shown:]))
    return tuple(views)


def _choices(address: Address, facet: Facet, implied: Sequence[str]) -> tuple[Choice, ...]:
    """Return the values of a facet; `implied` ones were read out of the words."""
    name = _PARAMETERS.get(facet.name, facet.name)
    return tuple(
        Choice(
            found.value, found.count, address.adding("skip", f"{name}:{found.value}"), chosen=True
        )
        if found.value in implied and not address.of(name)
        else _choice(address, name, found.value, found.count)
        for found in facet.values
        if found.value
    )


def _choice(address: Address, name: str, value: str, count: int) -> Choice:
    text = KIND_NAMES.get(value, value) if name == "kind" else value
    typed = address.of(name)
    if name == "in":
        # A heading on any level can be asked for; the facet shows those of the second.
        chosen = value in typed
        kept = [pair for pair in address.values if pair[0] != name]
        url = address.url(kept if chosen else [*kept, (name, value)])
        return Choice(text, count, url, chosen)
    if typed:
        # Every value of a filtered facet was asked for, one way or another.
        return Choice(
            text, count, address.without(name, _asking_for(value, typed, name)), chosen=True
        )
    return Choice(text, count, address.adding(name, value), chosen=False)


def _asking_for(value: str, typed: Sequence[str], name: str) -> list[str]:
    """Return the typed filters that led to a value; all of them when none shows it."""
    key = value.casefold()
    read = _kind if name == "kind" else str.casefold
    return [text for text in typed if read(text) in key] or list(typed)
