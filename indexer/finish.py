"""The last step of reading: the manifest is taken over, what the report states is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indexer.capped import capped
from indexer.facts.extract import find_facts
from indexer.indicators import Indicators
from indexer.metadata import fill_gaps
from indexer.models import Document
from indexer.references.extract import find_references


def finish(document: Document, manifest: Mapping[str, str], indicators: Indicators) -> Document:
    """Return a report with all that is known of it, its facts and the documents it names.

    Facts come last, because their place and time follow from what is known of the report.

    >>> from indexer.indicators import load_indicators
    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> raw = read_text("I- KẾT QUẢ\\nTỷ lệ hộ nghèo còn 2,5%.")
    >>> document = build_document(raw, "a.txt", "ab" * 32)
    >>> finish(document, {"place": "xã Cồn Mây"}, load_indicators()).facts[0].place
    'xã Cồn Mây'
    """
    metadata = fill_gaps(document.metadata, manifest)
    document = replace(document, metadata=metadata)
    return replace(
        document,
        warnings=capped(document.warnings),
        facts=find_facts(document, indicators),
        references=find_references(document),
    )
