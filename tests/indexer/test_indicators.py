"""Indicators: what their words find, what the unit decides, and every refusal of an own file."""

import tomllib
import unicodedata
from pathlib import Path

import pytest

from indexer.errors import VocabularyError
from indexer.indicators import Indicator, Indicators, load_indicators, slug_of, unit_key

PACKAGED = load_indicators()
ENTRY = '[[indicator]]\nname = "số bến đò"\naliases = ["bến đò [ngang]"]\nunits = ["bến"]\n'


def own(folder: Path, text: str) -> Indicators:
    path = folder / "chỉ tiêu.toml"
    path.write_text(text, encoding="utf-8")
    return load_indicators(path)


def found(text: str, unit: str | None = None) -> list[tuple[str, str]]:
    return [(match.indicator.slug, match.span.of(text)) for match in PACKAGED.find(text, unit=unit)]


def named(words: str, unit: str) -> str | None:
    indicator = PACKAGED.named(words, unit)
    return indicator.slug if indicator else None


# --- the packaged list -------------------------------------------------------------------------


def test_the_packaged_list_covers_every_topic():
    topics = PACKAGED.by_topic()
    assert len(PACKAGED) >= 120
    assert len(topics) == 14
    assert min(map(len, topics.values())) >= 8
    assert sum(topics.values(), ()) == tuple(PACKAGED)


@pytest.mark.parametrize("indicator", PACKAGED.entries, ids=lambda indicator: indicator.slug)
def test_every_wording_finds_its_indicator_and_its_unit_tells_it_apart(indicator):
    unit = indicator.units[0]
    for wording in indicator.wordings:
        assert PACKAGED.named(wording, unit) is indicator, wording


def test_indicators_that_look_alike_are_kept_apart():
    slugs = [
        named("tỷ lệ hộ nghèo", "%"),
        named("số hộ nghèo", "hộ"),
        named("tỷ lệ hộ cận nghèo", "%"),
        named("mức giảm tỷ lệ hộ nghèo", "%"),
        named("lao động qua đào tạo", "%"),
        named("lao động qua đào tạo nghề", "%"),
        named("lao động có bằng cấp, chứng chỉ", "%"),
        named("thu ngân sách trên địa bàn", "tỷ đồng"),
        named("tổng thu ngân sách địa phương", "tỷ đồng"),
        named("thu nội địa", "tỷ đồng"),
        named("hộ sử dụng nước sạch", "%"),
        named("hộ sử dụng nước hợp vệ sinh", "%"),
        named("giá trị sản xuất", "%"),
        named("giá trị sản xuất", "tỷ đồng"),
        named("GRDP bình quân đầu người", "triệu đồng"),
        named("thu nhập bình quân đầu người", "triệu đồng"),
    ]
    assert None not in slugs
    assert len(set(slugs)) == len(slugs)


# --- finding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo",
        "tỉ lệ hộ nghèo",
        "TỶ LỆ HỘ NGHÈO",
        unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo"),
    ],
)
def test_spelling_does_not_matter(text):
    assert found(text) == [("ty-le-ho-ngheo", text)]


def test_the_longest_wording_wins_and_none_overlaps():
    text = "Tỷ lệ lao động qua đào tạo nghề 40%, tỷ lệ hộ cận nghèo 3%"
    assert found(text) == [
        ("ty-le-lao-dong-qua-dao-tao-nghe", "Tỷ lệ lao động qua đào tạo nghề"),
        ("ty-le-ho-can-ngheo", "tỷ lệ hộ cận nghèo"),
    ]


def test_a_number_may_stand_inside_the_words():
    text = "Đảng bộ kết nạp 41 đảng viên mới"
    assert found(text, "đảng viên") == [("so-dang-vien-moi-ket-nap", "kết nạp 41 đảng viên mới")]


@pytest.mark.parametrize(
    "text",
    [
        "kết nạp hơn 40 đảng viên",
        "kết nạp thêm được 40 đảng viên",
        "kết nạp bao nhiêu đảng viên",
        "kết nạp mấy đảng viên",
    ],
)
def test_what_only_says_how_many_does_not_part_the_words(text):
    assert found(text, "đảng viên") == [("so-dang-vien-moi-ket-nap", text)]


def test_an_age_is_part_of_the_words():
    known = Indicators(
        (
            Indicator("mot", "tử vong trẻ dưới 1 tuổi", units=("‰",)),
            Indicator("nam", "tử vong trẻ dưới 5 tuổi", units=("‰",)),
        )
    )
    assert [m.indicator.slug for m in known.find("Tử vong trẻ dưới 05 tuổi còn 9‰")] == ["nam"]


def test_words_do_not_reach_over_the_end_of_a_sentence():
    assert found("Giảm tỷ lệ. Hộ nghèo", "%") == [("ty-le-ho-ngheo", "Hộ nghèo")]


def test_shared_words_give_both_indicators_until_a_unit_decides():
    assert [slug for slug, _ in found("hộ nghèo")] == ["ty-le-ho-ngheo", "so-ho-ngheo"]
    assert found("hộ nghèo", "hộ") == [("so-ho-ngheo", "hộ nghèo")]
    assert found("hộ nghèo", "tỷ đồng") == []


def test_abbreviations_are_wordings():
    assert named("tỷ lệ tham gia BHYT", "%") == named("tỷ lệ tham gia bảo hiểm y tế", "%")
    assert named("xã đạt chuẩn NTM", "xã") == "so-xa-dat-chuan-nong-thon-moi"


