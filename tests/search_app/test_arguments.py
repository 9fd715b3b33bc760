"""The values of an address, bounded."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from indexer.errors import UsageError
from search_app.arguments import checked_values, page_number, values_of


def test_a_value_too_many_is_refused_where_leaving_it_out_would_change_the_result():
    many = MultiDict([("place", f"xã {number}") for number in range(51)])
    assert len(values_of(many, "place")) == 50
    with pytest.raises(UsageError, match="nhiều nhất là 50"):
        checked_values(many, "place")
    assert checked_values(MultiDict([("place", "xã A")] * 500), "place") == ("xã A",)


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "²", "9" * 5_000])
def test_what_is_no_page_is_the_first(value):
    assert page_number({"page": value}) == 1
