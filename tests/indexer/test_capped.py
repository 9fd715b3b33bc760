from __future__ import annotations

from dataclasses import replace

from indexer.capped import MAX_OF_A_KIND, capped
from indexer.finish import finish
from indexer.indicators import load_indicators
from tests.factories.documents import make_document


def test_thousands_of_one_kind_are_ten_and_a_count():
    told = capped([f"Ô B{row}: công thức không có giá trị." for row in range(5_000)])
    assert len(told) == MAX_OF_A_KIND
    assert told[-1] == "Ô B9: công thức không có giá trị. Và 4.990 chỗ nữa như vậy."


def test_kinds_are_told_apart_and_keep_their_order():
    mixed = [f"Trang {n}: mờ." if n % 2 else f"Chữ “{n}” lạ." for n in range(40)]
    told = capped(["Tệp có macro.", *mixed])
    assert told[:3] == ("Tệp có macro.", "Chữ “0” lạ.", "Trang 1: mờ.")
    assert len(told) == 21 and sum("Và 10 chỗ nữa" in each for each in told) == 2


def test_few_warnings_stay_as_they_are():
    few = tuple(f"Trang {number}: mờ." for number in range(MAX_OF_A_KIND))
    assert capped(few) == few


def test_the_warnings_of_every_document_are_capped():
    document = replace(make_document(), warnings=("Chỗ hỏng.",) * 50_000)
    assert len(finish(document, {}, load_indicators()).warnings) == MAX_OF_A_KIND
