"""From a segment to the documents of an OpenSearch index, one for each passage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from indexer.backends.opensearch_mapping import (
    COMMIT,
    DIGEST,
    GAP,
    begun_name,
    lines,
    stored,
)
from indexer.backends.schema import BEGUN, KEYS
from indexer.backends.segment import Segment, decode
from indexer.models import Field


def actions(segment: Segment, commit: int, digest: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield, for each passage of one segment, its id and two lines of a bulk request.

    The id in the engine comes from passage and commit: sent twice it is stored once, and what
    replaces a passage stands beside it until the commit.
    """
    texts = {field: _texts(segment, field) for field in Field}
    keys = {key: segment.values(key) for key in KEYS if key != "passage_id"}
    codes = {key: segment.codes(key) for key in keys}
    for number in range(len(segment)):
        passage_id = decode(segment.ids[number])
        values = {key: keys[key][codes[key][number]] for key in keys}
        body: dict[str, Any] = {key: stored(value) for key, value in values.items()}
        body["traits"] = values["traits"].split()
        body |= {"passage_id": stored(passage_id), COMMIT: commit, DIGEST: digest}
        for field, of_passage in texts.items():
            forms = of_passage[number]
            body[field] = lines(forms)
            if field in BEGUN:
                body[begun_name(field)] = sorted(set(forms) - {GAP})
        yield passage_id, _action(f"{stored(passage_id)}@{commit}", body)


def _action(engine_id: str, body: dict[str, Any]) -> bytes:
    head = {"index": {"_id": engine_id, "routing": body["document_id"]}}
    return f"{json.dumps(head)}\n{json.dumps(body, ensure_ascii=False)}\n".encode()


def _texts(segment: Segment, field: Field) -> list[list[str]]:
    """Return the forms of a field by passage, in the order of their places, with the gaps."""
    arrays = segment.field(field)
    forms = [stored(decode(term)) for term in arrays.terms]
    terms = np.repeat(
        np.arange(len(forms)), np.diff(np.append(0, arrays.place_ends.astype(np.int64)))
    )
    passages = np.repeat(arrays.docs, arrays.tfs)
    order = np.lexsort((arrays.places, passages))
    texts: list[list[str]] = [[] for _ in range(len(segment))]
    last = [-1] * len(segment)
    rows = (passages[order], terms[order], arrays.places[order])
    for passage, term, place in zip(*(row.tolist() for row in rows), strict=True):
        text = texts[passage]
        text.extend([GAP] * (place - last[passage] - 1))
        text.append(forms[term])
        last[passage] = place
    return texts
