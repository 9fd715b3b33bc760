"""The rules by which this program builds and asks an index: light, for every search checks them."""

from __future__ import annotations

from indexer.backends.schema import SCHEMA_VERSION
from indexer.models import IndexMeta
from indexer.text.analysis import ANALYSIS_VERSION
from indexer.text.segment import segmenter_version


def current_meta() -> IndexMeta:
    """Return the versions of what an index stores, of the analysis and of the segmenter."""
    return IndexMeta(SCHEMA_VERSION, ANALYSIS_VERSION, segmenter_version())
