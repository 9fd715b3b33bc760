"""What becomes of forms and values in the engine, and its answer of them in ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.backends.opensearch_mapping import (
    GAP,
    USUAL_LENGTHS,
    begun_name,
    index_body,
    lines,
    meta_of,
    original,
    stored,
)
from indexer.backends.schema import BEGUN, KEYS, SCORING
from indexer.models import Field, IndexMeta
from tests.backend_contract.helpers import META

# The engine's own bounds: bytes of a term, and UTF-16 units of what the tokenizer takes for one.
MOST_BYTES = 32_766
ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\\\n\r-00abệ\ud800\0")),
    max_size=40,
)
ODD = ("", "\\", "\\\\", "\\-", "\\000a", "\n", "a\nb", "\ud800\udc00", "\0", "\u2028", "\r\n")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def most_units() -> int:
    tokenizers = index_body(META, 1)["settings"]["analysis"]["tokenizer"]
    return int(tokenizers["lines"]["max_token_length"])


@given(ANY_TEXT)
@example("hộ nghèo")
def test_whatever_is_stored_comes_back(text: str) -> None:
    assert original(stored(text)) == text


@pytest.mark.parametrize("text", ODD)
def test_odd_forms_come_back(text: str) -> None:
    assert original(stored(text)) == text


@given(st.lists(st.one_of(ANY_TEXT, st.sampled_from(ODD)), unique=True))
def test_forms_stay_different_and_are_one_line_of_unicode_each(forms: list[str]) -> None:
    kept = [stored(form) for form in forms]
    assert len(set(kept)) == len(kept)
    assert GAP not in kept
    assert all(kept)
    assert lines(kept).encode().decode().split("\n") == (kept or [""])


@pytest.mark.parametrize("letter", ["a", "ệ", "\U0001f600", "\\", "\n", "\ud800"])
@pytest.mark.parametrize("length", [1, 7_999, 8_000, 8_001, 100_000])
def test_no_form_is_longer_than_the_engine_takes(letter: str, length: int) -> None:
    kept = stored(letter * length)
    assert len(kept.encode()) <= MOST_BYTES
    assert units(kept) <= most_units()


def test_long_forms_that_differ_only_at_the_end_stay_different() -> None:
    long = "x" * 100_000
    assert stored(long + "a") != stored(long + "b")
    assert stored(long) == stored(long)
    assert original(stored(long)).startswith("x" * 4_000)


def test_a_beginning_stays_one_unless_it_is_very_long() -> None:
    assert stored("QĐ\\TTg").startswith(stored("QĐ\\"))


def test_the_rules_of_an_index_come_back() -> None:
    meta = IndexMeta(schema=3, analysis=9, segmenter="crf 1.2")
    assert meta_of(index_body(meta, 1)["mappings"]) == meta


@pytest.mark.parametrize("mappings", [{}, {"_meta": {}}, {"_meta": {"schema": "x"}}])
def test_an_index_of_somebody_else_has_no_rules(mappings: dict[str, object]) -> None:
    with pytest.raises((LookupError, ValueError, TypeError)):
        meta_of(mappings)


def test_every_field_and_key_is_kept_and_nothing_else_is_taken() -> None:
    body = index_body(META, 7)
    mappings = body["mappings"]
    assert body["settings"]["number_of_shards"] == 7
    assert mappings["dynamic"] == "strict"
    own = {"commit", "digest", *map(begun_name, BEGUN)}
    assert set(mappings["properties"]) == {*Field, *KEYS, *own}
    assert set(body["settings"]["similarity"]) == set(Field) == set(USUAL_LENGTHS)


@pytest.mark.parametrize("field", Field)
def test_the_script_is_the_formula(field: Field) -> None:
    """Read the script as Python: `doc.freq` is tf, `query.boost` all that questions bring."""
    script = index_body(META, 1)["settings"]["similarity"][field]["script"]["source"]
    formula = re.fullmatch(r"return (.*);", script)
    assert formula
    names = {"query.boost": "2.5", "doc.freq": "3.0", "doc.length": "20.0"}
    text = re.sub("|".join(map(re.escape, names)), lambda match: names[match[0]], formula[1])
    rules = SCORING[field]
    relative = 20 / USUAL_LENGTHS[field]
    expected = 2.5 * 3 * (rules.k1 + 1) / (3 + rules.k1 * (1 - rules.b + rules.b * relative))
    assert eval(text) == pytest.approx(expected)
