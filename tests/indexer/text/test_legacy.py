"""Runs in old fonts: by the font where it tells the truth, by the words where it does not."""

import json

import pytest

from indexer.text.legacy import (
    Converted,
    Encoding,
    FontEncoding,
    RunConverter,
    convert_run,
    encoding_of_font,
)
from tests.conftest import SHARED
from tests.factories.legacy import BYTES, REPORT, encode

LINE = "Sản lượng tôm tăng khá"
FONTS = {
    Encoding.TCVN3: ".VnTime",
    Encoding.VNI: "VNI-Times",
    Encoding.VISCII: "VISCII Times",
    Encoding.VPS: "VPS Times",
}


@pytest.mark.parametrize(
    ("font", "encoding", "upper"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnTimeH", Encoding.TCVN3, True),
        (".VNARIALH", Encoding.TCVN3, True),
        (".VnArial Narrow", Encoding.TCVN3, False),
        (".VnAvantH Bold", Encoding.TCVN3, True),
        ("QWERTY+.VnTimeH,Bold", Encoding.TCVN3, True),
        ("'.VnTime';Times New Roman", Encoding.TCVN3, False),
        ("VNI-Times", Encoding.VNI, False),
        ("VNI Helve-Condense", Encoding.VNI, False),
        ("vni-hlthuphap", Encoding.VNI, False),
        ("VPS Times", Encoding.VPS, False),
        ("VISCII-Roman", Encoding.VISCII, False),
    ],
)
def test_fonts_of_old_encodings(font, encoding, upper):
    assert encoding_of_font(font) == FontEncoding(encoding, upper)


@pytest.mark.parametrize("font", ["", "Times New Roman", "Arial", "Vnecdote", "Verdana", "Vnix"])
def test_other_fonts_say_nothing(font):
    assert encoding_of_font(font) is None


@pytest.mark.parametrize("encoding", BYTES)
@pytest.mark.parametrize("font", [True, False])
def test_a_run_is_decoded_by_its_font_or_by_its_words(encoding, font):
    run = convert_run(encode(LINE, encoding), FONTS[encoding] if font else "")
    assert run == Converted(LINE, encoding)


def test_the_capitals_of_a_font_are_capitals():
    run = convert_run(encode(LINE, Encoding.TCVN3), ".VnTimeH")
    assert run.text == LINE.upper()
    assert convert_run("ubnd xa", ".VnTimeH") == Converted("UBND XA", Encoding.TCVN3)


@pytest.mark.parametrize("font", FONTS.values())
@pytest.mark.parametrize("text", [LINE, "Huyện", "1.200 ha", "", "và cả các"])
def test_unicode_in_an_old_font_is_left_alone(font, text):
    assert convert_run(text, font, around=REPORT + text) == Converted(text)


def test_a_word_of_unicode_among_old_ones_stays():
    text = f"{encode(LINE, Encoding.VNI)} huyện {encode('được mùa', Encoding.VNI)}"
    assert convert_run(text, "VNI-Times").text == f"{LINE} huyện được mùa"


def test_a_short_run_is_judged_by_what_stands_around_it():
    # "cã" reads well as it stands and decoded.
    short, around = encode("có", Encoding.TCVN3), encode(LINE, Encoding.TCVN3)
    assert convert_run(short, "", f"{short} {around}").text == "có"
    assert convert_run(short, ".VnTime").text == "có"
    assert convert_run("cá", ".VnTime", "cá và tôm được mùa").text == "cá"


def test_a_file_that_writes_unicode_in_an_old_font_is_left_alone():
    words = [*REPORT.split(), "cá", "có", "thú"]
    converter = RunConverter([(word, ".VnTime") for word in words])
    assert [converter.convert(word, ".VnTime").text for word in words] == words
    assert converter.conversions() == ()


def test_an_old_file_with_one_run_of_unicode_is_decoded():
    words = [encode(word, Encoding.TCVN3) for word in LINE.split()] * 5
    converter = RunConverter([(word, ".VnTime") for word in [*words, "huyện"]])
    decoded = [converter.convert(word, ".VnTime").text for word in [*words, "huyện"]]
    assert decoded == [*LINE.split() * 5, "huyện"]


def test_a_unicode_body_with_old_notes_is_right_in_both():
    note = encode("Số liệu của Chi cục Thống kê", Encoding.TCVN3)
    runs = [(line, "Times New Roman") for line in REPORT.splitlines()]
    converter = RunConverter([*runs, (note, ".VnTime")])
    assert [converter.convert(*run).text for run in runs] == REPORT.splitlines()
    assert converter.convert(note, ".VnTime").text == "Số liệu của Chi cục Thống kê"
    assert converter.convert(note, "").text == "Số liệu của Chi cục Thống kê"


def test_conversions_are_counted_with_a_sample():
    converter = RunConverter()
    for line in REPORT.splitlines():
        converter.convert(encode(line, Encoding.VNI), "VNI-Times")
    (conversion,) = converter.conversions()
    assert (conversion.encoding, conversion.count) == ("VNI", 4)
    assert conversion.sample_after == REPORT.splitlines()[0]
    assert conversion.sample_before == encode(conversion.sample_after, Encoding.VNI)


def test_a_foreign_language_in_an_old_font_is_left_alone():
    text = "Les élèves ont été reçus à l'hôtel près du château"
    assert convert_run(text, ".VnTime") == Converted(text)


@pytest.mark.seed
@pytest.mark.parametrize("known", [True, False])
def test_phrases_of_others(known):
    path = SHARED / "bench" / "legacy_phrases.json"
    if not path.exists():
        pytest.skip(f"{path} is not there; it is no part of the project")
    phrases = json.loads(path.read_text(encoding="utf-8"))
    fonts = {"tcvn3": ".VnTime", "vni": "VNI-Times", "pdf_glyph_substituted_tcvn3": ".VnTime"}
    for group, font in fonts.items():
        for raw, wanted in phrases[group]:
            # TCVN3 has no capitals with tones, so one phrase differs by case.
            decoded = convert_run(raw, font if known else "").text
            assert decoded.casefold() == wanted.casefold()
    *untouched, minus = phrases["must_not_convert_or_keep_minus"]
    assert [convert_run(text, "").text for text in untouched] == untouched
    assert "5 \u2212 3" in convert_run(minus, ".VnTime" if known else "").text
