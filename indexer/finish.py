"""The last step of reading: the manifest is taken over, what the report states is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from indexer.capped import capped
from indexer.facts.extract import find_facts
from indexer.indicators import Indicators
from indexer.metadata import fill_gaps
from indexer.models import SURE_ENOUGH, Document
from indexer.references.extract import find_references

_SHOWN_PAGES = 10


def finish(document: Document, manifest: Mapping[str, str], indicators: Indicators) -> Document:
    """Return a report with all that is known of it, its facts and the documents it names.

    Facts come last, because their place and time follow from what is known of the report. The
    numbers of a page that was recognised too unsurely are none.

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
    unsure = {passage.id for passage in document.passages if document.is_doubtful(passage)}
    facts = find_facts(document, indicators)
    return replace(
        document,
        warnings=capped((*document.warnings, *_doubtful(document))),
        facts=tuple(fact for fact in facts if fact.passage_id not in unsure),
        references=find_references(document),
    )


def _doubtful(document: Document) -> Iterator[str]:
    numbers = [str(page.number) for page in document.pages if page.doubtful]
    if numbers:
        more = f" và {len(numbers) - _SHOWN_PAGES} trang nữa" if len(numbers) > _SHOWN_PAGES else ""
        yield (
            f"Trang {', '.join(numbers[:_SHOWN_PAGES])}{more}: máy nhận dạng chữ với độ tin cậy "
            f"dưới {SURE_ENOUGH} %, nên con số ở đó không được lấy làm số liệu."
        )
