"""JSON of the documents that reports name, as `docs/api.md` describes it."""

from __future__ import annotations

from search_app.reference_mentions import Conflict, citations_of
from search_app.references import CitedDocument, References
from search_app.serialise import Json, citation_json


def references_json(references: References) -> Json:
    """Return the documents that are named, each with every place where it is named."""
    return {
        "references": [_cited(cited) for cited in references.cited],
        "total": references.total,
        "message": references.message or None,
    }


def _cited(cited: CitedDocument) -> Json:
    return {
        "key": cited.key,
        "kind": cited.kind,
        "name": cited.name,
        "number": cited.number,
        "issuer": cited.issuer,
        "date": cited.date,
        "session": cited.session,
        "subject": cited.subject,
        "conflicts": [_conflict(conflict) for conflict in cited.conflicts],
        "mentions": [
            {"text": mention.text, "citation": citation_json(citation)}
            for mention, citation in zip(cited.mentions, citations_of(cited.mentions), strict=True)
        ],
        "documents": cited.documents,
    }


def _conflict(conflict: Conflict) -> Json:
    return {
        "field": conflict.field,
        "values": [
            {
                "value": version.value,
                "citations": [citation_json(one) for one in citations_of(version.mentions)],
            }
            for version in conflict.versions
        ],
    }
