"""The manual is part of the build: what exists must be described, and only that."""

from __future__ import annotations

import inspect
import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import errors
from indexer.config import SETTINGS
from search_app.app import create_app
from search_app.cli import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ERRORS = [
    item
    for _, item in inspect.getmembers(errors, inspect.isclass)
    if issubclass(item, errors.VankienError)
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def command_reference() -> str:
    """Return docs/cli.md as the help texts make it."""
    parts = [
        "# Dòng lệnh\n",
        "Sinh ra từ chính các lệnh; `UPDATE_DOCS=1 pytest tests/test_docs.py` làm mới tệp này.\n",
        "Mã thoát: 0 xong, 1 xong nhưng có vấn đề (được liệt kê), 2 viết sai lệnh, "
        "3 chưa có chỉ mục hoặc chỉ mục cũ, 4 không tìm thấy.\n",
    ]
    root = cli.make_context("vankien", [], resilient_parsing=True)
    parts.append(f"```\n{cli.get_help(root)}\n```\n")
    for name in sorted(cli.commands):
        context = cli.commands[name].make_context(name, [], parent=root, resilient_parsing=True)
        parts.append(f"## {name}\n\n```\n{cli.commands[name].get_help(context)}\n```\n")
    return "\n".join(parts)


def test_the_command_reference_is_what_the_commands_say(monkeypatch):
    monkeypatch.setenv("COLUMNS", "96")
    reference = command_reference()
    if os.environ.get("UPDATE_DOCS") == "1":
        (DOCS / "cli.md").write_text(reference, encoding="utf-8")
    assert read("docs/cli.md") == reference


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_shows_an_example(name):
    assert "Ví dụ: vankien " in (cli.commands[name].help or "")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(setting):
    assert f"| `{setting.env}` | `{setting.default}` | {setting.help} |" in read("docs/settings.md")


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_is_documented_with_its_codes(error):
    row = f"| `{error.__name__}` | `{error.code}` | {error.exit_code} | {error.status} |"
    assert row in read("docs/errors.md")
    assert re.search(rf"\b{error.__name__}\b", errors.__doc__ or "")


def test_no_error_is_documented_that_does_not_exist():
    named = re.findall(r"^\| `(\w+)` \|", read("docs/errors.md"), re.M)
    assert set(named) == {error.__name__ for error in ERRORS}


def test_every_route_is_documented(sample_settings, sample_library):
    described = read("docs/api.md") + read("docs/pages.md")
    rules = create_app(sample_settings, sample_library).url_map.iter_rules()
    own = [rule.rule for rule in rules if not rule.rule.startswith("/assets/")]
    # Without the converters: `<int:number>`, `<any(csv,xlsx):form>`.
    plain = [re.sub(r"<[a-z]+(\([^)]*\))?:", "<", rule) for rule in own]
    missing = [rule for rule in plain if f"{rule}`" not in described]
    assert missing == []


def test_links_between_documents_lead_somewhere():
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!http|#|/)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_changelog_has_an_open_block():
    assert "## Unreleased" in read("CHANGELOG.md")


def test_the_question_of_the_readme_is_answered_as_it_shows(sample_settings, monkeypatch):
    monkeypatch.setenv("COLUMNS", "96")
    block = read("README.md").split("$ vankien ")[1].split("```")[0].splitlines()
    arguments = ["--data", str(sample_settings.data), *shlex.split(block[0])]
    answer = CliRunner().invoke(cli, arguments).output.splitlines()
    assert answer[0] == block[1]
    shown = [line.strip() for line in block[2:] if "…" not in line and line.strip()]
    assert shown
    assert [line for line in shown if line not in map(str.strip, answer)] == []
