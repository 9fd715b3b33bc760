"""One line that says where a passage stands, in the form Vietnamese authors cite reports.

Đảng bộ thị xã Cồn Sậy (2020), Báo cáo chính trị …, Phần thứ nhất, mục I.5, chú thích 25
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.bodies import is_party
from indexer.catalogue import DocumentSummary
from indexer.evidence import Linked, anchors
from indexer.labels import ITEM_RANK, LabelKind, parse_label
from indexer.models import Document, Metadata, Passage, PassageKind, RawPage, Section, Span
from indexer.sections import section_path


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim piece of a report and where it stands; `span` lies in the document's text.

    `text` is the citation as one line; `anchors` are the sentences that call the note, when the
    piece stands in one.
    """

    document: Document
    passage: Passage
    path: tuple[Section, ...]
    span: Span
    text: str
    anchors: tuple[Linked, ...] = ()

    @property
    def quote(self) -> str:
        """Return the cited words, exactly as the document has them."""
        return self.span.of(self.document.text)

    @property
    def place(self) -> str:
        """Return where in its report it stands (`mục I.2, chú thích 29`); may be empty."""
        return place_of(self.document, self.passage)


_NUMBERED = (LabelKind.LETTER, LabelKind.ROMAN, LabelKind.DECIMAL)


def cite_quote(document: Document, passage: Passage, span: Span) -> Citation:
    """Return the citation of a piece of a passage, with the sentences that call its note.

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> raw = read_text("I- KẾT QUẢ\\nDoanh thu tăng[footnoteRef:1]. [1:  Đạt 5 tỷ đồng]")
    >>> document = build_document(raw, "a.txt", "0" * 64)
    >>> note = document.passages[-1]
    >>> citation = cite_quote(document, note, note.span)
    >>> citation.quote, [anchor.span.of(document.text) for anchor in citation.anchors]
    ('Đạt 5 tỷ đồng', ['Doanh thu tăng.'])
    """
    path = section_path(document.sections, passage.section_id)
    callers = anchors(document, passage) if passage.kind is PassageKind.FOOTNOTE else ()
    return Citation(document, passage, path, span, cite(document, passage), callers)


def cite(document: Document, passage: Passage, mark: str = "") -> str:
    """Return the citation of a passage: author, year, title, place in the report.

    `mark` tells the document from others that are cited the same (see `tell_apart`).

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> text = "BÁO CÁO\\ncủa Đảng bộ thị xã Cồn Sậy\\nI- KẾT QUẢ\\n1. Kinh tế\\nTăng 5%."
    >>> document = build_document(read_text(text), "a.txt", "0" * 64)
    >>> cite(document, document.passages[-1])
    'Đảng bộ thị xã Cồn Sậy, Báo cáo của Đảng bộ thị xã Cồn Sậy, mục I.1'
    """
    name = cited_title(document)
    name = f"{name} ({mark})" if mark else name
    parts = (author_and_year(document.metadata), name, place_of(document, passage))
    return ", ".join(part for part in parts if part)


def cited_title(document: Document) -> str:
    """Return what a report is called in a citation: title, occasion or, last, the file."""
    # The name of a file tells nothing to who reads the citation elsewhere.
    return title_or_occasion(document.metadata) or document.source


def place_of(document: Document, passage: Passage) -> str:
    """Return where in its report a passage stands: headings, note, table, page; may be empty.

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> raw = read_text("I- KẾT QUẢ\\n1. Kinh tế\\nTăng 5%.")
    >>> document = build_document(raw, "a.txt", "0" * 64)
    >>> place_of(document, document.passages[-1])
    'mục I.1'
    """
    parts = _place_in_report(section_path(document.sections, passage.section_id))
    if passage.footnote is not None:
        note = next(note for note in document.footnotes if note.number == passage.footnote)
        parts.append(f"chú thích {note.label}")
    if passage.table:
        parts.append(f"bảng {passage.table}")
    if passage.page is not None:
        parts.append(f"tr. {passage.page}{_recognised(document, passage)}")
    return ", ".join(parts)


def ocr_note(page: RawPage) -> str:
    """Return how a page was read whose text was recognised from an image.

    >>> ocr_note(RawPage(3, ocr=True, confidence=93)), ocr_note(RawPage(3, ocr=True))
    ('nhận dạng từ ảnh, độ tin cậy 93 %', 'nhận dạng từ ảnh')
    """
    known = "" if page.confidence is None else f", độ tin cậy {page.confidence} %"
    return f"nhận dạng từ ảnh{known}"


def ocr_remark(document: Document, passage: Passage) -> str:
    """Return how the page of a passage was recognised, empty when it was not."""
    page = document.ocr_page(passage.page)
    return ocr_note(page) if page else ""


def _recognised(document: Document, passage: Passage) -> str:
    remark = ocr_remark(document, passage)
    return f" ({remark})" if remark else ""


