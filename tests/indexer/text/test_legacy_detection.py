"""Which encoding a text is in, by its words: found where it is, nothing found elsewhere."""

import json

import pytest

from indexer.text.legacy import Encoding, detect
from indexer.text.legacy_detection import score_text
from tests.conftest import SHARED
from tests.factories.legacy import BYTES, REPORT, encode


@pytest.mark.parametrize("encoding", Encoding)
def test_a_report_is_known_by_its_words(encoding):
    assert detect(encode(REPORT, encoding)) is encoding


@pytest.mark.parametrize("encoding", BYTES)
def test_it_is_known_as_cp1252_shows_it(encoding):
    data = encode(REPORT, encoding).encode("latin-1")
    shown = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)
    assert detect(shown) is encoding


@pytest.mark.parametrize("encoding", BYTES)
@pytest.mark.parametrize("line", ["Sản lượng tôm tăng khá", "Chỉ đạo quyết liệt"])
def test_a_heading_is_enough(encoding, line):
    assert detect(encode(line, encoding)) is encoding


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "Báo cáo hàng tháng và quý, có bảng",
        "Là do công tác còn thiếu",
        "Les élèves ont été reçus à l'hôtel près du château",
        "tôt ou tard",
        "El niño pequeño mañana",
        "Grüße aus München, schöne Straße",
        "Kich thuoc 50 µm, 30 °C, 5 £/kg, §4, 20 m²",
        "¥ £ € ¢",
        "plain text? (yes) a^2 + b^2. Don't. I'm here.",
        "Bao cao ket qua. Chi thi. Nghi quyet?",
        "",
        "5 %",
    ],
)
def test_other_text_is_left_alone(text):
    assert detect(text) is None


@pytest.mark.parametrize(("text", "good"), [("ch©n ¢n", 2), ("®· cã", 2), ("Q§-UB", 0)])
def test_words_are_judged_as_syllables(text, good):
    assert score_text(text, Encoding.TCVN3).good == good


def test_a_long_text_is_judged_by_samples():
    text = encode(REPORT, Encoding.TCVN3) * 3000
    assert detect(text) is Encoding.TCVN3


@pytest.mark.seed
def test_phrases_of_others():
    path = SHARED / "bench" / "legacy_phrases.json"
    if not path.exists():
        pytest.skip(f"{path} is not there; it is no part of the project")
    phrases = json.loads(path.read_text(encoding="utf-8"))
    for group, encoding in (("tcvn3", Encoding.TCVN3), ("vni", Encoding.VNI)):
        assert [raw for raw, _ in phrases[group] if detect(raw) is not encoding] == []
    untouched = phrases["must_not_convert_or_keep_minus"][:3]
    assert list(map(detect, untouched)) == [None] * 3
