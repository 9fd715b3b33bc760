"""What stands nearest to a question that nothing answers: the same words, asked less strictly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import UsageError
from indexer.indicators_cache import indicators_in_force
from indexer.models import Field, Group, Match, Query
from indexer.text.analysis import forms
from search_app.found import FoundPassage
from search_app.query import Request
from search_app.query_signs import loosen
from search_app.search import Library, Result

# More words than a question has; each costs a look into the index.
_MOST_WORDS = 24
# Parts of a question that are tried one after another: their words, and how many of one length.
_LONGEST_PART, _MOST_PARTS = 4, 6
_PHRASES = 4


@dataclass(frozen=True, slots=True)
class Nearest:
    """Passages that a changed question finds: `text` is that question.

    `missing` are the words that no report has, `everywhere` says that filters were left out,
    `partly` that only some of the words are asked for, because no passage has all of them.
    """

    text: str
    missing: tuple[str, ...]
    everywhere: bool
    hits: tuple[FoundPassage, ...]
    partly: bool = False


def nearest(library: Library, result: Result, limit: int = 3) -> Nearest | None:
    """Return what a question finds that asks for less; None when even that finds nothing.

    What was found in part already is only bettered by passages with every word.
    """
    text = _plain(result)
    words = text.split()[:_MOST_WORDS]
    missing = tuple(word for word in words if not _is_known(library, word))
    rest = " ".join(word for word in words if word not in missing)
    content = {result.meaning.form(index) for index in result.meaning.content}
    if not result.question.phrases and not content & set(forms(rest)):
        # Only small words are left, which stand everywhere.
        return None
    for asked in _changed(result.request, (text, rest) if missing else (text,), limit):
        everywhere = _is_filtered(result.request) and not _is_filtered(asked)
        if result.total and asked.text == text and not everywhere:
            continue
        try:
            found = library.search(asked)
        except UsageError:
            # Nothing is left to ask for, or a filter that nothing passes.
            continue
        if found.complete or (found.hits and not result.total):
            dropped = missing if asked.text == rest else ()
            return Nearest(asked.text, dropped, everywhere, found.hits)
    known = tuple(word for word in words if word not in missing)
    return None if result.total else _partly(library, result, known, limit)


def known_phrases(library: Library, text: str) -> tuple[str, ...]:
    """Return what the reports speak of that begins like a word of a text, or else speak of most."""
    words = [word for word in text.split()[:_MOST_WORDS] if forms(word)]
    alike = [found.text for word in words for found in library.suggest(word)[:1]]
    often = sorted(library.catalogue.indicators(), key=lambda one: (-one.documents, -one.count))
    listed = indicators_in_force(library.settings.indicators)
    names = {one.slug: one.name for one in listed}
    common = [names[one.slug] for one in often if one.slug in names]
    return tuple(dict.fromkeys([*alike, *common]))[:_PHRASES]


def _partly(library: Library, result: Result, words: Sequence[str], limit: int) -> Nearest | None:
    """Return what the longest run of neighbouring words finds; of several the rarest."""
    content = {result.meaning.form(index) for index in result.meaning.content}
    for length in range(min(len(words) - 1, _LONGEST_PART), 0, -1):
        runs = [words[at : at + length] for at in range(len(words) - length + 1)][:_MOST_PARTS]
        asked = [" ".join(run) for run in runs if content & set(forms(" ".join(run)))]
        changed = (replace(result.request, text=text, limit=limit, depth=0) for text in asked)
        found = [one for one in map(library.search, changed) if one.hits]
        if found:
            best = min(found, key=lambda one: one.total)
            return Nearest(best.request.text, (), everywhere=False, hits=best.hits, partly=True)
    return None


def _plain(result: Result) -> str:
    """Return the words as they were read, without quotation marks and excluded words."""
    question = result.question
    return loosen(question).free if question.phrases else result.meaning.text


def _is_known(library: Library, word: str) -> bool:
    run = forms(word)
    if not run:
        return True
    groups = (Group((Match(Field.SYLLABLES, run),)),)
    return library.backend.search(Query(groups, limit=0, facets=False)).total > 0


def _changed(request: Request, texts: tuple[str, ...], limit: int) -> Iterator[Request]:
    for text in texts:
        if text.strip():
            yield replace(request, text=text, sort="", limit=limit, offset=0, depth=0)
    for text in texts:
        if text.strip() and _is_filtered(request):
            yield Request(text=text, skip=request.skip, limit=limit)


def _is_filtered(request: Request) -> bool:
    return any(
        (
            request.places,
            request.terms,
            request.years,
            request.kinds,
            request.documents,
            request.sections,
        )
    )
