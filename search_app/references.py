"""The documents that the reports of a library name, each with every place where it is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.catalogue_excerpts import Selection
from indexer.models import Document
from indexer.references.keys import settle
from indexer.references.kinds import slug
from search_app.languages import gettext as _
from search_app.languages import lazy_gettext as _l
from search_app.languages import ngettext
from search_app.query import refuse_long
from search_app.reference_mentions import (
    Conflict,
    Mention,
    conflicts_of,
    dates_told,
    mentions_in,
)
from search_app.reference_wanted import Wanted, read_wanted
from search_app.search import Library

CONFLICT_WORDS = {
    "date": _l("Các báo cáo ghi khác nhau về ngày ban hành"),
    "issuer": _l("Các báo cáo ghi khác nhau về nơi ban hành"),
}


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that is named, and what the mentions tell of it together.

    `name` is how it is called: kind and number, or its title. Where the mentions disagree, what
    is told most often stands here, and `conflicts` has all that is told.
    """

    key: str
    kind: str
    name: str
    number: str
    issuer: str
    date: str
    session: str
    subject: str
    mentions: tuple[Mention, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def documents(self) -> int:
        """Return how many reports name it."""
        return len({mention.document_id for mention in self.mentions})

    @property
    def told(self) -> tuple[str, ...]:
        """Return what is known besides the name, as a reader would say it."""
        date = date_words(self.date)
        when = _("ngày %(date)s", date=date) if "/" in date else _("năm %(year)s", year=date)
        # The name of a meeting tells who issued its documents.
        meeting = self.key.split(":")[1].startswith(("hoi-nghi", "dai-hoi"))
        shown = (
            (when, date and date not in self.name),
            (self.issuer, self.issuer not in self.name and not meeting),
            (_("khóa %(session)s", session=self.session), self.session and not meeting),
        )
        return tuple(words for words, is_new in shown if is_new)


@dataclass(frozen=True, slots=True)
class References:
    """The documents that were asked for, most often named first.

    `kinds` counts them by kind before a kind was chosen; `message` says why there are none.
    """

    text: str
    cited: tuple[CitedDocument, ...]
    kinds: tuple[tuple[str, int], ...] = ()
    message: str = ""

    @property
    def total(self) -> int:
        """Return how many documents there are."""
        return len(self.cited)


def list_references(library: Library, text: str = "", kinds: Sequence[str] = ()) -> References:
    """Return the documents that the reports name; with a text only those that it can mean.

    `kinds` are names of kinds (`Nghị quyết`); without any all are listed. Raises QueryTooLong.
    """
    refuse_long(text, library.settings.max_query_chars, _("Tên văn bản cần tìm"))
    cited, reports = _of_library(library, library.catalogue.state())
    return _chosen(cited, reports, text, kinds)


@lru_cache(maxsize=1)
def _of_library(library: Library, _state: int) -> tuple[tuple[CitedDocument, ...], int]:
    """Return all that the reports name, and how many reports there are.

    Reading thousands of reports takes longer than anybody waits; the state of the catalogue is
    only the key.
    """
    records = library.catalogue.references()

    def load(ids: Collection[str]) -> Mapping[str, Document]:
        return library.catalogue.excerpts(Selection(tuple(ids)))

    mentions = [
        Mention(one.document_id, one.metadata, one.reference, one.text, one.subject, load)
        for one in records
    ]
    return tuple(_grouped(mentions)), len(library.catalogue.published_ids())


def references_of(
    documents: Sequence[Document], text: str = "", kinds: Sequence[str] = ()
) -> References:
    """Return the documents that these reports name, as `list_references` does."""
    mentions = [one for document in documents for one in mentions_in(document)]
    return _chosen(tuple(_grouped(mentions)), len(documents), text, kinds)


def _chosen(
    cited: Sequence[CitedDocument], reports: int, text: str, kinds: Sequence[str]
) -> References:
    text = " ".join(text.split())
    found = tuple(cited) if not text else tuple(_named(cited, read_wanted(text)))
    counts = Counter(one.kind for one in found)
    chosen = tuple(one for one in found if not kinds or one.kind in kinds)
    ranked = sorted(chosen, key=lambda one: (-len(one.mentions), one.kind, one.name))
    return References(
        text=text,
        cited=tuple(ranked),
        kinds=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        message="" if ranked else _message(text, kinds, (len(cited), reports)),
    )


def date_words(date: str) -> str:
    """Return a date as Vietnamese readers write it; a year as it is.

    >>> date_words("2017-06-12"), date_words("2017")
    ('12/06/2017', '2017')
    """
    return "/".join(reversed(date.split("-")))


def value_words(conflict: Conflict, value: str) -> str:
    """Return one of the values of a conflict as a reader would say it."""
    return date_words(value) if conflict.field == "date" else value


def _message(text: str, kinds: Sequence[str], searched: tuple[int, int]) -> str:
    named, reports = searched
    if not named:
        return ngettext(
            "%(num)s báo cáo đã đọc không dẫn văn bản nào.",
            "%(num)s báo cáo đã đọc không dẫn văn bản nào.",
            reports,
        )
    among = _(" (loại: %(kinds)s)", kinds=", ".join(kinds)) if kinds else ""
    what = f"“{text}”" if text else _("loại này")
    return _(
        "Không có văn bản nào khớp với %(what)s: đã tìm trong %(named)s văn bản được dẫn ở "
        "%(reports)s báo cáo. Hãy thử số hiệu (ví dụ: 22-NQ/TW), loại và số (nghị quyết 22), "
        "hoặc bớt từ.",
        what=what + among,
        named=named,
        reports=reports,
    )


def _grouped(mentions: Sequence[Mention]) -> Iterator[CitedDocument]:
    meant = settle(mention.reference.key for mention in mentions)
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(meant[mention.reference.key], []).append(mention)
    return (_cited(key, group) for key, group in groups.items())


def _cited(key: str, mentions: Sequence[Mention]) -> CitedDocument:
    references = [mention.reference for mention in mentions]
    _, _, series, era = key.split(":")
    session = _best(r.session for r in references)
    if series == "tw" and era:
        session = era.upper()
    cited = CitedDocument(
        key=key,
        kind=_best(r.kind for r in references),
        name="",
        number=_fullest(r.number for r in references),
        issuer=_best(r.issuer for r in references),
        date=next((told.value for told in dates_told(mentions)), ""),
        session=session,
        subject=_best(" ".join(mention.subject.split()) for mention in mentions),
        mentions=tuple(mentions),
        conflicts=conflicts_of(mentions),
    )
    name = _name(cited)
    # A document that is told by what it is about has no other name.
    return replace(cited, name=name, subject="" if cited.subject in name else cited.subject)


def _best(values: Iterable[str]) -> str:
    """Return what is said most often; of equals the longest."""
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: (counts[value], len(value), value), default="")


