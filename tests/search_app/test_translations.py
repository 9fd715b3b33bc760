"""English is whole: every text has a translation, and English pages say nothing in Vietnamese."""

from __future__ import annotations

import ast
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.browser.pages import PAGES, Page, Site, index_reports, site
from tests.conftest import REPOSITORY
from tests.search_app.foreign import VIETNAMESE, foreign_texts

PACKAGE = REPOSITORY / "search_app"
ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None}
CALLS = {"_", "_l", "gettext", "lazy_gettext", "ngettext"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
TAG = re.compile(r"</?\w+>")
# Names of languages, and what the reader of `site` wrote into the pack.
ALLOWED = {"(Tiếng Việt)", "Bài giảng về giảm nghèo", "Dùng ở đầu bài."}
SAID = re.compile(r"\b(?:_|ngettext|pgettext)\(\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|,\s*)+")


def read_english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def said_in_the_code() -> set[tuple[str, ...]]:
    """Return the texts of pages, each with its plural if it has one, and its context."""
    with (PACKAGE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(PACKAGE, methods, options, KEYWORDS)
    return {_key(texts, context) for _file, _line, texts, _comments, context in found}


def _key(texts: str | tuple[str, ...], context: str | None) -> tuple[str, ...]:
    return (context or "", *((texts,) if isinstance(texts, str) else texts))


def translated(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_text_is_in_the_catalogue_and_nothing_else():
    known = {_key(message.id, message.context) for message in read_english() if message.id}
    said = said_in_the_code()
    assert sorted(said - known) == [], "missing: see docs/developing.md"
    assert sorted(known - said) == [], "no longer said"
    assert not read_english().obsolete


def test_every_text_has_a_translation_that_someone_has_looked_at():
    english = [message for message in read_english() if message.id]
    assert len(english) > 500
    assert [message.id for message in english if not all(translated(message))] == []
    assert [message.id for message in english if message.fuzzy] == []
    copied = [m.id for m in english if VIETNAMESE.search("".join(translated(m)))]
    assert copied == []


def test_translations_keep_what_is_put_into_them():
    for message in read_english():
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        for text, english in zip(texts, translated(message), strict=True):
            for kept in (PLACEHOLDER, TAG):
                assert sorted(kept.findall(text)) == sorted(kept.findall(english)), text


def test_no_text_is_hidden_from_the_extractor():
    said = {text for _context, *texts in said_in_the_code() for text in texts}
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in CALLS:
                first = call.args[0] if call.args else None
                if isinstance(first, ast.Constant):
                    assert first.value in said, f"{path}:{call.lineno}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_say_nothing_that_cannot_be_translated(path: Path):
    template = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    outside = SAID.sub("", template)
    assert [line.strip() for line in outside.splitlines() if VIETNAMESE.search(line)] == []


# --- the pages ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled() -> None:
    """Put the translations where the application looks for them, as `make` does."""
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_english())


@pytest.fixture(scope="module")
def pages(compiled, tmp_path_factory) -> Iterator[Site]:
    with site(index_reports(tmp_path_factory.mktemp("english"))) as found:
        yield found


def fetch(pages: Site, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
    data = urllib.parse.urlencode(typed).encode() if typed else None
    request = urllib.request.Request(pages.address + path, data)
    request.add_header("Cookie", f"session={pages.session}; language=en")
    try:
        response = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.read().decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_an_english_page_marks_all_that_is_vietnamese(pages, page: Page):
    status, shown = fetch(pages, pages.paths[page.name])
    assert status == page.status
    assert '<html lang="en">' in shown
    assert set(foreign_texts(shown)) - ALLOWED == set()
