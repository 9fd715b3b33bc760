"""Which initials spell which abbreviation."""

import pytest

from indexer.text.initials import fits, is_word, letters, spells


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UBND", "Ủy ban nhân dân"),
        ("KT-XH", "kinh tế - xã hội"),
        ("QP-AN", "quốc phòng, an ninh"),
        ("TTCN", "tiểu thủ công nghiệp"),
        ("CNH-HĐH", "công nghiệp hóa, hiện đại hóa"),
        ("TX", "Thị xã"),
        ("BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("GD&ĐT", "giáo dục và đào tạo"),
        ("TTr", "tờ trình"),
        ("ĐVT", "đơn vị tính"),
        ("TƯ", "trung ương"),
    ],
)
def test_initials_spell(short, long):
    assert spells(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DVT", "đơn vị tính"),
        ("TTr", "tờ thông báo"),
        ("BHYT", "bảo hiểm y"),
        ("BHYT", "bảo hiểm y tế xã"),
        ("NN", "và nông nghiệp"),
        ("TW", "trung ương"),
        ("", "trung ương"),
    ],
)
def test_initials_do_not_spell(short, long):
    assert not spells(short, long)


def test_a_particle_may_be_counted_or_skipped():
    assert fits(("v", "x"), ("văn", "và", "xã")) == 3
    assert fits(("v", "v", "x"), ("văn", "và", "xã")) == 3


def test_no_more_than_two_particles_are_skipped():
    assert fits(("a", "b"), ("anh", "và", "của", "bà")) == 0
    assert fits(("a", "b", "c", "d"), ["anh", "và", "bà", "và", "cô", "và", "dì"]) == 0


@pytest.mark.parametrize("form", ["tâm", "tư", "tu", "ca", "an", "nam", "nghiêng", "qua", "kết"])
def test_ordinary_syllables_are_words(form):
    assert is_word(form)


@pytest.mark.parametrize("form", ["bhyt", "ubnd", "byt", "đt", "xh", "", "2,5", "atgt"])
def test_other_letters_are_no_words(form):
    assert not is_word(form)


def test_small_letters_belong_to_the_capital_before_them():
    assert letters("CTr") == ("c", "tr")
    assert letters("LĐ-TB&XH") == ("l", "đ", "t", "b", "x", "h")