def _fullest(values: Iterable[str]) -> str:
    """Return what tells most: a number with its code."""
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: (len(value), counts[value], value), default="")


def _name(cited: CitedDocument) -> str:
    number = cited.key.split(":")[1]
    meeting, _, count = number.rpartition("-")
    if meeting == "hoi-nghi":
        term = f" (khóa {cited.session})" if cited.session else ""
        return f"{cited.kind} Trung ương {count}{term}"
    if meeting == "dai-hoi" and count.isdigit():
        return f"{cited.kind} {_congress(cited)}"
    if cited.number and cited.kind not in ("Luật", "Bộ luật"):
        return f"{cited.kind} {cited.number}"
    texts = [" ".join(mention.text.split()) for mention in cited.mentions]
    return max(texts, key=lambda text: (not text.isupper(), len(text)))


def _congress(cited: CitedDocument) -> str:
    level = cited.key.split(":")[2].partition("@")[0]
    metadata = cited.mentions[0].metadata
    if level == "tw":
        return f"Đại hội {cited.session} của Đảng"
    whose = {"cu": metadata.place, "tu": metadata.province or "tỉnh"}.get(level, "")
    party = f" Đảng bộ {whose}".rstrip() if level in ("cu", "tu") else ""
    return f"Đại hội lần thứ {cited.session}{party}"


def _named(cited: Iterable[CitedDocument], wanted: Wanted | None) -> Iterator[CitedDocument]:
    """Yield the documents that are wanted."""
    if wanted is not None:
        yield from (one for one in cited if _is_wanted(one, wanted))


def _is_wanted(cited: CitedDocument, wanted: Wanted) -> bool:
    told = (
        replace(
            mention.reference,
            key=cited.key,
            # Reports differ in the date of one document: each may be asked for.
            date=mention.reference.date or cited.date,
            session=cited.session,
        )
        for mention in cited.mentions
    )
    return any(map(wanted.fits, told)) and set(wanted.words) <= _words(cited)


def _words(cited: CitedDocument) -> set[str]:
    told = [cited.name, cited.issuer, cited.subject, *(mention.text for mention in cited.mentions)]
    return set(slug(" ".join(told)).split("-"))
