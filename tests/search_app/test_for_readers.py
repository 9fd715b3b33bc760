"""What readers are told of an error of the data folder."""

from __future__ import annotations

import pytest

from indexer.errors import DataFolderError, IndexLocked, IndexMissing, IndexOutdated, NotFound
from search_app.for_readers import for_readers


@pytest.mark.parametrize("kind", [DataFolderError, IndexLocked, IndexMissing, IndexOutdated])
def test_no_path_of_the_server_is_told_but_in_its_log(kind, caplog):
    told = for_readers(kind("Không đọc được /srv/du-lieu/x.", "Xem /srv/du-lieu."))
    assert type(told) is kind and told.hint
    assert "/srv" not in str(told)
    assert "/srv/du-lieu/x" in caplog.text


def test_other_errors_are_told_as_they_are():
    error = NotFound("Không có đoạn này.", "Hãy tìm lại.")
    assert for_readers(error) is error
