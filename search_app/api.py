"""The HTTP interface for programs, version 1. What it answers is described in docs/api.md."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.datastructures import MultiDict

from indexer.config import Settings
from indexer.errors import UsageError
from search_app.answer import ask as answer
from search_app.arguments import checked_values, shortened
from search_app.compare import compare as compare_indicator
from search_app.differences import find_differences
from search_app.export import TYPES
from search_app.facts import FactRequest, list_facts
from search_app.openapi import describe, known_names
from search_app.query import Request
from search_app.references import list_references
from search_app.related import find_version, related
from search_app.report_coverage import report_coverage
from search_app.search import Library
from search_app.serialise import (
    document_json,
    hit_json,
    result_json,
    stats_json,
    suggestions_json,
)
from search_app.serialise_answers import reply_json
from search_app.serialise_compare import comparison_file, comparison_json
from search_app.serialise_coverage import coverage_json
from search_app.serialise_facts import facts_file, facts_json
from search_app.serialise_references import references_json
from search_app.serialise_versions import differences_json, related_json, summaries_json
from search_app.web_outgoing import attachment, whole_address

# Seconds; who types the same again gets the same, and a new report is seen soon.
_SUGGESTIONS_KEPT = 60
# What one answer in JSON holds at most; a file holds all that a sheet can.
_MOST_FACTS = 1_000
# A document may be named in hundreds of places, and each comes with its citation.
_NAMED_AT_ONCE, _MOST_NAMED = 20, 1_000
_ALL = 10**9

bp = Blueprint("api", __name__, url_prefix="/api/v1")


def library() -> Library:
    """Return the library that the application was made with."""
    found = current_app.extensions["library"]
    assert isinstance(found, Library)
    return found


@bp.before_request
def check_names() -> None:
    """Raise UsageError for a name that the route does not know: it would be ignored unseen."""
    known = known_names(request.endpoint or "")
    unknown = [name for name in request.args if name not in known]
    if unknown:
        there = f"Các tham số có: {', '.join(known)}." if known else "Địa chỉ này không có tham số."
        named = shortened(", ".join(map(repr, unknown)))
        raise UsageError(f"Không có tham số nào là {named}.", there)


def read_request(args: MultiDict[str, str], settings: Settings) -> Request:
    """Return the search request of a query string; lists by repeating a name.

    Raises UsageError for a limit, offset or page that is no number.
    """
    # Clamped before the offset of a page is computed from it.
    limit = min(_number(args, "limit", settings.page_size), settings.max_page_size)
    page = max(1, _number(args, "page", 1))
    return Request(
        text=args.get("q", ""),
        places=checked_values(args, "place"),
        terms=checked_values(args, "term"),
        years=checked_values(args, "year"),
        kinds=checked_values(args, "kind"),
        documents=checked_values(args, "document"),
        sections=checked_values(args, "in"),
        skip=checked_values(args, "skip"),
        limit=limit,
        offset=_number(args, "offset", (page - 1) * limit),
        sort=args.get("sort", ""),
    )


def _number(args: MultiDict[str, str], name: str, default: int) -> int:
    value = args.get(name, "")
    if not value:
        return default
    # Nine digits are more than any page and still no burden to compute with.
    if not value.isdecimal() or len(value) > 9:
        raise UsageError(
            f"`{name}` phải là số nguyên từ 0 trở lên, không phải {shortened(value)!r}.",
            "Hãy sửa địa chỉ.",
        )
    return int(value)


@bp.get("/search")
def search() -> Response:
    """Find passages: q, place, term, year, kind, in, document, skip, sort, limit, offset."""
    found = library()
    asked = read_request(request.args, found.settings)
    result = found.search(asked)
    covered = coverage_json(report_coverage(found, result))
    return jsonify(result_json(result) | {"coverage": covered})


@bp.get("/ask")
def ask() -> Response:
    """Answer a question with citations: q, place, term, year, limit."""
    found = library()
    # Answers stand in the passages that fit best, in whatever order and on whatever page.
    asked = replace(read_request(request.args, found.settings), offset=0, sort="")
    return jsonify(reply_json(answer(found, asked)))


@bp.get("/documents")
def documents() -> Response:
    """List the documents and what is known of each."""
    listed = summaries_json(library())
    return jsonify({"documents": listed, "total": len(listed)})


@bp.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Give a whole document: text, sections, passages, footnotes, tables, sources, versions."""
    found = document_json(library().document(document_id))
    return jsonify(found | related_json(related(library(), document_id)))


@bp.get("/documents/<document_id>/versions/<other_id>")
def versions(document_id: str, other_id: str) -> Response:
    """Give all that differs between two versions, places with other figures first."""
    version = find_version(library(), document_id, other_id)
    left, right = (library().document(each) for each in (version.document_id, version.other_id))
    return jsonify(differences_json(version, find_differences(left, right)))


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


@bp.get("/facts")
def facts() -> Response:
    """List stated values: indicator, place, term, period, kind, document, limit, offset, format."""
    args = request.args
    form = args.get("format") or "json"
    most = _MOST_FACTS if form == "json" else _ALL
    asked = FactRequest(
        indicator=args.get("indicator", ""),
        places=checked_values(args, "place"),
        terms=checked_values(args, "term"),
        period=args.get("period", ""),
        kinds=checked_values(args, "kind"),
        documents=checked_values(args, "document"),
        limit=min(_number(args, "limit", most), most),
        offset=_number(args, "offset", 0),
    )
    found = list_facts(library(), asked)
    if form == "json":
        return jsonify(facts_json(found))
    return attachment(facts_file(found, form, whole_address("")), TYPES[form], f"so-lieu.{form}")


@bp.get("/compare")
def compare() -> Response:
    """Compare an indicator across reports, places and terms: indicator, place, format."""
    words, form = request.args.get("indicator", ""), request.args.get("format") or "json"
    if not words.strip():
        raise UsageError("Chưa cho biết chỉ tiêu nào.", "Hãy thêm: ?indicator=tỷ lệ hộ nghèo")
    found = compare_indicator(library(), words, checked_values(request.args, "place"))
    if form == "json":
        return jsonify(comparison_json(found))
    content = comparison_file(found, form, whole_address(""))
    return attachment(content, TYPES[form], f"so-sanh-{found.indicator}.{form}")


@bp.get("/references")
def references() -> Response:
    """List the documents that the reports name, or those q can mean: q, kind, limit, offset."""
    texts = {*checked_values(request.args, "q"), *checked_values(request.args, "number")}
    if len(texts) > 1:
        raise UsageError(
            "`q` và `number` là một: chỉ tìm được một văn bản mỗi lần.", "Hãy bỏ bớt một tham số."
        )
    found = list_references(library(), "".join(texts), checked_values(request.args, "kind"))
    limit = min(_number(request.args, "limit", _NAMED_AT_ONCE), _MOST_NAMED)
    return jsonify(references_json(found, limit, _number(request.args, "offset", 0)))


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
