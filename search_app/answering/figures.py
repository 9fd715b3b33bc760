"""Numbers that answer: how well a fact fits what a question asks for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from indexer.indicators import unit_key
from indexer.models import Fact, FactKind, PassageKind, Shape, Span
from indexer.text.analysis import forms
from indexer.text.normalise import match_form
from indexer.text.numerals import number_form
from indexer.text.segment import split_syllables
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Unit, coverage, is_light, zone_of
from search_app.answering.evidence import SENTENCE, Evidence, Zones
from search_app.answering.period_fit import period_fit
from search_app.answering.wants import AnswerType, Basis, Slot, Wants
from search_app.question_words import CONNECTING

_MONEY = "đồng"
# Nouns that count the same thing: a report says "lao động" where a question says "người".
_CLASSES = tuple(
    frozenset(" ".join(forms(word)) for word in row.split(", "))
    for row in (
        "người, lao động, thanh niên, công dân, cán bộ, đồng chí, đ/c, đảng viên, hội viên, "
        "đoàn viên, quần chúng, học sinh, em, cháu, đối tượng, biên chế, đại biểu, người dân, dân, "
        "thành viên, lượt người, nhân khẩu, công nhân, giáo viên, học viên, con nghiện, "
        "người nghiện, mẹ",
        "ca, ca mắc, ca nhiễm, ca bệnh, bệnh nhân, người mắc",
        "nhà, căn, căn nhà, ngôi nhà, ngôi",
        "vụ, trường hợp, vụ việc, vụ án, cặp, đối tượng",
        "cuộc, lượt, lần, đợt, buổi",
        "cơ sở, tổ chức, đơn vị, đảng bộ, chi bộ, tổ chức đảng, cơ quan",
        "dự án, công trình, hạng mục",
        "khách, du khách, lượt khách, lượt, khách du lịch, lượt người, người",
        "đơn, đơn thư, vụ, vụ việc, hồ sơ",
        "cây, cây xanh",
        "con, cá bột, cá giống",
        "m 2, m2, mét vuông",
        "m 3, m3, mét khối",
        "km, ki lô mét, cây số",
        "ha, héc ta, hécta, hecta, héc",
        "g, gam",
        "g lít, gam",
        "hộ, hộ gia đình, gia đình, hộ dân",
    )
)
_WHOLE = re.compile(r"\b(?:tổng|toàn|cả|chung)\b", re.I)
_LONGEST_NOUN = 40
_TABLE = 0.9
# So much of the question stands beside a value that it is meant, whatever its indicator.
_ALL_SAID = 0.85
# What a value is worth whose own words say nothing of the question.
_ELSEWHERE = 0.7
# A name of so few words (`tỷ lệ`, `số tiền`) does not say of what.
_FEW_WORDS = 2
_NO_SHARE = 0.5
# A value without a unit whose name has the noun.
_NAMED_SO = 0.85
# What each word of a name is worth that the question does not have, and the most of it.
_EXTRA, _MOST_EXTRA = 0.025, 0.15
_OTHER_INDICATOR, _UNLISTED_INDICATOR = 0.54, 0.9
_RANK_STEP = 0.004


@dataclass(frozen=True)
class Asked:
    """What a fact is held against: the question's words, its kind of answer and one slot.

    `named` gives for each indicator that the question names, by key, the syllables that name it;
    `listed` are the keys of all known indicators, `counted` the syllables of what is counted.
    """

    units: tuple[Unit, ...]
    wants: Wants
    slot: Slot
    named: Mapping[str, frozenset[int]] = field(default_factory=dict)
    listed: Container[str] = frozenset()
    counted: frozenset[int] = frozenset()

    @cached_property
    def as_typed(self) -> tuple[Unit, ...]:
        """Return the words without their other readings and what they are expanded to."""
        return tuple(replace(unit, runs=unit.runs[:1]) for unit in self.units)

    @cached_property
    def naming(self) -> frozenset[int]:
        """Return the syllables that name an indicator."""
        return frozenset().union(*self.named.values())

    @cached_property
    def forms(self) -> frozenset[str]:
        """Return the forms of the words and of all that stands for them."""
        return frozenset(form for unit in self.units for run in unit.runs for form in run)

    @cached_property
    def heavy(self) -> frozenset[str]:
        """Return the forms that say of what a value is told."""
        return frozenset(form for form in self.forms if not is_light(form))

    @cached_property
    def said(self) -> frozenset[str]:
        """Return the forms that a name may have without saying more than the question."""
        return self.forms | CONNECTING | frozenset(forms(self.wants.noun))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the numbers of the question."""
        return frozenset(form for form in self.forms if form[0].isdigit())


# Of one value they are asked for several times, and values share names and units.
_forms = lru_cache(maxsize=1 << 12)(forms)


