"""The OpenAPI 3.1 description of the HTTP interface, made from the routes and these schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from werkzeug.routing import Rule

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
    "limit": ("Hits per page.", _INTEGER),
    "offset": ("Hits to leave out from the beginning.", _INTEGER),
    "page": ("Page, instead of an offset, from 1.", _INTEGER),
}

_TYPED: dict[str, tuple[str, Json]] = {
    "q": ("What was typed so far; nothing is offered for more than 200 characters.", _STRING),
}
_ASKED = {"api.search": _QUERY, "api.suggest": _TYPED}


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
    ),
    "SearchResult": _object(
        query={"type": "object"},
        total=_INTEGER,
        complete=_INTEGER,
        limit=_INTEGER,
        offset=_INTEGER,
        facets={
            "type": "object",
            "additionalProperties": _array(_object(value=_STRING, count=_INTEGER)),
        },
        hits=_array(_ref("Hit")),
    ),
    "WholeDocument": _object(
        document=_ref("Document"),
        text=_STRING,
        sections=_array({"type": "object"}),
        passages=_array({"type": "object"}),
        footnotes=_array({"type": "object"}),
        tables=_array({"type": "object"}),
        warnings=_array(_STRING),
    ),
    "Suggestions": _object(
        query=_STRING,
        suggestions=_array(
            _object(text=_STRING, kind=_STRING | {"enum": ["indicator", "heading", "phrase"]})
        ),
    ),
    "DocumentList": _object(documents=_array({"type": "object"}), total=_INTEGER),
    "Object": {"type": "object"},
    "Error": _object(error=_object(code=_STRING, message=_STRING, hint=_STRING)),
}

# What a route answers with; a route that is missing here answers with some object.
_ANSWERS = {
    "api.search": "SearchResult",
    "api.documents": "DocumentList",
    "api.document": "WholeDocument",
    "api.passage": "Hit",
    "api.suggest": "Suggestions",
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
