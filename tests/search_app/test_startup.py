"""What a command loads: each import is paid by everybody who types the command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

# Written at the end, after what the command itself prints.
LIST_MODULES = """
import json, sys
from search_app.cli import main
sys.argv = ["vankien", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as end:
    code = end.code
print("\\n" + json.dumps([code or 0, sorted(sys.modules)]))
"""
OF_THE_WEB = {"flask", "werkzeug", "jinja2", "flask_babel", "flask_wtf", "waitress", "babel"}
OF_READING = {"lxml", "PIL", "pypdfium2", "xlrd", "filelock", "asyncio", "multiprocessing.pool"}
OF_FILES = {"xlsxwriter", "drawsvg"}
OF_ASKING = {"sqlalchemy", "whoosh", "numpy", "underthesea", "tomllib"}


def modules_after(arguments: Sequence[str]) -> set[str]:
    """Return the modules that a process has loaded when its command is done."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, json.dumps(list(arguments))],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["index", "--help"]])
def test_help_loads_neither_engines_nor_the_web(arguments):
    loaded = modules_after(arguments)
    assert sorted(loaded & (OF_THE_WEB | OF_READING | OF_FILES | OF_ASKING)) == []
    assert not {"indexer.build", "search_app.search", "search_app.app"} & loaded
    # 260 on Python 3.11, most of them Python's own; a wall against what nobody notices.
    assert len(loaded) < 350


def test_a_search_loads_neither_the_web_nor_what_reads_files(sample_settings):
    loaded = modules_after(["--data", str(sample_settings.data), "search", "hộ nghèo"])
    assert sorted(loaded & (OF_THE_WEB | OF_FILES | {"lxml", "PIL", "pypdfium2", "xlrd"})) == []
    ours = {name for name in loaded if name.startswith(("indexer", "search_app"))}
    assert not {"indexer.build", "indexer.workers", "search_app.app", "search_app.answer"} & ours
    assert not {name for name in ours if name.startswith(("indexer.readers", "indexer.facts"))}
    assert len(ours) < 140


@pytest.mark.parametrize("arguments", [["documents"], ["stats"], ["facts"], ["references"]])
def test_what_is_only_listed_needs_no_segmenter(sample_settings, arguments):
    loaded = modules_after(["--data", str(sample_settings.data), *arguments])
    assert sorted(loaded & (OF_THE_WEB | OF_FILES | {"underthesea", "lxml", "PIL"})) == []
