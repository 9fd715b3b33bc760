"""JSON of how files were read: what an indexing run did, and what is told of a document."""

from __future__ import annotations

from typing import Any

from indexer.catalogue import DocumentSummary
from indexer.models import Document, Resolution, ocr_of
from indexer.reports import FileReport, IndexReport, ReadDocument
from indexer.version_groups import VersionGroup, grouped

Json = dict[str, Any]


def report_json(report: IndexReport) -> Json:
    """Return what an indexing run did, file by file."""
    return {
        "files": [_file(file) for file in report.files],
        "ignored": list(report.ignored),
        "archives": [{"source": name, "files": files} for name, files in report.archives],
        "samples": _samples(report),
        "versions": [_group(group) for group in grouped(report.versions)],
        "totals": {
            "files": len(report.files),
            "seen": report.seen,
            "read": report.count("added", "changed"),
            "unchanged": report.count("unchanged"),
            "removed": report.count("removed"),
            "documents": report.documents,
            "passages": report.passages,
            "failed": report.count("failed"),
            "unsupported": report.count("unsupported"),
            "duplicates": report.duplicates,
            "problems": report.problems,
            "seconds": report.seconds,
        },
    }


def _samples(report: IndexReport) -> Json | None:
    """Return the sample reports that stand beside others, None when there are none."""
    found = report.samples
    return None if found is None else {"documents": found.reports, "paths": list(found.paths)}


def _group(group: VersionGroup) -> Json:
    """Return reports that are nearly the same: how near at least, how many places at most."""
    shown = group.only.comparison.differences if group.only is not None else ()
    return {
        "sources": list(group.sources),
        "documents": list(group.documents),
        "similarity": round(group.shares[0], 4),
        "differences": max(version.comparison.count for version in group.versions),
        "shown": [{"before": each.before, "after": each.after} for each in shown],
    }


def _file(file: FileReport) -> Json:
    document = file.document or ReadDocument()
    return {
        "source": file.source,
        "status": file.status,
        "document_id": file.document_id,
        **reading_json(document),
        "conversions": conversions_json(document),
        "sections": document.sections,
        "passages": document.passages,
        "tables": document.tables,
        "facts": file.facts,
        "references": file.references,
        "footnotes": {how.value: file.footnotes(how) for how in Resolution},
        "warnings": list(document.warnings),
        "unresolved": [{"label": label, "reason": why} for label, why in document.unresolved],
        "error": file.error or None,
        "same_as": file.same_as or None,
    }


def reading_json(read: Document | DocumentSummary | ReadDocument) -> Json:
    """Return how a file was read; what its format does not have is empty or 0."""
    recognised, confidence = ocr_of(read.pages)
    return {
        "format": read.format,
        "encoding": read.encoding,
        "page_count": len(read.pages),
        "ocr_pages": recognised,
        "ocr_confidence": confidence,
    }


def conversions_json(document: Document | ReadDocument) -> list[Json]:
    """Return what was decoded from old encodings, each with a sample."""
    return [
        {
            "encoding": each.encoding,
            "count": each.count,
            "before": each.sample_before,
            "after": each.sample_after,
        }
        for each in document.conversions
    ]
