"""What people look for in the sample reports, and why it must be among the first five."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search_app.query import Request

LINES = (Path(__file__).parent / "intentions.jsonl").read_text(encoding="utf-8").splitlines()
INTENTIONS = [json.loads(line) for line in LINES if line.strip()]


@pytest.mark.parametrize(
    "intention",
    [
        pytest.param(
            item,
            id=item["question"],
            # Strict: when search gets better the build asks to remove the mark.
            marks=[pytest.mark.xfail(strict=True)] if item.get("known_failure") else [],
        )
        for item in INTENTIONS
    ],
)
def test_what_people_look_for_is_among_the_first_five(sample_library, intention):
    hits = sample_library.search(Request(intention["question"], limit=5)).hits
    found = [
        hit
        for hit in hits
        if hit.document.source == intention["source"]
        and intention["quote"] in " ".join([hit.text, *(link.text for link in hit.linked)])
    ]
    assert found, intention["why"]
