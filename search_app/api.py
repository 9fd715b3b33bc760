"""The HTTP interface for programs, version 1. What it answers is described in docs/api.md."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.datastructures import MultiDict

from indexer.config import Settings
from indexer.errors import UsageError
from search_app.openapi import describe
from search_app.query import Request
from search_app.search import Library
from search_app.serialise import (
    document_json,
    hit_json,
    result_json,
    stats_json,
    suggestions_json,
    summary_json,
)

# Seconds; who types the same again gets the same, and a new report is seen soon.
_SUGGESTIONS_KEPT = 60

bp = Blueprint("api", __name__, url_prefix="/api/v1")


def library() -> Library:
    """Return the library that the application was made with."""
    found = current_app.extensions["library"]
    assert isinstance(found, Library)
    return found


def read_request(args: MultiDict[str, str], settings: Settings) -> Request:
    """Return the search request of a query string; lists by repeating a name.

    Raises UsageError for a limit, offset or page that is no number.
    """
    # Clamped before the offset of a page is computed from it.
    limit = min(_number(args, "limit", settings.page_size), settings.max_page_size)
    page = max(1, _number(args, "page", 1))
    return Request(
        text=args.get("q", ""),
        places=_values(args, "place"),
        terms=_values(args, "term"),
        years=_values(args, "year"),
        kinds=_values(args, "kind"),
        documents=_values(args, "document"),
        sections=_values(args, "in"),
        skip=_values(args, "skip"),
        limit=limit,
        offset=_number(args, "offset", (page - 1) * limit),
    )


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(value for value in args.getlist(name) if value.strip())


def _number(args: MultiDict[str, str], name: str, default: int) -> int:
    value = args.get(name, "")
    if not value:
        return default
    # Nine digits are more than any page and still no burden to compute with.
    if not value.isdecimal() or len(value) > 9:
        raise UsageError(
            f"`{name}` phải là số nguyên từ 0 trở lên, không phải {value!r}.", "Hãy sửa địa chỉ."
        )
    return int(value)


@bp.get("/search")
def search() -> Response:
    """Find passages: q, place, term, year, kind, in, document, skip, limit, offset."""
    found = library()
    asked = read_request(request.args, found.settings)
    return jsonify(result_json(found.search(asked)))


@bp.get("/documents")
def documents() -> Response:
    """List the documents and what is known of each."""
    summaries = library().catalogue.documents()
    return jsonify({"documents": [summary_json(s) for s in summaries], "total": len(summaries)})


@bp.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Give a whole document: text, sections, passages, footnotes, tables."""
    return jsonify(document_json(library().document(document_id)))


@bp.get("/passages/<passage_id>")
def passage(passage_id: str) -> Response:
    """Give one passage with its evidence and citation."""
    return jsonify(hit_json(library().passage(passage_id)))


@bp.get("/suggest")
def suggest() -> Response:
    """Complete what is being typed in q with headings, indicators and phrases of the reports."""
    typed = request.args.get("q", "")
    response = jsonify(suggestions_json(typed, library().suggest(typed)))
    response.cache_control.max_age = _SUGGESTIONS_KEPT
    return response


@bp.get("/stats")
def stats() -> Response:
    """Give the totals over all documents."""
    found = library()
    return jsonify(stats_json(found.catalogue.documents(), found.backend.count()))


@bp.get("/openapi.json")
def openapi() -> Response:
    """Describe this interface as OpenAPI 3.1."""
    rules = [rule for rule in current_app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    summaries = {
        rule.endpoint: (current_app.view_functions[rule.endpoint].__doc__ or "").split("\n")[0]
        for rule in rules
    }
    return jsonify(describe(rules, summaries))
