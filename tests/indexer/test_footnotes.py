"""Marks and bodies: linked when that is certain, otherwise open with a reason."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from indexer.models import Document, Footnote, PassageKind, Resolution
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.indexer.test_alignment import TALKS
from tests.soundness import assert_sound

SIGN = "\ufffd"


def built(text: str) -> Document:
    return build_document(read_text(text), "a.txt", "ab" * 32)


def notes(text: str) -> tuple[Footnote, ...]:
    return built(text).footnotes


def hows(text: str) -> list[str]:
    return [note.how.value for note in notes(text)]


# --- marks with labels -------------------------------------------------------------------------


def test_a_mark_takes_the_body_of_its_label_whatever_their_order():
    text = "Tôm[footnoteRef:2] và cá[footnoteRef:1].\n[1: Một]\n[2: Hai]"
    document = built(text)
    (one, two) = document.footnotes
    assert (one.number, one.body.of(document.text)) == (1, "Một")
    assert document.text[: two.marks[0].start] == "Tôm"


def test_two_bodies_of_one_label_stay_open_and_say_so():
    found = notes("Tôm[footnoteRef:1].\n[1: Một]\n[1: Hai]")
    assert [note.how for note in found] == [Resolution.UNRESOLVED] * 2
    assert all("2 chú thích cùng mang số 1" in note.reason for note in found)
    assert [note.number for note in found] == [1, 2]


def test_a_mark_without_body_says_so():
    (note,) = notes("Tôm được mùa[footnoteRef:4].")
    assert (note.number, note.body, note.how) == (4, None, Resolution.UNRESOLVED)
    assert "chú thích 4" in note.reason and note.marks


def test_a_note_called_twice_is_called_by_both_passages():
    document = built("Tôm[footnoteRef:1].\nCá[footnoteRef:1].\n[1: Một]")
    assert [p.footnotes for p in document.passages] == [(1,), (1,), ()]
    assert_sound(document)


def test_a_note_called_in_a_note_is_its_child():
    document = built("Tôm[footnoteRef:1].\n[1: Theo báo cáo[footnoteRef:2].]\n[2: Số 5]")
    one, two = document.footnotes
    assert (one.parent, two.parent, two.how) == (None, 1, Resolution.MARKED)
    body = next(p for p in document.passages if p.footnote == 1)
    assert body.footnotes == (2,)
    assert_sound(document)


def test_a_note_called_in_the_report_and_in_a_note_is_no_child():
    document = built("Tôm[footnoteRef:1], cá[footnoteRef:2].\n[1: Xem[footnoteRef:2].]\n[2: Hai]")
    assert document.footnotes[1].parent is None
    assert [p.footnotes for p in document.passages] == [(1, 2), (2,), ()]


def test_notes_that_call_each_other_or_themselves_do_no_harm():
    assert_sound(built("Tôm.\n[1: Xem[footnoteRef:2].]\n[2: Xem[footnoteRef:1].]"))
    (note,) = notes("Tôm.\n[1: Xem[footnoteRef:1].]")
    assert (note.how, note.marks) == (Resolution.UNRESOLVED, ())


def test_a_body_without_words_says_so():
    (note,) = notes("Tôm[footnoteRef:1].\n[1:  ]")
    assert (note.body, note.how) == (None, Resolution.UNRESOLVED)
    assert note.reason == "Chú thích này không có nội dung."


def test_numbers_never_repeat():
    text = "A[footnoteRef:7] b[footnoteRef:x] c[footnoteRef:9].\n[7: Bảy]\n[8: Tám]\n[9: Chín]"
    found = notes(text)
    assert Counter(note.number for note in found).most_common(1)[0][1] == 1
    assert {note.label for note in found} == {"7", "9", "x"}


# --- marks that were lost ----------------------------------------------------------------------


def lost_report(talks=TALKS, *, places=None, bodies=None) -> str:
    places = range(len(talks)) if places is None else places
    bodies = range(len(talks)) if bodies is None else bodies
    lines = ["I- KẾT QUẢ"]
    for at, (before, _) in enumerate(talks):
        mark = "\n" if at in places else ""
        lines.append(f"{before}{mark}, bà con phấn khởi.")
    lines.append("")
    lines += [f"{SIGN} {talks[at][1]}" for at in bodies]
    return "\n".join(lines)


def links(document: Document) -> dict[str, str]:
    """Return for each linked body the words before its mark."""
    return {
        note.body.of(document.text): document.text[: note.marks[0].start].rpartition("\n")[2]
        for note in document.footnotes
        if note.how is Resolution.ALIGNED and note.body
    }


def test_as_many_breaks_as_bodies_are_linked_in_order():
    assert links(built(lost_report())) == {body: before for before, body in TALKS}


@pytest.mark.parametrize("furniture", ["PAGE \\* MERGEFORMAT 12", "12", "- 3 -", "Trang 5/12"])
def test_page_furniture_between_the_bodies_is_no_note(furniture):
    lines = lost_report().split("\n")
    document = built("\n".join([*lines[:-3], furniture, *lines[-3:], furniture]))
    assert links(document) == {body: before for before, body in TALKS}
    assert any("số trang" in warning for warning in document.warnings)
    assert "MERGEFORMAT" not in document.text


def test_a_sign_in_a_body_is_a_nested_note_of_it():
    text = lost_report().replace("rộng 8 m", f"rộng 8 m{SIGN}")
    document = built(text)
    nested = [note for note in document.footnotes if note.how is Resolution.NESTED]
    assert [(n.parent, n.label, n.body) for n in nested] == [(1, "1.1", None)]
    assert nested[0].reason
    assert len(links(document)) == len(TALKS)
    assert_sound(document)


def test_a_body_goes_on_over_a_line_break():
    document = built(lost_report().replace("dài 120 m, rộng", "dài 120 m,\nrộng"))
    assert links(document)[TALKS[0][1]] == TALKS[0][0]


@pytest.mark.parametrize("missing", [{0}, {3}, {7}, {1, 2}, {0, 7}, {2, 4, 6}])
def test_missing_bodies_leave_the_rest_right_and_say_so(missing):
    left = [at for at in range(len(TALKS)) if at not in missing]
    document = built(lost_report(bodies=left))
    truth = {body: before for before, body in TALKS}
    found = links(document)
    assert all(truth[body] == before for body, before in found.items())
    for note in document.footnotes:
        assert note.marks or "khác số chú thích" in note.reason
    assert_sound(document)


# --- faults put into a real report -------------------------------------------------------------


class Broken:
    """A report with lost marks taken apart, so that bodies and breaks can be taken away."""

    def __init__(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").split("\n")
        self.bodies = [line for line in lines if line.startswith(SIGN)]
        first = next(at for at, line in enumerate(lines) if line.startswith(SIGN))
        self.lines = lines[:first]
        whole = built(text)
        self.truth = links(whole)
        self.breaks = [
            at
            for at in range(1, len(self.lines))
            if self.lines[at][:1] in (".", ",", ";", ":", ")")
            and self.lines[at - 1].strip()
            and not self.lines[at - 1].rstrip().endswith((".", ":", ";"))
        ]

    def without(self, bodies: set[int] = frozenset(), breaks: set[int] = frozenset()) -> str:
        lines: list[str] = []
        for at, line in enumerate(self.lines):
            if at in breaks:
                lines[-1] += line
            else:
                lines.append(line)
        kept = [body for at, body in enumerate(self.bodies) if at not in bodies]
        return "\n".join([*lines, *kept])

    def with_false_break(self, at: int) -> str:
        line = self.lines[at]
        cut = line.index(", ", len(line) // 3)
        lines = [*self.lines[:at], line[:cut], line[cut:], *self.lines[at + 1 :]]
        return "\n".join([*lines, *self.bodies])


def faults(report: Broken, chance: random.Random) -> Iterator[tuple[str, str]]:
    count = len(report.bodies)
    yield "none", report.without()
    for at in range(0, count, 4):
        yield "one body", report.without({at})
    for size in (2, 3, 5):
        for _ in range(4):
            yield f"{size} bodies", report.without(set(chance.sample(range(count), size)))
    for at in report.breaks[::4]:
        yield "one break", report.without(breaks={at})
    for _ in range(4):
        yield "3 breaks", report.without(breaks=set(chance.sample(report.breaks, 3)))
    long = [at for at, line in enumerate(report.lines) if ", " in line[len(line) // 3 :]]
    long = [at for at in long if len(report.lines[at]) > 200]
    for at in chance.sample(long, 12):
        yield "false break", report.with_false_break(at)


def outcome(report: Broken, text: str) -> Counter[str]:
    document = built(text)
    counts: Counter[str] = Counter()
    for note in document.footnotes:
        if note.how is Resolution.NESTED or note.body is None:
            continue
        body = note.body.of(document.text)
        if note.how is Resolution.UNRESOLVED:
            assert note.reason
            counts["open"] += 1
            continue
        before = document.text[: note.marks[0].start].rpartition("\n")[2]
        # A break that was taken away or added moves the line, not the words before the mark.
        right = report.truth[body].endswith(before[-40:])
        counts["right" if right else "wrong"] += 1
    return counts


@pytest.mark.seed
def test_no_fault_in_the_real_report_makes_a_wrong_link(seed_reports, record_property):
    report = Broken(seed_reports["002"].read_text(encoding="utf-8"))
    results: dict[str, Counter[str]] = {}
    for name, text in faults(report, random.Random(11)):
        results.setdefault(name, Counter()).update(outcome(report, text))
    record_property("outcome", {name: dict(counts) for name, counts in results.items()})
    assert results["none"] == {"right": 49}
    assert all(counts["wrong"] == 0 for counts in results.values()), results
    aligned = sum(counts["right"] for counts in results.values())
    assert aligned / sum(counts.total() for counts in results.values()) > 0.5, results


def test_no_fault_in_a_sample_report_makes_a_wrong_link(sample_paths):
    report = Broken(sample_paths["vam-say-2020-2025.txt"].read_text(encoding="utf-8"))
    results: dict[str, Counter[str]] = {}
    for name, text in faults(report, random.Random(7)):
        results.setdefault(name, Counter()).update(outcome(report, text))
    assert results["none"] == {"right": 36}
    assert all(counts["wrong"] == 0 for counts in results.values()), results


@pytest.mark.seed
def test_three_missing_bodies_do_not_drop_the_three_faint_breaks(seed_reports):
    # 46 of the 49 breaks stand before punctuation: the count alone would fit them to 46 bodies.
    report = Broken(seed_reports["002"].read_text(encoding="utf-8"))
    assert outcome(report, report.without({5, 20, 33}))["wrong"] == 0


def test_no_note_body_is_a_passage_of_the_report():
    document = built(lost_report())
    bodies = [p for p in document.passages if p.kind is PassageKind.FOOTNOTE]
    assert len(bodies) == len(TALKS)
    assert all(p.section_id for p in bodies)
