"""How a question was read, for the search page: every part with the link that turns it off.

What was turned off stays on the page with the link that turns it on again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.text.analysis import forms
from indexer.text.phrases import Expansion
from search_app.explain import TRAIT_WORDS
from search_app.page_links import Address, Chip
from search_app.search import Result
from search_app.understand import AS_TYPED, Understanding

_PLACE = "place:"
_TERM = "term:"
_EXPAND = "expand:"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Rewording:
    """Another wording that is searched too, why, and the address that leaves it out."""

    text: str
    reason: str
    without: str


@dataclass(frozen=True, slots=True)
class Widened:
    """A word of the question with its other wordings; not `sure` when they may mean another."""

    word: str
    others: tuple[Rewording, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a question was read. `typed` is empty when nothing of the spelling was changed.

    `as_typed` and `with_accents` are addresses, empty where there is nothing to switch. `more`
    are the wordings that stay folded, `off` what was turned off, with the address that undoes it.
    """

    typed: str
    as_typed: str
    with_accents: str
    places: tuple[Chip, ...]
    terms: tuple[Chip, ...]
    widened: tuple[Widened, ...]
    more: tuple[Widened, ...]
    off: tuple[Chip, ...]
    wants: str

    @property
    def more_count(self) -> int:
        """Return how many wordings stay folded."""
        return sum(len(word.others) for word in self.more)

    @property
    def reasons(self) -> tuple[tuple[str, str, str], ...]:
        """Return word, other wording and reason of all that was added."""
        return tuple(
            (word.word, other.text, other.reason)
            for word in (*self.widened, *self.more)
            for other in word.others
            if other.reason
        )


def interpretation(address: Address, result: Result) -> Interpretation:
    """Return how the question of a result was read, as the page shows it."""
    meaning = result.meaning
    skipped = tuple(dict.fromkeys(address.of("skip")))
    expansions = _by_key(meaning)
    order = sorted(expansions, key=lambda key: not expansions[key].sure)
    restored = meaning.spelling.restored
    return Interpretation(
        typed=meaning.spelling.typed if restored else "",
        as_typed=address.adding("skip", AS_TYPED) if restored else "",
        with_accents=address.without("skip", [AS_TYPED]) if AS_TYPED in skipped else "",
        places=tuple(
            Chip("nơi", place, address.adding("skip", f"{_PLACE}{place}"))
            for place in named_places(result)
        )
        + tuple(
            Chip("ưu tiên nơi", place, address.adding("skip", f"{_PLACE}{place}"))
            for place in (() if result.request.places else meaning.near)
        ),
        terms=tuple(
            Chip("ưu tiên nhiệm kỳ", term, address.adding("skip", f"{_TERM}{term}"))
            for term in meaning.terms
        ),
        widened=_widened(address, [expansions[key] for key in order[:_SHOWN]]),
        more=_widened(address, [expansions[key] for key in order[_SHOWN:]]),
        off=tuple(_off(address, key) for key in skipped if _is_shown(key)),
        wants=", ".join(TRAIT_WORDS[trait] for trait in meaning.traits),
    )


def named_places(result: Result) -> tuple[str, ...]:
    """Return the places that were read out of the words; a chosen place comes before them."""
    return () if result.request.places else result.meaning.places


def _key(expansion: Expansion) -> str:
    return f"{_EXPAND}{expansion.from_text}>{expansion.to_text}"


def _by_key(meaning: Understanding) -> dict[str, Expansion]:
    """Return the expansions of words that count, each that is turned off alone once."""
    content = set(meaning.content)
    found: dict[str, Expansion] = {}
    for item in meaning.expansions:
        if content.intersection(range(item.start, item.end)):
            found.setdefault(_key(item), item)
    return found


def _widened(address: Address, expansions: Sequence[Expansion]) -> tuple[Widened, ...]:
    words: dict[tuple[tuple[str, ...], bool], list[Expansion]] = {}
    for item in expansions:
        words.setdefault((forms(item.from_text), item.sure), []).append(item)
    return tuple(
        Widened(items[0].from_text, tuple(_rewording(address, item) for item in items), sure)
        for (_, sure), items in words.items()
    )


def _rewording(address: Address, item: Expansion) -> Rewording:
    return Rewording(item.to_text, item.reason, address.adding("skip", _key(item)))


def _is_shown(key: str) -> bool:
    return key.startswith((_PLACE, _TERM)) or (key.startswith(_EXPAND) and ">" in key)


def _off(address: Address, key: str) -> Chip:
    again = address.without("skip", [key])
    if key.startswith(_PLACE):
        return Chip("nơi", key.removeprefix(_PLACE), again)
    if key.startswith(_TERM):
        return Chip("ưu tiên nhiệm kỳ", key.removeprefix(_TERM), again)
    word, _, other = key.removeprefix(_EXPAND).partition(">")
    return Chip("", f"{word} = {other}", again)