def fact_candidates(evidences: Iterable[Evidence], asked: Asked) -> tuple[Candidate, ...]:
    """Return the values that may answer, best first."""
    found = [
        candidate
        for evidence in evidences
        for fact in evidence.facts
        for candidate in _candidate(evidence, fact, asked)
    ]
    return tuple(sorted(found, key=lambda c: (-c.score, c.evidence.rank, c.value)))


def _candidate(evidence: Evidence, fact: Fact, asked: Asked) -> Iterator[Candidate]:
    fit = _fit(evidence, fact, asked)
    if not fit:
        return
    fit *= period_fit(fact.period, asked.slot.period, evidence.document)
    if not fit:
        return
    given = asked.named.get(fact.indicator, frozenset()) | _counted(fact, asked)
    covered = coverage(asked.units, _zones(evidence, fact), given)
    score = covered * fit * (1 - _RANK_STEP * evidence.rank)
    if evidence.passage.kind is PassageKind.TABLE:
        # A sentence says more than a cell.
        score *= _TABLE
    value = _with_asked_words(evidence, fact, asked.heavy)
    yield Candidate(evidence, fact.quote, value, covered, score, fact)


def _counted(fact: Fact, asked: Asked) -> frozenset[int]:
    """Return the syllables of the question that the unit of a value stands for."""
    if asked.wants.type is not AnswerType.COUNT or _noun_fit(fact, asked.wants.noun) < 0.9:
        return frozenset()
    return asked.counted


def _with_asked_words(evidence: Evidence, fact: Fact, asked: Container[str]) -> Span:
    """Return the number with its unit and the words behind it that the question has, too."""
    text = evidence.document.text
    end = fact.quantity.span.end
    behind = Span(end, min(fact.clause.end, end + _LONGEST_NOUN))
    for word in split_syllables(behind.of(text)):
        beside = not text[end : behind.start + word.start].strip()
        if not beside or match_form(word.of(behind.of(text))) not in asked:
            break
        end = behind.start + word.end
    return Span(fact.quantity.span.start, max(end, fact.quantity.span.end))


def _zones(evidence: Evidence, fact: Fact) -> Zones:
    return (*evidence.told(fact), (evidence.zone(fact.quote), SENTENCE), *evidence.around)


def _fit(evidence: Evidence, fact: Fact, asked: Asked) -> float:
    """Return how well a value fits, 0 when it cannot be what was asked for."""
    fit = _unit_fit(fact, asked.wants)
    if not fit:
        return 0.0
    return (
        fit
        * _kind_fit(fact, asked.wants, asked.slot)
        * _indicator_fit(evidence, fact, asked)
        * _subject_fit(evidence, fact, asked)
        * _extra_fit(fact, asked)
        * _number_fit(fact, asked)
        * _yearly_fit(fact, asked.wants)
        * _whole_fit(evidence, fact, asked.wants)
    )


def _unit_fit(fact: Fact, wants: Wants) -> float:
    if wants.type is AnswerType.PERCENT:
        return 1.0 if fact.quantity.unit.startswith("%") else 0.0
    if wants.type is AnswerType.MONEY:
        return 1.0 if unit_key(fact.quantity.unit) == _MONEY else 0.0
    if wants.type is AnswerType.COUNT:
        return _noun_fit(fact, wants.noun)
    if wants.shares and fact.quantity.unit != "%" and fact.quantity.shape is Shape.SINGLE:
        return _NO_SHARE
    if wants.money and unit_key(fact.quantity.unit) not in (_MONEY, "%", "lần", ""):
        return 0.7
    return 1.0


def _noun_fit(fact: Fact, noun: str) -> float:
    """Return how well the unit of a value is what the question counts; `noun` is one word."""
    unit = _forms(fact.quantity.unit)
    wanted = _forms(noun)
    if not wanted:
        return 1.0
    if unit_key(fact.quantity.unit) in (_MONEY, "%"):
        # A count of things is no sum of money; "bao nhiêu" of a share is asked otherwise.
        return 1.0 if set(unit) & set(wanted) else 0.1
    if unit and (unit[: len(wanted)] == wanted or wanted[: len(unit)] == unit):
        return 1.0
    counted, asked = " ".join(unit), " ".join(wanted)
    if any(counted in group and asked in group for group in _CLASSES):
        return 0.92
    if _has_run(_forms(fact.name), wanted):
        return _NAMED_SO
    return 0.5 if not unit else 0.4


def is_number_of(fact: Fact, noun: str) -> bool:
    """Say whether a value counts things of this name; a share of them does not."""
    return _noun_fit(fact, noun) >= _NAMED_SO


def _has_run(whole: Sequence[str], run: Sequence[str]) -> bool:
    return any(
        tuple(whole[at : at + len(run)]) == tuple(run) for at in range(len(whole) - len(run) + 1)
    )


