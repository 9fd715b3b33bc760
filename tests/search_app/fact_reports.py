"""A library of two small reports whose facts are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.backends.registry import open_backend
from indexer.catalogue import Catalogue
from indexer.config import load_settings
from indexer.database_address import DatabaseAddress
from indexer.models import Document, FactKind, Period
from search_app.search import Library
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts

TERM_2015 = Period("", "2015-01-01", "2020-12-31")
REVENUE = {"indicator": "thu-ngan-sach-tren-dia-ban", "name": "Thu ngân sách", "period": TERM_2015}


def make_reports() -> tuple[Document, Document]:
    """Return a report of huyện An Bình with four facts and one of huyện Bàu Sen with three."""
    one = make_document("a.txt")
    one = with_facts(
        one,
        make_fact(one, "1.234,5 tỷ đồng", qualifier="trên", **REVENUE),
        make_fact(one, "2,5%"),
        make_fact(one, "12%", kind=FactKind.CHANGE, direction="tăng", **REVENUE),
        make_fact(
            one,
            "12 xã",
            indicator="xa-dat-chuan-ntm",
            name="xã đạt chuẩn NTM",
            place="xã An Hòa",
            period=Period(),
        ),
    )
    two = make_document("b.txt", place="huyện Bàu Sen", term="2015-2020")
    two = with_facts(
        two,
        make_fact(two, "2,5%", kind=FactKind.TARGET, period=TERM_2015),
        make_fact(two, "2,5%", kind=FactKind.BASELINE),
        make_fact(two, "10 xã", indicator="xa-con-lai", name="xã khác", parent="nông thôn mới"),
    )
    return one, two


@contextmanager
def fact_library(data: Path, *documents: Document) -> Iterator[Library]:
    """Open a library of these reports; nothing is indexed, because facts need no index."""
    settings = load_settings({}, data=data)
    with Catalogue(DatabaseAddress(data)) as catalogue:
        for document in documents:
            catalogue.put_document(document, 1)
        catalogue.publish([make_source(found, found.source) for found in documents], [])
        library = Library(catalogue, open_backend(settings), settings)
        try:
            yield library
        finally:
            library.close()
