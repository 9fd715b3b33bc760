"""Every page of the application: its address, and the library and the reader that it needs.

A page that is added to the application is added here, and the tests of all pages see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from indexer.build import build_index
from indexer.config import Settings, load_settings
from search_app.app import create_app
from search_app.citing.lookup import look_up
from search_app.citing.permalinks import Permalink
from search_app.citing.records import record
from search_app.packs import Packs
from search_app.query import Request
from search_app.search import Library
from tests.browser.serving import served
from tests.conftest import REPOSITORY

QUESTION = "tỷ lệ hộ nghèo"
MANY = "Tỷ lệ hộ nghèo là bao nhiêu?\nCông suất nhà máy nước Long Đước là bao nhiêu?\nAi múa lân?"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what figures call it, what makes it, and the values of its address.

    `{report}`, `{another}`, `{passage}`, `{second}`, `{share}`, `{draft}` and `{other}` stand for
    what the library has; `typed` is sent with the form of the page, and what answers is the page
    that is meant.
    """

    name: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    typed: str = ""


REPORT = {"document_id": "{report}"}
PASSAGE = REPORT | {"name": "{passage}"}
TWO_REPORTS = {"left": "{report}", "right": "{another}"}
TWO_PASSAGES = {"left_passage": "{report}:{passage}", "right_passage": "{second}"}
PAGES = (
    Page("home", "web.search"),
    Page("search", "web.search", {"q": QUESTION}),
    Page("search, filtered", "web.search", {"q": QUESTION, "kind": "footnote", "sort": "time"}),
    Page("search, rows of tables", "web.search", {"q": QUESTION, "kind": "table"}),
    Page("search, a question", "web.search", {"q": f"{QUESTION} năm 2020 là bao nhiêu?"}),
    Page("search, without accents", "web.search", {"q": "ty le ho ngheo"}),
    Page("search, nothing found", "web.search", {"q": "tàu ngầm nguyên tử"}),
    Page("search, not understood", "web.search", {"q": QUESTION, "kind": "thơ"}, 400),
    Page("reports", "web.documents"),
    Page("reports, filtered", "web.documents", {"name": "báo cáo", "sort": "name"}),
    Page("report", "web.document", REPORT),
    Page("report, hits", "web.document", REPORT | {"q": QUESTION}),
    Page("passage that changed", "citations.passage", PASSAGE | {"v": "00000000"}, 410),
    Page("passage unknown", "citations.passage", PASSAGE | {"document_id": "0" * 12}, 404),
    Page("versions compared", "pages.versions", {"document_id": "{draft}", "other_id": "{other}"}),
    Page("indicators", "indicators.index"),
    Page("indicator", "indicators.one", {"slug": "ty-le-ho-ngheo"}),
    Page("two reports, to choose", "differences.index"),
    Page("two reports", "differences.index", TWO_REPORTS),
    Page("two reports, all open", "differences.index", TWO_REPORTS | {"open": "all"}),
    Page("two passages", "differences.index", TWO_PASSAGES),
    Page("two passages, one missing", "differences.index", {"left_passage": "x"}, 400),
    Page("cited documents", "web.references"),
    Page("cited documents, asked", "web.references", {"q": "nghị quyết"}),
    Page("many questions", "questions.index"),
    Page("many questions, answered", "questions.index", typed=MANY),
    Page("pack", "packs.own"),
    Page("pack, emptying", "packs.empty"),
    Page("pack, shared", "packs.shared", {"token": "{share}"}),
    Page("ingestion", "ingestion.index"),
    Page("words", "words.index"),
    Page("help", "help.index"),
    Page("about", "help.about"),
    Page("no such page", "web.document", {"document_id": "khong-co"}, 404),
)

# Endpoints that answer GET with something else than a page.
FILES = {
    "static",
    "healthz",
    "readyz",
    "web.original",
    "web.search_as_file",
    "citations.citation",
    "differences.figures",
    "indicators.chart",
    "packs.export",
    "packs.export_shared",
    "pages.picture",
    "wellknown.robots",
    "wellknown.favicon",
    "feed.atom",
    "feed.opensearch",
    "feed.suggestions",
}
# They lead to a page.
REDIRECTS = {"languages.choose", "questions.form"}


def page_endpoints(app: Flask) -> set[str]:
    """Return the endpoints of the application that show pages."""
    found = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {name for name in found - FILES - REDIRECTS if not name.startswith("api.")}


@dataclass(frozen=True, slots=True)
class Site:
    """A running server with the addresses of all pages, for a reader who has a pack."""

    address: str
    paths: Mapping[str, str]
    session: str

    def open(self, window: Any, page: Page, language: str = "vi") -> int:
        """Show a page in a browser's window, to its end; return its HTTP status."""
        window.context.add_cookies(
            [
                {"name": "session", "value": self.session, "url": self.address},
                {"name": "language", "value": language, "url": self.address},
            ]
        )
        response = window.goto(self.address + self.paths[page.name])
        if page.typed:
            window.locator("textarea").fill(page.typed)
            with window.expect_navigation() as answered:
                window.locator("main form [type=submit]").first.click()
            response = answered.value
        return int(response.status)


def index_reports(folder: Path) -> Settings:
    """Index the sample reports, and another version of each text, in a new folder."""
    drafts = folder / "drafts"
    drafts.mkdir()
    for path in (REPOSITORY / "corpus").glob("*.txt"):
        text = re.sub(r"(?<=\d),(?=\d)", ",1", path.read_text(encoding="utf-8"))
        (drafts / f"{path.stem}-draft.txt").write_text(text, encoding="utf-8")
    settings = load_settings({}, data=folder / "data")
    build_index([REPOSITORY / "corpus", drafts], settings)
    return settings


@contextmanager
def site(settings: Settings) -> Iterator[Site]:
    """Serve a library and tell where its pages are."""
    app = create_app(settings)
    with closing(app.extensions["library"]) as library, app.test_request_context():
        values, pack = _values(library)
        paths = {page.name: _path(app, page, values) for page in PAGES}
        # Signed as the server signs it.
        session = app.session_interface.get_signing_serializer(app).dumps({"pack": pack})
    with served(settings) as address:
        yield Site(address, paths, session)


def _values(library: Library) -> tuple[dict[str, str], str]:
    """Return what the addresses are filled with, and the secret name of the reader's pack."""
    found = [hit.passage.id for hit in library.search(Request(QUESTION)).hits]
    cited = [look_up(library, Permalink(name)).citation for name in found[:3]]
    packs = Packs(library.settings.database)
    pack = packs.make()
    packs.add(pack, [(record(one), "Dùng ở đầu bài.") for one in cited if one])
    packs.rename(pack, "Bài giảng về giảm nghèo")
    report, _, passage = found[0].partition(":")
    ids = [document.id for document in library.catalogue.documents()]
    values = {"report": report, "passage": passage, "share": packs.share(pack), "second": found[1]}
    values["another"] = next((name for name in reversed(ids) if name != report), "none")
    return values | _versions(library), pack


def _versions(library: Library) -> dict[str, str]:
    """Return two reports that are versions of one; no report where the library has none."""
    for document in library.catalogue.documents():
        for version in library.catalogue.versions.of(document.id):
            return {"draft": document.id, "other": version.beside(document.id)}
    return {"draft": "none", "other": "none"}


def _path(app: Flask, page: Page, values: Mapping[str, str]) -> str:
    filled = {name: value.format_map(values) for name, value in page.values.items()}
    return str(app.url_for(page.endpoint, **filled))
