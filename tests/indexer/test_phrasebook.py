from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.learned import learn, load_learned
from indexer.learned_files import LearnedFiles
from indexer.lessons import first_lesson, teach
from indexer.models import Document, Passage, PassageKind, Section, Span
from indexer.names import lowered
from indexer.phrase_counts import PhraseCounts, count_phrases
from indexer.phrasebook import DamagedPhrasebook, Phrasebook, PhraseKind
from indexer.text.phrases import PhraseTable


def report(*lines: str, headings: tuple[str, ...] = (), name: str = "a1") -> Document:
    """Return a report with one passage for each line; headings stand in no text."""
    text = "\n".join(lines)
    passages, start = [], 0
    for line in lines:
        passages.append(
            Passage(f"{name}:{start}", PassageKind.BODY, Span(start, start + len(line)))
        )
        start += len(line) + 1
    sections = tuple(
        Section(f"{name}:s{at}", "", title, 1, Span(0, 0), Span(0, 0))
        for at, title in enumerate(headings)
    )
    return Document(name, "", "", text, passages=tuple(passages), sections=sections)


def book_of(*documents: Document) -> Phrasebook:
    counts = {document.id: count_phrases(document) for document in documents}
    return Phrasebook().updated(counts, frozenset(counts))


def texts(book: Phrasebook, kind: PhraseKind) -> list[str]:
    return [phrase.text for phrase in book.phrases if phrase.kind is kind]


@pytest.fixture(scope="module")
def sample_book(sample_documents) -> Phrasebook:
    return book_of(*sample_documents.values())


def test_the_sample_reports_give_indicators_headings_and_phrases(sample_book):
    assert "Tỷ lệ hộ nghèo" in texts(sample_book, PhraseKind.INDICATOR)
    assert "Kết quả đạt được" in texts(sample_book, PhraseKind.HEADING)
    assert "Xã hội" in texts(sample_book, PhraseKind.PHRASE)


def test_no_phrase_is_offered_twice(sample_book):
    shown = [phrase.text.lower() for phrase in sample_book.phrases]
    assert len(shown) == len(set(shown))


def test_phrases_begin_with_a_capital_and_are_not_in_capitals(sample_book):
    for phrase in sample_book.phrases:
        assert not phrase.text[0].islower()
        assert len(phrase.text) < 8 or not phrase.text.isupper()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Tỷ lệ hộ nghèo giảm còn 2%.", "Tỷ lệ hộ nghèo"),
        ("Tỷ lệ trường đạt chuẩn quốc gia đạt 60%.", "Tỷ lệ trường đạt chuẩn quốc gia"),
        ("Sản lượng thuỷ sản 120 tấn.", "Sản lượng thuỷ sản"),
    ],
)
def test_an_indicator_ends_where_its_value_begins(sentence, name):
    assert texts(book_of(report(sentence)), PhraseKind.INDICATOR) == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "Một số cán bộ đạt kết quả tốt.",
        "Tỷ lệ hộ nghèo của thị xã được nêu sau.",
        "Số 22 là số báo danh.",
        "Tỷ lệ đạt 9%.",
    ],
)
def test_what_names_no_measure_or_has_no_value_is_no_indicator(sentence):
    assert texts(book_of(report(sentence)), PhraseKind.INDICATOR) == []


def test_a_part_of_a_longer_phrase_is_left_out():
    book = book_of(report(*["Xã xây dựng nông thôn mới."] * 6))
    assert "Dựng nông thôn" not in texts(book, PhraseKind.PHRASE)
    assert any("nông thôn mới" in text for text in texts(book, PhraseKind.PHRASE))


def test_a_phrase_neither_begins_nor_ends_with_a_small_word():
    book = book_of(report(*["Cán bộ và nhân dân của xã Cồn Mây."] * 6))
    for text in texts(book, PhraseKind.PHRASE):
        assert text.lower().split()[0] not in ("và", "của")
        assert text.lower().split()[-1] not in ("và", "của")


def test_no_phrase_goes_over_a_sign_or_a_number():
    book = book_of(report(*["Trồng lúa, nuôi cá 20 ao tôm."] * 6))
    for text in texts(book, PhraseKind.PHRASE):
        assert "lúa nuôi" not in text
        assert "cá ao" not in text


