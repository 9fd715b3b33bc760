"""Texts are Vietnamese until somebody says which language the reader has."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from search_app import languages
from search_app.languages import Chosen, follow, gettext, lazy_gettext, ngettext, number, vietnamese


class _Shouting(NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()


@pytest.fixture
def english() -> Iterator[None]:
    before = languages._chosen[0]
    follow(lambda: Chosen("en", _Shouting()))
    yield
    follow(before)


def test_without_a_reader_everything_is_vietnamese():
    assert gettext("trang %(page)s", page=2) == "trang 2"
    assert ngettext("%(num)s đoạn", "%(num)s đoạn", 1163) == "1.163 đoạn"
    assert vietnamese("xã") == "xã"


def test_a_text_of_a_table_is_in_the_language_of_whoever_reads_it(english):
    text = lazy_gettext("kết quả")
    assert (str(text), f"{text}.") == ("KẾT QUẢ", "KẾT QUẢ.")
    assert number(1163) == "1,163"
    assert vietnamese("<xã>") == '<span lang="vi">&lt;xã&gt;</span>'
