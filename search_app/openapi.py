"""The OpenAPI 3.1 description of the HTTP interface, made from the routes and these schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from werkzeug.routing import Rule

from indexer.models import FactKind

Json = dict[str, Any]

_STRING: Json = {"type": "string"}
_INTEGER: Json = {"type": "integer"}
_SPAN: Json = {
    "type": "array",
    "items": _INTEGER,
    "minItems": 2,
    "maxItems": 2,
    "description": "Half-open range of code points.",
}

_QUERY: dict[str, tuple[str, Json]] = {
    "q": ('Words to find; "phrase" and -word are understood.', _STRING),
    "place": ("Place of the report, wholly or in part; may be repeated.", _STRING),
    "term": ("Term, for example 2020-2025; may be repeated.", _STRING),
    "year": ("Year of the report; may be repeated.", _STRING),
    "kind": (
        "Kind of passage; may be repeated.",
        _STRING | {"enum": ["body", "footnote", "table"]},
    ),
    "in": ("Words that stand side by side in a heading over the passage.", _STRING),
    "document": ("Id of a document; may be repeated.", _STRING),
    "skip": ("Key of what is not to be read out of the words; may be repeated.", _STRING),
    "sort": (
        "Order of the hits: relevance (also when left out), time (newest report first) or place.",
        _STRING | {"enum": ["relevance", "time", "place"]},
    ),
    "limit": ("Hits per page.", _INTEGER),
    "offset": ("Hits to leave out from the beginning.", _INTEGER),
    "page": ("Page, instead of an offset, from 1.", _INTEGER),
}

# A question takes what a search takes, so that one address serves both.
_QUESTION = _QUERY | {
    "q": ("A question.", _STRING),
    "sort": ("Taken, but without effect.", _QUERY["sort"][1]),
    "limit": ("Nearest passages to give beside the answers.", _INTEGER),
    "offset": ("Taken, but without effect: answers have no pages.", _INTEGER),
    "page": ("Taken, but without effect: answers have no pages.", _INTEGER),
}
_TYPED: dict[str, tuple[str, Json]] = {
    "q": ("What was typed so far; nothing is offered for more than 200 characters.", _STRING),
}
_NAMED: dict[str, tuple[str, Json]] = {
    "q": (
        "Number or name of a document, for example 22-NQ/TW; without it all are listed.",
        _STRING,
    ),
    "number": ("Another name of q.", _STRING),
    "kind": ("Kind of document, for example Nghị quyết; may be repeated.", _STRING),
    "limit": ("Documents to give, 20 without it; at most 1000.", _INTEGER),
    "offset": _QUERY["offset"],
}
_FACT_KINDS = _STRING | {"enum": ["result", "target", "baseline", "change", "share_of_target"]}
_STATED = {name: _QUERY[name] for name in ("place", "term", "document", "offset")} | {
    "indicator": ("Key, name or part of the name of an indicator.", _STRING),
    "period": ("Time that the value must touch: 2020, 2016-2020, cuối năm 2020.", _STRING),
    "kind": ("Kind of value; may be repeated.", _FACT_KINDS),
    "limit": ("Values to give; at most 1000 in JSON.", _INTEGER),
    "format": ("json, or a file to download.", _STRING | {"enum": ["json", "csv", "xlsx"]}),
}
_COMPARED: dict[str, tuple[str, Json]] = {
    "indicator": ("Key or words of an indicator.", _STRING),
    "place": ("Place, wholly or in part; may be repeated.", _STRING),
    "format": ("Format of the answer.", _STRING | {"enum": ["json", "csv", "xlsx"]}),
}
_ASKED = {
    "api.search": _QUERY,
    "api.ask": _QUESTION,
    "api.suggest": _TYPED,
    "api.references": _NAMED,
    "api.facts": _STATED,
    "api.compare": _COMPARED,
}


def known_names(endpoint: str) -> tuple[str, ...]:
    """Return the names that the query string of a route may have.

    >>> known_names("api.suggest"), known_names("api.stats")
    (('q',), ())
    """
    return tuple(_ASKED.get(endpoint, ()))


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


_DOCUMENT = _object(
    id=_STRING,
    title=_STRING,
    name=_STRING,
    source=_STRING,
    place=_STRING,
    province=_STRING,
    term=_STRING,
    congress=_STRING,
    date=_STRING,
    draft=_STRING,
    issuer=_STRING,
    signer=_or_null(_STRING),
)

_READING: dict[str, Json] = {
    "format": _STRING | {"description": "What the content was found to be, whatever its name."},
    "encoding": _STRING,
    "page_count": _INTEGER,
    "ocr_pages": _INTEGER | {"description": "Pages recognised from images."},
    "ocr_confidence": _or_null(_INTEGER | {"description": "Their mean confidence in percent."}),
}
_SUMMARY = _object(
    **_DOCUMENT["properties"],
    **_READING,
    sections=_INTEGER,
    passages=_INTEGER,
    tables=_INTEGER,
    footnotes={"type": "object", "additionalProperties": _INTEGER},
    warnings=_array(_STRING),
)
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_CALLER = _object(passage_id=_STRING, quote=_STRING, span=_SPAN)

_SCHEMAS: dict[str, Json] = {
    "Document": _DOCUMENT,
    "Linked": _object(
        relation=_STRING | {"enum": ["footnote", "anchor"]},
        passage_id=_STRING,
        footnote=_INTEGER,
        text=_STRING,
        span=_SPAN,
        highlights=_array(_SPAN),
    ),
    "Hit": _object(
        passage_id=_STRING,
        kind=_QUERY["kind"][1],
        footnote=_or_null(_INTEGER),
        document=_ref("Document"),
        section_path=_array(_STRING),
        page=_or_null(_INTEGER),
        span=_SPAN,
        text=_STRING,
        highlights=_array(_SPAN),
        score={"type": "number"},
        complete={"type": "boolean"},
        citation=_STRING,
        url=_STRING,
        linked=_array(_ref("Linked")),
        table=_or_null({"type": "object"}),
        ocr={"type": "boolean"},
        confidence=_or_null(_INTEGER),
    ),
    "SearchResult": _object(
        query={"type": "object"},
        total=_INTEGER,
        complete=_INTEGER,
        sort=_QUERY["sort"][1],
        limit=_INTEGER,
        offset=_INTEGER,
        facets={
            "type": "object",
            "additionalProperties": _array(_object(value=_STRING, count=_INTEGER)),
        },
        hits=_array(_ref("Hit")),
    ),
    "Citation": _object(
        passage_id=_STRING,
        document=_ref("Document"),
        section_path=_array(_STRING),
        footnote=_or_null(_INTEGER),
        page=_or_null(_INTEGER),
        span=_SPAN,
        quote=_STRING,
        text=_STRING,
        url=_STRING,
        anchor=_or_null(_CALLER),
        anchors=_array(_CALLER),
        ocr={"type": "boolean"},
        confidence=_or_null(_INTEGER),
    ),
    "Answer": _object(
        text=_STRING,
        statement=_STRING,
        place=_STRING,
        period=_or_null(_STRING),
        period_start=_or_null(_STRING),
        period_end=_or_null(_STRING),
        kind=_or_null(_STRING | {"enum": [kind.value for kind in FactKind]}),
        certainty=_SHARE,
        value_span=_SPAN,
        citation=_ref("Citation"),
    ),
    "Reply": _object(
        question=_STRING,
        interpreted=_object(
            text=_STRING,
            restored={"type": "boolean"},
            answer_type=_STRING,
            places=_array(_STRING),
            terms=_array(_STRING),
            periods=_array(_STRING),
            expansions=_array({"type": "object"}),
        ),
        answered={"type": "boolean"},
        answers=_array(_ref("Answer")),
        passages=_array(_ref("Hit")),
        message=_or_null(_STRING),
    ),
    "WholeDocument": _object(
        document=_object(**_DOCUMENT["properties"], **_READING, sha256=_STRING),
        text=_STRING,
        sections=_array({"type": "object"}),
        passages=_array({"type": "object"}),
        footnotes=_array({"type": "object"}),
        tables=_array({"type": "object"}),
        pages=_array({"type": "object"}),
        conversions=_array(
            _object(encoding=_STRING, count=_INTEGER, before=_STRING, after=_STRING)
        ),
        warnings=_array(_STRING),
        sources=_array(_STRING),
        versions=_array(_ref("Version")),
    ),
    "Version": _object(
        document=_ref("Document"),
        similarity=_SHARE,
        differences=_INTEGER,
        shown=_array(_object(before=_STRING, after=_STRING)),
        url=_STRING,
    ),
    "Differences": _object(
        documents=_array(_ref("Document")),
        similarity=_SHARE,
        same=_INTEGER,
        counts={"type": "object", "additionalProperties": _INTEGER},
        figures_changed=_INTEGER,
        differences=_array(
            _object(
                change=_STRING | {"enum": ["changed", "removed", "added", "moved"]},
                before=_or_null(_ref("Side")),
                after=_or_null(_ref("Side")),
                figures=_object(before=_array(_STRING), after=_array(_STRING)),
            )
        ),
    ),
    "Side": _object(
        passage_id=_STRING,
        section_path=_array(_STRING),
        span=_SPAN,
        text=_STRING,
        changed=_array(_SPAN),
        url=_STRING,
    ),
    "Suggestions": _object(
        query=_STRING,
        suggestions=_array(
            _object(text=_STRING, kind=_STRING | {"enum": ["indicator", "heading", "phrase"]})
        ),
    ),
    "CitedDocument": _object(
        key=_STRING,
        kind=_STRING,
        name=_STRING,
        number=_STRING,
        issuer=_STRING,
        date=_STRING,
        session=_STRING,
        subject=_STRING,
        conflicts=_array(
            _object(
                field=_STRING | {"enum": ["date", "issuer"]},
                values=_array(_object(value=_STRING, citations=_array(_ref("Citation")))),
            )
        ),
        mentions=_array(_object(text=_STRING, citation=_ref("Citation"))),
        documents=_INTEGER,
    ),
    "References": _object(
        references=_array(_ref("CitedDocument")),
        total=_INTEGER,
        limit=_INTEGER,
        offset=_INTEGER,
        message=_or_null(_STRING),
    ),
    "Fact": _object(
        indicator=_STRING,
        name=_STRING,
        value=_STRING,
        value_text=_STRING,
        value_span=_SPAN,
        unit=_or_null(_STRING),
        per=_or_null(_STRING),
        qualifier=_or_null(_STRING),
        direction=_or_null(_STRING),
        parent=_or_null(_STRING),
        period=_object(
            text=_STRING,
            start=_or_null(_STRING),
            end=_or_null(_STRING),
            explicit={"type": "boolean"},
        ),
        place=_STRING,
        kind=_FACT_KINDS,
        citation=_ref("Citation"),
    ),
    "Facts": _object(
        facts=_array(_ref("Fact")), total=_INTEGER, limit=_or_null(_INTEGER), offset=_INTEGER
    ),
    "Summary": _SUMMARY,
    "DocumentList": _object(documents=_array(_ref("Summary")), total=_INTEGER),
    "Object": {"type": "object"},
    "Error": _object(error=_object(code=_STRING, message=_STRING, hint=_STRING)),
}

# What a route answers with; a route that is missing here answers with some object.
_ANSWERS = {
    "api.search": "SearchResult",
    "api.ask": "Reply",
    "api.documents": "DocumentList",
    "api.document": "WholeDocument",
    "api.versions": "Differences",
    "api.passage": "Hit",
    "api.suggest": "Suggestions",
    "api.references": "References",
    "api.facts": "Facts",
}


def describe(rules: Iterable[Rule], summaries: dict[str, str]) -> Json:
    """Return the description of the routes; `summaries` says for each endpoint what it does."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "vankien", "version": version("vankien")},
        "paths": {
            re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule): {"get": _operation(rule, summaries)}
            for rule in rules
        },
        "components": {"schemas": _SCHEMAS},
    }


def _operation(rule: Rule, summaries: dict[str, str]) -> Json:
    error = {"description": "What happened and what to do.", "content": _content("Error")}
    return {
        "operationId": rule.endpoint.removeprefix("api."),
        "summary": summaries[rule.endpoint],
        "parameters": _parameters(rule),
        "responses": {
            "200": {
                "description": "The answer.",
                "content": _content(_ANSWERS.get(rule.endpoint, "Object")),
            },
            "4XX": error,
            "503": error,
        },
    }


def _parameters(rule: Rule) -> list[Json]:
    path = [
        {"name": name, "in": "path", "required": True, "schema": _STRING}
        for name in sorted(rule.arguments)
    ]
    query = _ASKED.get(rule.endpoint, {})
    return path + [
        {"name": name, "in": "query", "description": description, "schema": schema}
        for name, (description, schema) in query.items()
    ]


def _content(schema: str) -> Json:
    return {"application/json": {"schema": _ref(schema)}}
