"""Twins and versions across runs, with real files: added, changed, forgotten, read anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import build
from indexer.build import build_index, forget
from indexer.catalogue import Catalogue
from indexer.catalogue_versions import StoredVersions
from indexer.config import Settings, load_settings
from indexer.versions import compare
from search_app.opening import open_library
from search_app.query import Request
from tests.factories.docx import DocxBuilder
from tests.factories.office import saved_as

HEAD = "ĐẢNG BỘ XÃ CỒN MÂY"
LINES = [f"Ấp {n} thu hoạch {n * 7} tấn nghêu, bằng {n + 50}% so với kế hoạch." for n in range(40)]
NOTE = "Còn 128 hộ."


def plain(*lines: str) -> str:
    return "\n".join([HEAD, "I- KẾT QUẢ", *(lines or LINES), NOTE]) + "\n"


def word(*lines: str) -> DocxBuilder:
    builder = DocxBuilder().paragraph(HEAD).heading("I- KẾT QUẢ")
    *others, last = lines or LINES
    for line in others:
        builder.paragraph(line)
    return builder.paragraph(f"{last[:-1]}[[{NOTE}]].")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, data=tmp_path / "data")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def stored(settings: Settings):
    """Return sources by document, and pairs of versions, as the catalogue has them."""
    with Catalogue.open_existing(settings.database) as catalogue:
        shown = catalogue.published_ids()
        names = catalogue.versions.source_names()
        assert set(names) == shown
        pairs = {
            frozenset(name for each in (one.document_id, one.other_id) for name in names[each])
            for one in catalogue.versions.of()
        }
        return sorted(names.values()), pairs


def hits(settings: Settings, words: str) -> int:
    library = open_library(settings)
    try:
        return library.search(Request(words)).total
    finally:
        library.close()


# --- one text, several files --------------------------------------------------------------------


def test_a_better_reading_added_later_becomes_the_document(folder, settings):
    write(folder, "a.txt", plain())
    build_index([folder], settings)
    word().save(folder / "b.docx")
    report = build_index([folder], settings)
    assert report.documents == 1
    assert {file.source: file.same_as for file in report.files} == {
        "a.txt": "b.docx",
        "b.docx": "a.txt",
    }
    assert stored(settings) == ([("a.txt", "b.docx")], set())
    with Catalogue.open_existing(settings.database) as catalogue:
        (summary,) = catalogue.documents()
        assert (summary.source, summary.marked) == ("b.docx", 1)
    assert hits(settings, "Ấp 7 thu hoạch 49 tấn nghêu") == hits(settings, "nghêu")
    again = build_index([folder], settings)
    assert again.count("unchanged") == 2 and again.documents == 1


def test_when_the_better_file_is_forgotten_the_other_one_takes_its_place(folder, settings):
    write(folder, "a.txt", plain())
    word().save(folder / "b.docx")
    write(folder, "c.txt", plain(*LINES[:-1], "Ấp cuối thôi nuôi nghêu."))
    build_index([folder], settings)
    assert stored(settings)[0] == [("a.txt", "b.docx"), ("c.txt",)]
    forget([folder / "b.docx"], settings)
    assert stored(settings) == ([("a.txt",), ("c.txt",)], {frozenset({"a.txt", "c.txt"})})
    assert hits(settings, "thu hoạch 49 tấn nghêu") > 0
    forget([folder / "a.txt"], settings)
    assert stored(settings) == ([("c.txt",)], set())


def test_files_of_one_text_part_when_one_of_them_changes(folder, settings):
    write(folder, "a.txt", plain())
    write(folder, "b.txt", plain().replace("\n", "\n\n"))
    build_index([folder], settings)
    assert len(stored(settings)[0]) == 1
    write(folder, "b.txt", plain().replace("đạt", "được").replace("49 tấn", "50 tấn"))
    build_index([folder], settings)
    assert stored(settings) == ([("a.txt",), ("b.txt",)], {frozenset({"a.txt", "b.txt"})})


def test_a_report_saved_as_doc_and_docx_is_one_document(folder, settings):
    builder = word()
    builder.save(folder / "a.docx")
    build_index([folder], settings)
    (folder / "a.doc").write_bytes(saved_as(builder.to_bytes(), "doc"))
    assert build_index([folder], settings).documents == 1
    assert stored(settings) == ([("a.doc", "a.docx")], set())


# --- versions -----------------------------------------------------------------------------------


def drafts(folder: Path, settings: Settings) -> None:
    """Read two drafts, each in a run of its own."""
    write(folder, "1.txt", plain())
    build_index([folder / "1.txt"], settings)
    write(folder, "2.txt", plain().replace("49 tấn", "50 tấn"))
    build_index([folder / "2.txt"], settings)


def test_a_draft_read_later_is_compared_with_what_is_there(folder, settings, monkeypatch):
    loaded = []
    load = Catalogue._load
    monkeypatch.setattr(
        Catalogue, "_load", lambda self, *key: loaded.append(key) or load(self, *key)
    )
    write(folder, "1.txt", plain())
    for n in range(5):
        write(folder, f"khác-{n}.txt", f"I- KẾT QUẢ\nBáo cáo số {n} nói về muối và cá.\n" * 5)
    build_index([folder], settings)
    loaded.clear()
    later = write(folder, "2.txt", plain().replace("49 tấn", "50 tấn"))
    report = build_index([later], settings)
    (found,) = report.versions
    assert {found.source, found.other} == {"1.txt", "2.txt"}
    assert [(each.before, each.after) for each in found.comparison.differences] == [("49", "50")]
    # The catalogue is not loaded again for it.
    assert {key[0] for key in loaded} <= {found.document_id, found.other_id}
    assert stored(settings)[1] == {frozenset({"1.txt", "2.txt"})}


def test_versions_end_when_one_is_forgotten_or_rewritten_and_come_back(folder, settings):
    drafts(folder, settings)
    forget([folder / "2.txt"], settings)
    assert stored(settings) == ([("1.txt",)], set())
    build_index([folder], settings)
    assert len(stored(settings)[1]) == 1
    write(folder, "2.txt", "I- KẾT QUẢ\nMột báo cáo khác hẳn về muối.\n")
    build_index([folder], settings)
    assert stored(settings)[1] == set()
    write(folder, "2.txt", plain().replace("49 tấn", "51 tấn"))
    build_index([folder], settings)
    assert len(stored(settings)[1]) == 1


def test_reading_everything_anew_keeps_twins_and_versions(folder, settings):
    drafts(folder, settings)
    word().save(folder / "b.docx")
    build_index([folder], settings)
    before = stored(settings)
    assert before[0] == [("1.txt", "b.docx"), ("2.txt",)]
    build_index([], settings, rebuild=True)
    assert stored(settings) == before


def test_a_run_killed_before_comparing_leaves_it_to_the_next(folder, settings, monkeypatch):
    write(folder, "1.txt", plain())
    build_index([folder], settings)
    write(folder, "2.txt", plain().replace("49 tấn", "50 tấn"))

    def killed(versions: StoredVersions) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(build, "relate", killed)
        with pytest.raises(KeyboardInterrupt):
            build_index([folder], settings)
    assert stored(settings)[1] == set()
    build_index([folder], settings)
    assert len(stored(settings)[1]) == 1


def test_what_was_compared_is_not_compared_again(folder, settings, monkeypatch):
    drafts(folder, settings)
    calls = []
    monkeypatch.setattr(
        "indexer.relating.compare", lambda *texts: calls.append(texts) or compare(*texts)
    )
    report = build_index([folder], settings)
    assert len(report.versions) == 1 and calls == []
