"""Asking a list of questions: each gets its own reply, and none stops the others."""

from __future__ import annotations

from dataclasses import replace

from indexer.errors import UsageError
from search_app.answer import Reply, ask
from search_app.query import Request
from search_app.search import Library


def ask_in_list(library: Library, request: Request, question: str) -> Reply | UsageError:
    """Return the reply to a question of a list, or why it cannot be asked.

    `request` says how every question of the list is asked. Raises StorageError.
    """
    try:
        return ask(library, replace(request, text=question))
    except UsageError as error:
        return error
