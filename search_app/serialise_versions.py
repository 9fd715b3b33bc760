"""JSON of the sources and versions of a report, and of what differs between two reports."""

from __future__ import annotations

from indexer.sections import heading_line, section_path
from indexer.versions import Version
from search_app.differences import Change, Difference, Differences, Side
from search_app.related import Related, RelatedVersion
from search_app.search import Library
from search_app.serialise import Json, document_line, passage_url, summary_json


def related_json(found: Related) -> Json:
    """Return the files that hold a report, and its versions."""
    return {
        "sources": list(found.sources),
        "versions": [_related_version(version) for version in found.versions],
    }


def summaries_json(library: Library) -> list[Json]:
    """Return all documents, each with its files and the ids of its versions."""
    stored = library.catalogue.versions
    names, versions = stored.source_names(), stored.of()
    return [
        summary_json(summary)
        | {
            "sources": list(names.get(summary.id, ())),
            "versions": [
                version.beside(summary.id)
                for version in versions
                if summary.id in (version.document_id, version.other_id)
            ],
        }
        for summary in library.catalogue.documents()
    ]


def differences_json(version: Version, found: Differences) -> Json:
    """Return all that differs between two versions, the older one first."""
    return {
        "documents": [document_line(found.left), document_line(found.right)],
        "similarity": _rounded(version),
        "same": found.same,
        "counts": {change.value: found.count(change) for change in Change},
        "figures_changed": found.figures,
        "differences": [_difference(found, place) for place in found.figures_first],
    }


def versions_url(document_id: str, other_id: str) -> str:
    """Return the address of the page that shows what differs between two versions.

    >>> versions_url("1a2b3c4d5e6f", "0f9e8d7c6b5a")
    '/documents/1a2b3c4d5e6f/versions/0f9e8d7c6b5a'
    """
    return f"/documents/{document_id}/versions/{other_id}"


def _rounded(version: Version) -> float:
    # Never 1 where something differs.
    share = version.comparison.share
    return min(round(share, 4), 0.9999) if share < 1 else 1.0


def _related_version(found: RelatedVersion) -> Json:
    comparison = found.version.comparison
    this = found.version.beside(found.document.id)
    return {
        "document": document_line(found.document),
        "similarity": _rounded(found.version),
        "differences": comparison.count,
        "shown": [{"before": each.before, "after": each.after} for each in comparison.differences],
        "url": versions_url(this, found.document.id),
    }


def _difference(found: Differences, place: Difference) -> Json:
    before, after = place.figures
    return {
        "change": place.change.value,
        "before": _side(found, place.left, is_left=True),
        "after": _side(found, place.right, is_left=False),
        "figures": {"before": list(before), "after": list(after)},
    }


def _side(found: Differences, side: Side | None, *, is_left: bool) -> Json | None:
    if side is None:
        return None
    document = found.left if is_left else found.right
    path = section_path(document.sections, side.passage.section_id)
    return {
        "passage_id": side.passage.id,
        "section_path": [heading_line(section) for section in path],
        "span": [side.span.start, side.span.end],
        "text": side.text,
        "changed": [[span.start, span.end] for span in side.changed],
        "url": passage_url(side.passage.id),
    }
