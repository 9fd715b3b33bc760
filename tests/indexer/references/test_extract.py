"""Which documents a report names, read from invented sentences and from the samples."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from indexer.models import Metadata, Reference
from indexer.references.extract import find_references
from tests.indexer.outlines import PROSE, built

CON_SAY = Metadata(place="thị xã Cồn Sậy", province="tỉnh Hậu Thủy", congress="III")


def found_in(*lines: str, metadata: Metadata = CON_SAY) -> tuple[Reference, ...]:
    return find_references(replace(built(*lines), metadata=metadata))


def only(line: str) -> Reference:
    references = found_in(line)
    assert len(references) == 1, [reference.key for reference in references]
    return references[0]


def spans(*lines: str) -> list[str]:
    document = built(*lines)
    return [reference.span.of(document.text) for reference in find_references(document)]


# --- one mention


def test_a_mention_tells_number_date_issuer_term_and_subject():
    line = (
        "Quán triệt Nghị quyết số 61-NQ/TW ngày 09/3/2017 của Ban Chấp hành Trung ương (khóa XII) "
        "về phát triển nghề muối đến năm 2030, diêm dân đã có thu nhập khá."
    )
    reference, text = only(line), built(line).text
    assert (reference.kind, reference.number) == ("Nghị quyết", "61-NQ/TW")
    assert (reference.date, reference.session) == ("2017-03-09", "XII")
    assert reference.issuer == "Ban Chấp hành Trung ương"
    assert reference.span.of(text).startswith("Nghị quyết số 61-NQ/TW")
    assert reference.span.of(text).endswith("(khóa XII)")
    assert reference.subject is not None
    assert reference.subject.of(text) == "phát triển nghề muối đến năm 2030"


@pytest.mark.parametrize(
    ("mention", "kind", "number", "issuer"),
    [
        ("Chỉ thị 5 - CT/ TW", "Chỉ thị", "05-CT/TW", ""),
        ("Quy định số 08-QĐi/TW", "Quy định", "08-QĐ/TW", ""),
        ("Kế hoạch số 91-KH/TXU", "Kế hoạch", "91-KH/TXU", "Thị ủy"),
        ("Chương trình hành động số 7-CTR/TU", "Chương trình hành động", "07-CTr/TU", ""),
        ("Nghị định số 61/2018/NĐ-CP", "Nghị định", "61/2018/NĐ-CP", "Chính phủ"),
        ("Nghị định 97/2019", "Nghị định", "97/2019", "Chính phủ"),
        ("Quyết định 1980/qđ-ttg", "Quyết định", "1980/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Thông tư 40/2014/TT-BTC", "Thông tư", "40/2014/TT-BTC", "Bộ Tài chính"),
        ("Luật số 12/2017/QH14", "Luật", "12/2017/QH14", "Quốc hội"),
        ("Nghị quyết 30a/2008/NQ-CP", "Nghị quyết", "30a/2008/NQ-CP", "Chính phủ"),
        ("Nghị quyết số 15/2016/NQ-HĐND", "Nghị quyết", "15/2016/NQ-HĐND", "Hội đồng nhân dân"),
        ("Công văn số 1234/UBND-KT", "Công văn", "1234/UBND-KT", "Ủy ban nhân dân"),
        ("Hướng dẫn số 27-HD/BTCTW", "Hướng dẫn", "27-HD/BTCTW", ""),
        ("NQ số 03-NQ/TU", "Nghị quyết", "03-NQ/TU", ""),
        ("Nghị quyết 04/NQ-TU", "Nghị quyết", "04-NQ/TU", ""),
    ],
)
def test_numbers_are_given_in_one_spelling(mention, kind, number, issuer):
    reference = only(f"Các chi bộ thực hiện {mention} nghiêm túc.")
    assert (reference.kind, reference.number, reference.issuer) == (kind, number, issuer)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("ngày 09/3/2017", "2017-03-09"),
        (", ngày 09-03-2017", "2017-03-09"),
        ("ngày 9 tháng 3 năm 2017", "2017-03-09"),
        ("năm 2017", "2017"),
        ("ngày 41/3/2017", ""),
    ],
)
def test_dates_are_iso(written, date):
    assert only(f"Thực hiện Chỉ thị số 61-CT/TW{' ' + written}, thị xã.").date == date


@pytest.mark.parametrize(
    ("written", "issuer"),
    [
        ("của BTV Tỉnh uỷ", "Ban Thường vụ Tỉnh ủy"),
        ("của Ban Bí thư Trung ương Đảng", "Ban Bí thư"),
        ("của BCH Trung ương", "Ban Chấp hành Trung ương"),
        ("của UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("của Thủ tướng", "Thủ tướng Chính phủ"),
    ],
)
def test_issuers_are_given_in_one_spelling(written, issuer):
    assert only(f"Thực hiện Chỉ thị số 61 {written} trong năm.").issuer == issuer


def test_the_subject_of_the_next_clause_is_no_second_issuer():
    reference = only("Theo Chỉ thị số 61-CT/TW của Bộ Chính trị, Ban Thường vụ Thị ủy xây dựng.")
    assert reference.issuer == "Bộ Chính trị"


# --- several documents in one mention


def test_a_list_shares_kind_date_and_span():
    first, second = found_in("Thực hiện các nghị quyết số 71-NQ/TW và 72-NQ/TW ngày 25/10/2017.")
    assert (first.number, second.number) == ("71-NQ/TW", "72-NQ/TW")
    assert first.date == second.date == "2017-10-25"
    assert first.span == second.span


def test_a_list_writes_the_code_once():
    numbers = [r.number for r in found_in("Theo Quyết định số 317, 318-QĐ/TW của Bộ Chính trị.")]
    assert numbers == ["317-QĐ/TW", "318-QĐ/TW"]


def test_short_numbers_make_a_list_too():
    references = found_in("Thực hiện tốt Quyết định 317, 318 của Bộ Chính trị; hàng quý họp.")
    assert [r.number for r in references] == ["317", "318"]
    assert {r.issuer for r in references} == {"Bộ Chính trị"}


def test_a_pair_tells_its_date_once():
    line = "Theo Nghị quyết số 71-NQ/TW và Nghị quyết số 72-NQ/TW, ngày 25/10/2017 của Trung ương."
    assert {r.date for r in found_in(line)} == {"2017-10-25"}


def test_each_number_keeps_its_own_date():
    line = "Chỉ thị số 71-CT/TW ngày 01/02/2017 và 72-CT/TW ngày 03/04/2018 được quán triệt."
    assert [r.date for r in found_in(line)] == ["2017-02-01", "2018-04-03"]


def test_a_document_can_be_about_another():
    line = "Kế hoạch số 91-KH/TXU, ngày 22/3/2019 của Thị ủy về thực hiện Chỉ thị số 61-CT/TW."
    assert [r.number for r in found_in(line)] == ["91-KH/TXU", "61-CT/TW"]


# --- named without a number


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Nghị quyết Trung ương 9 (khóa XI)", ["nq:hoi-nghi-9:tw:xi"]),
        ("Nghị quyết Trung ương 9 khoá XI", ["nq:hoi-nghi-9:tw:xi"]),
        ("NQTW 9 khóa XI", ["nq:hoi-nghi-9:tw:xi"]),
        (
            "Nghị quyết Hội nghị lần thứ chín Ban Chấp hành Trung ương Đảng (khóa XI, XII)",
            ["nq:hoi-nghi-9:tw:xi", "nq:hoi-nghi-9:tw:xii"],
        ),
        ("Nghị quyết Trung ương 5, 6 khóa XII", ["nq:hoi-nghi-5:tw:xii", "nq:hoi-nghi-6:tw:xii"]),
        ("Nghị quyết Đại hội XII của Đảng", ["nq:dai-hoi-12:tw:"]),
        ("văn kiện Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", ["vk:dai-hoi-13:tw:"]),
        ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ X", ["nq:dai-hoi-10:tu@tinh-hau-thuy:"]),
        ("Nghị quyết Đại hội lần thứ II", ["nq:dai-hoi-2:cu@thi-xa-con-say:"]),
        ("NGHỊ QUYẾT ĐẠI HỘI ĐẢNG BỘ THỊ XÃ LẦN THỨ II", ["nq:dai-hoi-2:cu@thi-xa-con-say:"]),
        ("Luật Thủy lợi năm 2017", ["luat:thuy-loi::2017"]),
        ("Luật Phòng, chống thiên tai", ["luat:phong-chong-thien-tai::"]),
        ("Bộ luật Lao động năm 2019", ["luat:bo-luat-lao-dong::2019"]),
        ("Hiến pháp năm 2013", ["hp:hien-phap::2013"]),
        ("Pháp lệnh dân chủ ở cơ sở", ["pl:dan-chu-o-co-so::"]),
    ],
)
def test_meetings_and_laws_are_named_without_a_number(line, keys):
    assert [r.key for r in found_in(f"Quán triệt {line}, các chi bộ đã học tập.")] == keys


def test_what_is_told_by_its_subject_is_found_with_it():
    line = "ban hành Nghị quyết chuyên đề về phát triển nghề cá đến năm 2030. Bà con ra khơi."
    assert spans(line) == ["Nghị quyết chuyên đề về phát triển nghề cá đến năm 2030"]


@pytest.mark.parametrize(
    "line",
    [
        "Học tập nghị quyết của Đảng, chính sách, pháp luật của Nhà nước năm 2019.",
        "Thực hiện Nghị quyết Đại hội đạt kết quả; xây dựng kế hoạch năm 2020.",
        "Giảm còn 5,6% (Nghị quyết 7%), vượt Nghị quyết 1,5 điểm; chỉ tiêu NQ 95%.",
        "Theo kế hoạch 21 cuộc; Kế hoạch 3.500 tỷ đồng; quyết định 12 trường hợp.",
        "Thi hành kỷ luật 05 đảng viên; Kỷ luật 12 đồng chí; Hội Luật gia, Đại học Luật Hà Nội.",
        "Kết luận về tiêu chuẩn chính trị cho 26 đồng chí; kết luận 23 trường hợp.",
        "Các chương trình, dự án giai đoạn 2016 - 2020; Quyết định chỉ định 62 đồng chí.",
        "Đại hội đại biểu Đảng bộ thị xã lần thứ III diễn ra trong năm 2020.",
    ],
)
def test_words_without_number_or_name_are_no_mention(line):
    assert spans(line) == []


# --- text as it comes


def test_a_line_break_inside_a_mention_does_not_end_it():
    text = built("Theo Chỉ thị số 61-CT/TW,", "ngày 09/3/2017 của Ban Bí thư.").text
    assert "\n" in text
    assert spans("Theo Chỉ thị số 61-CT/TW,", "ngày 09/3/2017 của Ban Bí thư.") == [
        "Chỉ thị số 61-CT/TW,\nngày 09/3/2017 của Ban Bí thư"
    ]


def test_a_name_does_not_run_into_the_next_line():
    assert spans("Qua thực hiện Nghị quyết Đại hội II Đảng bộ Thị xã", "Một là, đoàn kết.") == [
        "Nghị quyết Đại hội II Đảng bộ Thị xã"
    ]


def test_full_numbers_are_found_without_their_kind():
    references = found_in("Các văn bản: 02-NQ/TXU, 03-NQ/TXU về khuyến nông.")
    assert [(r.kind, r.number) for r in references] == [
        ("Nghị quyết", "02-NQ/TXU"),
        ("Nghị quyết", "03-NQ/TXU"),
    ]


def test_blanks_without_end_cost_nothing():
    line = ("Nghị quyết số" + " " * 20_000 + "Chỉ thị" + "( " * 5000) * 4
    begin = time.perf_counter()
    find_references(built(line))
    assert time.perf_counter() - begin < 2


# --- keys


def test_all_spellings_in_a_report_have_one_key():
    keys = {
        r.key
        for r in found_in(
            "Theo Chỉ thị số 65-CT/TW ngày 15/5/2016 về học tập.",
            "Thực hiện Chỉ thị 65 của Bộ Chính trị (khóa XII).",
            "Sơ kết thực hiện Chỉ thị 65, các cấp đã khen thưởng.",
            "Học tập theo 65 - CT/TW.",
        )
    }
    assert keys == {"ct:65:tw:xii"}


def test_the_same_number_of_two_terms_is_two_documents():
    keys = {
        r.key
        for r in found_in(
            "Nghị quyết số 26-NQ/TW ngày 05/8/2008 về nông thôn.",
            "Nghị quyết số 26-NQ/TW ngày 19/5/2018 về cán bộ.",
        )
    }
    assert keys == {"nq:26:tw:x", "nq:26:tw:xii"}


def test_documents_of_two_places_do_not_meet():
    line = (
        "Theo Kế hoạch số 91-KH/TXU, 92-KH/TU, Nghị quyết số 93/NQ-HĐND và Quyết định 94/QĐ-UBND."
    )
    here = {r.key for r in found_in(line)}
    other = Metadata(place="huyện Bãi Vàng", province="tỉnh Bình Lĩnh")
    there = {r.key for r in found_in(line, metadata=other)}
    assert len(here) == len(there) == 4
    assert not here & there


def test_documents_of_the_centre_meet_everywhere():
    line = "Theo Nghị định 61/2018/NĐ-CP và Chỉ thị số 61-CT/TW ngày 09/3/2017."
    other = Metadata(place="huyện Bãi Vàng", province="tỉnh Bình Lĩnh")
    assert [r.key for r in found_in(line)] == [r.key for r in found_in(line, metadata=other)]


def test_the_issuer_decides_over_a_wrong_suffix():
    line = "Nghị quyết số 72-NQ/TU, ngày 25/10/2017 của Ban Chấp hành Trung ương (khóa XII)."
    assert only(line).key == "nq:72:tw:xii"


# --- whole reports


def test_every_reference_stands_in_its_passage(sample_documents):
    for document in sample_documents.values():
        references = find_references(document)
        assert references
        passages = {passage.id: passage for passage in document.passages}
        for reference in references:
            assert passages[reference.passage_id].span.start <= reference.span.start
            assert reference.span.start < passages[reference.passage_id].span.end
            assert reference.span.end <= len(document.text)
        assert list(references) == sorted(references, key=lambda r: r.span.start)


def test_a_sample_names_what_was_counted_by_hand(sample_documents):
    numbers = [r.number for r in find_references(sample_documents["vam-say-2015-2020.txt"])]
    assert len(numbers) == 22
    assert {"800/QĐ-TTg", "21-KH/TXU", "40-CT/TW", "218-QĐ/TW"} <= set(numbers)


def test_a_real_report_is_read_in_a_fraction_of_a_second(seed_documents):
    for document in seed_documents.values():
        begin = time.perf_counter()
        references = find_references(document)
        assert time.perf_counter() - begin < 0.2
        assert len(references) > 25


def test_a_report_without_mentions_has_none():
    assert find_references(built(PROSE)) == ()


def test_a_congress_is_the_party_s_where_a_report_does_not_tell_its_own():
    line = "Thực hiện Nghị quyết Đại hội XIII, các xã bãi ngang trồng thêm rừng ngập mặn."
    keys = [reference.key for reference in found_in(line, metadata=Metadata())]
    assert keys == ["nq:dai-hoi-13:tw:"]
