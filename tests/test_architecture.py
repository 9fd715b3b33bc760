"""Imports go to smaller levels only, each third-party package has one home, files stay small."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

# Lowest first. A module imports only from lines above its own, never from its own line.
LEVELS = """
indexer.errors indexer.models.span indexer.bounded_cache indexer.database_address
indexer.models.raw indexer.models.fact
indexer.models.document
indexer.models.query
indexer.models
indexer.config indexer.current
indexer.text.normalise indexer.text.numerals indexer.text.phrases indexer.text.legacy_tables \
indexer.text.crf_file indexer.text.word_model
indexer.text.word_tables indexer.text.word_segmenter
indexer.text.word_files
indexer.text.segment indexer.text.diff
indexer.text.initials
indexer.text.analysis indexer.text.mining indexer.text.language indexer.text.keystrokes
indexer.text.abbreviations indexer.text.synonyms indexer.text.training indexer.text.scoring \
indexer.text.legacy_decoding
indexer.text.merging
indexer.text.restore indexer.text.legacy_detection
indexer.text.legacy
indexer.text.legacy_lines

indexer.facts.not_nouns indexer.facts.calendar
indexer.facts.units indexer.facts.period_rules
indexer.facts.not_values indexer.facts.periods
indexer.facts.numbers indexer.facts.signs
indexer.facts.quantities

indexer.readers.base indexer.readers.marked_text indexer.readers.raised \
indexer.readers.html_tags indexer.readers.html_mail \
indexer.readers.docx_xml indexer.readers.docx_symbols \
indexer.readers.containers indexer.readers.programs indexer.readers.sandbox \
indexer.readers.work_folder indexer.readers.ways_out \
indexer.readers.sandbox_launch
indexer.readers.inline_notes indexer.readers.lost_marks \
indexer.readers.markdown_notes indexer.readers.encodings \
indexer.readers.bounded_zip indexer.readers.html_mend
indexer.readers.bounded_tar
indexer.readers.docx_fonts indexer.readers.docx_package indexer.readers.office_formats \
indexer.readers.drawn_text
indexer.readers.docx_styles indexer.readers.office_convert
indexer.readers.office_batch indexer.readers.docx_pieces indexer.readers.docx_numbering
indexer.readers.docx_lines indexer.readers.docx_drawn
indexer.readers.docx_note_rules indexer.readers.docx_paragraphs \
indexer.readers.docx_note_references
indexer.readers.docx_notes indexer.readers.docx_tables indexer.readers.markdown
indexer.readers.legacy_runs
indexer.readers.text_reader indexer.readers.docx_reader
indexer.readers.html_source indexer.readers.office_reader
indexer.readers.html_styles indexer.readers.html_marks
indexer.readers.html_splitting indexer.readers.html_note_plan indexer.readers.html_note_pairs
indexer.readers.html_note_paragraphs
indexer.readers.html_notes
indexer.readers.html_lists indexer.readers.html_tables
indexer.readers.html_lines
indexer.readers.html_reader indexer.readers.sheet_grid \
indexer.readers.sheet_numbers indexer.readers.sheet_xml
indexer.readers.sheet_comments indexer.readers.sheet_drawings indexer.readers.sheet_heads \
indexer.readers.sheet_merges
indexer.readers.sheet_layout indexer.readers.sheet_csv indexer.readers.sheet_xlsx \
indexer.readers.sheet_xls
indexer.readers.sheet_reader
indexer.readers.pdf_words indexer.readers.page_images
indexer.readers.pdf_glyphs indexer.readers.pdf_lines indexer.readers.ocr_pages \
indexer.readers.pdf_poppler
indexer.readers.pdf_file indexer.readers.pdf_heads indexer.readers.pdf_tables \
indexer.readers.pdf_margins \
indexer.readers.pdf_quality
indexer.readers.pdf_columns indexer.readers.page_pictures
indexer.readers.pdf_notes indexer.readers.pdf_breaks indexer.readers.ocr_marks
indexer.readers.pdf_marks indexer.readers.pdf_paragraphs indexer.readers.pdf_endnotes
indexer.readers.pdf_rows
indexer.readers.pdf_document
indexer.readers.pdf_reader
indexer.readers.ocr_reader
indexer.readers.registry

