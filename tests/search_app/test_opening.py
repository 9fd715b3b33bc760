from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import IndexMissing
from search_app.opening import open_library, reopen
from search_app.query import Request


def test_a_folder_without_index_cannot_be_opened(sample_settings, tmp_path):
    with pytest.raises(IndexMissing):
        open_library(replace(sample_settings, data=tmp_path))


def test_a_library_that_was_closed_answers_again(sample_settings):
    library = open_library(sample_settings)
    before = library.search(Request("hộ nghèo"))
    library.close()
    reopen(library)
    assert library.search(Request("hộ nghèo")).found == before.found
    library.close()
