"""What a question gives: numbers of documents, figures."""

import pytest

from indexer.models import Document
from search_app.answering.given import is_document, stated_figures

HEAD = (
    "UBND XÃ BÃI SẬY\nSố: 012/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc mở chợ\nCăn cứ Quyết định số 7/QĐ-TTg;"
)


@pytest.mark.parametrize(
    ("number", "is_it"), [("12/QĐ-UBND", True), ("2/QĐ-UBND", False), ("7/QĐ-TTG", False)]
)
def test_a_document_is_known_by_the_number_of_its_own_head(number, is_it):
    assert is_document(Document("a", "a.txt", "b", HEAD), [number]) is is_it


def test_only_figures_with_units_are_stated():
    assert stated_figures("thu tiền đất 97,4 tỷ đồng năm 2023") == ("97,4",)
    assert stated_figures("kế hoạch năm 2023") == ()
