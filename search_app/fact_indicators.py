"""Which indicators are meant by a key, a name, an abbreviation, or words without accents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from indexer.catalogue_facts import IndicatorCount
from indexer.errors import UnknownFilter
from indexer.indicators import Indicators
from indexer.text.abbreviations import Abbreviations
from indexer.text.analysis import forms
from indexer.text.normalise import strip_accents
from indexer.text.segment import split_syllables
from search_app.languages import gettext as _
from search_app.question_words import CONNECTING

_SHOWN = 5
# Of the syllables that say what is measured: a wrong or missing letter, not another word.
_ONE_SLIP = 0.85
_MEASURING = frozenset(
    map(
        strip_accents,
        forms("tỷ tỉ lệ số lượng mức chỉ tiêu giá trị bình quân năm phần trăm đơn vị"),
    )
)
# Comparing longer words with every name would take longer than a person waits.
_COMPARED = 100


@dataclass(frozen=True, slots=True)
class WantedIndicators:
    """Facts that are meant: all with one of these keys, and those with this key and name."""

    slugs: frozenset[str]
    names: frozenset[tuple[str, str]] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """Return all keys that a fact may have that is meant."""
        return self.slugs | {slug for slug, _ in self.names}

    def holds(self, slug: str, name: str) -> bool:
        """Say whether a fact with this key and name is meant."""
        return slug in self.slugs or (slug, name) in self.names


@dataclass(frozen=True, slots=True)
class KnownIndicators:
    """What can be meant: listed indicators, those that the reports have, and abbreviations."""

    listed: Indicators
    counted: Sequence[IndicatorCount] = ()
    abbreviations: Abbreviations = Abbreviations(())

    def find(self, words: str) -> WantedIndicators:
        """Return what is meant by a key, by a wording of a listed indicator, or by a part of names.

        Parts of names count only when no report states the listed indicator. Raises
        UnknownFilter, naming the nearest there is.

        >>> from indexer.indicators import load_indicators
        >>> known = KnownIndicators(load_indicators())
        >>> sorted(known.find("tỉ lệ hộ nghèo").slugs), sorted(known.find("ty le ho ngheo").slugs)
        (['ty-le-ho-ngheo'], ['ty-le-ho-ngheo'])
        """
        slug = words.strip()
        if self.listed.by_slug(slug) or any(count.slug == slug for count in self.counted):
            return WantedIndicators(frozenset({slug}))
        for runs, bare in self._readings(words):
            named = self._named(runs, bare=bare)
            stated = named & {count.slug for count in self.counted}
            found = WantedIndicators(named) if stated else self._containing(runs, named, bare=bare)
            if found.keys:
                return found
        raise self._unknown(words)

    def _readings(self, words: str) -> Iterator[tuple[frozenset[str], bool]]:
        """Return the words as they are, then without accents when none was typed.

        Each with its abbreviations written out, and abbreviated.
        """
        key = forms(words)
        runs = {" ".join(key)} - {""}
        for other in self.abbreviations.of([span.of(words) for span in split_syllables(words)]):
            if other.sure:
                runs.add(" ".join((*key[: other.start], *forms(other.to_text), *key[other.end :])))
        yield frozenset(runs), False
        if _form(words, bare=True) == _form(words, bare=False):
            yield frozenset(map(strip_accents, runs)), True

    def _named(self, runs: frozenset[str], *, bare: bool) -> frozenset[str]:
        """Return the listed indicators that have one of the runs as a wording."""
        return frozenset(
            indicator.slug
            for indicator in self.listed
            if any(_form(wording, bare=bare) in runs for wording in indicator.wordings)
        )

    def _containing(
        self, runs: frozenset[str], named: frozenset[str], *, bare: bool
    ) -> WantedIndicators:
        """Return what has one of the runs in its name, beside the indicators that are named."""

        def holds(name: str) -> bool:
            padded = f" {_form(name, bare=bare)} "
            return any(f" {run} " in padded for run in runs)

        slugs = set(named)
        names: set[tuple[str, str]] = set()
        for count in self.counted:
            listed = self.listed.by_slug(count.slug)
            if listed is not None and holds(listed.name):
                slugs.add(count.slug)
            names.update((count.slug, name) for name in count.names if holds(name))
        return WantedIndicators(frozenset(slugs), frozenset(names))

    def _unknown(self, words: str) -> UnknownFilter:
        typed = words[:_COMPARED]
        near = _nearest(typed, [count.name for count in self.counted])
        if near:
            hint = _("Gần nhất có: %(names)s.", names="; ".join(near))
        elif self.counted:
            hint = _("Hãy chọn trong danh sách chỉ tiêu, ở trang /indicators.")
        else:
            hint = _("Chưa có số liệu nào; hãy chạy: vankien index --rebuild")
        return UnknownFilter(_("Không có chỉ tiêu nào là %(words)s.", words=repr(typed)), hint)


def _nearest(typed: str, names: Sequence[str]) -> list[str]:
    """Return the names that somebody can have meant: one slip away, or with a word in common.

    A word of two syllables is in common when both stand side by side; one syllable of it
    (`nghiệp`) stands in many words that have nothing to do with each other.
    """
    bare = {" ".join(_content(name)): name for name in names}
    content = _content(typed)
    slips = get_close_matches(" ".join(content), bare, _SHOWN, _ONE_SLIP)
    parts = set(pairwise(content)) if len(content) > 1 else {(word,) for word in content}
    shared = {
        name: sum(f" {' '.join(part)} " in f" {key} " for part in parts)
        for key, name in bare.items()
    }
    alike = sorted((name for name in shared if shared[name]), key=lambda name: -shared[name])
    return list(dict.fromkeys([*(bare[key] for key in slips), *alike]))[:_SHOWN]


def _content(words: str) -> list[str]:
    """Return the syllables without accents, but not those that every measure has."""
    plain = map(strip_accents, (form for form in forms(words) if form not in CONNECTING))
    return [form for form in plain if form not in _MEASURING]


def _form(words: str, *, bare: bool) -> str:
    form = " ".join(forms(words))
    return strip_accents(form) if bare else form
