"""Documents that would be cited the same."""

from dataclasses import replace

from indexer.models import Document, Metadata
from search_app.tell_apart import tell_apart

PLAN = Metadata(title="KẾ HOẠCH Giảm nghèo", issuer="UBND xã Bãi Sậy", date="2024-01-02")
ONE = Document("a", "x/a.txt", "0", "KẾ HOẠCH", PLAN)


def test_documents_that_differ_need_no_mark():
    other = replace(ONE, id="b", metadata=replace(PLAN, date="2023-01-02"))
    assert tell_apart([ONE, ONE, other]) == {}


def test_the_date_in_full_then_the_draft_then_the_file_tells_apart():
    dated = replace(ONE, id="b", metadata=replace(PLAN, date="2024-02-03"))
    assert tell_apart([ONE, dated]) == {"a": "ngày 02/01/2024", "b": "ngày 03/02/2024"}
    drafts = [
        replace(ONE, id=number, metadata=replace(PLAN, draft=number)) for number in ("1", "2")
    ]
    assert tell_apart(drafts) == {"1": "dự thảo lần 1", "2": "dự thảo lần 2"}
    assert tell_apart([ONE, replace(ONE, id="b", source="y/b.txt")]) == {"a": "a.txt", "b": "b.txt"}
