"""The reports as other programs follow them: an Atom feed, and how a browser searches here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as xml

from search_app.additions import Addition
from search_app.cite import author_of, name_of
from search_app.languages import gettext as _
from search_app.languages import language, ngettext
from search_app.page_about import written_date

ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
MOST_ENTRIES = 50
_NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)


def atom(added: Sequence[Addition], address: Callable[[str], str]) -> bytes:
    """Return the feed of the newest reports; `address` makes a path a whole link.

    An entry is a report in one form: a file that was changed is a new entry, the same file read
    anew is not.
    """
    shown = added[:MOST_ENTRIES]
    feed = xml.Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _text(feed, "id", uuid5(NAMESPACE_URL, address("/feed")).urn)
    _text(feed, "title", _("vankien: báo cáo mới"))
    _text(feed, "subtitle", _("Các báo cáo mới đưa vào, hay có bản mới"))
    _text(feed, "updated", _moment(max((one.since for one in shown), default=_NOTHING_YET)))
    xml.SubElement(
        feed, "link", {"rel": "self", "href": address("/feed"), "type": "application/atom+xml"}
    )
    xml.SubElement(feed, "link", {"rel": "alternate", "href": address("/"), "type": "text/html"})
    _text(xml.SubElement(feed, "author"), "name", "vankien")
    for one in shown:
        _entry(feed, one, address)
    return _document(feed)


def _entry(feed: xml.Element, one: Addition, address: Callable[[str], str]) -> None:
    report, about = one.report, one.report.metadata
    entry = xml.SubElement(feed, "entry")
    # The same report has the same id wherever it is served.
    _text(entry, "id", uuid5(NAMESPACE_URL, f"sha256:{one.sha256}").urn)
    _text(entry, "title", name_of(about, report.source)).set("xml:lang", "vi")
    _text(entry, "updated", _moment(one.since))
    place = address(f"/documents/{report.id}")
    xml.SubElement(entry, "link", {"rel": "alternate", "href": place, "type": "text/html"})
    _text(xml.SubElement(entry, "author"), "name", author_of(about) or report.source)
    notes = report.marked + report.aligned + report.nested + report.unresolved
    told = (
        about.place,
        about.term and _("nhiệm kỳ %(term)s", term=about.term),
        about.date and _("ngày %(date)s", date=written_date(about.date)),
        ngettext("%(num)s đề mục", "%(num)s đề mục", report.sections),
        ngettext("%(num)s chú thích", "%(num)s chú thích", notes),
    )
    _text(entry, "summary", " · ".join(part for part in told if part))


def description(address: Callable[[str], str], icon: str) -> bytes:
    """Return the OpenSearch description, with which a browser searches here; `icon` is a path."""
    root = xml.Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    _text(root, "ShortName", "vankien")
    _text(root, "Description", _("Tìm và trích dẫn trong các báo cáo"))
    _text(root, "InputEncoding", "UTF-8")
    _text(root, "Language", "vi")
    for kind, path in (
        ("text/html", "/search?q={searchTerms}&page={startPage?}"),
        ("application/x-suggestions+json", "/opensearch/suggestions?q={searchTerms}"),
        ("application/json", "/api/v1/search?q={searchTerms}"),
    ):
        xml.SubElement(root, "Url", {"type": kind, "template": address(path)})
    image = xml.SubElement(root, "Image", {"type": "image/svg+xml", "width": "16", "height": "16"})
    image.text = address(icon)
    return _document(root)


def suggestions(typed: str, texts: Sequence[str]) -> str:
    """Return completions in the form that OpenSearch asks for.

    >>> suggestions("ty le", ["Tỷ lệ hộ nghèo"])
    '["ty le", ["Tỷ lệ hộ nghèo"]]'
    """
    return json.dumps([typed, list(texts)], ensure_ascii=False)


def _text(parent: xml.Element, name: str, text: str) -> xml.Element:
    # XML has no control characters; a title of a damaged file may.
    kept = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    element = xml.SubElement(parent, name)
    element.text = " ".join(kept.split())
    return element


def _moment(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _document(root: xml.Element) -> bytes:
    xml.indent(root)
    content: bytes = xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
