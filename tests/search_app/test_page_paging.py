from __future__ import annotations

import pytest

from search_app.page_paging import pages_by_number


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 0, ()),
        (1, 1, (1,)),
        (1, 5, (1, 2, None, 5)),
        (3, 5, (1, 2, 3, 4, 5)),
        (4, 7, (1, 2, 3, 4, 5, 6, 7)),
        (5, 9, (1, None, 4, 5, 6, None, 9)),
        (9, 9, (1, None, 8, 9)),
    ],
)
def test_first_last_and_near_pages_are_offered(page, pages, shown):
    assert pages_by_number(page, pages) == shown
