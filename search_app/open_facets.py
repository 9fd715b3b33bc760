"""Facets with their own filter open: who chose one place still sees what the others have."""

from __future__ import annotations

from dataclasses import replace

from indexer.models import Facet, Filters, Query
from indexer.text.analysis import forms
from search_app.search import Library, Result

_APPENDIX = forms("phụ lục")


def open_facets(library: Library, result: Result) -> tuple[Facet, ...]:
    """Return the facets of a result, each counted without the filter that is its own."""
    return tuple(_opened(library, result.query, facet) for facet in result.facets)


def appendix_hits(library: Library, result: Result) -> int:
    """Return how many passages of a question stand under a heading that names an appendix."""
    filters = replace(result.query.filters, sections=(_APPENDIX,))
    return library.backend.search(replace(result.query, filters=filters, limit=0)).total


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
