"""The documents that a report names: resolutions, directives, plans, laws …

A mention is read from the word for its kind: a number, a conference or congress of the Party, the
name of a law, or what it is about; behind it date, issuer and congress term in any order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from indexer.models import Document, Passage, Reference, Span
from indexer.references.drafts import Draft
from indexer.references.keys import make_key, series_of, session_of, settle
from indexer.references.kinds import CODES, KINDS, Kind, kind_named, slug
from indexer.references.listing import read_bare, read_numbered
from indexer.references.marks import GAP, roman
from indexer.references.meetings import read_conference, read_congress
from indexer.references.titles import read_law, read_titled

_NAMES = "|".join(
    GAP.join(kind.name.split()) for kind in sorted(KINDS, key=lambda k: len(k.name), reverse=True)
)
# The other codes are abbreviations of many things.
_SHORT = "|".join(code for code in CODES if code in ("NQ", "CT", "QĐ", "KL", "KH", "NĐ", "HD"))
_HEAD = re.compile(
    rf"(?<!\w)(?:(?i:{_NAMES})(?!\w)|(?:{_SHORT})(?=[\s.:]*(?:số|\d|TW|Trung{GAP}ương)))"
)


# Their names and numbers need no issuer.
_NATIONAL = ("luat", "hp")
_PAIR = re.compile(r"\s*(?:,|và|,\s*và)\s*")


def find_references(document: Document) -> tuple[Reference, ...]:
    """Return every document that a report names, in the order of the text.

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> text = "I- KẾT QUẢ\\nThực hiện Chỉ thị số 9-CT/TW ngày 02/3/2019 của Ban Bí thư về đê biển."
    >>> found = find_references(build_document(read_text(text), "a.txt", "0" * 64))[0]
    >>> found.kind, found.number, found.date, found.issuer, found.key
    ('Chỉ thị', '09-CT/TW', '2019-03-02', 'Ban Bí thư', 'ct:9:tw:xii')
    """
    finder = _Finder(document)
    found = [finder.reference(draft) for draft in finder.drafts()]
    references = [reference for reference in found if reference is not None]
    meant = settle(reference.key for reference in references)
    return tuple(replace(reference, key=meant[reference.key]) for reference in references)


class _Finder:
    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.metadata = document.metadata
        self.passages = sorted(document.passages, key=lambda passage: passage.span.start)
        self.starts = [passage.span.start for passage in self.passages]

    def drafts(self) -> list[Draft]:
        """Return what was read, in the order of the text."""
        drafts: list[Draft] = []
        end = 0
        for head in _HEAD.finditer(self.text):
            if head.start() < end:
                continue
            kind = kind_named(head.group())
            found = self._mention(head.start(), head.end(), kind) if kind else []
            drafts += found
            # What a document is about can name others.
            end = max((draft.own_end for draft in found), default=end)
        covered = [Span(draft.span.start, draft.own_end) for draft in drafts]
        drafts += read_bare(self.text, covered)
        return self._shared(sorted(drafts, key=lambda draft: (draft.span.start, draft.span.end)))

    def _shared(self, drafts: list[Draft]) -> list[Draft]:
        """Return the drafts with what a pair tells once: `Quyết định A và Quyết định B của …`."""
        filled = drafts[:]
        for at in reversed(range(len(drafts) - 1)):
            first, second = filled[at], filled[at + 1]
            between = self.text[first.span.end : second.span.start]
            if _PAIR.fullmatch(between) and first.is_bare and first.kind is second.kind:
                filled[at] = first.like(second)
        return filled

    def _mention(self, start: int, end: int, kind: Kind) -> list[Draft]:
        for read in (read_conference, read_congress, read_numbered, read_law, read_titled):
            found = read(self.text, start, end, kind)
            if found:
                return found
        return []

    def reference(self, draft: Draft) -> Reference | None:
        """Return what was read as a reference; None outside of every passage."""
        passage = self._passage(draft.span.start)
        if passage is None:
            return None
        series = self._series(draft)
        date = draft.date or draft.year
        era = draft.session or session_of(date) if series == "tw" else draft.year or date[:4]
        if draft.key.startswith("dai-hoi-"):
            # The number of the congress tells its term.
            era = ""
        return Reference(
            passage_id=passage.id,
            span=draft.span,
            kind=draft.kind.name,
            number=draft.number,
            key=make_key((draft.kind.key, draft.key), series, era),
            issuer=draft.issuer,
            date=date,
            session=draft.session,
            subject=draft.subject,
        )

    def _series(self, draft: Draft) -> str:
        metadata = self.metadata
        if draft.key.startswith("dai-hoi"):
            scope = draft.scope or self._whose_congress(draft)
            own = metadata.province if scope == "tu" else metadata.place
            return f"{scope}@{slug(own or metadata.place)}" if scope in ("tu", "cu") else scope
        if draft.scope == "own":
            return f"cu@{slug(metadata.place)}"
        if draft.scope or draft.kind.key in _NATIONAL or draft.is_ordinance:
            return draft.scope
        if draft.kind.key == "nd":
            return "cp"
        return series_of(draft.suffix, draft.issuer, metadata)

    def _whose_congress(self, draft: Draft) -> str:
        """Return whose congress a bare number means: the place's own, or the Party's.

        A report speaks of the congress it is made for and of the one before.
        """
        own = roman(self.metadata.congress)
        return "cu" if not draft.session or 0 <= own - roman(draft.session) <= 1 else "tw"

    def _passage(self, place: int) -> Passage | None:
        index = bisect_right(self.starts, place) - 1
        passage = self.passages[index] if index >= 0 else None
        return passage if passage is not None and place < passage.span.end else None
