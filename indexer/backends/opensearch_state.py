"""What can be found now, as the filter of the alias says: one index, up to one commit.

Changing an alias is one step for the whole cluster, so a commit is nothing but a new filter:
passages of later commits, and those of documents that were deleted, are there but not seen.
Whoever asks the alias, with whatever tool, sees whole commits.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from indexer.backends.opensearch_mapping import COMMIT, stored

Clause = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """The index and the commit that are searched."""

    index: str
    commit: int

    def is_before(self, other: State) -> bool:
        """Say whether another state came after this one.

        >>> State("vankien-9999", 7).is_before(State("vankien-10000", 1))
        True
        """
        return (number_of(self.index), self.commit) < (number_of(other.index), other.commit)

    def __str__(self) -> str:
        return f"{self.index}@{self.commit}"


def number_of(index: str) -> int:
    """Return the number in the name of an index; later builds have greater ones."""
    return int(index.rpartition("-")[2])


def state_of(aliases: dict[str, Any], alias: str) -> State:
    """Return the state that the answer to a question for the alias tells.

    Raises LookupError, TypeError, ValueError when it is none of ours.
    """
    ((index, found),) = aliases.items()
    clauses = found["aliases"][alias]["filter"]["bool"]["filter"]
    return State(index, int(clauses[0]["range"][COMMIT]["lte"]))


def hidden_in(aliases: dict[str, Any], alias: str) -> Clause | None:
    """Return what the alias hides because it is to be deleted; None when there is nothing."""
    (found,) = aliases.values()
    clauses = found["aliases"][alias]["filter"]["bool"].get("must_not", [None])
    return cast(Clause | None, clauses[0])


def visible(commit: int, hidden: Clause | None = None) -> Clause:
    """Return the filter of what can be found after a commit, which hides what it deletes."""
    found: Clause = {"filter": [{"range": {COMMIT: {"lte": commit}}}]}
    return {"bool": found | ({"must_not": [hidden]} if hidden else {})}


def of_documents(document_ids: Collection[str], *, before: int) -> Clause:
    """Return the filter of the passages that documents had before a commit."""
    return {
        "bool": {
            "filter": [
                {"terms": {"document_id": sorted(map(stored, document_ids))}},
                {"range": {COMMIT: {"lt": before}}},
            ]
        }
    }
