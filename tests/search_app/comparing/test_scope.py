"""Which part of the whole a value speaks of."""

from __future__ import annotations

import pytest

from search_app.comparing.scope import scope_of
from tests.factories.stated import fact

WORDINGS = ("số hội viên mới kết nạp", "kết nạp hội viên")


@pytest.mark.parametrize(
    "name",
    [
        "kết nạp hội viên mới",
        "trong năm năm kết nạp",
        "kết nạp hội viên mới trong 5 năm",
        "toàn thị xã đã kết nạp hội viên",
    ],
)
def test_time_and_place_words_leave_the_whole(name):
    assert scope_of(fact("5", name=name, unit="hội viên"), WORDINGS) == frozenset()


@pytest.mark.parametrize(
    "name", ["kết nạp hội viên nữ", "kết nạp hội viên ở nông thôn", "phường", "xã"]
)
def test_a_part_is_told_from_the_whole(name):
    assert scope_of(fact("5", name=name, unit="hội viên"), WORDINGS)


def test_the_topic_above_is_no_part():
    stated = fact("5", name="kết nạp hội viên", parent="công tác tổ chức, cán bộ")
    assert scope_of(stated, WORDINGS) == frozenset()
