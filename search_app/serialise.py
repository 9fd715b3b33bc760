"""JSON of everything that leaves the program, as `docs/api.md` describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.catalogue import DocumentSummary
from indexer.errors import VankienError
from indexer.layout import value_behind
from indexer.models import Document, Facet, Footnote, Metadata, Passage, Span
from indexer.sections import heading_line
from indexer.text.phrases import Expansion
from search_app.cite import Citation, name_of
from search_app.found import FoundLink, FoundPassage
from search_app.search import Result
from search_app.serialise_ingestion import conversions_json, reading_json
from search_app.sorting import read_sort
from search_app.suggest import Suggestion

Json = dict[str, Any]


def result_json(result: Result) -> Json:
    """Return one page of search results."""
    return {
        "query": {
            "text": result.request.text,
            "interpreted": result.meaning.text,
            "restored": result.meaning.spelling.restored,
            "expansions": [expansion_json(item) for item in result.meaning.expansions],
            "suggestion": result.suggestion,
            "places": list(result.meaning.places),
            "terms": list(result.meaning.terms),
            "wants": [trait.value for trait in result.meaning.traits],
            "phrases": list(result.question.phrases),
            "excluded": list(result.question.excluded),
            "notes": list(result.question.notes),
        },
        "total": result.total,
        "complete": result.complete,
        "sort": read_sort(result.request.sort).value,
        "limit": result.request.limit,
        "offset": result.request.offset,
        "facets": {facet.name: _facet(facet) for facet in result.facets},
        "hits": [hit_json(hit) for hit in result.hits],
    }


def suggestions_json(typed: str, suggestions: Sequence[Suggestion]) -> Json:
    """Return what typing may go on to.

    >>> suggestions_json("ty le", [Suggestion("Tỷ lệ hộ nghèo", "indicator")])["suggestions"]
    [{'text': 'Tỷ lệ hộ nghèo', 'kind': 'indicator'}]
    """
    return {
        "query": typed,
        "suggestions": [{"text": item.text, "kind": item.kind} for item in suggestions],
    }


def expansion_json(expansion: Expansion) -> Json:
    """Return what a word of the question was searched as, too, and why."""
    return {
        "from": expansion.from_text,
        "to": expansion.to_text,
        "kind": expansion.kind.value,
        "reason": expansion.reason,
    }


def explain_json(result: Result) -> Json:
    """Return how a question was turned into a query."""
    query = result.query
    return {
        "groups": [
            [{"field": match.field.value, "forms": list(match.forms)} for match in g.alternatives]
            for g in query.groups
        ],
        "minimum": query.minimum,
        "boosts": [{"field": m.field.value, "forms": list(m.forms)} for m in query.boosts],
        "required": [list(g.alternatives[0].forms) for g in query.required],
        "excluded": [list(g.alternatives[0].forms) for g in query.excluded],
    }


def _facet(facet: Facet) -> list[Json]:
    return [{"value": value.value, "count": value.count} for value in facet.values]


def hit_json(found: FoundPassage) -> Json:
    """Return one passage with its evidence."""
    passage = found.passage
    return {
        "passage_id": passage.id,
        "kind": passage.kind.value,
        "footnote": passage.footnote,
        "document": document_line(found.document),
        "section_path": [heading_line(section) for section in found.path],
        "page": passage.page,
        **ocr_json(found.document, passage),
        "span": _span(passage.span),
        "text": found.text,
        "highlights": [_span(span) for span in found.highlights],
        "score": round(found.score, 4),
        "complete": found.complete,
        "citation": found.citation,
        "url": passage_url(passage.id),
        "linked": [_link(link) for link in found.linked],
        "table": _table(found),
        "similar": list(found.similar),
    }


def ocr_json(document: Document, passage: Passage) -> Json:
    """Return whether a passage was recognised from an image, and how surely (percent)."""
    page = document.ocr_page(passage.page)
    return {"ocr": page is not None, "confidence": page.confidence if page else None}


def _link(found: FoundLink) -> Json:
    return {
        "relation": found.link.relation,
        "passage_id": found.link.passage.id,
        "footnote": found.link.number,
        "text": found.text,
        "span": _span(found.link.span),
        "highlights": [_span(span) for span in found.highlights],
    }


def _table(found: FoundPassage) -> Json | None:
    if not found.passage.table:
        return None
    text = found.document.text
    table = next(t for t in found.document.tables if t.number == found.passage.table)
    return {
        "number": table.number,
        "title": table.title.of(text) if table.title else None,
        "headings": list(table.headings),
        "cells": [cell.of(text) for cell in found.passage.cells],
        "values": [value_behind(text, cell) or None for cell in found.passage.cells],
        "context": [span.of(text) for span in found.passage.context],
    }


def citation_json(citation: Citation) -> Json:
    """Return a cited quotation; `anchor` is the sentence that calls the cited note."""
    text = citation.document.text
    found = [
        {"passage_id": a.passage.id, "quote": a.span.of(text), "span": _span(a.span)}
        for a in citation.anchors
    ]
    return {
        "passage_id": citation.passage.id,
        "document": document_line(citation.document),
        "section_path": [heading_line(section) for section in citation.path],
        "footnote": citation.passage.footnote,
        "page": citation.passage.page,
        **ocr_json(citation.document, citation.passage),
        "span": _span(citation.span),
        "quote": citation.quote,
        "text": citation.text,
        "url": passage_url(citation.passage.id),
        "anchor": found[0] if found else None,
        "anchors": found,
    }


def passage_url(passage_id: str) -> str:
    """Return the address of a passage in the reading page.

    >>> passage_url("1a2b3c4d5e6f:p0042")
    '/documents/1a2b3c4d5e6f#p0042'
    """
    document_id, _, name = passage_id.partition(":")
    return f"/documents/{document_id}#{name}"


def document_line(document: Document) -> Json:
    """Return what is said of a document beside every passage."""
    return _about(document.id, document.source, document.metadata)


def _about(document_id: str, source: str, metadata: Metadata) -> Json:
    return {
        "id": document_id,
        "title": metadata.title,
        "name": name_of(metadata, source),
        "source": source,
        "place": metadata.place,
        "province": metadata.province,
        "term": metadata.term,
        "congress": metadata.congress,
        "date": metadata.date,
        "draft": metadata.draft,
        "issuer": metadata.issuer,
        "signer": metadata.signer or None,
    }


def document_json(document: Document) -> Json:
    """Return a whole document: text, sections, passages, footnotes, tables."""
    text = document.text
    return {
        "document": document_line(document) | {"sha256": document.sha256} | reading_json(document),
        "text": text,
        "sections": [
            {
                "id": section.id,
                "number": section.number,
                "title": section.title,
                "level": section.level,
                "span": _span(section.span),
                "heading": _span(section.heading),
                "parent_id": section.parent_id,
            }
            for section in document.sections
        ],
        "passages": [
            {
                "passage_id": passage.id,
                "kind": passage.kind.value,
                "section_id": passage.section_id,
                "span": _span(passage.span),
                "footnotes": list(passage.footnotes),
                "footnote": passage.footnote,
                "heading": passage.heading,
                "table": passage.table or None,
                "page": passage.page,
            }
            for passage in document.passages
        ],
        "footnotes": [_footnote(note, text) for note in document.footnotes],
        "tables": [
            {
                "number": table.number,
                "title": table.title.of(text) if table.title else None,
                "headings": list(table.headings),
                "rows": list(table.passage_ids),
            }
            for table in document.tables
        ],
        "pages": [
            {"number": page.number, "ocr": page.ocr, "confidence": page.confidence}
            for page in document.pages
        ],
        "conversions": conversions_json(document),
        "warnings": list(document.warnings),
    }


def _footnote(note: Footnote, text: str) -> Json:
    return {
        "number": note.number,
        "label": note.label,
        "kind": note.kind.value,
        "how": note.how.value,
        "reason": note.reason or None,
        "marks": [_span(mark) for mark in note.marks],
        "text": note.body.of(text) if note.body else "",
        "span": _span(note.body) if note.body else None,
        "parent": note.parent,
    }


def summary_json(summary: DocumentSummary) -> Json:
    """Return one line of a list of documents."""
    return _about(summary.id, summary.source, summary.metadata) | {
        **reading_json(summary),
        "sections": summary.sections,
        "passages": summary.passages,
        "tables": summary.tables,
        "footnotes": {
            "marked": summary.marked,
            "aligned": summary.aligned,
            "nested": summary.nested,
            "unresolved": summary.unresolved,
        },
        "warnings": list(summary.warnings),
    }


def stats_json(documents: Sequence[DocumentSummary], passages: int) -> Json:
    """Return the totals over all documents; `passages` counts those that can be found."""
    return {
        "documents": len(documents),
        "sections": sum(d.sections for d in documents),
        "passages": sum(d.passages for d in documents),
        "findable": passages,
        "tables": sum(d.tables for d in documents),
        "footnotes": {
            "marked": sum(d.marked for d in documents),
            "aligned": sum(d.aligned for d in documents),
            "nested": sum(d.nested for d in documents),
            "unresolved": sum(d.unresolved for d in documents),
        },
        "places": sorted({d.metadata.place for d in documents} - {""}),
        "terms": sorted({d.metadata.term for d in documents} - {""}),
    }


def error_json(error: VankienError) -> Mapping[str, Json]:
    """Return an error as JSON.

    >>> from indexer.errors import EmptyQuery
    >>> error_json(EmptyQuery("Trống.", "Gõ một từ."))["error"]["code"]
    'empty_query'
    """
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
