"""The documents that reports name, on the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from search_app.reference_mentions import Conflict, Mention
from search_app.references import CONFLICT_WORDS, CitedDocument, References, value_words

_WIDTH = 96


def references_lines(references: References) -> Iterator[str]:
    """Yield a line for each document that is named; when one is asked for, with all places."""
    if references.message:
        yield from textwrap.wrap(references.message, _WIDTH)
        return
    places = sum(len(cited.mentions) for cited in references.cited)
    yield f"{references.total} văn bản được dẫn ở {places} chỗ."
    for cited in references.cited:
        yield ""
        yield from _head(cited)
        if references.text:
            for mention in cited.mentions:
                yield from _mention(mention)


def _head(cited: CitedDocument) -> Iterator[str]:
    about = ", ".join(cited.told)
    yield cited.name + (f" ({about})" if about else "")
    yield from _wrapped(cited.subject)
    for conflict in cited.conflicts:
        yield from _conflict(conflict)
    yield f"   {len(cited.mentions)} chỗ, {cited.documents} báo cáo"


def _conflict(conflict: Conflict) -> Iterator[str]:
    told = (
        f"{value_words(conflict, version.value)} "
        f"({'; '.join(mention.place for mention in version.mentions)})"
        for version in conflict.versions
    )
    yield from _wrapped(f"{CONFLICT_WORDS[conflict.field]}: {'; '.join(told)}.")


def _mention(mention: Mention) -> Iterator[str]:
    citation = mention.citation
    yield ""
    for line in citation.quote.splitlines():
        yield from _wrapped(line)
    yield from _wrapped(f"— {citation.text} ({citation.passage.id})")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="   ", subsequent_indent="   ")
