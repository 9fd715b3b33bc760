"""Which stored reports are one document, and which are versions of one another."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from indexer.catalogue import Catalogue
from indexer.catalogue_versions import StoredVersions
from indexer.models import Document
from indexer.twins import reading_of, shown_by
from indexer.versions import NEAR, Version, compare, near_pairs


def relate(stored: StoredVersions) -> None:
    """Find and store the versions of every published report that was not compared yet.

    Sketches alone are read to find candidates; the texts of these are then compared word by word.
    A run that is killed before the end leaves its reports for the next one to compare.
    """
    pending = stored.uncompared()
    if not pending:
        return
    pairs = near_pairs(stored.sketches(), pending)
    found = [version for pair in pairs if (version := _version(stored, pair)) is not None]
    stored.put(found, pending)


def twins_among(
    catalogue: Catalogue, held: Mapping[str, str], replaced: Mapping[str, Document]
) -> dict[str, str]:
    """Return which of the held documents is shown by which other one: files of one text.

    `held` gives by the id of each the plainest path of its files; `replaced` are documents read
    anew that are not stored yet.
    """
    readings = {each.document_id: each for each in catalogue.versions.readings()}
    readings |= {each.id: reading_of(each) for each in replaced.values()}
    wanted = [readings[each] for each in sorted(held)]
    return shown_by(wanted, catalogue.published_ids(), held)


def _version(stored: StoredVersions, pair: tuple[str, str]) -> Version | None:
    before, after = sorted(map(stored.draft, pair), key=attrgetter("age"))
    comparison = compare(before.text, after.text)
    if comparison.share < NEAR:
        return None
    return Version(before.source, before.document_id, after.source, after.document_id, comparison)
