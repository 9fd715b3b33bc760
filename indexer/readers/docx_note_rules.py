"""How a Word file numbers its notes: from which number, in which script, where anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.models import NoteKind
from indexer.readers.docx_numbering import format_number
from indexer.readers.docx_package import Parts
from indexer.readers.docx_pieces import CALLS, note_key
from indexer.readers.docx_xml import WORD, Element, below, to_number, value

KINDS = {"f": NoteKind.FOOTNOTE, "e": NoteKind.ENDNOTE}
_FORMATS = {NoteKind.FOOTNOTE: "decimal", NoteKind.ENDNOTE: "lowerRoman"}
_SECTION = WORD + "sectPr"
# Word leaves this mark where a page began when it last laid the file out.
_PAGE_BEGAN = WORD + "lastRenderedPageBreak"

PAGES_UNKNOWN = (
    "Tệp đánh số lại chú thích ở mỗi trang nhưng không ghi chỗ ngắt trang; ở đây chúng được đánh "
    "số liên tục."
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How notes of one kind are numbered in a section; `anew` is "eachPage" or "eachSect"."""

    first: int
    written: str
    anew: str


@dataclass(slots=True)
class NoteRules:
    """The rules of every section, and in which section and on which page each note is called."""

    rules: list[dict[NoteKind, _Rule]]
    places: dict[str, tuple[int, int]]
    knows_pages: bool
    _counts: Counter[tuple[NoteKind, int, int]] = field(default_factory=Counter)

    def label(self, key: str) -> str:
        """Count a note; return its printed number. To be asked in the order of the calls."""
        kind = KINDS[key[0]]
        section, page = self.places.get(key, (len(self.rules) - 1, 0))
        rule = self.rules[section][kind]
        by_page = rule.anew == "eachPage" and self.knows_pages
        counted_in = (
            section if by_page or rule.anew == "eachSect" else -1,
            page if by_page else -1,
        )
        self._counts[kind, *counted_in] += 1
        return format_number(rule.first + self._counts[kind, *counted_in] - 1, rule.written)

    def warnings(self) -> Iterable[str]:
        """Yield what keeps the numbers from being those that are printed."""
        anew = {rule.anew for section in self.rules for rule in section.values()}
        if "eachPage" in anew and not self.knows_pages:
            yield PAGES_UNKNOWN


def read_rules(parts: Parts) -> NoteRules:
    """Return how the notes of a file are numbered."""
    own: list[Element | None] = []
    own += [each for each in parts.document.iter(_SECTION) if not _is_past(each)]
    own = own or [None]
    places = _places(parts.document)
    return NoteRules(
        rules=[{kind: _rule(parts, section, kind) for kind in _FORMATS} for section in own],
        places={key: (min(at, len(own) - 1), page) for key, (at, page) in places.items()},
        knows_pages=next(parts.document.iter(_PAGE_BEGAN), None) is not None,
    )


def _is_past(section: Element) -> bool:
    """Say whether these are the properties that a section had before a tracked change."""
    parent = section.getparent()
    return parent is not None and parent.tag == WORD + "sectPrChange"


def _places(document: Element) -> dict[str, tuple[int, int]]:
    """Return key → (section, page), both counted from 0, of the first call of every note."""
    found: dict[str, tuple[int, int]] = {}
    section = page = 0
    ends = False
    for element in document.iter(WORD + "p", _SECTION, _PAGE_BEGAN, *CALLS):
        if element.tag == WORD + "p":
            # A section ends with the paragraph in whose properties it is described.
            section += ends
            ends = below(element, "pPr/sectPr") is not None
        elif element.tag == _PAGE_BEGAN:
            page += 1
        elif element.tag in CALLS:
            found.setdefault(note_key(element), (section, page))
    return found


def _rule(parts: Parts, section: Element | None, kind: NoteKind) -> _Rule:
    """Return the rule of a section; what it does not say, the settings of the file say."""
    properties = [below(root, f"{kind.value}Pr") for root in (section, parts.settings)]

    def named(name: str) -> str:
        return next(filter(None, (value(each, name) for each in properties)), "")

    first = to_number(named("numStart"))
    return _Rule(
        first=1 if first is None else first,
        written=named("numFmt") or _FORMATS[kind],
        anew=named("numRestart"),
    )
