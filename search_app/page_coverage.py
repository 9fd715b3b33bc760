"""Where something was found, as one line: the reports with most hits, part by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from search_app.page_cards import kind_name
from search_app.report_coverage import Coverage

_SHOWN = 2


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report and its parts, each with how many passages were found there."""

    name: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """The first reports with hits; `found` counts all of those, `others` those not shown."""

    reports: tuple[ReportLine, ...]
    found: int

    @property
    def others(self) -> int:
        """Return how many reports have hits beside those that are shown."""
        return self.found - len(self.reports)


def coverage_line(coverage: Coverage) -> CoverageLine:
    """Return where a question was found, the reports with most hits first."""
    found = [report for report in coverage.reports if report.hits]
    found.sort(key=lambda report: -report.hits)
    places = Counter(report.place for report in coverage.reports)
    return CoverageLine(
        tuple(
            ReportLine(
                # Reports of one place are told apart by their terms.
                f"{report.place} {report.term}".strip()
                if places[report.place] > 1 and report.place
                else report.place or report.source,
                tuple((kind_name(part.kind.value).lower(), part.hits) for part in report.parts),
            )
            for report in found[:_SHOWN]
        ),
        len(found),
    )
