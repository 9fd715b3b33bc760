"""Which sections of two reports treat one subject: by heading, vocabulary and place in the outline.

Two reports never share an outline. What stands under one heading here may be spread there; such
pairs are kept whole instead of being torn into parts without partners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.models import Document, Section
from indexer.text.diff import word_forms
from search_app.section_likeness import Likeness

# Below the first, siblings treat different things; sections that stand elsewhere must be liker.
_LEAST = 0.22
_LEAST_ELSEWHERE = 0.45
_OF_PLACE, _OF_NUMBER = 0.1, 0.1
# A pair is shown part by part when the parts with partners are at least this much of it.
_SPLIT_FROM = 0.5
# More candidates than this are not weighed one by one; only equal headings are paired then.
_MOST_CANDIDATES = 20_000


@dataclass(frozen=True, slots=True)
class SectionPair:
    """Two sections on one subject; a side is None where the other report has no such section.

    `inner` are the pairs of the sections below; without them the sections are to be read whole.
    """

    left: Section | None
    right: Section | None
    inner: tuple[SectionPair, ...] = ()


def pair_sections(left: Document, right: Document) -> tuple[SectionPair, ...]:
    """Return the sections of two reports in pairs, in the order of the left one.

    Every section is in one pair, or below a section of a pair that has no `inner`.

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> texts = ("I- KẾT QUẢ\\nTôm tăng.\\nII- CHỈ TIÊU\\nTôm 5 tấn.",
    ...          "I- TÌNH HÌNH\\nMưa.\\nII- KẾT QUẢ\\nCá tăng.\\nIII- CHỈ TIÊU\\nCá 6 tấn.")
    >>> one, two = (build_document(read_text(text), "a.txt", digit * 64)
    ...             for text, digit in zip(texts, "01"))
    >>> [tuple(side and side.number for side in (pair.left, pair.right))
    ...  for pair in pair_sections(one, two)]
    [(None, 'I-'), ('I-', 'II-'), ('II-', 'III-')]
    """
    return _Pairer(left, right).pairs()


@dataclass(slots=True, eq=False)
class _Node:
    left: Section | None
    right: Section | None
    parent: _Node | None
    inner: list[_Node] = field(default_factory=list)

    @property
    def section(self) -> Section:
        found = self.left or self.right
        assert found is not None
        return found

    @property
    def is_single(self) -> bool:
        return self.left is None or self.right is None


class _Pairer:
    def __init__(self, left: Document, right: Document) -> None:
        self.children: dict[str | None, list[Section]] = defaultdict(list)
        self.lefts = [section for section in left.sections if section.parent_id is None]
        self.rights = [section for section in right.sections if section.parent_id is None]
        for section in (*left.sections, *right.sections):
            if section.parent_id is not None:
                self.children[section.parent_id].append(section)
        self.likeness = Likeness(left, right)

    def pairs(self) -> tuple[SectionPair, ...]:
        root = _Node(None, None, None)
        root.inner = self._level(self.lefts, self.rights, root)
        self._pair_elsewhere(root)
        return tuple(map(_frozen, root.inner))

    def _level(
        self, lefts: Sequence[Section], rights: Sequence[Section], parent: _Node
    ) -> list[_Node]:
        """Return the nodes of siblings: pairs with what is below them, and what is left over."""
        partners = self._matched(lefts, rights)
        there = {partner.id for partner in partners.values()}
        nodes = []
        waiting = list(rights)
        for one in lefts:
            partner = partners.get(one.id)
            if partner is None:
                nodes.append(self._single(one, parent, is_left=True))
                continue
            # What only the right side has stands where it stands there, between the same pairs.
            while waiting and waiting[0].id not in there:
                nodes.append(self._single(waiting.pop(0), parent, is_left=False))
            nodes.append(self._pair(one, partner, parent))
            if partner in waiting:
                waiting.remove(partner)
        rest = (right for right in waiting if right.id not in there)
        return nodes + [self._single(right, parent, is_left=False) for right in rest]

    def _matched(self, lefts: Sequence[Section], rights: Sequence[Section]) -> dict[str, Section]:
        scored = []
        for i, j in self._candidates(lefts, rights):
            one, other = lefts[i], rights[j]
            near = 1 - abs((i + 0.5) / len(lefts) - (j + 0.5) / len(rights))
            score = self.likeness.of(one, other) + _OF_PLACE * near + _numbered_alike(one, other)
            if score >= _LEAST + _OF_PLACE:
                scored.append((-score, i, j))
        return {lefts[i].id: rights[j] for i, j in _best(scored)}

    def _candidates(
        self, lefts: Sequence[Section], rights: Sequence[Section]
    ) -> Iterator[tuple[int, int]]:
        if len(lefts) * len(rights) <= _MOST_CANDIDATES:
            yield from ((i, j) for i in range(len(lefts)) for j in range(len(rights)))
            return
        named: dict[str, int] = {}
        for j, right in enumerate(rights):
            named.setdefault(_name(right), j)
        yield from ((i, named[_name(one)]) for i, one in enumerate(lefts) if _name(one) in named)

    def _pair(self, left: Section, right: Section, parent: _Node | None) -> _Node:
        node = _Node(left, right, parent)
        self._open(node)
        return node

    def _open(self, node: _Node) -> None:
        """Give a pair its parts when enough of them have partners."""
        assert node.left and node.right
        inner = self._level(self.children[node.left.id], self.children[node.right.id], node)
        paired = sum(_length(n.left) + _length(n.right) for n in inner if not n.is_single)
        if paired >= _SPLIT_FROM * (_length(node.left) + _length(node.right)):
            node.inner = inner

    def _single(self, section: Section, parent: _Node, *, is_left: bool) -> _Node:
        node = _Node(section if is_left else None, None if is_left else section, parent)
        node.inner = [
            self._single(child, node, is_left=is_left) for child in self.children[section.id]
        ]
        return node

    # --- sections that stand elsewhere in the other report

    def _pair_elsewhere(self, root: _Node) -> None:
        singles = [node for node in _walk(root) if node is not root and node.is_single]
        lefts = [node for node in singles if node.right is None]
        rights = [node for node in singles if node.left is None]
        if len(lefts) * len(rights) > _MOST_CANDIDATES:
            return
        scored = []
        for i, one in enumerate(lefts):
            for j, other in enumerate(rights):
                score = self.likeness.of(one.section, other.section)
                if score >= _LEAST_ELSEWHERE and _may_meet(one, other):
                    scored.append((-score, i, j))
        for i, j in _best(scored):
            # An earlier pair may have taken in what stands below it, or parted the two.
            if _is_under(lefts[i], root) and _is_under(rights[j], root):
                self._join(lefts[i], rights[j])

    def _join(self, one: _Node, other: _Node) -> None:
        if not _may_meet(one, other):
            return
        assert other.parent is not None
        other.parent.inner.remove(other)
        one.right = other.right
        one.inner = []
        self._open(one)


def _may_meet(one: _Node, other: _Node) -> bool:
    """Say whether a pair of them would stand in no other pair than both stand in now."""
    return _under_pair(one) in _pairs_above(other) or _under_pair(other) in _pairs_above(one)


def _under_pair(node: _Node) -> _Node | None:
    return next((above for above in _above(node) if not above.is_single), None)


def _pairs_above(node: _Node) -> list[_Node | None]:
    return [*(above for above in _above(node) if not above.is_single), None]


def _above(node: _Node) -> Iterator[_Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _is_under(node: _Node, root: _Node) -> bool:
    """Say whether a node still stands in the tree, as a section without a partner."""
    at: _Node | None = node
    while at is not None and at is not root:
        if at.parent is None or at not in at.parent.inner:
            return False
        at = at.parent
    return node.is_single


def _walk(node: _Node) -> Iterator[_Node]:
    yield node
    for inner in node.inner:
        yield from _walk(inner)


def _frozen(node: _Node) -> SectionPair:
    inner = tuple(map(_frozen, node.inner))
    if node.is_single and all(_is_whole(one) for one in inner):
        inner = ()
    return SectionPair(node.left, node.right, inner)


def _is_whole(pair: SectionPair) -> bool:
    return not pair.inner and (pair.left is None or pair.right is None)


def _best(scored: list[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the best pairs first, each side once."""
    lefts: set[int] = set()
    rights: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            yield i, j


def _length(section: Section | None) -> int:
    return section.span.end - section.span.start if section else 0


def _numbered_alike(one: Section, other: Section) -> float:
    """Return what it adds that both are the second part; that both are "2." says nothing."""
    numbers = [word_forms(section.number) for section in (one, other)]
    return _OF_NUMBER if numbers[0] == numbers[1] and len(numbers[0]) > 1 else 0.0


def _name(section: Section) -> str:
    return " ".join(word_forms(section.title))
