from __future__ import annotations

import io

from indexer.reports import FileReport, IndexReport, Samples, told_of
from search_app import terminal_ingestion as terminal
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact, with_facts


class Screen(io.StringIO):
    def __init__(self, *, tty: bool) -> None:
        super().__init__()
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


def test_progress_is_drawn_only_on_a_terminal(monkeypatch):
    for tty in (True, False):
        screen = Screen(tty=tty)
        monkeypatch.setattr("sys.stderr", screen)
        with terminal.progress(shown=True) as draw:
            assert (draw is not None) == tty
            if draw:
                draw("read", 1, 2, "a.txt")
                assert "1/2 a.txt" in screen.getvalue()


def test_progress_tells_the_pace_and_the_time_left_of_each_stage(monkeypatch):
    times = iter([0.0, 0.5, 20.0, 100.0, 104.0])
    monkeypatch.setattr("search_app.terminal_ingestion.perf_counter", lambda: next(times))
    screen = Screen(tty=True)
    monkeypatch.setattr("sys.stderr", screen)
    with terminal.progress(shown=True) as draw:
        draw("read", 1, 100, "a.txt")
        assert "1/100 a.txt" in screen.getvalue()
        draw("read", 20, 100, "b.txt")
        assert "20/100, 1,0 tệp/giây, còn 1:20 b.txt" in screen.getvalue()
        draw("read", 100, 100, "c.txt")
        draw("index", 8, 10, "d.txt")
        assert "8/10, 2,0 tệp/giây, còn 0:01 d.txt" in screen.getvalue()


def test_no_progress_when_a_program_listens(monkeypatch):
    monkeypatch.setattr("sys.stderr", Screen(tty=True))
    with terminal.progress(shown=False) as draw:
        assert draw is None


def test_every_file_gets_a_line_and_errors_are_shown():
    report = IndexReport(
        (
            FileReport("a.txt", "added", told_of(make_document())),
            FileReport("b.txt", "failed", error="Không đọc được `b.txt`: tệp trống."),
            FileReport("c.txt", "removed"),
        ),
        ("README.md",),
        1,
        10,
        0.5,
    )
    text = "\n".join(terminal.report_lines(report))
    assert "mới  a.txt:" in text
    assert "tệp trống" in text
    assert "đã bỏ  c.txt" in text
    assert "bỏ qua  README.md" in text
    assert "2 tệp (1 đã đọc + 0 không đổi + 1 lỗi + 0 chưa đọc được), 1 báo cáo" in text
    # The one that was not read, and the one with a note whose place is not known.
    assert "2 tệp có vấn đề" in text


def test_the_line_of_a_file_says_how_many_facts_and_references_it_has():
    document = make_document()
    document = with_facts(document, make_fact(document), make_fact(document, "12%"))
    for found, says in ((document, True), (make_document(), False)):
        report = IndexReport((FileReport("a.txt", "added", told_of(found)),), (), 1, 10, 0.5)
        line = next(terminal.report_lines(report))
        assert (", 2 số liệu, 1 chỗ dẫn văn bản" in line) is says


def test_the_number_of_reports_is_explained_where_it_is_not_that_of_the_files():
    read = told_of(make_document())
    files = tuple(
        FileReport(name, status, read, document_id)
        for name, status, document_id in (
            ("a.txt", "added", "1"),
            ("bản sao/a.txt", "added", "1"),
            ("b.txt", "unchanged", "2"),
        )
    )
    report = IndexReport(files, (), 6, 10, 0.5)
    *_, last = terminal.report_lines(report)
    assert "6 báo cáo (= 3 tệp đọc được − 1 tệp trùng nội dung + 4 báo cáo có từ trước)," in last
    *_, last = terminal.report_lines(IndexReport(files[1:], (), 2, 10, 0.5))
    assert " 2 báo cáo, " in last


def test_sample_reports_that_are_left_are_told_with_the_command_that_drops_them():
    report = IndexReport((), (), 9, 10, 0.5, samples=Samples(4, ("/kho/mẫu",)))
    told = "\n".join(terminal.report_lines(report))
    assert "4 báo cáo mẫu vẫn còn trong thư viện; bỏ bằng: vankien forget '/kho/mẫu'" in told
    assert "báo cáo mẫu" not in "\n".join(terminal.report_lines(IndexReport((), (), 9, 10, 0.5)))
