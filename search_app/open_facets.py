"""Facets with their own filter open: who chose one place still sees what the others have."""

from __future__ import annotations

from dataclasses import replace

from indexer.models import Facet, FacetValue, Filters, Query
from indexer.text.analysis import forms
from search_app.search import Library, Result

_APPENDIX = forms("phụ lục")
# What reports call their parts, whatever else a heading says: the words that filter by one.
_PARTS = ("kết quả", "hạn chế", "nguyên nhân", "bài học", "chỉ tiêu", "nhiệm vụ", "giải pháp")


def open_facets(library: Library, result: Result) -> tuple[Facet, ...]:
    """Return the facets of a result, each counted without the filter that is its own.

    Headings that name one of the usual parts of reports are counted by that part.
    """
    opened = (_opened(library, result.query, facet) for facet in result.facets)
    return tuple(
        _by_part(library, result.query, facet) if facet.name == "section" else facet
        for facet in opened
    )


def _by_part(library: Library, query: Query, facet: Facet) -> Facet:
    """Return the facet of sections by part; headings that name none follow as they are."""
    if not facet.values:
        return facet
    parts = [FacetValue(part, _under(library, query, forms(part))) for part in _PARTS]
    found = sorted((part for part in parts if part.count), key=lambda part: -part.count)
    runs = [f" {' '.join(forms(part.value))} " for part in found] + [f" {' '.join(_APPENDIX)} "]
    others = (
        one
        for one in facet.values
        if not any(run in f" {' '.join(forms(one.value))} " for run in runs)
    )
    return replace(facet, values=(*found, *others))


def _under(library: Library, query: Query, run: tuple[str, ...]) -> int:
    """Return how many passages stand under headings that have a run of words."""
    filters = replace(query.filters, sections=(run,))
    return library.backend.search(replace(query, filters=filters, limit=0, facets=False)).total


def appendix_hits(library: Library, result: Result) -> int:
    """Return how many passages of a question stand under a heading that names an appendix."""
    return _under(library, result.query, _APPENDIX)


def _opened(library: Library, query: Query, facet: Facet) -> Facet:
    filters = _without(facet.name, query.filters)
    if filters == query.filters:
        return facet
    found = library.backend.search(replace(query, filters=filters, limit=0)).facets
    return next(one for one in found if one.name == facet.name)


def _without(name: str, filters: Filters) -> Filters:
    if name == "place":
        return replace(filters, places=())
    if name == "term":
        return replace(filters, terms=())
    if name == "year":
        return replace(filters, years=())
    return replace(filters, kinds=()) if name == "kind" else replace(filters, sections=())
