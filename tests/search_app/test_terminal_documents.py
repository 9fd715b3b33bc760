from __future__ import annotations

from search_app.terminal_documents import document_lines, stats_lines, summary_lines


def test_an_empty_list_of_documents_says_what_to_do():
    assert "vankien index" in "\n".join(summary_lines(()))


def test_a_report_is_shown_with_what_is_known_of_it(sample_library):
    from search_app.related import related

    summary = sample_library.catalogue.documents()[0]
    document = sample_library.document(summary.id)
    lines = list(document_lines(document, related(sample_library, summary.id)))
    assert f"Mã: {document.id}" in lines
    assert f"Tệp: {document.source}" in lines
    assert lines[-1] == document.text


def test_totals_say_how_notes_were_tied():
    content = {
        "documents": 2,
        "sections": 3,
        "passages": 5,
        "findable": 4,
        "tables": 0,
        "footnotes": {"marked": 1, "aligned": 2, "nested": 0, "unresolved": 3},
        "places": [],
        "terms": ["2020-2025"],
    }
    told = "\n".join(stats_lines(content))
    assert "1 theo dấu, 2 theo thứ tự, 0 lồng nhau, 3 chưa rõ" in told
    assert "Địa phương:  chưa rõ" in told
