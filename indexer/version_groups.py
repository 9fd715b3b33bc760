"""Versions told together: a hundred monthly forms are one group, and not 4,950 pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.versions import Version


@dataclass(frozen=True, slots=True)
class VersionGroup:
    """Reports of which each is a version of another one of them, ordered by their names.

    `documents` are their ids; `versions` the pairs that were found, nearest first.
    """

    sources: tuple[str, ...]
    documents: tuple[str, ...]
    versions: tuple[Version, ...]

    @property
    def shares(self) -> tuple[float, float]:
        """Return how near the pairs are, from the least to the most."""
        found = [version.comparison.share for version in self.versions]
        return min(found), max(found)

    @property
    def only(self) -> Version | None:
        """Return the pair of a group of two; None for a larger one."""
        return self.versions[0] if len(self.versions) == 1 else None


def grouped(versions: Iterable[Version]) -> tuple[VersionGroup, ...]:
    """Return the groups that pairs of versions make up, in the order of their first pairs."""
    group_of: dict[str, list[Version]] = {}
    for version in versions:
        one = group_of.get(version.document_id, [])
        other = group_of.get(version.other_id, [])
        joined = one if one is other else [*one, *other]
        joined.append(version)
        for each in joined if joined is not one else (version,):
            group_of[each.document_id] = group_of[each.other_id] = joined
    distinct = {id(group): group for group in group_of.values()}
    groups = [sorted(group, key=_nearest) for group in distinct.values()]
    return tuple(map(_group, sorted(groups, key=lambda group: _nearest(group[0]))))


def _nearest(version: Version) -> tuple[float, str, str]:
    return (-version.comparison.share, version.document_id, version.other_id)


def _group(versions: list[Version]) -> VersionGroup:
    if len(versions) == 1:
        (only,) = versions
        # The older one first.
        return VersionGroup(
            (only.source, only.other), (only.document_id, only.other_id), tuple(versions)
        )
    names = {version.document_id: version.source for version in versions}
    names |= {version.other_id: version.other for version in versions}
    ordered = sorted(names, key=lambda each: (names[each], each))
    return VersionGroup(tuple(names[each] for each in ordered), tuple(ordered), tuple(versions))
