from __future__ import annotations

import pytest

from indexer.models import Metadata
from indexer.references.keys import series_of, session_of, settle


@pytest.mark.parametrize(
    ("date", "session"),
    [
        ("2016-01-27", "XI"),
        ("2016-01-28", "XII"),
        ("2008-01-30", "X"),
        ("2016", ""),
        ("2018", "XII"),
        ("1950-01-01", ""),
        ("", ""),
    ],
)
def test_a_date_lies_in_the_term_of_a_congress(date, session):
    assert session_of(date) == session


def test_a_short_key_takes_the_only_fuller_one():
    meant = settle(["ct:5::", "ct:5:tw:", "ct:5:tw:xii", "ct:6::"])
    assert meant == {
        "ct:5::": "ct:5:tw:xii",
        "ct:5:tw:": "ct:5:tw:xii",
        "ct:5:tw:xii": "ct:5:tw:xii",
        "ct:6::": "ct:6::",
    }


def test_a_key_that_can_mean_two_documents_stays():
    assert settle(["nq:26:tw:", "nq:26:tw:x", "nq:26:tw:xii"])["nq:26:tw:"] == "nq:26:tw:"


def test_series_of_places_bear_their_name():
    metadata = Metadata(place="thị xã Cồn Sậy", province="tỉnh Hậu Thủy")
    assert series_of("TU", "", metadata) == "tu@tinh-hau-thuy"
    assert series_of("ThU", "", metadata) == series_of("TXU", "", metadata)
    assert series_of("", "Hội đồng nhân dân tỉnh", metadata) == "hdnd@tinh-hau-thuy"
    assert series_of("TW", "", metadata) == "tw"
    assert series_of("BTC", "", metadata) == "btc"
    assert series_of("TU", "Ban Thường vụ Thị ủy", metadata) == "cu@thi-xa-con-say"
