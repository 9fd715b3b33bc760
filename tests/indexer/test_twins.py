"""Which of several readings of one text is the document."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from indexer.models import Document, Footnote, Metadata, Resolution, Span
from indexer.twins import Reading, reading_of, shown_by

ONE = Reading("a", "k", (1, 0), "", "")


def noted(*how: Resolution) -> Document:
    notes = tuple(Footnote(n, str(n), each, (Span(0, 0),)) for n, each in enumerate(how, start=1))
    return Document("a", "a.docx", "", "Tôm tăng 5%.", footnotes=notes)


def test_the_reading_that_knows_more_notes_is_better():
    marked, lost = Resolution.MARKED, Resolution.UNRESOLVED
    worst_first = [
        noted(),
        noted(marked, lost, lost),
        noted(marked),
        noted(marked, Resolution.ALIGNED),
        noted(marked, marked),
    ]
    ranks = [reading_of(document).rank for document in worst_first]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_other_words_figures_or_signs_are_another_text():
    texts = ["Tôm tăng 5%.", "Tôm tăng 5 %.", "Tôm tăng 6%.", "Tôm tăng -5%.", "tôm tăng 5%."]
    keys = {reading_of(replace(noted(), text=text)).text_key for text in texts}
    assert len(keys) == len(texts)


def test_of_equal_readings_the_one_shown_stays_shown():
    other = replace(ONE, document_id="b")
    for order in permutations([ONE, other]):
        assert shown_by(order, {"b"}) == {"a": "b"}
        assert shown_by(order, ()) == {"b": "a"}


def test_one_text_of_two_places_or_terms_is_two_documents():
    bay, hill = replace(ONE, place="xã Cồn Mây"), replace(ONE, document_id="b", place="xã Gò Cao")
    assert shown_by([bay, hill], ()) == {}
    old, new = replace(ONE, term="2015-2020"), replace(ONE, document_id="b", term="2020-2025")
    assert shown_by([old, new], ()) == {}


def test_what_is_known_of_a_report_makes_its_reading_better():
    known = replace(noted(), metadata=Metadata(place="xã Cồn Mây"))
    assert reading_of(known).rank > reading_of(noted()).rank


def test_of_equal_readings_the_one_outside_an_archive_is_shown_whatever_was_shown():
    other = replace(ONE, document_id="b")
    paths = {"a": "/x/a.zip!/bc.doc", "b": "/x/2015/cũ/bc.docx"}
    assert shown_by([ONE, other], {"a"}, paths) == {"a": "b"}


def test_of_two_open_files_the_plainer_path_is_shown_unless_the_other_is_already():
    other = replace(ONE, document_id="b")
    paths = {"a": "/x/2015/cũ/bc.doc", "b": "/x/bc.docx"}
    assert shown_by([ONE, other], (), paths) == {"a": "b"}
    assert shown_by([ONE, other], {"a"}, paths) == {"b": "a"}


def test_a_better_reading_wins_from_within_an_archive():
    better = replace(ONE, document_id="b", rank=(2, 0))
    paths = {"a": "/x/a.txt", "b": "/x/a.zip!/a.docx"}
    assert shown_by([ONE, better], {"a"}, paths) == {"a": "b"}