indexer.vocabulary_file
indexer.indicators_file
indexer.indicators

indexer.labels indexer.bodies
indexer.signature
indexer.front indexer.roles indexer.layout indexer.alignment
indexer.titles
indexer.letterhead
indexer.outline indexer.sections indexer.footnotes indexer.metadata
indexer.tables
indexer.passages
indexer.structure

indexer.fingerprint
indexer.manifest indexer.evidence indexer.traits indexer.versions \
indexer.originals indexer.phrase_runs indexer.capped
indexer.reports indexer.version_groups indexer.skipped indexer.original_store
indexer.originals_opening
indexer.facts.word_lists indexer.facts.measures indexer.facts.clause_marks indexer.facts.plans
indexer.facts.clause_leads indexer.facts.naming_words
indexer.facts.clauses
indexer.facts.naming indexer.facts.kinds indexer.facts.places indexer.facts.timing \
indexer.facts.enumerations
indexer.facts.shares indexer.facts.keys indexer.facts.rows indexer.facts.stocks
indexer.facts.subjects
indexer.facts.statements
indexer.facts.extract
indexer.archive_entries
indexer.scan indexer.archives indexer.entries indexer.vocabulary indexer.names
indexer.phrase_counts indexer.twins
indexer.phrase_totals indexer.lessons
indexer.phrasebook indexer.learned_files
indexer.reading_process
indexer.catalogue_columns indexer.catalogue_store indexer.backends.base \
indexer.backends.schema indexer.migrations.v0004_baseline
indexer.catalogue_sqlite indexer.catalogue_postgres_server
indexer.catalogue_postgres
indexer.learned_table
indexer.learned
indexer.lock
indexer.catalogue_tables indexer.backends.generations indexer.backends.array_file
indexer.backends.segment
indexer.backends.runs indexer.backends.whoosh_codec
indexer.backends.inverting
indexer.backends.merging indexer.backends.snapshot
indexer.backends.ranking indexer.backends.opensearch_access indexer.backends.opensearch_mapping
indexer.backends.opensearch_errors
indexer.backends.opensearch_requests indexer.backends.opensearch_state \
indexer.backends.opensearch_documents indexer.backends.opensearch_query
indexer.backends.opensearch_lease
indexer.backends.opensearch_indices
indexer.backends.opensearch_searching indexer.backends.opensearch_writing
indexer.backends.opensearch_queue
indexer.backends.opensearch_backend
indexer.catalogue_rows indexer.catalogue_migrations
indexer.catalogue_database
indexer.catalogue_facts indexer.catalogue_past indexer.catalogue_references \
indexer.catalogue_told \
indexer.catalogue_versions indexer.catalogue_frames
indexer.catalogue_excerpts indexer.catalogue_settling
indexer.catalogue indexer.backends.whoosh_backend
indexer.backends.registry
indexer.references.kinds indexer.references.law_names
indexer.references.marks indexer.references.drafts indexer.references.keys
indexer.references.numbers indexer.references.subjects
indexer.references.listing indexer.references.meetings indexer.references.titles
indexer.references.extract
indexer.index_rules
indexer.inverted
indexer.finish indexer.indicators_cache indexer.opened indexer.outcome indexer.samples \
indexer.relating
indexer.catching_up indexer.workers
indexer.reading_plan indexer.index_writing
indexer.build

