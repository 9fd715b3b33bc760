"""Why a passage was found, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.text.abbreviations import Abbreviations, Sense
from indexer.text.restore import train
from indexer.text.synonyms import Synonym, Synonyms
from search_app.explain import explain
from search_app.found import FoundPassage, show
from search_app.query import Request
from search_app.search import Library
from search_app.terminal import result_lines
from search_app.understand import Knowledge, understand
from tests.factories.documents import make_document

KNOWN = Knowledge(
    abbreviations=Abbreviations((Sense("BHYT", "bảo hiểm y tế"),)),
    synonyms=Synonyms((Synonym(("trạm xá", "trạm y tế"), "Trạm xá là cách gọi cũ."),)),
)
NOTHING = Knowledge()


def found_text(text: str, **changes) -> FoundPassage:
    document = make_document(paragraphs=(text,), **changes)
    passage = next(p for p in document.passages if p.span.of(document.text) == text)
    return replace(show(document, passage), complete=True)


def why(question: str, found: FoundPassage, knowledge: Knowledge = NOTHING) -> tuple[str, ...]:
    return explain(understand(question, knowledge), found)


def incomplete(found: FoundPassage) -> FoundPassage:
    return replace(found, complete=False)


def heading_words(found: FoundPassage) -> str:
    return found.path[-1].title


def beside(text: str, linked: str, *, note: bool = False) -> FoundPassage:
    """Return an incomplete hit with a linked text: its note, or for a note its sentence."""
    document = make_document()
    passage = next(
        p for p in document.passages if (p.footnote is not None if note else p.footnotes)
    )
    found = show(document, passage)
    link = replace(found.linked[0], text=linked)
    return replace(found, text=text, linked=(link,))


def test_that_every_word_stands_in_the_passage_is_said_with_the_words():
    found = found_text("Tỷ lệ hộ nghèo giảm nhanh ở các xã.")
    assert why("hộ nghèo giảm", found)[0] == "Trong đoạn có đủ các từ: “hộ”, “nghèo”, “giảm”."


def test_words_that_are_missing_are_named():
    found = incomplete(found_text("Diện tích lúa được giữ vững."))
    assert why("lúa giảm", found) == ("Trong đoạn có: “lúa”.", "Không có: “giảm”.")


def test_words_that_only_the_headings_have_are_told_apart():
    found = found_text("Các phong trào được duy trì ở cơ sở.")
    word = heading_words(found)
    sentences = why(f"phong trào {word}", found)
    assert any(sentence.startswith("Chỉ đề mục có: ") for sentence in sentences)
    assert "Kể cả đề mục, đoạn có đủ các từ." in sentences


def test_words_that_only_the_note_has_are_told_apart():
    found = beside("Xã có trường mới.", "Gồm ba xưởng.")
    assert why("trường xưởng", found) == (
        "Trong đoạn có: “trường”.",
        "Chỉ chú thích kèm theo có: “xưởng”.",
        "Phải kể cả chú thích kèm theo mới đủ các từ.",
    )


def test_for_a_note_the_other_half_is_the_sentence_that_calls_it():
    found = beside("Gồm ba hội quán.", "Xã có trường mới.", note=True)
    assert why("trường", found) == ("Chỉ câu gọi chú thích có: “trường”.",)


def test_another_wording_around_the_passage_is_given_when_the_word_is_not_in_it():
    linked = "Tham gia bảo hiểm y tế đạt 90%."
    assert why("BHYT", beside("Xã có trường mới.", linked), KNOWN) == (
        "Chỉ chú thích kèm theo có “bảo hiểm y tế”, cùng nghĩa với “BHYT” "
        "(BHYT viết tắt của bảo hiểm y tế).",
    )
    assert why("BHYT", beside("Tỷ lệ BHYT tăng.", linked), KNOWN) == ("Trong đoạn có: “BHYT”.",)


def test_another_wording_that_was_found_is_given_with_its_reason():
    found = found_text("Người dân tham gia bảo hiểm y tế đạt 90%.")
    assert why("BHYT", found, KNOWN) == (
        "Trong đoạn có “bảo hiểm y tế”, cùng nghĩa với “BHYT” (BHYT viết tắt của bảo hiểm y tế).",
    )


def test_a_wording_that_does_not_occur_is_no_reason():
    found = found_text("Trạm xá được xây lại.")
    assert not any("trạm y tế" in sentence for sentence in why("trạm xá", found, KNOWN))


def test_a_wording_that_may_mean_something_else_is_said_to_be_unsure():
    guessed = Abbreviations((Sense("HQ", "hội quán", sure=False),))
    found = found_text("Xã có hai hội quán.")
    sentences = why("HQ", found, Knowledge(abbreviations=guessed))
    assert "“hội quán”, có thể cùng nghĩa với “HQ”" in sentences[0]


def test_with_another_wording_every_word_can_be_there():
    found = found_text("Xã đã sửa trạm y tế.")
    sentences = why("sửa trạm xá", found, KNOWN)
    assert sentences[-1] == "Kể cả từ cùng nghĩa, đoạn có đủ các từ."


def test_words_that_agree_only_without_accents_are_named():
    knowledge = Knowledge(language=train(["Tỷ lệ hộ nghèo giảm"], []))
    found = incomplete(found_text("Ngành hố ga và nghêu được chú ý; nghẻo là từ khác."))
    assert "Chỉ giống khi không kể dấu: “nghèo”." in why("ngheo", found, knowledge)


def test_the_kind_of_statement_that_was_preferred_is_named():
    found = found_text("Nguyên nhân do hộ nghèo thiếu vốn, còn 5% số hộ.")
    sentences = why("vì sao bao nhiêu hộ nghèo", found)
    assert sentences[-1] == "Được ưu tiên vì thuộc phần nói về nguyên nhân và có số liệu."


def test_a_kind_that_the_passage_is_not_is_not_named():
    assert not any("ưu tiên" in one for one in why("vì sao lúa giảm", found_text("Lúa giảm.")))


def test_the_term_that_was_asked_for_is_a_reason():
    found = found_text("Hộ nghèo giảm.", term="2015-2020")
    meaning = understand("hộ nghèo 2015-2020", Knowledge(terms=("2015-2020",)))
    assert "nhiệm kỳ 2015-2020" in explain(meaning, found)[-1]


def test_a_quoted_phrase_is_a_reason_on_its_own():
    found = found_text("Hộ nghèo giảm.")
    meaning = understand("", NOTHING)
    assert explain(meaning, found, ["hộ nghèo"]) == ("Trong đoạn có nguyên cụm từ “hộ nghèo”.",)


def test_filters_alone_need_no_reason():
    assert why("", found_text("Hộ nghèo giảm.")) == ()


@pytest.mark.parametrize(
    "question", ["tỷ lệ hộ nghèo", "ty le ho ngheo", "BHYT toàn dân", "vì sao lúa giảm", "HTX"]
)
def test_the_sentences_agree_with_what_the_index_counts_as_complete(
    sample_library: Library, question
):
    result = sample_library.search(Request(text=question, limit=40))
    assert result.hits
    lacking = ("Không có", "Chỉ chú thích", "Chỉ câu gọi", "Chỉ giống")
    for hit in result.hits:
        sentences = explain(result.meaning, hit)
        assert hit.complete != any(sentence.startswith(lacking) for sentence in sentences)


def test_the_command_line_gives_the_reasons_under_every_hit_when_asked(sample_library: Library):
    result = sample_library.search(Request(text="hộ nghèo", limit=3))
    told = list(result_lines(result, sample_library.catalogue.documents(), explain=True))
    assert sum(line.startswith("   vì: Trong đoạn có") for line in told) == 3
    quiet = result_lines(result, sample_library.catalogue.documents(), explain=False)
    assert not any("vì:" in line for line in quiet)
