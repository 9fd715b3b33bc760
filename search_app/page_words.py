"""The page of the words that are searched for one another: abbreviations and synonyms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.text.abbreviations import Abbreviations, Sense, key
from indexer.text.normalise import match_form, strip_accents
from indexer.text.synonyms import Synonym, Synonyms

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Short:
    """An abbreviation with its meanings: those of the list, and those that reports define."""

    short: str
    listed: tuple[Sense, ...]
    defined: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """What the page shows: one page of entries, how many there are of each kind."""

    shorts: tuple[Short, ...]
    synonyms: tuple[Synonym, ...]
    total_shorts: int
    total_synonyms: int
    pages: int


def word_list(known: tuple[Abbreviations, Synonyms], asked: str, page: int) -> WordList:
    """Return the entries in which the asked words stand, however they are typed; all without."""
    wanted = _plain(asked)
    shorts = _shorts(known[0].senses, wanted)
    synonyms = tuple(
        entry for entry in known[1].entries if wanted in _plain(" ".join(_words(entry)))
    )
    longest = max(len(shorts), len(synonyms))
    pages = max(1, -(-longest // PAGE_SIZE))
    first = (min(page, pages) - 1) * PAGE_SIZE
    return WordList(
        shorts[first : first + PAGE_SIZE],
        synonyms[first : first + PAGE_SIZE],
        len(shorts),
        len(synonyms),
        pages,
    )


def _shorts(senses: Sequence[Sense], wanted: str) -> tuple[Short, ...]:
    found: dict[str, list[Sense]] = {}
    for sense in senses:
        if wanted in _plain(f"{sense.short} {sense.long}"):
            found.setdefault(key(sense.short), []).append(sense)
    entries = [
        Short(
            meanings[0].short,
            tuple(one for one in meanings if not one.documents),
            tuple(one for one in meanings if one.documents),
        )
        for meanings in found.values()
    ]
    return tuple(sorted(entries, key=lambda one: _plain(one.short)))


def _words(entry: Synonym) -> tuple[str, ...]:
    return (*entry.terms, *entry.to)


def _plain(text: str) -> str:
    """Return a text as it is compared here: no accents, no capitals.

    >>> _plain("Bảo hiểm  Y tế")
    'bao hiem y te'
    """
    return " ".join(strip_accents(match_form(text)).split())
