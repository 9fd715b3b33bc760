"""JSON of where a question was looked for, as `docs/api.md` describes it."""

from __future__ import annotations

from typing import Any

from search_app.report_coverage import Coverage

Json = dict[str, Any]


def coverage_json(coverage: Coverage) -> Json:
    """Return where a question was looked for."""
    return {
        "reports": [
            {
                "document_id": report.document_id,
                "name": report.name,
                "place": report.place,
                "term": report.term,
                "source": report.source,
                "hits": report.hits,
                "parts": {
                    part.kind: {
                        "state": part.state,
                        "hits": part.hits,
                        "complete": part.complete,
                        "unread": part.unread,
                    }
                    for part in report.parts
                },
            }
            for report in coverage.reports
        ],
        "unread_files": [{"source": one.name, "reason": one.reason} for one in coverage.unread],
        "outside_filters": coverage.outside,
    }