search_app.languages search_app.assets search_app.fonts search_app.secret search_app.kept \
search_app.kept_bytes search_app.freshness \
search_app.flowing search_app.web_outgoing
search_app.arguments search_app.for_readers search_app.web_languages
search_app.reading_words search_app.serialise_ingestion
search_app.alphabet search_app.text_forms \
search_app.question_lists search_app.question_words search_app.spelling \
search_app.cite search_app.openapi \
search_app.page search_app.page_outline search_app.slips search_app.completions \
search_app.reference_wanted search_app.differences search_app.section_likeness
search_app.section_pairs
search_app.citing.permalinks
search_app.citing.records
search_app.citing.formats search_app.packing.entries search_app.packs_tables search_app.packs_rows
search_app.packs_database
search_app.packs search_app.packing.docx search_app.packing.markdown
search_app.tell_apart search_app.understand search_app.meant search_app.query_signs
search_app.highlight search_app.query search_app.repeats search_app.suggest
search_app.found
search_app.sorting search_app.filters search_app.answering.wants search_app.answering.coverage \
search_app.reference_mentions
search_app.search
search_app.fact_indicators search_app.export search_app.fact_words \
search_app.comparing.agreement search_app.comparing.scope search_app.comparing.terms
search_app.opening search_app.facts search_app.citing.lookup search_app.packing.files \
search_app.open_facets search_app.nearest search_app.additions
search_app.answering.evidence search_app.answering.period_fit search_app.references \
search_app.comparing.reaching search_app.comparing.inconsistencies search_app.report_coverage \
search_app.related search_app.samples
search_app.answering.candidates search_app.answering.grounding search_app.comparing.rows
search_app.answering.given search_app.answering.names
search_app.answering.figures search_app.answering.words search_app.answering.front \
search_app.answering.table_places search_app.answering.statement search_app.compare
search_app.answering.written search_app.answering.choosing search_app.chart_points \
search_app.figure_pairs
search_app.answer
search_app.asking search_app.serialise search_app.evaluate search_app.page_cards \
search_app.page_home search_app.page_versions \
search_app.explain search_app.page_repeats search_app.answer_terms search_app.chart \
search_app.serialise_coverage
search_app.page_paging search_app.page_coverage search_app.search_rows \
search_app.evaluate_answers search_app.page_hits search_app.page_places search_app.page_links \
search_app.terminal search_app.terminal_documents search_app.terminal_ingestion \
search_app.serialise_answers \
search_app.terminal_answers search_app.page_answers search_app.serialise_references \
search_app.terminal_references search_app.serialise_facts search_app.terminal_facts \
search_app.terminal_compare search_app.page_indicators
search_app.serialise_compare search_app.serialise_versions search_app.page_about \
search_app.page_notes search_app.page_tables
search_app.page_sections search_app.page_figures
search_app.page_differences
search_app.page_two_passages search_app.serialise_figures
search_app.page_facets search_app.page_feed
search_app.api search_app.page_document search_app.page_meaning search_app.page_references \
search_app.page_ingestion search_app.page_reports search_app.page_words search_app.page_help \
search_app.page_questions
search_app.page_nothing search_app.web_citations
search_app.web_search search_app.web_feed search_app.web_differences
search_app.web search_app.web_ingestion search_app.web_indicators search_app.web_pages
search_app.web_words search_app.web_help search_app.web_questions search_app.page_packs
search_app.web_packs search_app.web_errors search_app.web_wellknown
search_app.navigation search_app.web_caching search_app.web_room search_app.processes \
search_app.server
search_app.app search_app.cli_words search_app.watch
search_app.serving
search_app.cli_ask search_app.cli_references search_app.cli_facts search_app.cli_compare \
search_app.cli_migrate
search_app.cli
search_app.__main__
"""

# The only files that may import a package that is not Python's own.
HOMES = {
    "lxml": (
        "indexer/readers/docx_*.py",
        "indexer/readers/html_*.py",
        "indexer/readers/sheet_xml.py",
    ),
    "pypdfium2": ("indexer/readers/pdf_file.py",),
    "PIL": ("indexer/readers/page_images.py",),
    "xlrd": ("indexer/readers/sheet_xls.py",),
    "underthesea": ("indexer/text/word_files.py",),
    "sqlalchemy": (
        "indexer/catalogue*.py",
        "indexer/migrations/*.py",
        "indexer/learned_table.py",
        "search_app/packs*.py",
    ),
    "alembic": ("indexer/catalogue_migrations.py", "indexer/migrations/*.py"),
    "psycopg": ("indexer/catalogue_postgres*.py",),
    "opensearchpy": ("indexer/backends/opensearch_backend.py",),
    "whoosh": ("indexer/backends/whoosh_*.py",),
    "numpy": ("indexer/backends/*.py", "indexer/inverted.py"),
    "fsspec": ("indexer/original_store.py",),
    "filelock": ("indexer/lock.py", "indexer/readers/work_folder.py"),
    "flask": (
        "search_app/api.py",
        "search_app/web*.py",
        "search_app/app.py",
        "search_app/serv*.py",
        "search_app/navigation.py",
    ),
    "jinja2": ("search_app/packing/docx.py", "search_app/web_languages.py"),
    "drawsvg": ("search_app/chart.py",),
    "werkzeug": ("search_app/[!c]*.py",),
    "flask_babel": ("search_app/web_languages.py",),
    "flask_compress": ("search_app/app.py",),
    "flask_wtf": ("search_app/app.py", "search_app/web_errors.py"),
    "markupsafe": ("search_app/page*.py", "search_app/languages.py"),
    "waitress": ("search_app/server.py",),
    "xlsxwriter": ("search_app/export.py",),
    "click": ("search_app/cli*.py", "search_app/terminal*.py"),
}
MAX_LINES = 400
ROOT = Path(__file__).parents[1]
RANKS = {
    module: rank
    for rank, line in enumerate(filter(None, LEVELS.split("\n")))
    for module in line.split()
}


def python_files() -> list[str]:
    files = [*(ROOT / "indexer").rglob("*.py"), *(ROOT / "search_app").rglob("*.py")]
    return sorted(path.relative_to(ROOT).as_posix() for path in files)


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module_of(path) for path in python_files()}


def imported(path: str) -> Iterator[str]:
    """Yield the modules that a file imports, also inside functions and for type checkers."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: import by the full name"
            inner = [f"{node.module}.{name.name}" for name in node.names]
            modules = [name for name in inner if name in MODULES]
            yield from modules
            if len(modules) < len(inner):
                yield node.module


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in ("indexer", "search_app")


