from collections import Counter
from itertools import islice

from indexer.models import PassageKind, Resolution
from indexer.readers.registry import read_file
from indexer.structure import build_document
from indexer.text.analysis import forms
from indexer.versions import near_pairs, sketch
from tests.bench.questions import USUAL, questions
from tests.bench.synthetic import passages, write_reports
from tests.bench.synthetic_reports import INDICATORS, TERMS


def test_a_seed_gives_the_same_passages_and_another_seed_others():
    assert list(passages(20, seed=5)) == list(islice(passages(40, seed=5), 20))
    assert not set(passages(20, seed=5)) & set(passages(20, seed=6))


def test_passages_have_about_110_syllables_and_hold_the_usual_questions():
    texts = [forms(text) for text in passages(2_000)]
    assert 95 < sum(map(len, texts)) / len(texts) < 130
    joined = "\n".join(" ".join(text) for text in texts)
    assert all(" ".join(forms(question)) in joined for question in USUAL)


def test_the_vocabulary_keeps_growing_and_few_words_make_most_of_the_text():
    texts = [forms(text) for text in passages(2_000)]
    first, both = Counter[str](), Counter[str]()
    for at, text in enumerate(texts):
        both.update(text)
        if at < 1_000:
            first.update(text)
    assert len(both) > 1.15 * len(first)
    assert sum(count for _, count in both.most_common(100)) > 0.3 * both.total()


def test_questions_are_of_every_rarity():
    lines = [" ".join(forms(text)) for text in passages(500)]
    drawn = questions(lines)[len(USUAL) :]
    found = [sum(set(asked) <= set(line.split()) for line in lines) for asked in drawn]
    assert min(found) <= 2
    assert max(found) >= 20
    assert all(found)


def test_a_report_is_read_as_what_it_was_made_of(tmp_path):
    first, *_ = write_reports(tmp_path, 1, seed=2)
    document = build_document(read_file(first, 2**20), first.name, "0" * 64)
    kinds = Counter(passage.kind for passage in document.passages)
    assert document.metadata.place
    assert document.metadata.term == f"{TERMS[0]}-{TERMS[0] + 5}"
    assert 250 <= len(document.passages) <= 450
    assert kinds[PassageKind.TABLE] == len(INDICATORS)
    assert kinds[PassageKind.FOOTNOTE] >= 30
    assert all(note.how is Resolution.MARKED for note in document.footnotes)
    assert len(document.sections) > 40


def test_reports_are_no_versions_of_one_another(tmp_path):
    paths = write_reports(tmp_path, 8)
    assert not near_pairs({path.name: sketch(path.read_text()) for path in paths})


def test_a_target_is_what_the_next_report_measures_against(tmp_path):
    earlier, later = (path.read_text().splitlines() for path in write_reports(tmp_path, 2))
    asked = next(line for line in earlier if line.startswith(f"1\t{INDICATORS[0].name}"))
    reached = next(line for line in later if line.startswith(f"1\t{INDICATORS[0].name}"))
    assert asked.split("\t")[-1] == reached.split("\t")[3]
