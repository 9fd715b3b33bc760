"""JSON of the documents that reports name, as `docs/api.md` describes it."""

from __future__ import annotations

from search_app.reference_mentions import Conflict, citations_of
from search_app.references import CitedDocument, References
from search_app.serialise import Json, citation_json


def references_json(references: References, limit: int | None = None, offset: int = 0) -> Json:
    """Return the documents that are named, each with every place where it is named.

    Without a limit they are all there; reports are read for those alone that are.
    """
    shown = references.cited[offset : None if limit is None else offset + limit]
    return {
        "references": [_cited(cited) for cited in shown],
        "total": references.total,
        "limit": references.total if limit is None else limit,
        "offset": offset,
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
