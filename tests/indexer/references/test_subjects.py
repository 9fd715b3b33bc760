from __future__ import annotations

import pytest

from indexer.references.subjects import read_subject


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (" về phát triển nghề muối; các xã", "phát triển nghề muối"),
        (" về việc bảo vệ đê biển.", "bảo vệ đê biển"),
        (" về nghề cá, nghề muối và nghề rừng được mở", "nghề cá, nghề muối và nghề rừng"),
        (" về nghề muối đến 2030, tầm nhìn 2045.", "nghề muối đến 2030, tầm nhìn 2045"),
        (" về nghề muối, diêm dân từng bước được hỗ trợ", "nghề muối"),
        (" về nghề muối và các kế hoạch của Thị ủy", "nghề muối"),
        (" “Về nâng cao đời sống diêm dân”; ngư dân", "nâng cao đời sống diêm dân"),
        (" “Một số vấn đề cấp bách của nghề muối”, các xã", "Một số vấn đề cấp bách của nghề muối"),
        (" về “khuyến ngư” và", "khuyến ngư"),
    ],
)  # fmt: skip
def test_the_subject_ends_with_its_clause(line, subject):
    span = read_subject(line, 0)
    assert span is not None
    assert span.of(line) == subject


@pytest.mark.parametrize("line", ["", ", các xã", " được quán triệt", " về", " về ."])
def test_without_words_there_is_no_subject(line):
    assert read_subject(line, 0) is None