def test_a_heading_in_capitals_is_lowered_and_keeps_names():
    lines = ["Nhân dân xã Cồn Mây trồng cây.", "Đường về Cồn Mây đã xong."]
    book = book_of(report(*lines, headings=("XÂY DỰNG XÃ CỒN MÂY", "MỤC TIÊU (2 điểm):")))
    assert texts(book, PhraseKind.HEADING) == ["Mục tiêu", "Xây dựng xã Cồn Mây"]


def test_abbreviations_and_roman_numbers_stay_in_capitals():
    assert lowered("HOẠT ĐỘNG CỦA HĐND KHÓA XI", PhraseTable({})) == "hoạt động của HĐND khóa XI"


def test_spellings_of_tone_and_y_are_one_phrase():
    headings = ("Văn hoá, thể thao", "Văn hóa, thể thao", "Văn hóa, thể thao")
    (phrase,) = book_of(report(headings=headings)).phrases
    assert (phrase.text, phrase.count) == ("Văn hóa, thể thao", 3)


def test_a_removed_report_takes_its_phrases_with_it():
    one, other = report(headings=("Nuôi cá",)), report(headings=("Trồng lúa",), name="b2")
    book = book_of(one, other)
    assert len(book.phrases) == 2
    assert [phrase.text for phrase in book.updated({}, frozenset(["b2"])).phrases] == ["Trồng lúa"]


def test_learning_in_parts_gives_what_learning_at_once_gives(sample_documents):
    documents = list(sample_documents.values())
    book = Phrasebook()
    for done, document in enumerate(documents, start=1):
        kept = frozenset(each.id for each in documents[:done])
        book = book.updated({document.id: count_phrases(document)}, kept)
    assert set(book.phrases) == set(book_of(*documents).phrases)


def test_a_book_comes_back_from_its_bytes(sample_book):
    assert Phrasebook.from_bytes(sample_book.to_bytes()) == sample_book


@pytest.mark.parametrize("at", [0, 6, 20, -1])
def test_damaged_bytes_are_refused(sample_book, at):
    data = bytearray(sample_book.to_bytes())
    data[at] ^= 0xFF
    with pytest.raises(DamagedPhrasebook):
        Phrasebook.from_bytes(bytes(data))
    with pytest.raises(DamagedPhrasebook):
        Phrasebook.from_bytes(bytes(data[:10]))


def learn_from(data, document, *, fresh=False):
    """Learn from one report, the only one that is kept."""
    lessons = [*([first_lesson()] if fresh else []), teach([(document.id, document.text)])]
    learn(
        LearnedFiles(data),
        lessons,
        {document.id: count_phrases(document)},
        frozenset([document.id]),
        fresh=fresh,
    )


def test_a_damaged_file_counts_as_nothing_learnt(tmp_path):
    document = report("Tỷ lệ hộ nghèo còn 2%.")
    learn_from(tmp_path, document, fresh=True)
    assert load_learned(LearnedFiles(tmp_path)).phrasebook.phrases
    (tmp_path / "learned" / "phrases.bin").write_bytes(b"VKPB1 nothing of it")
    assert load_learned(LearnedFiles(tmp_path)).phrasebook == Phrasebook()


def test_learning_forgets_reports_that_are_not_kept(tmp_path):
    one, other = report(headings=("Nuôi cá",)), report(headings=("Trồng lúa",), name="b2")
    learn_from(tmp_path, one, fresh=True)
    learn_from(tmp_path, other)
    phrases = load_learned(LearnedFiles(tmp_path)).phrasebook.phrases
    assert [phrase.text for phrase in phrases] == ["Trồng lúa"]


def test_counts_of_an_empty_report_are_empty():
    empty = replace(report("x"), passages=())
    assert count_phrases(empty) == PhraseCounts()
    assert book_of(empty).phrases == ()


@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_can_be_counted(lines, headings):
    lines = [line.replace("\n", " ") for line in lines]
    book = book_of(report(*lines * 3, headings=tuple(headings)))
    assert Phrasebook.from_bytes(book.to_bytes()) == book
