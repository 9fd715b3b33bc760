"""The filters of a request: what was typed, in whole or in part, becomes values that exist."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.catalogue import DocumentSummary
from indexer.errors import NotFound, UnknownFilter
from indexer.models import Filters, PassageKind
from indexer.text.analysis import forms
from indexer.text.normalise import match_form, strip_accents
from search_app.arguments import shortened
from search_app.languages import gettext as _
from search_app.query import Request

KIND_WORDS = {"thân bài": "body", "chú thích": "footnote", "bảng": "table", "phụ lục": "table"}


def read_filters(request: Request, documents: Sequence[DocumentSummary]) -> Filters:
    """Return the filters that a request names. Raises UnknownFilter, listing what there is."""
    return Filters(
        places=choose(_("địa phương"), request.places, {d.metadata.place for d in documents}),
        terms=choose(_("nhiệm kỳ"), request.terms, {d.metadata.term for d in documents}),
        years=choose(_("năm"), request.years, {d.metadata.date[:4] for d in documents}),
        kinds=tuple(_kind(kind) for kind in request.kinds),
        documents=choose_documents(request.documents, documents),
        sections=tuple(_section_run(section) for section in request.sections if section.strip()),
    )


def _section_run(section: str) -> tuple[str, ...]:
    run = forms(section)
    if not run:
        raise unknown_section(section)
    return run


def unknown_section(section: str) -> UnknownFilter:
    """Return the error for a section that no report has."""
    return UnknownFilter(
        _("Không có đề mục nào chứa %(words)s.", words=repr(shortened(section))),
        _(
            "Hãy dùng từ có trong đề mục, ví dụ: %(words)s.",
            words="hạn chế, chỉ tiêu, giải pháp",
        ),
    )


def unknown_document(document_id: str) -> NotFound:
    """Return the error for an id that no report has."""
    return NotFound(
        _("Không có tài liệu nào mang mã %(id)s.", id=repr(shortened(document_id))),
        _("Hãy xem danh sách bằng: vankien documents"),
    )


def choose(what: str, wanted: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """Return the known values that the wanted ones name, wholly or by some of their words.

    >>> choose("nơi", ["cồn mây"], {"thị xã Cồn Mây", "xã An Mây"})
    ('thị xã Cồn Mây',)

    Raises UnknownFilter, listing what there is.
    """
    chosen: list[str] = []
    known = known - {""}
    for value in wanted:
        key = _key(value)
        same = [name for name in known if _key(name) == key]
        found = same or [name for name in known if _has_words(_key(name), key)]
        bare = strip_accents(key)
        found = found or [
            name for name in known if bare == key and _has_words(strip_accents(_key(name)), bare)
        ]
        if not found:
            there = ", ".join(sorted(known)) or _("chưa có")
            raise UnknownFilter(
                _(
                    "Không có báo cáo nào có %(what)s là %(value)s.",
                    what=what,
                    value=repr(shortened(value)),
                ),
                _("Các giá trị có: %(there)s.", there=there),
            )
        chosen += found
    return tuple(dict.fromkeys(chosen))


def _has_words(name: str, words: str) -> bool:
    """Say whether words stand in a name, each whole; both years of a term are words."""
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", name) is not None


def _key(value: str) -> str:
    """Return a value without differences that people do not mean: case, tone place, dashes."""
    return " ".join(match_form(word) for word in value.replace("–", "-").split()).replace(
        " - ", "-"
    )


def _kind(value: str) -> PassageKind:
    name = KIND_WORDS.get(value.lower(), value.lower())
    try:
        return PassageKind(name)
    except ValueError as error:
        raise UnknownFilter(
            _("Không có loại đoạn nào là %(value)s.", value=repr(shortened(value))),
            _("Các loại có: body (thân bài), footnote (chú thích), table (bảng)."),
        ) from error


def choose_documents(wanted: Sequence[str], known: Sequence[DocumentSummary]) -> tuple[str, ...]:
    """Return the wanted ids. Raises UnknownFilter for one that no document has."""
    ids = {summary.id for summary in known}
    for document_id in wanted:
        if document_id not in ids:
            raise UnknownFilter(
                _("Không có báo cáo nào mang mã %(id)s.", id=repr(shortened(document_id))),
                _("Xem các mã bằng: vankien documents"),
            )
    return tuple(wanted)
