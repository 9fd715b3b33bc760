from __future__ import annotations

from click.testing import CliRunner

from indexer.catalogue import Catalogue
from indexer.catalogue_tables import SCHEMA_VERSION
from indexer.database_address import DatabaseAddress
from search_app.cli import cli


def test_the_form_of_the_catalogue_is_told(tmp_path):
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "migrate"])
    assert result.exit_code == 0
    assert result.output == f"Danh mục có cấu trúc {SCHEMA_VERSION}.\n"
    with Catalogue.open_existing(DatabaseAddress(tmp_path)) as catalogue:
        assert catalogue.documents() == ()


def test_a_form_that_does_not_exist_is_refused(tmp_path):
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "migrate", "--to", "99"])
    assert result.exit_code == 2
    assert "Hãy chọn một trong các cấu trúc" in result.output
    assert list(tmp_path.iterdir()) == []