# --- naming ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "unit", "slug"),
    [
        ("Phấn đấu đến năm 2030, tỷ lệ hộ nghèo toàn huyện", "%", "ty-le-ho-ngheo"),
        ("nâng tỷ lệ che phủ rừng", "%", "ty-le-che-phu-rung"),
        ("thu nhập bình quân đầu người năm 2024", "triệu đồng", "thu-nhap-binh-quan-dau-nguoi"),
        ("thu ngân sách trên địa bàn", "%", "thu-ngan-sach-tren-dia-ban"),
        ("tỷ lệ hộ nghèo", "điểm phần trăm", "ty-le-ho-ngheo"),
        ("số hộ nghèo được vay vốn", "hộ", None),
        ("cho vay vốn hộ nghèo", "hộ", None),
        ("tỷ lệ hộ nghèo", "hộ", None),
        ("hộ nghèo", "tỷ đồng", None),
        ("số bến đò ngang", "bến", None),
        ("", "%", None),
    ],
)
def test_words_name_an_indicator_only_when_nothing_else_changes_it(words, unit, slug):
    assert named(words, unit) == slug


def test_an_indicator_is_known_by_its_slug():
    indicator = PACKAGED.by_slug("ty-le-ho-ngheo")
    assert indicator is not None
    assert (indicator.name, indicator.better) == ("tỷ lệ hộ nghèo", "lower")
    assert PACKAGED.by_slug("so-ben-do") is None


def test_the_slug_of_an_open_name_is_plain_and_short():
    assert slug_of("Tỉ lệ đường hẻm có đèn") == slug_of("tỷ lệ đường hẻm có đèn")
    assert slug_of("Số cây cầu") == "so-cay-cau"
    long = slug_of("tỷ lệ hộ dân tham gia đóng góp ngày công làm đường hẻm ở các ấp vùng sâu")
    assert len(long) <= 60
    assert long.startswith("ty-le-ho-dan") and not long.endswith("-")


def test_units_are_compared_by_what_they_count():
    assert unit_key("triệu đồng/người/năm") == unit_key("tỷ đồng")
    assert unit_key("m²") == unit_key("m2/người")
    assert unit_key("") == ""


# --- own files ---------------------------------------------------------------------------------


def test_an_own_file_adds_and_replaces(tmp_path):
    known = own(
        tmp_path,
        ENTRY + '[[indicator]]\nslug = "ty-le-ho-ngheo"\nname = "tỷ lệ nghèo khó"\nunits = ["%"]\n',
    )
    assert len(known) == len(PACKAGED) + 1
    assert known.by_slug("so-ben-do") == Indicator(
        "so-ben-do", "số bến đò", ("bến đò ngang", "bến đò"), ("bến",), "khác"
    )
    assert known.named("tỷ lệ hộ nghèo", "%") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTRY + 'unit = "bến"\n', "không hiểu khóa `unit`"),
        ('[indicator]\nname = "a"\n', "không phải là các mục"),
        ('[[chỉ_tiêu]]\nname = "a"\n', "TOML"),
        ("[[indicator]]\nunits = []\n", "cụm từ trống"),
        ('[[indicator]]\nname = "bến đò"\naliases = [""]\n', "cụm từ trống"),
        ('[[indicator]]\nname = "bến đò"\naliases = ["[ngang]"]\n', "cụm từ trống"),
        ('[[indicator]]\nname = "bến đò"\naliases = ["bến [đò"]\n', "ngoặc vuông"),
        ('[[indicator]]\nname = "bến đò"\naliases = [3]\n', "`3`"),
        ('[[indicator]]\nname = "bến đò"\nunits = [3]\n', "`3`"),
        (f'[[indicator]]\nname = "{"đò " * 17}"\n', "17 tiếng"),
        ('[[indicator]]\nslug = "Bến đò"\nname = "bến đò"\n', "`Bến đò`"),
        ('[[indicator]]\nname = "bến đò"\nbetter = "cao"\n', "`better` ghi `cao`"),
        (ENTRY + ENTRY, "`slug` đã có ở dòng 1"),
        (ENTRY + '[[indicator]]\nname = "bến đò"\nunits = ["nghìn bến"]\n', "`so-ben-do`"),
        (ENTRY + '[[indicator]]\nname = "bến đò"\n', "`so-ben-do`"),
        (
            '[[indicator]]\nname = "nghèo"\naliases = ["hộ nghèo"]\nunits = ["%"]\n',
            "`ty-le-ho-ngheo`",
        ),
    ],
)
def test_a_wrong_own_file_is_refused_with_its_name(tmp_path, text, words):
    with pytest.raises(VocabularyError) as caught:
        own(tmp_path, text)
    assert words in caught.value.message
    assert "chỉ tiêu.toml" in caught.value.message
    assert caught.value.hint


def test_the_line_of_the_wrong_entry_is_named(tmp_path):
    with pytest.raises(VocabularyError, match=r"chỉ tiêu\.toml:5"):
        own(tmp_path, ENTRY + '[[indicator]]\nname = ""\n')


def test_a_shared_wording_is_allowed_when_the_units_differ(tmp_path):
    known = own(
        tmp_path, ENTRY + '[[indicator]]\nname = "bến đò"\nslug = "chi-ben-do"\nunits = ["đồng"]\n'
    )
    named_by = [known.named("bến đò", unit) for unit in ("bến", "triệu đồng")]
    assert [item.slug for item in named_by if item] == ["so-ben-do", "chi-ben-do"]


def test_the_example_of_the_manual_is_accepted(tmp_path):
    manual = Path(__file__).parents[2] / "docs" / "indicators.md"
    example = manual.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    slugs = [entry["slug"] for entry in tomllib.loads(example)["indicator"]]
    known = own(tmp_path, example)
    assert slugs
    assert all(known.by_slug(slug) for slug in slugs)
