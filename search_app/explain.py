"""Why a passage was found, in words: what of the question stands in it, and what only around it.

Says what people can check with their own eyes; scores and weights are no reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexer.models import PassageKind, Term
from indexer.sections import heading_line
from indexer.text.analysis import forms, syllables_of
from indexer.text.normalise import strip_accents
from indexer.text.phrases import Expansion
from indexer.traits import Trait, find_traits
from search_app.found import FoundPassage
from search_app.languages import gettext as _
from search_app.search import Result
from search_app.understand import Understanding


class _Where(IntEnum):
    """Where a word was found, the best place first."""

    OWN = 0
    REWORDED = 1
    HEADING = 2
    HEADING_REWORDED = 3
    LINKED = 4
    LINKED_REWORDED = 5
    BARE = 6
    NOWHERE = 7


@dataclass(frozen=True, slots=True)
class _Texts:
    """The three texts in which words are looked for, and what the last two are called."""

    own: tuple[Term, ...]
    heading: tuple[Term, ...]
    linked: tuple[Term, ...]
    heading_name: str
    linked_name: str


def trait_name(trait: Trait) -> str:
    """Return what a kind of statement is called.

    >>> trait_name(Trait.SHORTCOMING)
    'hạn chế'
    """
    return {
        Trait.RESULT: _("kết quả"),
        Trait.SHORTCOMING: _("hạn chế"),
        Trait.CAUSE: _("nguyên nhân"),
        Trait.TARGET: _("chỉ tiêu"),
        Trait.TASK: _("nhiệm vụ, giải pháp"),
        Trait.OUTLOOK: _("dự báo"),
        Trait.LESSON: _("bài học"),
        Trait.FIGURE: _("số liệu"),
    }[trait]


def explain(
    meaning: Understanding, found: FoundPassage, phrases: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return sentences that say why a passage was found; none when only filters were asked for.

    >>> from search_app.understand import Knowledge, understand
    >>> explain(understand("", Knowledge()), None)  # type: ignore[arg-type]
    ()
    """
    if not meaning.content and not phrases:
        return ()
    texts = _texts(found)
    rewordings = tuple(_rewordings(meaning, texts))
    words = {word: _where(meaning, of, texts, rewordings) for word, of in _words(meaning).items()}
    by_place: dict[_Where, list[str]] = {}
    for word, where in words.items():
        by_place.setdefault(where, []).append(word)
    sentences = [*_own(by_place, phrases)]
    # Around the passage another wording only matters where a word is not found otherwise.
    sentences += [
        _reworded(item, texts, where)
        for item, where in rewordings
        if where is _Where.REWORDED or where in by_place
    ]
    sentences += _around(by_place, texts)
    sentences += _whole(found, by_place, texts)
    sentences += _preferred(meaning, found)
    return tuple(dict.fromkeys(sentences))


def _texts(found: FoundPassage) -> _Texts:
    passage = found.passage
    lines = [heading_line(section) for section in found.path]
    lines += [span.of(found.document.text) for span in passage.context]
    note = passage.kind is PassageKind.FOOTNOTE
    return _Texts(
        own=syllables_of(found.text),
        heading=syllables_of("\n".join(lines)),
        linked=syllables_of("\n".join(link.text for link in found.linked)),
        heading_name=_("đề mục hay đầu cột") if passage.kind is PassageKind.TABLE else _("đề mục"),
        linked_name=_("câu gọi chú thích") if note else _("chú thích kèm theo"),
    )


def _words(meaning: Understanding) -> dict[str, tuple[int, ...]]:
    """Return the words of the question that carry meaning, with their syllables' indexes."""
    syllables = meaning.analysis.syllables
    words: dict[str, tuple[int, ...]] = {}
    for word in meaning.analysis.words:
        inside = [
            index
            for index in meaning.content
            if word.span.start <= syllables[index].span.start < word.span.end
        ]
        if inside:
            words.setdefault(word.span.of(meaning.text), tuple(inside))
    known = {index for inside in words.values() for index in inside}
    forms_known = {meaning.form(index) for index in known}
    for index in meaning.content:
        if meaning.form(index) not in forms_known:
            words.setdefault(syllables[index].span.of(meaning.text), (index,))
    return words


def _rewordings(meaning: Understanding, texts: _Texts) -> Iterator[tuple[Expansion, _Where]]:
    """Yield the other wordings that were found, each with the nearest place."""
    for item in meaning.expansions:
        if not set(meaning.content).intersection(range(item.start, item.end)):
            continue
        run = forms(item.to_text)
        if _holds(texts.own, run):
            yield item, _Where.REWORDED
        elif _holds(texts.heading, run):
            yield item, _Where.HEADING_REWORDED
        elif _holds(texts.linked, run):
            yield item, _Where.LINKED_REWORDED


def _holds(terms: Sequence[Term], run: tuple[str, ...]) -> bool:
    width = len(run)
    return any(
        tuple(term.form for term in terms[start : start + width]) == run
        and terms[start + width - 1].position - terms[start].position == width - 1
        for start in range(len(terms) - width + 1)
    )


