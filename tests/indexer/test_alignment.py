"""Which place calls which note body, when places or bodies are missing or false."""

from __future__ import annotations

import random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.alignment import Place, align

# What each place speaks of, and what its note says of it.
TALKS = (
    ("Cầu Rạch Lá thông xe sau hai năm thi công", "Cầu Rạch Lá dài 120 m, rộng 8 m."),
    ("Hợp tác xã nuôi hàu mở thêm ba lồng bè", "Hợp tác xã nuôi hàu có 42 thành viên."),
    ("Thư viện lưu động về các ấp vùng sâu", "Thư viện lưu động mang theo 3.000 cuốn sách."),
    ("Nghề đan lục bình giúp nhiều chị em có việc", "Nghề đan lục bình thu hút 210 lao động."),
    ("Trạm bơm Ông Tám tưới hết cánh đồng phía nam", "Trạm bơm Ông Tám có 4 máy."),
    ("Lễ cúng biển được khôi phục theo nếp xưa", "Lễ cúng biển tổ chức vào tháng Giêng."),
    ("Đội bóng chuyền nữ vào chung kết giải tỉnh", "Đội bóng chuyền nữ tập tại sân Gò Me."),
    ("Vườn ươm cây đước cấp giống cho bãi bồi", "Vườn ươm cây đước rộng 2 ha."),
)
PLACES = [Place(before) for before, _ in TALKS]
BODIES = [body for _, body in TALKS]
WITHOUT_WORDS = [Place("")] * 6


def wrong(found, places, bodies):
    """Return the links that are not those of the unbroken report."""
    return [
        (bodies[body], places[place])
        for body, place in enumerate(found)
        if place is not None and places[place] != bodies[body]
    ]


def run(places, bodies):
    return align([PLACES[at] for at in places], [BODIES[at] for at in bodies])


def test_as_many_places_as_bodies_are_taken_by_order_without_any_evidence():
    assert align(WITHOUT_WORDS, ["Đạt 5%"] * 6) == tuple(range(6))


@pytest.mark.parametrize("bodies", [5, 7])
def test_without_evidence_nothing_is_certain_when_the_counts_differ(bodies):
    assert align(WITHOUT_WORDS, ["Đạt 5%"] * bodies) == (None,) * bodies


def test_nothing_is_aligned_with_nothing():
    assert align([], []) == ()
    assert align([], ["a"]) == (None,)
    assert align([Place("a")], []) == ()


@pytest.mark.parametrize("missing", range(len(TALKS)))
def test_a_missing_body_leaves_the_others_at_their_places(missing):
    everything = list(range(len(TALKS)))
    bodies = [at for at in everything if at != missing]
    found = run(everything, bodies)
    assert not wrong(found, everything, bodies)
    assert sum(place is not None for place in found) >= len(bodies) - 2


@pytest.mark.parametrize("missing", range(len(TALKS)))
def test_a_missing_place_leaves_its_body_open(missing):
    everything = list(range(len(TALKS)))
    places = [at for at in everything if at != missing]
    found = run(places, everything)
    assert not wrong(found, places, everything)
    assert found[missing] is None


def test_equal_counts_are_not_trusted_when_the_words_contradict():
    places, bodies = [0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]
    found = run(places, bodies)
    assert not wrong(found, places, bodies)
    assert found[-1] is None


@settings(max_examples=150, deadline=None)
@given(
    st.sets(st.sampled_from(range(len(TALKS))), max_size=4),
    st.booleans(),
)
def test_no_link_is_wrong_whatever_is_missing_on_one_side(missing, of_bodies):
    everything = list(range(len(TALKS)))
    left = [at for at in everything if at not in missing]
    places, bodies = (everything, left) if of_bodies else (left, everything)
    assert not wrong(run(places, bodies), places, bodies)


def test_links_never_cross():
    shuffled = random.Random(5).sample(range(len(TALKS)), len(TALKS))
    found = [place for place in run(range(len(TALKS)), shuffled[:-1]) if place is not None]
    assert found == sorted(found)


@pytest.mark.parametrize("bodies", [20_000, 19_990, 3_000])
def test_many_notes_are_aligned_in_time(bodies):
    started = perf_counter()
    found = align([Place("một hai")] * 20_000, ["ba bốn"] * bodies)
    assert len(found) == bodies
    assert perf_counter() - started < 15
