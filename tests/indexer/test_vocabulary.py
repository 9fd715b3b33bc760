"""The lists that people edit: every refusal, and what the lists of the package promise."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from indexer.errors import VocabularyError
from indexer.text.abbreviations import Abbreviations
from indexer.text.analysis import forms
from indexer.text.initials import spells
from indexer.text.synonyms import Synonyms
from indexer.vocabulary import DATA, load_abbreviations, load_synonyms

ENTRY = '[[synonym]]\nterms = ["trạm xá", "trạm y tế"]\nreason = "Cũ và mới."\n'


def abbreviations(folder: Path, text: str) -> Abbreviations:
    path = folder / "tắt.toml"
    path.write_text(text, encoding="utf-8")
    return load_abbreviations(path)


def synonyms(folder: Path, text: str) -> Synonyms:
    path = folder / "nghĩa.toml"
    path.write_text(text, encoding="utf-8")
    return load_synonyms(path)


def entry(terms: str, rest: str = 'reason = "Vì thế."') -> str:
    return f"[[synonym]]\nterms = {terms}\n{rest}\n"


def one_way(source: str, target: str) -> str:
    return (
        f'[[synonym]]\ndirection = "one-way"\nfrom = "{source}"\nto = "{target}"\n'
        'reason = "Vì thế."\n'
    )


# --- own files ---------------------------------------------------------------------------------


def test_an_own_list_of_abbreviations_takes_the_place_of_the_other(tmp_path):
    known = abbreviations(
        tmp_path,
        '["Của tôi"]\n"HQ" = "hội quán"\n'
        '"TT" = [{ long = "thị trấn", when = ["xã"] }, "thông tư"]\n',
    )
    assert [(sense.short, sense.long, sense.when) for sense in known.senses] == [
        ("HQ", "hội quán", ()),
        ("TT", "thị trấn", ("xã",)),
        ("TT", "thông tư", ()),
    ]


def test_an_own_list_of_synonyms_takes_the_place_of_the_other(tmp_path):
    known = synonyms(tmp_path, 'distinct = [["thị xã", "thị trấn"]]\n' + ENTRY + one_way("a", "b"))
    assert [(item.terms, item.to) for item in known.entries] == [
        (("trạm xá", "trạm y tế"), ()),
        (("a",), ("b",)),
    ]
    assert known.distinct == (("thị xã", "thị trấn"),)


def test_an_empty_list_is_allowed(tmp_path):
    assert abbreviations(tmp_path, "").senses == ()
    assert synonyms(tmp_path, "").entries == ()


def test_one_word_may_stand_in_two_spellings(tmp_path):
    text = '["A"]\n"KT-XH" = "kinh tế - xã hội"\n"KTXH" = "kinh tế - xã hội"'
    assert len(abbreviations(tmp_path, text).senses) == 2


# --- refusals ----------------------------------------------------------------------------------

LONG = " ".join(["dài"] * 11)
ABBREVIATION_ERRORS = {
    '["A"]\n"HQ" = hội quán': (2, 'viết sai cú pháp TOML ở `"HQ" = hội quán`'),
    '["A"]\nHĐ = "hội đồng"': (2, "viết sai cú pháp TOML"),
    '["A"]\n"HQ" = "a"\n"HQ" = "b"': (3, "viết sai cú pháp TOML"),
    '["A"]\n"HQ" = "hội quán': (2, "viết sai cú pháp TOML"),
    '"HQ" = "hội quán"': (1, "`HQ` đứng ngoài mọi nhóm"),
    '["A"]\n"HQ" = ""': (2, "có một cụm từ trống"),
    '["A"]\n\n" - " = "hội quán"': (3, "có một cụm từ trống"),
    '["A"]\n"HQ" = [{ when = ["a"] }]': (2, "có một cụm từ trống"),
    '["A"]\n"HQ" = [{ long = "a b", when = ["…"] }]': (2, "có một cụm từ trống"),
    '["A"]\n"HQ" = [{ dài = "a" }]': (2, "viết sai cú pháp TOML"),
    '["A"]\n"HQ" = [{ full = "a" }]': (2, "không hiểu khóa `full`"),
    '["A"]\n"HQ" = 5': (2, "`5` không phải là một cụm từ"),
    f'["A"]\n"HQ" = "{LONG}"': (2, "dài 11 tiếng"),
    '["A"]\n"HQ" = "hq"': (2, "`HQ` được giải thích bằng chính nó"),
    '["A"]\n"KT-XH" = "KTXH"': (2, "giải thích bằng chính nó"),
    '["A"]\n"AB" = "BC"\n"BC" = "AB"': (2, "giải thích vòng quanh"),
    '["A"]\n"AB" = "BC"\n"BC" = "CD"\n"CD" = "ab"': (2, "giải thích vòng quanh"),
    '["A"]\n"TL" = "thuỷ lợi"\n["B"]\n"TL" = "thủy lợi"': (4, "đã có ở dòng 2"),
}


@pytest.mark.parametrize("text", ABBREVIATION_ERRORS)
def test_a_wrong_list_of_abbreviations_is_refused(tmp_path, text):
    line, message = ABBREVIATION_ERRORS[text]
    with pytest.raises(VocabularyError) as caught:
        abbreviations(tmp_path, text)
    assert f"tắt.toml:{line}`" in caught.value.message
    assert message in caught.value.message
    assert caught.value.hint


SYNONYM_ERRORS = {
    ENTRY + "[[synonym]\n": (4, "viết sai cú pháp TOML"),
    ENTRY + entry('["", "b"]'): (4, "có một cụm từ trống"),
    ENTRY + entry(f'["{LONG}", "b"]'): (4, "dài 11 tiếng"),
    ENTRY + entry('["b"]'): (4, "mục không đủ hai cụm từ"),
    ENTRY + entry('["b", 5]'): (4, "`5` không phải là một cụm từ"),
    ENTRY + entry('["b", "c"]', ""): (4, "mục không ghi `reason`"),
    ENTRY + entry('["b", "c"]', 'lý_do = "a"'): (6, "viết sai cú pháp TOML"),
    ENTRY + entry('["b", "c"]', 'reson = "a"'): (4, "không hiểu khóa `reson`"),
    ENTRY + entry('["b", "c"]', 'reason = "a"\nto = "d"'): (4, "`to` không hợp với `direction`"),
    ENTRY + entry('["b", "c"]', 'reason = "a"\ndirection = "x"'): (4, "`direction` ghi `x`"),
    ENTRY + entry('["thuỷ lợi", "Thủy lợi"]'): (4, "có hai lần"),
    ENTRY + entry(str([f"từ {n}" for n in range(51)])): (4, "mục có 51 cụm từ"),
    one_way("a", "b") + one_way("b", "a"): (0, "đi vòng"),
    ENTRY + one_way("trạm xá", "trạm y tế"): (4, "đi vòng: trạm xá → trạm y tế"),
    one_way("a", "b") + entry('["b", "c"]') + one_way("c", "a"): (0, "đi vòng"),
    'distinct = [["a"]]\n': (1, "`distinct` có"),
    'distinct = [["a", "A"]]\n': (1, "`distinct` có"),
    "distinct = 5\n": (1, "`5` không phải là một cụm từ"),
    'distinct = [["b", "a"]]\n' + entry('["a", "b"]'): (2, "`a` và `b`|`b` và `a`"),
    'distinct = [["a", "c"]]\n' + entry('["a", "b"]') + one_way("b", "c"): (5, "a → b → c"),
    "other = 5\n": (1, "không hiểu khóa `other`"),
    "synonym = 5\n": (0, "`synonym` không phải là các mục"),
    "a = " + "[" * 5_000: (0, "."),
}


@pytest.mark.parametrize("text", SYNONYM_ERRORS, ids=lambda text: text[-40:])
def test_a_wrong_list_of_synonyms_is_refused(tmp_path, text):
    line, message = SYNONYM_ERRORS[text]
    with pytest.raises(VocabularyError, match=message) as caught:
        synonyms(tmp_path, text)
    assert (f"nghĩa.toml:{line}`" if line else "nghĩa.toml") in caught.value.message
    assert caught.value.hint


# --- the lists of the package ------------------------------------------------------------------

# Initials of another language, letters inside a syllable, or a number of words left out.
NOT_BY_INITIALS = set(
    re.findall(
        r"\S+",
        "CV TW BCHTW UBKTTW BTCTW BTGTW VPTW NSTW TTg GDP GRDP FDI ODA PPP BOT PCI FTA WTO Cty "
        "OCOP ĐTM KCB TKCLP ha km kg kW MW tr.đ trđ USD VNĐ đ/c",
    )
)


def test_the_package_holds_what_it_promises():
    senses = load_abbreviations().senses
    assert len({sense.short for sense in senses}) >= 150
    assert len(load_synonyms().entries) >= 150
    assert len(load_synonyms().distinct) >= 20


def test_abbreviations_are_the_initials_of_their_long_forms():
    odd = {
        sense.short for sense in load_abbreviations().senses if not spells(sense.short, sense.long)
    }
    assert odd == NOT_BY_INITIALS


def test_every_ambiguous_abbreviation_says_what_decides():
    senses = load_abbreviations().senses
    count = Counter(sense.short for sense in senses)
    assert all(sense.when for sense in senses if count[sense.short] > 1)


def test_the_ambiguous_abbreviations_of_reports_have_their_senses():
    known = load_abbreviations()
    senses = {short: {item.to_text for item in known.expand(short, ())} for short in ("TT", "QĐ")}
    assert senses["TT"] >= {"thông tư", "thị trấn", "thông tin"}
    assert senses["QĐ"] == {"quyết định", "quy định"}
    assert [item.to_text for item in known.expand("CT", forms("15 TU"))] == ["chỉ thị"]
    assert [item.to_text for item in known.expand("KH", forms("công nghệ"))] == ["khoa học"]


def test_no_expression_of_the_package_stands_in_two_entries():
    terms = [
        (forms(term), bool(item.to)) for item in load_synonyms().entries for term in item.terms
    ]
    assert [term for term, count in Counter(terms).items() if count > 1] == []


def test_every_entry_of_the_package_has_a_sentence_and_a_topic():
    for item in load_synonyms().entries:
        assert re.fullmatch(r"[A-ZĐ].{8,90}\.", item.reason)
        assert item.topic


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("trạm xá", "trạm y tế"),
        ("bà con", "nhân dân"),
        ("đường sá", "giao thông"),
        ("học sinh bỏ học", "học sinh nghỉ học giữa chừng"),
        ("nước sạch", "nước hợp vệ sinh"),
        ("người có công", "gia đình chính sách"),
        ("đơn thư", "khiếu nại, tố cáo"),
        ("tinh giản biên chế", "giảm biên chế"),
    ],
)
def test_what_people_ask_leads_to_what_reports_say(question, wanted):
    assert wanted in [item.to_text for item in load_synonyms().of(forms(question))]


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("hộ nghèo", "cận nghèo"),
        ("gia đình chính sách", "người có công"),
        ("hội đồng nhân dân", "bà con"),
        ("an toàn giao thông", "đường sá"),
        ("làm theo đạo đức Hồ Chí Minh", "tôn giáo"),
    ],
)
def test_what_must_not_be_expanded(question, never):
    found = [item.to_text for item in load_synonyms().of(forms(question))]
    assert not [text for text in found if never in text]


def test_every_list_of_the_package_is_shipped():
    pyproject = tomllib.loads((DATA.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert "data/*.toml" in pyproject["tool"]["setuptools"]["package-data"]["indexer"]


def test_the_lists_of_the_package_are_sound():
    # They are not checked when they are loaded; a list that is named is.
    assert load_abbreviations(DATA / "abbreviations.toml") == load_abbreviations()
    assert load_synonyms(DATA / "synonyms.toml") == load_synonyms()
