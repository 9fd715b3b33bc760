"""The facets of the search page: values with counts, each a link that adds it or takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.labels import parse_label
from indexer.models import Facet, Filters
from indexer.text.analysis import forms
from search_app.filters import KIND_WORDS
from search_app.languages import gettext as _
from search_app.page_cards import kind_name
from search_app.page_links import Address
from search_app.search import Result
from search_app.sorting import Sort, read_sort

_SHOWN = 6
_APPENDIX = "phụ lục"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; the link adds it, or takes it back when it is chosen.

    `key` is the same for the same value on every page.
    """

    text: str
    count: int
    url: str
    chosen: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as shown; `more` are the values that stay folded."""

    title: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """An order that the hits can have; the link sorts by it."""

    name: str
    url: str
    chosen: bool


def orders(address: Address, result: Result) -> tuple[Order, ...]:
    """Return the orders to choose from."""
    names = {
        Sort.RELEVANCE: _("phù hợp"),
        Sort.TIME: _("thời gian"),
        Sort.PLACE: _("địa phương"),
    }
    chosen = read_sort(result.request.sort)
    return tuple(
        Order(
            name,
            address.with_only("sort", "" if sort is Sort.RELEVANCE else sort.value),
            sort is chosen,
        )
        for sort, name in names.items()
    )


def facet_views(
    address: Address, result: Result, facets: Sequence[Facet], appendix: int = 0
) -> tuple[FacetView, ...]:
    """Return the facets that have something to choose from; `appendix` counts what stands there."""
    by_name = {facet.name: facet for facet in facets}
    views = []
    for name, title in _titles().items():
        choices = _choices(address, result, by_name[name]) if name in by_name else []
        if name == "kind" and appendix:
            choices.append(_appendix(address, appendix))
        # What is chosen is seen without unfolding.
        more = [choice for choice in choices[_SHOWN:] if not choice.chosen]
        if choices:
            shown = [choice for choice in choices if choice not in more]
            views.append(FacetView(title, tuple(shown), tuple(more)))
    return tuple(views)


def _titles() -> dict[str, str]:
    return {
        "place": _("Địa phương"),
        "term": _("Nhiệm kỳ"),
        "year": _("Năm"),
        "kind": _("Loại"),
        "section": _("Phần"),
    }


def _choices(address: Address, result: Result, facet: Facet) -> list[Choice]:
    chosen = _chosen(facet.name, result.query.filters)
    # Places that were read out of the words filter, but stand in no parameter.
    implied = () if result.request.places or facet.name != "place" else result.meaning.places
    found = []
    for one in facet.values:
        if facet.name == "section":
            is_chosen = forms(one.value) in result.query.filters.sections
            url = address.with_only("in", "" if is_chosen else one.value)
        else:
            is_chosen = one.value in chosen
            url = _url(address, facet.name, one.value, chosen=is_chosen, implied=implied)
        text = _text(facet.name, one.value)
        found.append(Choice(text, one.count, url, is_chosen, f"{facet.name}:{one.value}"))
    return found


def _text(name: str, value: str) -> str:
    """Return a value as shown: kinds in words, headings in small letters without their number."""
    if name == "kind":
        return kind_name(value)
    if name != "section":
        return value
    label = parse_label(value)
    words = value[label.rest :] if label else value
    words = words.strip()
    small = words.lower() if words.isupper() else words
    return small[:1].upper() + small[1:] or value


def _chosen(name: str, filters: Filters) -> frozenset[str]:
    values: dict[str, Sequence[str]] = {
        "place": filters.places,
        "term": filters.terms,
        "year": filters.years,
        "kind": filters.kinds,
    }
    return frozenset(values.get(name, ()))


def _url(address: Address, name: str, value: str, *, chosen: bool, implied: Sequence[str]) -> str:
    if not chosen:
        return address.adding(name, *implied, value)
    if value in implied:
        return address.adding("skip", f"{name}:{value}")
    return address.without(name, _asking_for(value, address.of(name), name))


def _asking_for(value: str, typed: Sequence[str], name: str) -> list[str]:
    """Return the typed filters that led to a value; all of them when none shows it."""
    key = value.casefold()

    def read(text: str) -> str:
        return KIND_WORDS.get(text.lower(), text.lower()) if name == "kind" else text.casefold()

    return [text for text in typed if read(text) in key] or list(typed)


def _appendix(address: Address, count: int) -> Choice:
    chosen = any(forms(value) == forms(_APPENDIX) for value in address.of("in"))
    url = address.with_only("in", "" if chosen else _APPENDIX)
    return Choice(_("Phụ lục"), count, url, chosen, "appendix")
