from __future__ import annotations

import pytest

from search_app.answering.coverage import units_of
from search_app.answering.wants import read_wants
from search_app.answering.words import word_candidates
from tests.factories.questions import evidences, meant, stated_in


def candidates(question, text):
    meaning = meant(question)
    wants = read_wants(meaning, "2020")
    document = text if not isinstance(text, str) else stated_in(f"I- KẾT QUẢ\n{text}")
    units = units_of(meaning, None, wants.times)
    return word_candidates(evidences(document), units, wants)


def best(question, text):
    found = candidates(question, text)
    return found[0].text if found else ""


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "Cầu Kênh Cát thông xe khi nào?",
            "Cầu Kênh Cát thông xe ngày 14/3/2018. Chợ mở ngày 02/9/2017.",
            "ngày 14/3/2018",
        ),
        (
            "Chợ phiên họp vào hôm nào?",
            "Chợ phiên họp vào thứ bảy và chủ nhật.",
            "thứ bảy và chủ nhật",
        ),
        (
            "Trạm bơm Bàu Đế đặt tại đâu?",
            "Trạm bơm Bàu Đế đặt tại xã Tân Lụa; chợ ở phường Đông Cát.",
            "xã Tân Lụa",
        ),
        (
            "Nghệ nhân nào dệt chiếu?",
            "Nghệ nhân Phạm Văn Tre dệt chiếu. Ông Trần Văn Mía làm gốm.",
            "Phạm Văn Tre",
        ),
        (
            "Quyết định số mấy công nhận thư viện?",
            "Thư viện được công nhận theo Quyết định số 218/QĐ-UBND ngày 09/4/2019.",
            "Quyết định số 218/QĐ-UBND ngày 09/4/2019",
        ),
        (
            "Gò Lác xếp hạng mấy về cải cách?",
            "Năm 2019 cải cách xếp hạng 5/12 toàn tỉnh.",
            "hạng 5/12",
        ),
    ],
)
def test_the_piece_that_was_asked_for_is_the_answer(question, text, answer):
    assert best(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text", "begins"),
    [
        (
            "Vì sao lò nhuộm gây ô nhiễm?",
            "Lò nhuộm gây ô nhiễm ở kênh Cát. Lò nhuộm gây ô nhiễm do thiếu vốn đổi thiết bị.",
            "Lò nhuộm gây ô nhiễm do",
        ),
        (
            "Những sản phẩm nào đạt OCOP?",
            "Sản phẩm đạt OCOP bán chạy. Sản phẩm đạt OCOP gồm mắm cá, rượu nếp và bánh ú.",
            "Sản phẩm đạt OCOP gồm",
        ),
        (
            "Chỉ tiêu nào không đạt?",
            "Chỉ tiêu trồng rừng đạt. Chỉ tiêu trồng dừa không đạt.",
            "Chỉ tiêu trồng dừa không đạt",
        ),
        (
            "Thư viện phục vụ bạn đọc thế nào?",
            "Chợ đông. Thư viện phục vụ bạn đọc cả chủ nhật.",
            "Thư viện phục vụ",
        ),
    ],
)
def test_a_sentence_of_the_wanted_kind_comes_first(question, text, begins):
    assert best(question, text).startswith(begins)


def test_a_question_for_a_name_takes_no_sentence_without_one():
    assert candidates("Nghệ nhân nào dệt chiếu?", "Nghệ nhân dệt chiếu ở nhiều ấp.") == ()


def test_a_question_for_a_time_takes_no_sentence_without_one():
    found = candidates("Chợ mở khi nào?", "Chợ mở rồi, bà con đi lại đông.")
    assert not any("Chợ" in one.quote.of(one.evidence.document.text) for one in found)


def test_a_question_for_a_place_is_not_answered_by_the_report_s_own():
    text = "Huyện Bàu Trâm có trạm bơm ở ấp Bàu Đế."
    document = stated_in(f"I- KẾT QUẢ\n{text}", place="huyện Bàu Trâm")
    assert [one.text for one in candidates("Trạm bơm ở đâu?", document)] == ["ấp Bàu Đế"]


def test_the_report_s_own_town_is_no_answer_to_where():
    text = "Thị xã Gò Lác có trạm bơm ở ấp Bàu Đế."
    assert "xã Gò Lác" not in {one.text for one in candidates("Trạm bơm ở đâu?", text)}


def test_values_stand_in_their_quotes_and_quotes_in_passages(sample_documents):
    questions = ("Ai ký tên?", "Chợ mở khi nào?", "Vì sao hộ nghèo giảm?", "nước sạch")
    for document in sample_documents.values():
        for question in questions:
            for one in candidates(question, document):
                assert one.evidence.passage.span.holds(one.quote)
                assert one.quote.start <= one.value.start < one.value.end <= one.quote.end
                assert one.text.strip()
                assert 0 <= one.score <= 1


def test_a_long_sentence_is_shortened_around_the_words_of_the_question():
    filler = ", ".join(f"ấp thứ {number} sửa đường làng ngõ xóm" for number in range(12))
    text = f"Trong năm, {filler}, trạm bơm Bàu Đế được xây, {filler}."
    found = candidates("trạm bơm Bàu Đế được xây thế nào?", text)[0]
    assert "trạm bơm Bàu Đế được xây" in found.text
    assert len(found.text) < len(text) / 2
    assert found.quote.of(found.evidence.document.text) == text


def test_a_short_sentence_is_the_answer_as_a_whole():
    found = candidates("Chợ nổi thế nào?", "Chợ nổi họp, vui, đông.")[0]
    assert found.value == found.quote


def test_a_document_with_its_number_comes_before_one_without():
    text = "Thực hiện Nghị quyết số 05-NQ/TXU về cây dừa. Thực hiện Nghị quyết Đại hội về cây dừa."
    assert best("Nghị quyết nào về cây dừa?", text).startswith("Nghị quyết số 05-NQ/TXU")