def _where(
    meaning: Understanding,
    indexes: Iterable[int],
    texts: _Texts,
    rewordings: Sequence[tuple[Expansion, _Where]],
) -> _Where:
    """Return where the whole word is found: the least near place of its syllables."""
    own, heading, linked = (
        {term.form for term in terms} for terms in (texts.own, texts.heading, texts.linked)
    )
    bare = {strip_accents(form) for form in own}

    def place(index: int) -> _Where:
        form = meaning.form(index)
        if form in own:
            return _Where.OWN
        found = [where for item, where in rewordings if item.start <= index < item.end]
        found += [_Where.HEADING] if form in heading else []
        found += [_Where.LINKED] if form in linked else []
        typed = meaning.spelling.bare.get(index)
        others = {other for other, _ in meaning.spelling.others.get(index, ())}
        if own & others or (typed is not None and strip_accents(typed) in bare):
            found.append(_Where.BARE)
        return min(found, default=_Where.NOWHERE)

    return max(map(place, indexes))


def _own(by_place: dict[_Where, list[str]], phrases: Sequence[str]) -> Iterator[str]:
    if phrases:
        yield _("Trong đoạn có nguyên cụm từ %(words)s.", words=_quoted(phrases))
    own = by_place.get(_Where.OWN, [])
    if own:
        words = _quoted(own)
        if len(by_place) == 1 and len(own) > 1:
            yield _("Trong đoạn có đủ các từ: %(words)s.", words=words)
        else:
            yield _("Trong đoạn có: %(words)s.", words=words)


def _reworded(item: Expansion, texts: _Texts, where: _Where) -> str:
    place = {
        _Where.HEADING_REWORDED: _("chỉ %(where)s", where=texts.heading_name),
        _Where.LINKED_REWORDED: _("chỉ %(where)s", where=texts.linked_name),
    }.get(where, _("trong đoạn"))
    found = {"place": place, "word": item.to_text, "other": item.from_text}
    sentence = (
        _("%(place)s có “%(word)s”, cùng nghĩa với “%(other)s”", **found)
        if item.sure
        else _("%(place)s có “%(word)s”, có thể cùng nghĩa với “%(other)s”", **found)
    )
    reason = item.reason.strip().rstrip(".")
    return _sentence(f"{sentence} ({reason})" if reason else sentence)


def _around(by_place: dict[_Where, list[str]], texts: _Texts) -> Iterator[str]:
    for where, place in (
        (_Where.HEADING, _("chỉ %(where)s có", where=texts.heading_name)),
        (_Where.LINKED, _("chỉ %(where)s có", where=texts.linked_name)),
        (_Where.BARE, _("chỉ giống khi không kể dấu")),
        (_Where.NOWHERE, _("không có")),
    ):
        words = by_place.get(where)
        if words:
            yield _sentence(f"{place}: {_quoted(words)}")


def _whole(found: FoundPassage, by_place: dict[_Where, list[str]], texts: _Texts) -> Iterator[str]:
    """Yield whether every word is there, where that is not clear from the words alone."""
    furthest = max(by_place, default=_Where.OWN)
    if sum(map(len, by_place.values())) < 2 or furthest is _Where.OWN:
        return
    if found.complete:
        also = texts.heading_name if furthest >= _Where.HEADING else _("từ cùng nghĩa")
        yield _("Kể cả %(also)s, đoạn có đủ các từ.", also=also)
    elif furthest in (_Where.LINKED, _Where.LINKED_REWORDED):
        yield _("Phải kể cả %(also)s mới đủ các từ.", also=texts.linked_name)


def _preferred(meaning: Understanding, found: FoundPassage) -> Iterator[str]:
    has = find_traits(found.text, map(heading_line, found.path))
    wanted = [trait for trait in meaning.traits if trait.value in has]
    about = ", ".join(trait_name(trait) for trait in wanted if trait is not Trait.FIGURE)
    reasons = [_("thuộc phần nói về %(about)s", about=about)] if about else []
    reasons += [_("có số liệu")] if Trait.FIGURE in wanted else []
    term = found.document.metadata.term
    if term and term in meaning.terms:
        reasons.append(_("thuộc báo cáo nhiệm kỳ %(term)s", term=term))
    if reasons:
        yield _("Được ưu tiên vì %(reasons)s.", reasons=_(" và ").join(reasons))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def place_notes(result: Result) -> Iterator[str]:
    """Yield what places were read out of the words, and how to search everywhere."""
    if result.request.places:
        return
    meaning = result.meaning
    if meaning.places:
        where = ", ".join(meaning.places)
        yield f"Lưu ý: chỉ tìm trong văn bản của {where}; để tìm ở mọi nơi, thêm --anywhere."
    if meaning.near:
        where = ", ".join(meaning.near)
        yield f"Lưu ý: ưu tiên văn bản của {where}, văn bản nơi khác đứng sau."
