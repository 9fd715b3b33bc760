"""Saying an answer in one sentence: a fixed form filled with the fact, or the report's words."""

from __future__ import annotations

from search_app.answering.candidates import Candidate
from search_app.facts import KIND_NAMES

_AFTER = frozenset({"trở lên", "trở xuống"})


def printed(candidate: Candidate) -> str:
    """Return the answer as the report prints it, with the word that bounds a number."""
    fact = candidate.fact
    if fact is None:
        return candidate.text
    value = candidate.text
    if fact.quantity.unit and value[-1:].isdigit():
        # The unit of a table stands in another cell.
        value += fact.quantity.unit if fact.quantity.unit[0] == "%" else f" {fact.quantity.unit}"
    qualifier = fact.quantity.qualifier
    if not qualifier or qualifier in value:
        return value
    return f"{value} {qualifier}" if qualifier in _AFTER else f"{qualifier} {value}"


def state(candidate: Candidate) -> str:
    """Return one sentence that says the answer, its place, period and kind."""
    fact = candidate.fact
    if fact is None:
        return " ".join(candidate.quote.of(candidate.evidence.document.text).split())
    name = fact.name[:1].upper() + fact.name[1:]
    where = f" của {fact.place}" if fact.place else ""
    details = ", ".join(part for part in (KIND_NAMES[fact.kind], fact.period.text) if part)
    moved = f"{fact.direction} " if fact.direction else ""
    return f"{name}{where}: {moved}{printed(candidate)} ({details})."
