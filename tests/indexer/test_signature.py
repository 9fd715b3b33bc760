"""Who a document is signed for, and who signs it."""

from __future__ import annotations

import pytest

from indexer.signature import signed_for, signer_of

COMMITTEE = ("T/M BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN CỒN MÂY BÍ THƯ Nguyễn Văn Nghêu",)
COUNCIL = ("TM. ỦY BAN NHÂN DÂN XÃ BÃI SẬY", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Ốc")
TWO_COLUMNS = ("Nơi nhận:\tTM. ỦY BAN NHÂN DÂN", "- Lưu VT.\tCHỦ TỊCH", "Trần Thị Sò")
MINISTER = ("KT. BỘ TRƯỞNG", "Lê Văn Cua")


@pytest.mark.parametrize(
    ("closing", "name", "place"),
    [
        (COMMITTEE, "Ban Chấp hành Đảng bộ huyện Cồn Mây", "huyện Cồn Mây"),
        (COUNCIL, "Ủy ban nhân dân xã Bãi Sậy", "xã Bãi Sậy"),
        (TWO_COLUMNS, "Ủy ban nhân dân", ""),
    ],
)
def test_the_body_that_a_document_is_signed_for(closing, name, place):
    body = signed_for(closing)
    assert body is not None
    assert (body.name, body.place) == (name, place)


def test_who_signs_for_nobody_speaks_for_no_body():
    assert signed_for(MINISTER) is None and signed_for(()) is None


@pytest.mark.parametrize(
    ("closing", "name"),
    [(COMMITTEE, "Nguyễn Văn Nghêu"), (COUNCIL, "Lê Thị Ốc"), (TWO_COLUMNS, "Trần Thị Sò")],
)
def test_the_name_under_a_signature(closing, name):
    assert signer_of(closing) == name
    assert signer_of(closing[:0]) == ""
