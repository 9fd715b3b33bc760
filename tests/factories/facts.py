"""Small reports for tests of facts."""

from __future__ import annotations

from indexer.facts.extract import find_facts
from indexer.indicators import load_indicators
from indexer.models import Document, Fact
from indexer.readers.text_reader import read_text
from indexer.structure import build_document

TITLE = """BÁO CÁO CHÍNH TRỊ
trình Đại hội Đảng bộ thị xã Cồn Sậy lần thứ II,
nhiệm kỳ 2020 - 2025
"""
RESULTS = "I- KẾT QUẢ ĐẠT ĐƯỢC\n"
PLANS = "II- PHƯƠNG HƯỚNG, NHIỆM VỤ\n"


def report(text: str, heading: str = RESULTS) -> Document:
    """Return a report of 2020-2025 that looks back on 2015-2020, with one section."""
    return build_document(read_text(f"{TITLE}\n{heading}{text}"), "a.txt", "ab" * 32)


def facts_in(text: str, heading: str = RESULTS) -> tuple[Fact, ...]:
    """Return the facts of a report with this text in one section."""
    return find_facts(report(text, heading), load_indicators())


def told(text: str, heading: str = RESULTS) -> list[tuple[str, str, str]]:
    """Return value, name and kind of each fact of a text."""
    return [
        (str(fact.quantity.value), fact.name, fact.kind.value) for fact in facts_in(text, heading)
    ]
