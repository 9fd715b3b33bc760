"""Short and long forms: what an abbreviation stands for, and how a long form is abbreviated.

Senses come from the editable list and from what reports define themselves (`mining`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from indexer.text.analysis import forms
from indexer.text.initials import is_word
from indexer.text.mining import Definition
from indexer.text.normalise import match_form
from indexer.text.phrases import Expansion, ExpansionKind, PhraseTable

_LONGEST_SHORT = 5  # syllables of an abbreviation: LĐ-TB&XH, TTLT-BYT-BTC


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of an abbreviation.

    `when` are expressions that decide for this meaning where there are several. `documents` are
    the reports that define it; empty for the list. `sure` is False for what was guessed.
    """

    short: str
    long: str
    when: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sure: bool = True


def key(short: str) -> str:
    """Return the form by which an abbreviation is looked up, whatever joins its parts.

    >>> key("KT-XH") == key("KTXH") == key("kt – xh")
    True
    """
    return "".join(forms(short))


@dataclass(frozen=True)
class Abbreviations:
    """All known senses.

    >>> known = Abbreviations((Sense("BHYT", "bảo hiểm y tế"),))
    >>> [expansion.to_text for expansion in known.expand("bhyt", ())]
    ['bảo hiểm y tế']
    >>> [expansion.to_text for expansion in known.shorten(("bảo", "hiểm", "y", "tế"))]
    ['BHYT']
    """

    senses: tuple[Sense, ...]
    _by_key: Mapping[str, tuple[Sense, ...]] = field(init=False, repr=False, compare=False)
    _by_long: PhraseTable[tuple[Sense, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shorts: dict[str, list[Sense]] = {}
        longs: dict[tuple[str, ...], list[Sense]] = {}
        for sense in self.senses:
            shorts.setdefault(key(sense.short), []).append(sense)
            longs.setdefault(forms(sense.long), []).append(sense)
        by_key = {short: tuple(senses) for short, senses in shorts.items()}
        by_long = PhraseTable({long: tuple(senses) for long, senses in longs.items()})
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "_by_long", by_long)

    def with_mined(self, mined: Mapping[str, Iterable[Definition]]) -> Abbreviations:
        """Return these and the definitions of reports, by document id.

        What a report only uses (`initials`) never speaks against the list; what it defines in
        brackets does, for this report.

        >>> from indexer.text.mining import mine
        >>> known = Abbreviations(()).with_mined({"a1": mine("Hội quán nông dân (HQND) ra đời")})
        >>> [(sense.long, sense.documents) for sense in known.senses]
        [('Hội quán nông dân', ('a1',))]
        """
        listed = {(key(sense.short), forms(sense.long)) for sense in self.senses}
        added: dict[tuple[str, tuple[str, ...]], Sense] = {}
        for document, definitions in mined.items():
            for item in definitions:
                short, long = key(item.short), forms(item.long)
                guessed = item.how == "initials"
                if (short, long) in listed or (guessed and short in self._by_key):
                    continue
                new = Sense(item.short, item.long, documents=(), sure=not guessed)
                sense = added.get((short, long), new)
                added[short, long] = replace(
                    sense,
                    documents=(*sense.documents, document),
                    sure=sense.sure or not guessed,
                )
        return Abbreviations((*self.senses, *added.values()))

    def expand(self, short: str, context_forms: Sequence[str]) -> tuple[Expansion, ...]:
        """Return what an abbreviation stands for, in the spelling of a question.

        The context decides between several senses; when it does not, all are returned, unsure.
        """
        senses = [sense for sense in self._by_key.get(key(short), ()) if _may_be(short, sense)]
        exact = [sense for sense in senses if sense.short == short]
        decided = _decide(exact or senses, context_forms)
        several = len({forms(sense.long) for sense in decided if not sense.documents}) > 1
        end = len(forms(short))
        return tuple(
            _expansion(sense, short, sense.long, end, sure=sense.sure and not several)
            for sense in decided
        )

    def shorten(self, long_forms: Sequence[str]) -> tuple[Expansion, ...]:
        """Return how a long form is abbreviated; never by what reads like another word (TƯ, tư).

        An abbreviation that has other senses as well is not sure.
        """
        senses = self._by_long.get(tuple(long_forms)) or ()
        return tuple(
            _expansion(
                sense,
                sense.long,
                sense.short,
                len(long_forms),
                sure=sense.sure and self._means_one_thing(sense.short),
            )
            for sense in senses
            if not _hides(sense.short)
        )

    def of(self, syllables: Sequence[str]) -> tuple[Expansion, ...]:
        """Return all expansions of a question, given its syllables as they were written.

        An abbreviation gives its long forms and their other abbreviations, a long form gives its
        abbreviations. Capitals mean nothing in a question that is written in capitals.

        >>> known = Abbreviations((Sense("KT-XH", "kinh tế - xã hội"),))
        >>> [(item.to_text, item.start, item.end) for item in known.of(("về", "KT", "XH"))]
        [('kinh tế - xã hội', 1, 3)]
        """
        question = tuple(map(match_form, syllables))
        found = [*self._shorts(_without_shouting(syllables), question)]
        for long in self._by_long.find(question):
            at_long = self.shorten(question[long.start : long.end])
            found += [replace(item, start=long.start, end=long.end) for item in at_long]
        once: dict[tuple[object, ...], Expansion] = {}
        for item in sorted(found, key=lambda item: (item.start, not item.sure)):
            once.setdefault((item.start, item.end, forms(item.to_text), item.documents), item)
        return tuple(once.values())

    def _shorts(self, written: Sequence[str], question: tuple[str, ...]) -> Iterator[Expansion]:
        start = 0
        while start < len(written):
            end = self._end_of_short(question, start)
            context = (*question[:start], *question[end:])
            for item in self.expand(" ".join(written[start:end]), context):
                yield replace(item, start=start, end=end)
                for other in self.shorten(forms(item.to_text)) if item.sure else ():
                    if forms(other.to_text) != question[start:end]:
                        yield replace(other, from_text=item.from_text, start=start, end=end)
            start = max(end, start + 1)

    def _means_one_thing(self, short: str) -> bool:
        return len({forms(sense.long) for sense in self._by_key[key(short)]}) == 1

    def _end_of_short(self, question: tuple[str, ...], start: int) -> int:
        """Return where the longest abbreviation ends that begins here, `start` without any."""
        for end in range(min(len(question), start + _LONGEST_SHORT), start, -1):
            parts = question[start:end]
            senses = self._by_key.get("".join(parts), ())
            # "TX U" of "TX U Minh" is not TXU; what has a word in it must be parted as listed.
            joinable = len(parts) == 1 or not any(map(is_word, parts))
            if senses and (joinable or any(forms(item.short) == parts for item in senses)):
                return end
        return start


def _without_shouting(syllables: Sequence[str]) -> Sequence[str]:
    """Write the words of a question in capitals small: there "CA" may be no abbreviation."""
    accented = [word for word in syllables if is_word(match_form(word)) and not word.isascii()]
    if len(accented) < 2 or any(map(str.islower, "".join(syllables))):
        return syllables
    return [word.lower() if is_word(match_form(word)) else word for word in syllables]


def _hides(short: str) -> bool:
    """Say whether the lower-case form reads like a word that the abbreviation is not."""
    return all(map(is_word, forms(short))) and not short.islower()


def _may_be(written: str, sense: Sense) -> bool:
    return not _hides(sense.short) or key(written) != key(sense.short) or not written.islower()


def _decide(senses: Sequence[Sense], context: Sequence[str]) -> list[Sense]:
    """Return the senses with most of their words in the context; a report's own always stay."""
    runs = f" {' '.join(context)} "

    def score(sense: Sense) -> int:
        return sum(f" {' '.join(forms(word))} " in runs for word in sense.when)

    ranked = sorted((sense for sense in senses if not sense.documents), key=score, reverse=True)
    best = next((list(group) for _, group in groupby(ranked, key=score)), [])
    return [*best, *(sense for sense in senses if sense.documents)]


def _expansion(sense: Sense, found: str, other: str, end: int, *, sure: bool) -> Expansion:
    where = ", theo định nghĩa trong báo cáo" if sense.documents else ""
    reason = f"{sense.short} viết tắt của {sense.long}{where}"
    kind = ExpansionKind.ABBREVIATION
    return Expansion(found, other, kind, reason, 0, end, sense.documents, sure=sure)
