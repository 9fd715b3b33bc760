from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.text.analysis import forms
from search_app.text_forms import forms_of


@given(st.text(max_size=200))
@example("Tỷ lệ hộ nghèo còn 2,5% (22-NQ/TW,\u00a005/11/2019)\n\u3000thuỷ\x1clợi m²\u2028H₂O")
def test_read_in_pieces_or_as_a_whole_the_forms_are_the_same(text):
    assert forms_of(text) == forms(text)
