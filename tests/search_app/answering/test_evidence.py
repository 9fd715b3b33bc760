from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from indexer.evidence import linked
from indexer.models import PassageKind
from search_app.answer import DEPTH
from search_app.answering.coverage import zone_of
from search_app.answering.evidence import Evidence, gather
from search_app.query import Request
from tests.factories.documents import make_document
from tests.factories.questions import evidences, stated_in
from tests.factories.stored_facts import make_fact, with_facts

NOTED = "Nghề đan được giữ[footnoteRef:1]. Chợ thì chưa. [1:  Có 47 tổ đan.]"


@pytest.fixture(scope="module")
def hits(sample_library):
    return sample_library.search(Request("nước sạch nông thôn", depth=DEPTH)).found.hits


def note_of(document):
    return next(e for e in evidences(document) if e.passage.kind is PassageKind.FOOTNOTE)


def test_every_passage_is_evidence_once(sample_library, hits):
    found = [evidence.passage.id for evidence in gather(sample_library, hits)]
    assert found
    assert len(found) == len(set(found))


def test_notes_follow_the_passages_that_call_them(sample_library, hits):
    found = {evidence.passage.id: evidence for evidence in gather(sample_library, hits)}
    callers = [e for e in found.values() if e.passage.footnotes]
    assert callers
    for caller in callers:
        for link in linked(caller.document, caller.passage):
            assert found[link.passage.id].rank <= caller.rank


def test_no_heading_is_evidence(sample_library, hits):
    assert not any(evidence.passage.heading for evidence in gather(sample_library, hits))


def test_passages_that_state_a_named_indicator_come_last(sample_library, hits):
    key = "ty-le-ho-ngheo"
    plain = gather(sample_library, hits)
    found = gather(sample_library, hits, {key})
    further = found[len(plain) :]
    assert [e.passage.id for e in found[: len(plain)]] == [e.passage.id for e in plain]
    assert further
    assert all(any(fact.indicator == key for fact in e.facts) for e in further)
    assert {e.document.id for e in further} <= {e.document.id for e in plain}


def test_sentences_lie_in_their_passage_in_order():
    for evidence in evidences(stated_in(f"I- KẾT QUẢ\n{NOTED}")):
        assert all(evidence.passage.span.holds(sentence) for sentence in evidence.sentences)
        assert all(one.end <= other.start for one, other in pairwise(evidence.sentences))


def test_a_table_row_is_one_sentence():
    rows = [e for e in evidences(make_document()) if e.passage.kind is PassageKind.TABLE]
    assert rows
    assert all(row.sentences == (row.passage.span,) for row in rows)


def test_the_sentence_that_calls_a_note_stands_around_it():
    around = note_of(stated_in(f"I- KẾT QUẢ\n{NOTED}")).around
    assert any(zone.has(("nghề", "đan")) for zone, _ in around)
    assert not any(zone.has(("chợ",)) for zone, _ in around)


def test_headings_stand_around_but_farther_than_the_passage():
    (evidence,) = evidences(stated_in("I- KẾT QUẢ\n1. Làng nghề\nCó 47 tổ đan."))[-1:]
    worth = {
        word: max(share for zone, share in evidence.around if zone.has((word,)))
        for word in ("tổ", "làng")
    }
    assert worth["tổ"] > worth["làng"] > 0
    assert evidence.headings == ("I- KẾT QUẢ", "1. Làng nghề")


def test_a_zone_of_a_piece_holds_only_its_words():
    evidence = evidences(stated_in("I- KẾT QUẢ\nCó 47 tổ đan. Chợ chưa mở."))[-1]
    first, second = evidence.sentences
    assert evidence.zone(first) == zone_of("Có 47 tổ đan.")
    assert evidence.zone(second) == zone_of("Chợ chưa mở.")


def test_facts_and_references_are_those_of_the_passage():
    plain = make_document()
    document = with_facts(plain, make_fact(plain, "2,5%"), make_fact(plain, "12 xã"))
    found = evidences(document)
    assert sorted(len(e.facts) for e in found)[-2:] == [1, 1]
    for evidence in found:
        for piece in (*evidence.facts, *evidence.references):
            assert piece.passage_id == evidence.passage.id
    assert sum(len(e.references) for e in found) == 1


def test_a_report_that_was_removed_meanwhile_is_passed_over(sample_library, hits):
    gone = [hit for hit in hits if hit.passage_id.startswith(hits[0].passage_id.split(":")[0])]
    lost = [replace(hit, passage_id=f"{'0' * 12}:p0001") for hit in gone]
    assert gather(sample_library, lost) == ()


def test_rank_is_kept():
    document = make_document()
    assert Evidence(document, document.passages[2], 7).rank == 7
