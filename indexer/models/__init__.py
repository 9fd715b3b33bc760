"""Every type that travels between modules. Standard library only, frozen, no logic of a step.

Text is stored once, in `Document.text`; everything else is a `Span` into it, so that a quote
can never drift from its source.
"""

from __future__ import annotations

from indexer.models.document import (
    Document,
    Footnote,
    Metadata,
    Passage,
    PassageKind,
    Resolution,
    Section,
    Table,
)
from indexer.models.fact import (
    Fact,
    FactKind,
    Period,
    Quantity,
    Reference,
    Shape,
)
from indexer.models.query import (
    Analysis,
    Entry,
    Facet,
    FacetValue,
    Field,
    Filters,
    Group,
    Hit,
    Hits,
    IndexMeta,
    Match,
    Preference,
    Query,
    Term,
)
from indexer.models.raw import (
    SURE_ENOUGH,
    BlockKind,
    Conversion,
    NoteKind,
    RawBlock,
    RawCell,
    RawDocument,
    RawMark,
    RawNote,
    RawPage,
    ocr_of,
)
from indexer.models.span import (
    Span,
)

__all__ = [
    "SURE_ENOUGH",
    "Analysis",
    "BlockKind",
    "Conversion",
    "Document",
    "Entry",
    "Facet",
    "FacetValue",
    "Fact",
    "FactKind",
    "Field",
    "Filters",
    "Footnote",
    "Group",
    "Hit",
    "Hits",
    "IndexMeta",
    "Match",
    "Metadata",
    "NoteKind",
    "Passage",
    "PassageKind",
    "Period",
    "Preference",
    "Quantity",
    "Query",
    "RawBlock",
    "RawCell",
    "RawDocument",
    "RawMark",
    "RawNote",
    "RawPage",
    "Reference",
    "Resolution",
    "Section",
    "Shape",
    "Span",
    "Table",
    "Term",
    "ocr_of",
]
