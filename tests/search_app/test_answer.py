from __future__ import annotations

import pytest

from indexer.errors import EmptyQuery, UnknownFilter
from indexer.models import FactKind, PassageKind
from search_app.answer import ask
from search_app.answering.wants import AnswerType
from search_app.query import Request
from tests.factories.questions import DISTRICT, TOWN, open_reports

SALT = "Sản lượng muối của Gò Lác năm 2020 đạt bao nhiêu tấn?"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    with open_reports(tmp_path_factory.mktemp("asked")) as library:
        yield library


def texts(library, question, **filters):
    return [answer.text for answer in ask(library, Request(question, **filters)).answers]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SALT, "9.870 tấn"),
        ("san luong muoi cua Go Lac nam 2020", "9.870 tấn"),
        ("SẢN LƯỢNG MUỐI CỦA GÒ LÁC NĂM 2020 ĐẠT BAO NHIÊU TẤN?", "9.870 tấn"),
        ("Tỉ lệ hộ nghèo cuối năm 2020 của Bàu Trâm là bao nhiêu?", "5,1%"),
        ("Huyện Bàu Trâm có bao nhiêu bến đò ngang?", "26 bến đò ngang"),
        ("Chỉ tiêu sản lượng muối của Gò Lác đến năm 2020 là bao nhiêu?", "9.500 tấn"),
        ("Đến năm 2025 Gò Lác phấn đấu có bao nhiêu tấn muối?", "12.500 tấn"),
        ("Sản lượng muối tăng bình quân bao nhiêu phần trăm mỗi năm?", "3,4%/năm"),
        ("Cầu Kênh Cát có tổng mức đầu tư bao nhiêu tỷ đồng?", "52,8 tỷ đồng"),
        ("Cầu Kênh Cát thông xe khi nào?", "ngày 14/3/2018"),
        ("Trạm bơm Bàu Đế đặt ở đâu?", "xã Tân Lụa"),
        ("Nghệ nhân nào dệt tấm chiếu dài nhất tỉnh?", "Phạm Văn Tre"),
        (
            "Quyết định nào công nhận thư viện đạt chuẩn?",
            "Quyết định số 218/QĐ-UBND ngày 09/4/2019",
        ),
    ],
)
def test_the_value_that_was_asked_for_comes_first(reports, question, answer):
    assert texts(reports, question)[0] == answer


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Những sản phẩm nào đạt OCOP?", AnswerType.LIST, ("mắm", "rượu", "bánh")),
        ("Gò Lác có nhà thi đấu đa năng chưa?", AnswerType.YES_NO, ("chưa có",)),
        ("Vì sao nước thải lò nhuộm chưa được xử lý?", AnswerType.CAUSE, ("do", "thiếu vốn")),
        ("Nước thải lò nhuộm có hạn chế gì?", AnswerType.SHORTCOMING, ("ô nhiễm",)),
    ],
)
def test_questions_for_words_are_answered_by_the_sentence(reports, question, kind, words):
    reply = ask(reports, Request(question))
    assert reply.wants.type is kind
    assert all(word in reply.answers[0].text for word in words)
    assert reply.answers[0].kind is None


def test_a_figure_of_a_note_comes_with_the_sentence_that_calls_it(reports):
    answer = ask(reports, Request("Có bao nhiêu tổ đan lục bình?")).answers[0]
    assert answer.text.startswith("47 tổ")
    assert answer.citation.passage.kind is PassageKind.FOOTNOTE
    (anchor,) = answer.citation.anchors
    said = anchor.span.of(answer.citation.document.text)
    assert said == "Nghề đan lục bình được khôi phục ở nhiều ấp."


def test_every_place_that_is_named_is_answered_and_cited(reports):
    question = "Sản lượng muối năm 2020 của Gò Lác và Bàu Trâm là bao nhiêu?"
    found = {a.place: a for a in ask(reports, Request(question)).answers[:2]}
    assert found[TOWN].text == "9.870 tấn"
    assert found[DISTRICT].text == "4.150 tấn"
    for place, answer in found.items():
        assert answer.citation.document.metadata.place == place


def test_every_term_that_is_named_is_answered_and_cited(reports):
    question = "Sản lượng muối của Gò Lác năm 2015 và năm 2020 là bao nhiêu?"
    answers = ask(reports, Request(question)).answers[:2]
    assert [answer.text for answer in answers] == ["8.400 tấn", "9.870 tấn"]
    assert [a.citation.document.metadata.date[:4] for a in answers] == ["2015", "2020"]


def test_what_was_reached_and_what_is_aimed_at_are_both_answered(reports):
    question = "Sản lượng muối của Gò Lác năm 2020 và chỉ tiêu đến năm 2025?"
    answers = ask(reports, Request(question)).answers[:2]
    assert [(a.text, a.kind) for a in answers] == [
        ("9.870 tấn", FactKind.RESULT),
        ("12.500 tấn", FactKind.TARGET),
    ]