def document_name(document: Document) -> str:
    """Return the title of a report, or what is known of it when it has none."""
    return name_of(document.metadata, document.source)


def name_of(metadata: Metadata, source: str) -> str:
    """Return a report's title in sentence case; without a title its occasion, or its file.

    >>> name_of(Metadata(title="BÁO CÁO CHÍNH TRỊ của Đảng bộ"), "a.txt")
    'Báo cáo chính trị của Đảng bộ'
    >>> name_of(Metadata(place="thị xã A", term="2020-2025"), "a.txt")
    'Văn kiện Đảng bộ thị xã A, nhiệm kỳ 2020-2025'
    >>> name_of(Metadata(place="huyện A", issuer="UBND huyện A"), "a.txt")
    'Văn bản của UBND huyện A'
    """
    return title_or_occasion(metadata) or source


def names_of(reports: Iterable[Document | DocumentSummary]) -> dict[str, str]:
    """Return by id what each report of a list is called, those of one name with their files."""
    named = [(one, name_of(one.metadata, one.source)) for one in reports]
    counted = Counter(name for _report, name in named)
    return {
        one.id: name if counted[name] == 1 or name == one.source else f"{name} ({one.source})"
        for one, name in named
    }


def title_or_occasion(metadata: Metadata) -> str:
    """Return the title in sentence case, or place and term; empty when neither is known."""
    if metadata.title:
        return _sentence_case(metadata.title, metadata.place)
    if not _is_of_the_party(metadata):
        whose = metadata.issuer or metadata.place
        return f"Văn bản của {whose}" if whose else ""
    if not metadata.place:
        return ""
    occasion = f", nhiệm kỳ {metadata.term}" if metadata.term else ""
    return f"Văn kiện Đảng bộ {metadata.place}{occasion}"


def _is_of_the_party(metadata: Metadata) -> bool:
    """Say whether a document is one of the Party: its issuer is, or only a congress is known."""
    if metadata.issuer:
        return is_party(metadata.issuer)
    return bool(metadata.term or metadata.congress)


@lru_cache(maxsize=1 << 12)
def _sentence_case(title: str, place: str) -> str:
    """Lower the words in capitals at the beginning: they name the kind of document."""
    words = title.split()
    capitals = 0
    while capitals < len(words) and words[capitals].isupper():
        capitals += 1
    head = " ".join(_lowered(words[:capitals])).strip()
    head = head[:1].upper() + head[1:]
    if place:
        head = re.sub(re.escape(place), place, head, flags=re.I)
    rest = words[capitals:]
    if capitals and rest and rest[0] in _SUBJECT:
        rest[0] = rest[0].lower()
    return " ".join([head, *rest]).strip()


def _lowered(words: Sequence[str]) -> list[str]:
    """Return words in small letters, but numerals and signs of documents as they are."""
    return [word if _AS_IT_IS.fullmatch(word) else word.lower() for word in words]


# With these the subject of a document begins, which goes on with its kind.
_SUBJECT = frozenset({"Về", "Quy", "Hướng", "Sửa", "Ban", "V/v", "Phê"})
_AS_IT_IS = re.compile(r"[IVXLC]+[.,:;]?|\S*\d\S*[/-]\S*|UBND|HĐND|MTTQ")


def author_and_year(metadata: Metadata) -> str:
    """Return who wrote a report and when; empty when nobody is known.

    >>> author_and_year(Metadata(issuer="UBND huyện A", place="huyện A", date="2020-05-19"))
    'UBND huyện A (2020)'
    """
    author = author_of(metadata)
    year = metadata.date[:4]
    if not author:
        return ""
    return f"{author} ({year})" if year else author


def author_of(metadata: Metadata) -> str:
    """Return the organisation whose report it is; empty when nobody is known."""
    author = metadata.issuer
    # A committee speaks for its organisation, which is how reports are cited.
    organised = not author or "đảng bộ" in author.lower()
    if metadata.place and organised and _is_of_the_party(metadata):
        author = f"Đảng bộ {metadata.place}"
    return author or metadata.place


def _place_in_report(path: Sequence[Section]) -> list[str]:
    """Return the division by its name and the numbers of the headings under it as one."""
    parts: list[str] = []
    numbers: list[str] = []
    for section in path:
        label = parse_label(f"{section.number} X")  # a label stands before something
        if label is None or label.kind in ITEM_RANK:
            continue
        if label.kind in _NUMBERED:
            number = section.number.strip(" .-–)/")
            if numbers and number.startswith(f"{numbers[-1]}."):
                numbers.pop()
            numbers.append(number)
        else:
            parts.append(" ".join(section.number.split()).rstrip(".:"))
    if numbers:
        parts.append(f"mục {'.'.join(numbers)}")
    return parts
