"""Links to passages: what they carry, and that they are read back."""

from __future__ import annotations

import pytest

from indexer.fingerprint import fingerprint
from indexer.models import Span
from search_app.cite import cite_quote
from search_app.citing.permalinks import Permalink, permalink, read_code
from tests.factories.documents import make_document


def test_a_whole_passage_is_linked_without_a_part():
    document = make_document()
    passage = document.passages[2]
    link = permalink(cite_quote(document, passage, passage.span))
    assert link == Permalink(passage.id, fingerprint(passage.span.of(document.text)))
    assert link.path == f"/documents/{document.id}/passages/p0003?v={link.version}"


def test_a_quotation_is_linked_as_the_part_of_its_passage():
    document = make_document()
    passage = document.passages[2]
    start = passage.span.start
    link = permalink(cite_quote(document, passage, Span(start + 3, start + 12)))
    assert link.part == Span(3, 12)
    assert link.path.endswith("&part=3-12")
    assert read_code(link.code) == link


def test_a_quotation_beyond_its_passage_is_linked_as_the_passage():
    document = make_document()
    passage = document.passages[2]
    beyond = Span(passage.span.start, passage.span.end + 5)
    assert permalink(cite_quote(document, passage, beyond)).part is None


@pytest.mark.parametrize(
    "code",
    ["", "x", "1a2b:p1", "../x:p1/", "1a2b:p1/0", "1a2b:p1/00ff00ff/5", "1a2b:p1/00ff00ff/-1-2"],
)
def test_what_is_no_link_is_refused(code):
    assert read_code(code) is None


def test_the_spaces_between_words_do_not_change_a_fingerprint_and_a_figure_does():
    assert fingerprint("Còn 2,5%\tsố hộ") == fingerprint(" Còn 2,5% \n số hộ ")
    assert fingerprint("Còn 2,5% số hộ") != fingerprint("Còn 2,6% số hộ")
