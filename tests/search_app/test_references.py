"""The documents that several invented reports name, and asking for one of them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from indexer.errors import QueryTooLong
from indexer.models import Document, Metadata
from indexer.readers.text_reader import read_text
from indexer.references.extract import find_references
from indexer.structure import build_document
from search_app.reference_wanted import read_wanted
from search_app.references import list_references, references_of
from search_app.serialise_references import references_json
from search_app.terminal_references import references_lines

CON_SAY = Metadata(place="thị xã Cồn Sậy", province="tỉnh Hậu Thủy", congress="III")
BAI_VANG = Metadata(place="huyện Bãi Vàng", province="tỉnh Bình Lĩnh", congress="XX")
FIRST = (
    "I- KẾT QUẢ\n"
    "Thực hiện Chỉ thị 65 của Bộ Chính trị (khóa XII), các chi bộ đều học tập. Bà con ra khơi.\n"
    "Sơ kết Nghị quyết số 82-NQ/TW[footnoteRef:1]. [1: Theo Kế hoạch số 91-KH/TXU.]\n"
    "Hợp tác xã hoạt động theo Luật Thủy lợi năm 2017.\n"
)
SECOND = (
    "I- KẾT QUẢ\n"
    "Chỉ thị số 65-CT/TW ngày 15/5/2016 về học tập và làm theo được triển khai.\n"
    "Nghị quyết số 82-NQ/TW ngày 30/01/2018 về nâng cao đời sống diêm dân; Kế hoạch 91-KH/TXU.\n"
    "Quán triệt Nghị quyết Trung ương 9 (khóa XI, XII).\n"
)


def report(text: str, metadata: Metadata, number: int) -> Document:
    document = build_document(read_text(text), f"{number}.txt", f"{number}" * 64)
    document = replace(document, metadata=metadata)
    return replace(document, references=find_references(document))


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    return [report(FIRST, CON_SAY, 1), report(SECOND, BAI_VANG, 2)]


def names(reports, text="", kinds=()):
    return [cited.name for cited in references_of(reports, text, kinds).cited]


def test_spellings_of_one_document_meet_over_reports(reports):
    found = references_of(reports, "Chỉ thị 65")
    assert found.total == 1
    cited = found.cited[0]
    assert (cited.number, cited.issuer, cited.date) == ("65-CT/TW", "Bộ Chính trị", "2016-05-15")
    assert cited.session == "XII"
    assert cited.subject == "học tập và làm theo"
    assert (len(cited.mentions), cited.documents) == (2, 2)


def test_a_mention_without_term_meets_the_only_document_it_can_mean(reports):
    cited = references_of(reports, "82").cited[0]
    assert (cited.documents, cited.date) == (2, "2018-01-30")


def test_plans_of_two_places_stay_apart(reports):
    assert [c.documents for c in references_of(reports, "91-KH/TXU").cited] == [1, 1]


def test_a_mention_is_cited_by_its_sentence(reports):
    mention = references_of(reports, "65").cited[0].mentions[0]
    assert mention.text == "Chỉ thị 65 của Bộ Chính trị (khóa XII)"
    assert mention.citation.quote == (
        "Thực hiện Chỉ thị 65 của Bộ Chính trị (khóa XII), các chi bộ đều học tập."
    )
    assert mention.citation.text.startswith("Đảng bộ thị xã Cồn Sậy")


def test_a_mention_in_a_note_brings_the_sentence_that_calls_it(reports):
    plan = references_of(reports[:1], "91").cited[0]
    anchors = plan.mentions[0].citation.anchors
    assert [a.span.of(reports[0].text) for a in anchors] == ["Sơ kết Nghị quyết số 82-NQ/TW."]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("82-NQ/TW", ["Nghị quyết 82-NQ/TW"]),
        ("nghị quyết 82", ["Nghị quyết 82-NQ/TW"]),
        ("nghi quyet so 82", ["Nghị quyết 82-NQ/TW"]),
        ("NQ 82", ["Nghị quyết 82-NQ/TW"]),
        ("nq82-nq/tw", ["Nghị quyết 82-NQ/TW"]),
        ("82/NQ-TW", ["Nghị quyết 82-NQ/TW"]),
        ("nghị quyết 82 năm 2018", ["Nghị quyết 82-NQ/TW"]),
        ("nghị quyết 82 năm 2011", []),
        ("chỉ thị 82", []),
        ("82-NQ/TU", []),
        ("ct 65 khóa 12", ["Chỉ thị 65-CT/TW"]),
        ("ct 65 khóa XI", []),
        ("ngày 15/5/2016", ["Chỉ thị 65-CT/TW"]),
        ("luật thủy lợi", ["Luật Thủy lợi năm 2017"]),
        ("Luat Thuy loi 2017", ["Luật Thủy lợi năm 2017"]),
        ("diêm dân", ["Nghị quyết 82-NQ/TW"]),
        (
            "trung ương 9",
            ["Nghị quyết Trung ương 9 (khóa XI)", "Nghị quyết Trung ương 9 (khóa XII)"],
        ),
        ("nghị quyết trung ương 9 khóa XI", ["Nghị quyết Trung ương 9 (khóa XI)"]),
        ("?!", []),
    ],
)
def test_what_is_typed_finds_what_it_names(reports, typed, expected):
    assert names(reports, typed) == expected


def test_a_kind_narrows_the_list_and_all_kinds_stay_counted(reports):
    found = references_of(reports, kinds=["Luật"])
    assert [cited.kind for cited in found.cited] == ["Luật"]
    assert dict(found.kinds)["Nghị quyết"] == 3


def test_the_most_often_named_come_first(reports):
    counts = [len(cited.mentions) for cited in references_of(reports).cited]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 2


def test_nothing_found_says_what_was_searched(reports):
    found = references_of(reports, "99-XX/YY")
    assert found.total == 0
    assert "“99-XX/YY”" in found.message
    assert "7 văn bản được dẫn ở 2 báo cáo" in found.message


def test_reports_that_name_nothing_say_so():
    found = references_of([report("I- KẾT QUẢ\nBà con ra khơi đều đặn.", CON_SAY, 3)])
    assert found.message == "1 báo cáo đã đọc không dẫn văn bản nào."


def test_json_follows_the_interface(reports):
    content = references_json(references_of(reports, "65"))
    assert set(content) == {"references", "total", "limit", "offset", "message"}
    assert (content["total"], content["message"]) == (1, None)
    one = content["references"][0]
    assert {key: one[key] for key in ("kind", "number", "session", "documents")} == {
        "kind": "Chỉ thị",
        "number": "65-CT/TW",
        "session": "XII",
        "documents": 2,
    }
    mention = one["mentions"][0]
    assert mention["text"] in mention["citation"]["quote"]
    assert mention["citation"]["url"].startswith("/documents/")


def test_a_page_of_the_json_is_some_of_all_in_their_order(reports):
    found = references_of(reports)
    whole = references_json(found)
    assert (whole["total"], whole["limit"], whole["offset"]) == (len(whole["references"]),) * 2 + (
        0,
    )
    page = references_json(found, 2, 1)
    assert page["references"] == whole["references"][1:3]
    assert (page["total"], page["limit"], page["offset"]) == (whole["total"], 2, 1)
    assert references_json(found, 0)["references"] == []
    assert references_json(found, 5, 10**6)["references"] == []


def test_the_library_lists_what_was_found_when_it_was_indexed(sample_library):
    found = list_references(sample_library)
    assert found.total > 30
    assert list_references(sample_library, "36-CT/TW").cited[0].issuer == "Bộ Chính trị"


def test_a_congress_is_named_with_its_place(sample_library):
    found = list_references(sample_library, "đại hội XIX")
    assert [c.name for c in found.cited] == [
        "Nghị quyết Đại hội lần thứ XIX Đảng bộ thị xã Khe Vối"
    ]


@pytest.mark.parametrize("text", ["", "  ", "—", "về của"])
def test_a_text_that_names_nothing_wants_nothing(text):
    assert read_wanted(text) is None


def told(conflict):
    return [(one.value, len(one.mentions)) for one in conflict.versions]


def lines_of(*lines: str) -> list[Document]:
    return [report(f"I- KẾT QUẢ\n{line}\n", CON_SAY, at) for at, line in enumerate(lines, start=1)]


def test_where_mentions_disagree_the_most_frequent_is_shown_and_all_are_told():
    documents = lines_of(
        "Theo Nghị quyết số 82-NQ/TW ngày 12/01/2018 của Bộ Chính trị khóa XII.",
        "Theo Nghị quyết số 82-NQ/TW ngày 30/01/2018 của Ban Bí thư khóa XII.",
        "Theo Nghị quyết số 82-NQ/TW ngày 30/01/2018 của Bộ Chính trị khóa XII.",
    )
    cited = references_of(documents, "82-NQ/TW").cited[0]
    assert (cited.date, cited.issuer) == ("2018-01-30", "Bộ Chính trị")
    assert [one.field for one in cited.conflicts] == ["date", "issuer"]
    assert told(cited.conflicts[0]) == [("2018-01-30", 2), ("2018-01-12", 1)]
    assert told(cited.conflicts[1]) == [("Bộ Chính trị", 2), ("Ban Bí thư", 1)]


def test_a_year_counts_for_every_day_of_it_and_contradicts_none():
    documents = lines_of(
        "Theo Nghị quyết số 82-NQ/TW năm 2018 của Bộ Chính trị khóa XII.",
        "Theo Nghị quyết số 82-NQ/TW ngày 30/01/2018 của Bộ Chính trị khóa XII.",
    )
    cited = references_of(documents, "82-NQ/TW").cited[0]
    assert (cited.date, cited.conflicts) == ("2018-01-30", ())


def test_conflicts_are_told_on_the_terminal_and_in_json():
    documents = lines_of(
        "Theo Nghị quyết số 82-NQ/TW ngày 12/01/2018 của Bộ Chính trị khóa XII.",
        "Theo Nghị quyết số 82-NQ/TW ngày 30/01/2018 của Bộ Chính trị khóa XII.",
    )
    found = references_of(documents, "82-NQ/TW")
    text = " ".join(" ".join(references_lines(found)).split())
    assert "ghi khác nhau về ngày ban hành: 12/01/2018 (Đảng bộ thị xã Cồn Sậy, mục I);" in text
    (conflict,) = references_json(found)["references"][0]["conflicts"]
    assert conflict["field"] == "date"
    assert [one["value"] for one in conflict["values"]] == ["2018-01-12", "2018-01-30"]
    assert "12/01/2018" in conflict["values"][0]["citations"][0]["quote"]


def test_without_disagreement_there_is_no_conflict(reports):
    assert references_json(references_of(reports, "65"))["references"][0]["conflicts"] == []


def test_a_text_over_the_limit_is_refused_before_it_is_read(sample_library):
    with pytest.raises(QueryTooLong, match="80000"):
        list_references(sample_library, "đại hội " * 10_000)


def test_what_is_looked_for_is_read_in_linear_time():
    began = time.perf_counter()
    read_wanted("đại hội " * 20_000)
    assert time.perf_counter() - began < 5
