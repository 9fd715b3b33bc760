"""How passages are kept in an OpenSearch index: its settings, its fields, and what a form becomes.

Every field holds our own forms, one a line. The engine only splits at the line ends, so that it
matches what the embedded engine matches. A place without a form holds a lone backslash, which is
no term but keeps the forms around it apart; and every field begins with a term that all passages
have, so that the engine counts passages without any form, too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from indexer.backends.schema import BEGUN, KEYS, SCORING
from indexer.models import Field, IndexMeta

GAP = "\\"
_EMPTY = "\\-"
COMMIT, DIGEST = "commit", "digest"
# A term of the engine has at most 32,766 bytes.
_LONGEST = 8_000
# Of so many reports a question can be asked, and so many replaced or deleted by one batch.
_MOST_TERMS = 1_000_000
_ODD = re.compile(r"[\\\n\ud800-\udfff]")
_ESCAPED = re.compile(r"\\([0-9a-f]{4})")

# The part of the formula of `ranking` that depends on the passage alone; questions bring the rest.
# The engine's own idea of rare words and usual lengths counts what is deleted or not yet to be
# seen, and differs between copies: scores would depend on more than what can be found. So lengths
# are held against a usual length, that of the reports that were looked at.
_SCORE = (
    "return query.boost * doc.freq * {k1_more} / "
    "(doc.freq + {k1} * ({rest} + {b} * doc.length / {usual}));"
)
USUAL_LENGTHS: Mapping[Field, float] = MappingProxyType(
    {
        Field.SYLLABLES: 60.0,
        Field.WORDS: 40.0,
        Field.PAIRS: 58.0,
        Field.HEADING: 45.0,
        Field.LINKED: 15.0,
        Field.FOLDED: 60.0,
    }
)


def index_body(meta: IndexMeta, shards: int) -> dict[str, Any]:
    """Return the settings and mappings of a new index, which has no copies yet."""
    rules = {"schema": meta.schema, "analysis": meta.analysis, "segmenter": meta.segmenter}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            # What is added is seen after a commit, never in between.
            "refresh_interval": -1,
            "max_result_window": MOST_IN_ONE_PAGE,
            "max_terms_count": _MOST_TERMS,
            "analysis": {
                "tokenizer": {
                    "lines": {
                        "type": "char_group",
                        "tokenize_on_chars": ["\n"],
                        "max_token_length": 2 * _LONGEST,
                    }
                },
                "filter": {"gaps": {"type": "stop", "stopwords": [GAP]}},
                "analyzer": {"forms": {"type": "custom", "tokenizer": "lines", "filter": ["gaps"]}},
            },
            "similarity": {field: _similarity(field) for field in Field},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": rules,
            "_routing": {"required": True},
            # The catalogue keeps the text; the engine gives back ids alone.
            "_source": {"enabled": False},
            "properties": {
                **{field: _forms(field) for field in Field},
                **{begun_name(field): {"type": "keyword", "index": False} for field in BEGUN},
                **{key: {"type": "keyword"} for key in KEYS},
                DIGEST: {"type": "keyword"},
                COMMIT: {"type": "integer"},
            },
        },
    }


MOST_IN_ONE_PAGE = 10_000


def meta_of(mappings: dict[str, Any]) -> IndexMeta:
    """Return the rules that an index was built with. Raises LookupError, ValueError, TypeError."""
    rules = mappings["_meta"]
    return IndexMeta(int(rules["schema"]), int(rules["analysis"]), str(rules["segmenter"]))


def begun_name(field: Field) -> str:
    """Return the name under which the forms of a field are kept by passage, to be listed."""
    return f"{field}_forms"


def _forms(field: Field) -> dict[str, Any]:
    return {"type": "text", "analyzer": "forms", "similarity": field}


def _similarity(field: Field) -> dict[str, Any]:
    rules = SCORING[field]
    score = _SCORE.format(
        k1_more=rules.k1 + 1,
        k1=rules.k1,
        rest=1 - rules.b,
        b=rules.b,
        usual=USUAL_LENGTHS[field],
    )
    return {"type": "scripted", "script": {"source": score}}


def stored(text: str) -> str:
    """Return a form or value as the engine keeps it: one line of valid Unicode, not too long.

    >>> stored("hộ nghèo"), stored("a\\nb")
    ('hộ nghèo', 'a\\\\000ab')
    """
    if not text:
        return _EMPTY
    kept = _ODD.sub(lambda match: f"\\{ord(match[0]):04x}", text)
    if len(kept) > _LONGEST:
        return f"{kept[: _LONGEST // 2]}{_EMPTY}{hashlib.sha256(kept.encode()).hexdigest()}"
    return kept


def original(kept: str) -> str:
    """Return the form or value that the engine keeps so; of one too long, what is left.

    >>> original(stored("2384/QĐ\\\\TTg"))
    '2384/QĐ\\\\TTg'
    """
    if kept == _EMPTY:
        return ""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), kept) if GAP in kept else kept


def lines(forms: Iterable[str]) -> str:
    """Return the text of a field that holds these forms, as they are kept."""
    return "\n".join(forms)
