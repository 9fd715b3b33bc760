"""What a question itself gives: the numbers of documents it names, the figures it states.

A question about a document is answered out of that document, or by a passage that names it; words
with a figure look for that figure, and another one is no answer to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.facts.quantities import find_quantities
from indexer.letterhead import own_number
from indexer.models import Document
from search_app.answering.evidence import Evidence
from search_app.answering.grounding import numbers_of
from search_app.answering.wants import Wants
from search_app.question_words import ASKING
from search_app.understand import Understanding

_SPACES = re.compile(r"\s*([-/])\s*")


def keep_given(
    evidences: Sequence[Evidence], wants: Wants, meaning: Understanding
) -> tuple[Evidence, ...]:
    """Return the evidence that is about the documents named and holds the figures stated."""
    figures = () if _asks(meaning) else stated_figures(meaning.text)
    kept = (e for e in evidences if is_about(e, wants.numbers))
    if not figures:
        return tuple(kept)
    held = (_holding(evidence, figures) for evidence in kept)
    return tuple(evidence for evidence in held if evidence is not None)


def _asks(meaning: Understanding) -> bool:
    """Say whether words ask: a long row of words may as well state what it looks for."""
    found = tuple(term.form for term in meaning.analysis.syllables)
    return "?" in meaning.text or any(
        found[at : at + len(run)] == run for run in ASKING for at in range(len(found))
    )


def is_about(evidence: Evidence, numbers: Sequence[str]) -> bool:
    """Say whether a passage stands in one of the documents named, or names one of them."""
    if not numbers or is_document(evidence.document, numbers):
        return True
    text = evidence.document.text
    told = [evidence.passage.span.of(text), *(span.of(text) for span in evidence.passage.context)]
    return any(_names(_joined(" ".join(told)), number) for number in numbers)


def is_document(document: Document, numbers: Iterable[str]) -> bool:
    """Say whether a document's own number is one of those that are named.

    >>> document = Document("a", "a.txt", "b", "UBND XÃ A\\nSố: 12/QĐ-UBND\\nQUYẾT ĐỊNH")
    >>> is_document(document, ["12/QĐ-UBND"]), is_document(document, ["2/QĐ-UBND"])
    (True, False)
    """
    own = _joined(own_number(document.text))
    return bool(own) and any(_names(own, number) for number in numbers)


def stated_figures(text: str) -> tuple[str, ...]:
    """Return the figures with units that words state, as printed; no years and no counts.

    >>> stated_figures("thu ngân sách 97,4 tỷ đồng năm 2023")
    ('97,4',)
    """
    found = (quantity for quantity in find_quantities(text) if quantity.unit)
    return tuple(number for each in found for number in numbers_of(each.number.of(text)))


def _holding(evidence: Evidence, figures: Sequence[str]) -> Evidence | None:
    """Return a passage with only those of its values that are stated; None without any."""
    text = evidence.document.text
    if not numbers_of(evidence.passage.span.of(text)).issuperset(figures):
        return None
    facts = tuple(f for f in evidence.facts if numbers_of(f.quote.of(text)) & set(figures))
    facts = tuple(f for f in facts if numbers_of(f.quantity.number.of(text)) & set(figures))
    return Evidence(evidence.document, evidence.passage, evidence.rank, facts)


def _joined(text: str) -> str:
    return _SPACES.sub(r"\1", " ".join(text.split())).upper()


def _names(text: str, number: str) -> bool:
    """Say whether a text holds the number of a document, leading zeros aside."""
    wanted = re.escape(number.upper().lstrip("0"))
    return re.search(rf"(?<![\d.,])0*{wanted}(?![^\W_])", text) is not None