def _kind_fit(fact: Fact, wants: Wants, slot: Slot) -> float:
    if slot.kinds and fact.kind not in slot.kinds:
        return 0.3 if fact.kind is FactKind.TARGET or FactKind.TARGET in slot.kinds else 0.8
    if wants.basis is Basis.SHARE_OF_TARGET:
        return 1.0 if fact.kind is FactKind.SHARE_OF_TARGET else 0.75
    if wants.basis is Basis.CHANGE:
        moving = fact.kind is FactKind.CHANGE or bool(fact.direction)
        return 1.0 if moving else 0.3 if fact.kind is FactKind.BASELINE else 0.6
    if fact.kind is FactKind.RESULT:
        return 1.0
    if fact.kind is FactKind.TARGET:
        return 1.0 if slot.kinds else 0.75 if slot.period else 0.85
    return 0.8 if fact.kind is FactKind.BASELINE else 0.75


def _indicator_fit(evidence: Evidence, fact: Fact, asked: Asked) -> float:
    """Return less for a value of another indicator than the one that the question names."""
    if not asked.named or fact.indicator in asked.named:
        return 1.0
    if coverage(asked.as_typed, evidence.told(fact)) >= _ALL_SAID:
        return 1.0
    if fact.indicator in asked.listed or _is_other(fact, asked):
        return _OTHER_INDICATOR
    named = [unit for unit in asked.units if asked.naming.issuperset(unit.indexes)]
    near = coverage(named, _zones(evidence, fact))
    return _UNLISTED_INDICATOR if near >= 0.6 else _OTHER_INDICATOR


def _is_other(fact: Fact, asked: Asked) -> bool:
    """Say whether a name lacks words of the indicator and has others in their place.

    `vốn đầu tư công` is not `vốn đầu tư toàn xã hội`.
    """
    own = zone_of(fact.name)
    wanted = [unit for unit in asked.as_typed if asked.naming.issuperset(unit.indexes)]
    if not any(own.has(unit.runs[0]) for unit in wanted):
        return False
    lacks = any(not own.has(unit.runs[0]) for unit in wanted if len(unit.runs[0]) > 1)
    asked_forms = {form for unit in asked.as_typed for form in unit.runs[0]}
    return lacks and not own.forms <= asked_forms


def _subject_fit(evidence: Evidence, fact: Fact, asked: Asked) -> float:
    """Return less for a value that only shares its sentence or its headings with the question.

    A note tells of what calls it, a share (`chiếm tỷ lệ 65%`) of what stands before it.
    """
    zones = evidence.told(fact)
    if evidence.passage.kind is not PassageKind.BODY or len(_forms(fact.name)) <= _FEW_WORDS:
        zones = (*zones, (evidence.zone(fact.quote), SENTENCE), *evidence.callers)
    given = asked.named.get(fact.indicator, frozenset()) | _counted(fact, asked)
    own = coverage(asked.units, zones, given)
    return min(1.0, _ELSEWHERE + own)


def _extra_fit(fact: Fact, asked: Asked) -> float:
    """Return less for a name that says more than the question: admitted members are not members."""
    unit = _forms(fact.quantity.unit)
    extra = [
        form
        for form in _forms(fact.name)
        if form not in asked.said and form not in unit and not is_light(form)
    ]
    return 1 - min(_MOST_EXTRA, _EXTRA * len(extra))


def _number_fit(fact: Fact, asked: Asked) -> float:
    """Return less for a number that the question itself gives."""
    if asked.wants.type is AnswerType.KEYWORDS or asked.wants.vague:
        return 1.0
    if not asked.numbers:
        return 1.0
    value = number_form(str(fact.quantity.value).replace(".", ","))
    return 0.5 if value in asked.numbers else 1.0


def _yearly_fit(fact: Fact, wants: Wants) -> float:
    if wants.yearly:
        return 1.0 if "năm" in fact.quantity.per else 0.8
    if "tháng" in fact.quantity.per:
        return 0.85
    return 0.93 if fact.quantity.per == "năm" and wants.type is not AnswerType.KEYWORDS else 1.0


def _whole_fit(evidence: Evidence, fact: Fact, wants: Wants) -> float:
    """Return less for a part of an enumeration, and for what is no total where one is asked for."""
    if wants.total:
        told = f"{fact.name}. {fact.clause.of(evidence.document.text)}"
        return 1.0 if _WHOLE.search(told) else 0.9
    if not fact.parent:
        return 1.0
    return 0.85 if wants.type is AnswerType.KEYWORDS else 0.97


def distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates without those that say the same value of the same place again."""
    found: dict[tuple[object, ...], Candidate] = {}
    for candidate in candidates:
        fact = candidate.fact
        key: tuple[object, ...] = (candidate.evidence.document.id, candidate.text)
        if fact is not None:
            quantity = fact.quantity
            key = (fact.place, quantity.value, quantity.other, quantity.unit, fact.kind)
            if quantity.shape is not Shape.SINGLE:
                key = (*key, quantity.shape)
        found.setdefault(key, candidate)
    return tuple(found.values())