@pytest.mark.parametrize(
    ("question", "signer"),
    [
        ("Ai ký báo cáo của huyện Bàu Trâm?", "Hồ Văn Sậy"),
        ("Ai ký báo cáo năm 2015 của Gò Lác?", "Lê Văn Mộc"),
        ("Bí thư thị xã Gò Lác năm 2020 là ai?", "Trần Thị Lụa"),
    ],
)
def test_who_signed_a_report_is_told_with_the_role(reports, question, signer):
    answer = ask(reports, Request(question)).answers[0]
    assert answer.text == signer
    assert "BÍ THƯ" in answer.citation.quote


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("Báo cáo của huyện Bàu Trâm ký ngày nào?", "ngày 3 tháng 7 năm 2020"),
        (
            "Báo cáo của Gò Lác trình Đại hội lần thứ II đề ngày nào?",
            "ngày 12 tháng 6 năm 2020",
        ),
    ],
)
def test_the_date_of_a_report_is_told(reports, question, date):
    assert texts(reports, question)[0] == date


@pytest.mark.parametrize(
    "question",
    [
        "Sản lượng muối năm 2020 của thị xã Cồn Phượng là bao nhiêu?",
        "Sản lượng muối của tỉnh Bến Tre năm 2020 là bao nhiêu?",
        "sản lượng muối ở hà giang năm 2020",
        "Sản lượng muối năm 2020 của tỉnh Lam Trà là bao nhiêu?",
        "Sản lượng muối năm 2020 của xã Tân Lụa, thị xã Gò Lác là bao nhiêu?",
        "Tỷ lệ hộ nghèo Gò Lác năm 2012 là bao nhiêu?",
        "Có bao nhiêu phi công bay qua Gò Lác?",
        "Chủ tịch huyện Bàu Trâm là ai?",
        "Thủ đô nước Pháp là gì?",
        "zxcv qwerty",
    ],
)
def test_what_the_reports_do_not_say_is_refused(reports, question):
    reply = ask(reports, Request(question))
    assert not reply.answered
    assert reply.answers == ()
    assert reply.message.startswith("Không tìm thấy")
    assert "3 báo cáo" in reply.message or "báo cáo của" in reply.message
    assert question in reply.message


def test_a_refusal_still_shows_the_nearest_passages(reports):
    reply = ask(reports, Request("Sản lượng muối năm 2020 của thị xã Cồn Phượng?"))
    assert not reply.answered
    assert any("muối" in hit.text for hit in reply.result.hits)


def test_an_answer_comes_without_a_message(reports):
    reply = ask(reports, Request(SALT))
    assert reply.answered
    assert reply.message == ""


def test_the_province_beside_the_town_only_says_which_town(reports):
    question = "Sản lượng muối năm 2020 của thị xã Gò Lác, tỉnh Lam Trà là bao nhiêu?"
    assert texts(reports, question)[0] == "9.870 tấn"


def test_keywords_of_an_indicator_give_its_values_of_every_report(reports):
    answers = ask(reports, Request("tỷ lệ hộ nghèo")).answers
    assert {"6,4%", "5,1%", "2,6%"} <= {answer.text for answer in answers}


def test_other_keywords_give_sentences_too_also_those_of_notes(reports):
    answers = ask(reports, Request("lục bình")).answers
    assert any("47 tổ" in answer.citation.quote for answer in answers)
    assert any(answer.kind is None for answer in answers)


def test_a_filter_keeps_to_its_reports(reports):
    reply = ask(reports, Request("tỷ lệ hộ nghèo", places=("Bàu Trâm",)))
    assert {answer.place for answer in reply.answers} == {DISTRICT}


def test_asking_raises_what_searching_raises(reports):
    with pytest.raises(EmptyQuery):
        ask(reports, Request("?!"))
    with pytest.raises(UnknownFilter):
        ask(reports, Request(SALT, places=("Hà Nội",)))


def test_what_is_counted_is_told_as_one_word(reports):
    assert ask(reports, Request("Gò Lác có bao nhiêu lao động?")).wants.noun == "lao động"
    assert ask(reports, Request("Cầu thông xe khi nào?")).wants.noun == ""


def test_the_same_question_gets_the_same_answers(reports, sample_library):
    for library, question in ((reports, SALT), (sample_library, "tỷ lệ hộ nghèo năm 2020")):
        first = ask(library, Request(question)).answers
        ask(library, Request("hợp tác xã"))
        assert ask(library, Request(question)).answers == first != ()


def test_naming_the_province_costs_no_answer(sample_library):
    plain = "Tỷ lệ hộ nghèo của Vàm Sậy cuối năm 2020 là bao nhiêu?"
    more = plain.replace("Vàm Sậy", "Vàm Sậy, tỉnh Hậu Thủy")
    assert texts(sample_library, more)[:1] == texts(sample_library, plain)[:1]


def test_the_report_of_the_term_that_is_named_is_the_only_one_meant(reports):
    question = "Người ký báo cáo nhiệm kỳ 2015-2020 của Gò Lác là ai?"
    assert texts(reports, question) == ["Lê Văn Mộc"]


def test_the_value_of_the_year_of_comparison_is_not_how_much_it_fell(reports):
    question = "Tỷ lệ hộ nghèo của Gò Lác giảm bao nhiêu phần trăm so với năm 2015?"
    assert texts(reports, question)[:1] != ["6,4%"]


def test_a_target_is_not_answered_by_a_result(reports):
    question = "Phấn đấu đến năm 2025 Gò Lác đạt bao nhiêu tấn muối?"
    assert texts(reports, question)[:1] == ["12.500 tấn"]