@pytest.mark.parametrize("path", [path for path in python_files() if "__init__" not in path])
def test_a_module_imports_only_from_smaller_levels(path):
    module = module_of(path)
    assert module in RANKS, f"{module} has no level: add it to LEVELS where it belongs"
    for name in filter(is_ours, imported(path)):
        assert RANKS.get(name, -1) < RANKS[module], f"{path} must not import {name}"


@pytest.mark.parametrize("path", python_files())
def test_a_package_of_others_is_imported_only_at_its_home(path):
    for name in imported(path):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or is_ours(name):
            continue
        homes = HOMES.get(top)
        assert homes, f"{path} imports {top}, which has no home in HOMES"
        assert any(fnmatch(path, home) for home in homes), f"only {homes} may import {top}"


@pytest.mark.parametrize("path", [path for path in python_files() if path.startswith("indexer/")])
def test_the_library_knows_nothing_of_web_and_command_line(path):
    tops = {name.partition(".")[0] for name in imported(path)}
    assert not tops & {"flask", "click", "search_app", "werkzeug", "waitress"}


@pytest.mark.parametrize("path", python_files())
def test_a_file_can_be_read_in_one_go(path):
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES, f"{path} has {lines} lines: split it"


@pytest.mark.parametrize("path", python_files())
def test_nothing_is_printed(path):
    calls = ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    printed = [
        node.lineno
        for node in calls
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not printed, f"{path} prints in lines {printed}"


def test_every_level_names_modules_that_exist():
    assert sorted(set(RANKS) - MODULES) == []


def test_every_home_is_used():
    used = {(name.partition(".")[0]) for path in python_files() for name in imported(path)}
    assert sorted(set(HOMES) - used) == []
