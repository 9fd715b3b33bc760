"""Values of tables whose rows are places: `2 | Bản Lau | 187 | 9,80` under `Xã | … | Tỷ lệ (%)`.

Reading a report leaves such rows alone, because their names say where, not what. When a question
names the place of a row, the heading of each column says what the row's numbers are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.facts.periods import find_periods
from indexer.facts.quantities import find_quantities
from indexer.indicators import Indicators
from indexer.models import Fact, FactKind, Period, Quantity, Span
from indexer.text.analysis import forms
from search_app.answering.evidence import Evidence
from search_app.answering.names import Name

_PLACES = re.compile(
    r"(?:tên )?(?P<level>xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)?"
    r"(?:[,/ ]+(?:xã|phường|thị trấn|huyện|thị xã|thành phố))*|địa phương|đơn vị(?: hành chính)?",
    re.I,
)
_NUMBER = re.compile(r"\s*\d[\d.,]*\s*%?\s*")
_UNIT = re.compile(r"\((?P<unit>%|‰|[^()\d]{1,20})\)\s*$")
_TARGET = re.compile(r"kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|\bkh\b|giao", re.I)
_LEVELS = ("xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "thành phố", "tỉnh")


def with_places(
    evidences: Sequence[Evidence], names: Sequence[Name], indicators: Indicators
) -> tuple[Evidence, ...]:
    """Return the evidence, rows of the places that are named with what their columns say."""
    runs = {name.run for name in names if name.strict}
    if not runs:
        return tuple(evidences)
    return tuple(_with_values(evidence, runs, indicators) for evidence in evidences)


def _with_values(
    evidence: Evidence, runs: set[tuple[str, ...]], indicators: Indicators
) -> Evidence:
    document, passage = evidence.document, evidence.passage
    table = next((t for t in document.tables if t.number == passage.table), None)
    if table is None or not passage.cells or evidence.facts or document.is_doubtful(passage):
        return evidence
    at = next((i for i, heading in enumerate(table.headings) if _is_of_places(heading)), None)
    if at is None or at >= len(passage.cells):
        return evidence
    named = passage.cells[at].of(document.text)
    place = _place(named, table.headings[at])
    if not any(forms(place)[-len(run) :] == run for run in runs):
        return evidence
    facts = tuple(_values(evidence, table.headings, place, indicators))
    return Evidence(document, passage, evidence.rank, facts)


def _is_of_places(heading: str) -> bool:
    words = " ".join(heading.split()).strip(" .:*")
    return bool(words) and _PLACES.fullmatch(words) is not None


def _place(named: str, heading: str) -> str:
    """Return the place of a row, with the level that its column gives when it has none."""
    named = " ".join(named.split()).strip(" .,;:-")
    match = _PLACES.fullmatch(" ".join(heading.split()).strip(" .:*"))
    level = (match["level"] or "").lower() if match else ""
    return named if not level or named.lower().startswith(_LEVELS) else f"{level} {named}"


def _values(
    evidence: Evidence, headings: Sequence[str], place: str, indicators: Indicators
) -> Iterator[Fact]:
    document = evidence.document
    for heading, cell in zip(headings, evidence.passage.cells, strict=False):
        text = cell.of(document.text)
        found = _quantity(heading, cell, text)
        name = " ".join(_UNIT.sub("", heading).split())
        if found is None or not any(map(str.isalpha, name)):
            continue
        matches = indicators.find(name, found.unit)
        yield Fact(
            passage_id=evidence.passage.id,
            quantity=found,
            clause=cell,
            quote=evidence.passage.span,
            indicator=matches[0].indicator.slug if len(matches) == 1 else "",
            name=name[:1].lower() + name[1:],
            kind=FactKind.TARGET if _TARGET.search(heading) else FactKind.RESULT,
            period=_period(evidence, heading),
            place=place,
        )


def _quantity(heading: str, cell: Span, text: str) -> Quantity | None:
    """Return the number of a cell with the unit that its heading gives."""
    if not _NUMBER.fullmatch(text):
        return None
    unit = _UNIT.search(heading)
    told = text.strip() if "%" in text or not unit else f"{text.strip()} {unit['unit'].strip()}"
    found = find_quantities(told)
    if len(found) != 1 or re.match(r"tt|stt|số thứ tự", heading.strip(), re.I):
        return None
    start = cell.start + len(text) - len(text.lstrip())
    number = found[0].number.shift(start)
    return Quantity(number, number, found[0].value, unit=found[0].unit)


def _period(evidence: Evidence, heading: str) -> Period:
    """Return the time that stands nearest: in the heading, over the table, in the title."""
    document = evidence.document
    known = document.metadata
    above = [span.of(document.text) for span in evidence.passage.context]
    for text in (heading, *above, *reversed(evidence.headings), known.title):
        found = find_periods(text, known.date, known.term)
        if found:
            return found[-1].period
    return Period("", "", "")
