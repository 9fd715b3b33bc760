from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.catalogue import Catalogue
from indexer.models import (
    Conversion,
    Document,
    Fact,
    FactKind,
    Footnote,
    Metadata,
    NoteKind,
    Passage,
    PassageKind,
    Period,
    Quantity,
    RawPage,
    Reference,
    Resolution,
    Section,
    Shape,
    Span,
    Table,
)
from tests.factories.documents import make_source
from tests.postgres import KINDS, new_address

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
SPANS = st.builds(Span, NUMBERS, NUMBERS)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)


def values(type_: type, /, **by_field: st.SearchStrategy) -> st.SearchStrategy:
    # A new field must be stored: without its strategy these tests cannot even be collected.
    assert set(by_field) == {field.name for field in fields(type_)}
    return st.builds(type_, **by_field)


def tuples(items: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(items, max_size=3).map(tuple)


DOCUMENTS = values(
    Document,
    id=TEXTS,
    source=TEXTS,
    sha256=TEXTS,
    text=TEXTS,
    metadata=values(Metadata, **dict.fromkeys(Metadata.__slots__, TEXTS)),
    sections=tuples(
        values(
            Section,
            id=TEXTS,
            number=TEXTS,
            title=TEXTS,
            level=NUMBERS,
            heading=SPANS,
            span=SPANS,
            parent_id=st.none() | TEXTS,
        )
    ),
    passages=tuples(
        values(
            Passage,
            id=TEXTS,
            kind=st.sampled_from(PassageKind),
            span=SPANS,
            section_id=st.none() | TEXTS,
            footnotes=tuples(NUMBERS),
            footnote=st.none() | NUMBERS,
            context=tuples(SPANS),
            cells=tuples(SPANS),
            table=NUMBERS,
            heading=st.booleans(),
            page=st.none() | NUMBERS,
        )
    ),
    footnotes=tuples(
        values(
            Footnote,
            number=NUMBERS,
            label=TEXTS,
            how=st.sampled_from(Resolution),
            marks=tuples(SPANS),
            body=st.none() | SPANS,
            reason=TEXTS,
            parent=st.none() | NUMBERS,
            kind=st.sampled_from(NoteKind),
        )
    ),
    tables=tuples(
        values(
            Table,
            number=NUMBERS,
            title=st.none() | SPANS,
            headings=tuples(TEXTS),
            passage_ids=tuples(TEXTS),
        )
    ),
    facts=tuples(
        values(
            Fact,
            passage_id=TEXTS,
            quantity=values(
                Quantity,
                span=SPANS,
                number=SPANS,
                value=DECIMALS,
                other=st.none() | DECIMALS,
                shape=st.sampled_from(Shape),
                unit=TEXTS,
                per=TEXTS,
                qualifier=TEXTS,
            ),
            clause=SPANS,
            quote=SPANS,
            indicator=TEXTS,
            name=TEXTS,
            kind=st.sampled_from(FactKind),
            period=values(Period, text=TEXTS, start=TEXTS, end=TEXTS, explicit=st.booleans()),
            place=TEXTS,
            direction=TEXTS,
            parent=TEXTS,
        )
    ),
    references=tuples(
        values(
            Reference,
            passage_id=TEXTS,
            span=SPANS,
            kind=TEXTS,
            number=TEXTS,
            key=TEXTS,
            issuer=TEXTS,
            date=TEXTS,
            session=TEXTS,
            subject=st.none() | SPANS,
        )
    ),
    format=TEXTS,
    encoding=TEXTS,
    warnings=tuples(TEXTS),
    conversions=tuples(
        values(Conversion, encoding=TEXTS, count=NUMBERS, sample_before=TEXTS, sample_after=TEXTS)
    ),
    pages=tuples(
        values(RawPage, number=NUMBERS, ocr=st.booleans(), confidence=st.none() | NUMBERS)
    ),
)


@pytest.fixture(scope="module", params=KINDS)
def shared_catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    with Catalogue(new_address(request, tmp_path_factory.mktemp("data"))) as opened:
        yield opened


@given(document=DOCUMENTS)
@settings(deadline=None)
def test_any_document_comes_back_as_it_was_put(shared_catalogue, document):
    shared_catalogue.put_document(document, 1)
    found = shared_catalogue.document(document.id)
    assert found == document
    assert [type(passage.kind) for passage in found.passages] == [
        type(passage.kind) for passage in document.passages
    ]
    # Equal numbers may be written differently: 2.50 must not come back as 2.5.
    assert [str(fact.quantity.value) for fact in found.facts] == [
        str(fact.quantity.value) for fact in document.facts
    ]


@given(path=TEXTS, error=TEXTS)
@example(path="/b\udce1o c\udce1o.txt", error="C:\\0041\\d800 \x00 \ud800\udc00")
@settings(deadline=None)
def test_any_file_name_comes_back_as_it_was_published(shared_catalogue, path, error):
    source = make_source(None, path, name=path, error=error)
    shared_catalogue.publish([source], [old.path for old in shared_catalogue.sources()])
    assert shared_catalogue.sources() == (source,)
