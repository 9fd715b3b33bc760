from __future__ import annotations

import pytest

from indexer.traits import find_traits


@pytest.mark.parametrize(
    ("heading", "trait"),
    [
        ("II- NHỮNG HẠN CHẾ, YẾU KÉM", "shortcoming"),
        ("2. Nguyên nhân", "cause"),
        ("3. Các chỉ tiêu chủ yếu", "target"),
        ("III- CÁC GIẢI PHÁP CHỦ YẾU", "task"),
        ("I- DỰ BÁO TÌNH HÌNH", "outlook"),
        ("3. Bài học kinh nghiệm", "lesson"),
        ("I- KẾT QUẢ ĐẠT ĐƯỢC", "result"),
    ],
)
def test_a_heading_says_what_stands_under_it(heading, trait):
    assert trait in find_traits("Thực hiện tốt.", [heading])


def test_a_paragraph_that_turns_names_a_shortcoming_among_results():
    headings = ["I- KẾT QUẢ", "1. Kinh tế"]
    assert "shortcoming" in find_traits("Tuy nhiên, tiến độ còn chậm.", headings)
    assert "shortcoming" not in find_traits("Kinh tế phát triển, tuy nhiên chậm.", headings)


def test_an_item_sign_does_not_hide_the_opening():
    assert "shortcoming" in find_traits("- Bên cạnh kết quả, còn hạn chế.", [])


def test_figures_are_a_trait():
    assert find_traits("Còn 2%.", []) == ("figure",)
    assert find_traits("Thực hiện tốt.", []) == ()


def test_other_words_that_begin_alike_are_no_turn():
    assert "shortcoming" not in find_traits("Bên cạnh đó, kinh tế tăng.", [])
    assert "shortcoming" not in find_traits("Song song với kinh tế, văn hóa tiến bộ.", [])
