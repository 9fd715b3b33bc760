import json
import os
import re
import subprocess
import sys

import pytest

from tests.bench.charts import Panel, draw_growth
from tests.bench.comparing import Result, Times
from tests.bench.engines import QUICK, ratios
from tests.bench.peers import PEERS, Kind
from tests.bench.scaling import Scaling
from tests.bench.tables import asking, building, write_block

RATIOS = {
    "all_words_vs_tantivy",
    "any_word_vs_tantivy",
    "phrase_vs_tantivy",
    "speedup_over_whoosh",
    "segmentation_vs_underthesea",
    "index_two_cores_vs_one",
}


def result(p50, any_word=None):
    times = {
        kind: Times(any_word if any_word and kind is Kind.ANY_WORD else p50, 2.0, 3.0, 1.0, 7)
        for kind in Kind
    }
    return Result(1_000, 2.0, 3.0, 40.0, 30.0, times)


@pytest.mark.slow
def test_the_quick_form_ends_in_one_object_of_ratios():
    missing = [package for name in QUICK for package in PEERS[name].missing]
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")
    command = ["-m", "tests.bench.engines", "--quick", "--passages", "2000", "--reports", "1"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    last = json.loads(done.stdout.splitlines()[-1])
    assert set(last) == RATIOS
    assert all(ratio > 0 for ratio in last.values()), last


def test_ratios_are_of_medians_and_the_speedup_is_the_lesser_one():
    results = {"ours": result(2.0), "tantivy": result(1.0), "whoosh": result(100.0, any_word=60.0)}
    found = ratios(results, Scaling(one=100, two=180), 5.0)
    assert found["all_words_vs_tantivy"] == 2.0
    assert found["speedup_over_whoosh"] == 30.0
    assert found["index_two_cores_vs_one"] == 1.8


def test_what_a_missing_peer_leaves_out_is_none():
    found = ratios({"ours": result(2.0)}, Scaling(100, 180), 5.0)
    assert set(found) == RATIOS
    assert [found[name] for name in sorted(RATIOS)].count(None) == 4


def test_tables_show_every_engine_and_its_ratio():
    results = {"ours": result(2.0), "tantivy": result(1.0), "whoosh": result(100.0)}
    assert "| vankien | 500 | 3 | 40 | 30 |" in building(results)
    row = "| vankien | 2.000 | 2.000 | 3.000 | 1.000 | 7 | 2.00 | 1.00 | 50.0 |"
    assert row in asking(results, Kind.PHRASE)
    alone = asking({"ours": result(2.0)}, Kind.PHRASE)
    assert alone.endswith("| vankien | 2.000 | 2.000 | 3.000 | 1.000 | 7 | – | – | – |")


def test_a_block_of_a_page_is_replaced_and_a_page_without_one_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- growth -->\nold\n<!-- end growth -->\nb\n")
    write_block("growth", "new \\1", page)
    assert page.read_text() == "a\n<!-- growth -->\n\nnew \\1\n\n<!-- end growth -->\nb\n"
    with pytest.raises(ValueError, match="engines"):
        write_block("engines", "new", page)


def test_curves_go_up_where_times_grow_and_each_has_a_name():
    drawn = draw_growth(
        [Panel("Phrase", {"one": [(1_000, 1.0), (10_000, 10.0)], "two": [(1_000, 0.1)]})],
        "passages",
    )
    heights = [float(found) for found in re.findall(r'cy="([\d.]+)"', drawn)]
    assert heights[1] < heights[0] < heights[2]
    assert all(word in drawn for word in ("Phrase", "one", "two", "passages", "10,000", "0.1 ms"))
