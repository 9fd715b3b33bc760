"""Citations as other programs read them: parsed with the parsers that those programs use."""

from __future__ import annotations

import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from search_app.cite import cite_quote
from search_app.citing.formats import FORMATS
from search_app.citing.records import record
from tests.factories.documents import make_document

URL = "http://thu-vien.example/documents/1a2b/passages/p1?v=00ff00ff&part=0-9"
HOSTILE = "100% {của} \\$5_000 & #1 ~ ^ “lời”\r\nER  - \n@x{,}"


def sample(**changes):
    document = make_document()
    found = record(cite_quote(document, document.passages[2], document.passages[2].span))
    return replace(found, **changes)


def written(form: str, **changes) -> str:
    return FORMATS[form].write(sample(**changes), URL)


def only_ris(text: str):
    entries = rispy.loads(text)
    assert len(entries) == 1
    return entries[0]


def only_bibtex(text: str):
    decoded = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert decoded.failed_blocks == [] and len(decoded.entries) == 1
    return decoded.entries[0]


def test_ris_is_a_report_of_an_organisation():
    found = only_ris(written("ris"))
    assert found["type_of_reference"] == "RPRT"
    assert found["authors"] == ["Đảng bộ huyện An Bình,"]
    assert found["title"] == sample().title
    assert (found["year"], found["date"]) == ("2020", "2020/07/15/")
    assert found["place_published"] == "huyện An Bình"
    assert found["publisher"] == "Ban Chấp hành Đảng bộ huyện An Bình"
    assert found["notes"][0] == "mục I.1"
    assert found["notes"][1] == f"“{sample().quote}”"
    assert found["urls"] == [URL]
    assert found["language"] == "vi"


def test_no_value_of_ris_can_begin_another_tag():
    found = only_ris(written("ris", title=HOSTILE, quote=HOSTILE, place=HOSTILE))
    assert found["title"] == " ".join(HOSTILE.split())
    assert found["urls"] == [URL]
    assert all(line[2:6] == "  - " for line in written("ris", title=HOSTILE).splitlines())


def test_bibtex_is_a_technical_report_of_an_organisation():
    found = only_bibtex(written("bib"))
    fields = {field.key: field.value for field in found.fields}
    assert (found.entry_type, found.key) == ("techreport", sample().key)
    # The braces keep the name of an organisation one name.
    assert "author = {{Đảng bộ huyện An Bình}}" in written("bib")
    assert fields["title"].strip("{}") == sample().title
    assert fields["institution"] == "Ban Chấp hành Đảng bộ huyện An Bình"
    assert (fields["year"], fields["note"], fields["language"]) == ("2020", "mục I.1", "vi")
    assert f"url = {{{URL}}}" in written("bib")


def test_special_signs_of_tex_come_back_from_bibtex_as_they_were():
    text = written("bib", title=HOSTILE, place="50% & {x} _ # $ \\ ~ ^")
    fields = {field.key: field.value for field in only_bibtex(text).fields}
    # The decoder of the parser knows the circumflex only as an accent.
    assert fields["note"].replace("ˆ", "^") == "50% & {x} _ # $ \\ ~ ^"
    plain = text.split("title = ")[1].split("\n")[0]
    for sign in ("\\%", "\\{", "\\}", "\\$", "\\_", "\\&", "\\#", "textbackslash"):
        assert sign in plain


def test_csl_json_has_what_a_citation_processor_needs():
    found = json.loads(written("json"))
    assert len(found) == 1
    item = found[0]
    assert item["type"] == "report"
    assert item["author"] == [{"literal": "Đảng bộ huyện An Bình"}]
    assert item["issued"] == {"date-parts": [[2020, 7, 15]]}
    assert (item["title"], item["note"]) == (sample().title, "mục I.1")
    assert (item["URL"], item["language"]) == (URL, "vi")
    assert set(item) <= {
        *("id", "type", "author", "issued", "title", "publisher", "publisher-place"),
        *("note", "annote", "URL", "language"),
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_which_little_is_known_is_written_all_the_same(form):
    text = written(form, author="", issuer="", date="", by="", town="", place="")
    assert sample().title in text
    if form == "ris":
        assert "authors" not in only_ris(text) and "year" not in only_ris(text)
    if form == "bib":
        assert {"author", "year"}.isdisjoint(field.key for field in only_bibtex(text).fields)
    if form == "json":
        assert {"author", "issued"}.isdisjoint(json.loads(text)[0])


def test_a_year_alone_is_a_date_in_every_form():
    assert only_ris(written("ris", date="2020"))["date"] == "2020///"
    assert json.loads(written("json", date="2020"))[0]["issued"] == {"date-parts": [[2020]]}


def test_the_text_is_the_quotation_with_its_source_and_the_link():
    first, second = written("txt").splitlines()
    title = sample().title
    assert first == f"“{sample().quote}” – Đảng bộ huyện An Bình (2020), {title}, mục I.1"
    assert second == URL
