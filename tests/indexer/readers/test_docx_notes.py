"""Every note has its place, its printed number and its body, or a warning says why not."""

from __future__ import annotations

from indexer.models import NoteKind
from tests.factories.docx import DocxBuilder
from tests.factories.docx_parts import WORD
from tests.factories.docx_reading import marked, read, texts


def labels(builder: DocxBuilder) -> list[tuple[str, str]]:
    return [(note.label, note.text) for note in read(builder).notes]


def call(kind: str, key: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def notes_part(*bodies: tuple[int, str]) -> bytes:
    notes = "".join(
        f'<w:footnote w:id="{key}"><w:p><w:r><w:footnoteRef/></w:r>{runs}</w:p></w:footnote>'
        for key, runs in bodies
    )
    return f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>'.encode()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_mark_stands_between_the_figure_and_the_full_stop():
    document = read(DocxBuilder().paragraph("tăng 0,92%[[Nguồn: Sở]].[[Hai]] Hết"))
    assert texts(document) == ["tăng 0,92%⟦f1⟧.⟦f2⟧ Hết"]
    assert [(note.key, note.label, note.text) for note in document.notes] == [
        ("f1", "1", "Nguồn: Sở"),
        ("f2", "2", "Hai"),
    ]


def test_footnotes_and_endnotes_are_numbered_each_on_its_own():
    document = read(DocxBuilder().paragraph("a[[e:Một]] b[[Hai]] c[[e:Ba]] d[[Bốn]]"))
    assert [(note.key, note.label, note.kind) for note in document.notes] == [
        ("e1", "i", NoteKind.ENDNOTE),
        ("f1", "1", NoteKind.FOOTNOTE),
        ("e2", "ii", NoteKind.ENDNOTE),
        ("f2", "2", NoteKind.FOOTNOTE),
    ]


def test_notes_are_numbered_by_first_call_and_not_by_id():
    builder = DocxBuilder().paragraph("a").run(call("footnote", 7) + run("b") + call("footnote", 3))
    builder.run(call("footnote", 7)).part(
        "word/footnotes.xml", notes_part((3, run("ba")), (7, run("bảy")))
    )
    document = read(builder)
    assert texts(document) == ["a⟦f7⟧b⟦f3⟧⟦f7⟧"]
    assert [(note.key, note.label, note.text) for note in document.notes] == [
        ("f7", "1", "bảy"),
        ("f3", "2", "ba"),
    ]


def test_note_with_a_mark_of_its_own_takes_no_number():
    builder = DocxBuilder().paragraph("a[[Một]] b").custom_note("(*)", "Sao").run(run(" c"))
    builder.paragraph("d[[Hai]]")
    document = read(builder)
    assert texts(document) == ["a⟦f1⟧ b⟦f2⟧ c", "d⟦f3⟧"]
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "Một"),
        ("(*)", "Sao"),
        ("2", "Hai"),
    ]


def test_note_called_by_a_note_is_numbered_after_those_of_the_text():
    document = read(DocxBuilder().paragraph("a[[Một [[lồng]] hết]] b[[Hai]]"))
    assert [(note.key, note.label, marked(note)) for note in document.notes] == [
        ("f1", "1", "Một ⟦f2⟧ hết"),
        ("f3", "2", "Hai"),
        ("f2", "3", "lồng"),
    ]


def test_notes_that_call_each_other_end():
    builder = DocxBuilder().paragraph("a").run(call("footnote", 1))
    builder.part("word/footnotes.xml", notes_part((1, run("x") + call("footnote", 1))))
    assert [marked(note) for note in read(builder).notes] == ["x⟦f1⟧"]


def test_paragraphs_of_a_note_are_lines():
    assert labels(DocxBuilder().paragraph("a[[Một\nHai]]")) == [("1", "Một\nHai")]


def test_call_without_a_body_keeps_its_mark_and_warns():
    builder = DocxBuilder().paragraph("a[[Một]] b").run(call("footnote", 99))
    document = read(builder)
    assert texts(document) == ["a⟦f1⟧ b⟦f99⟧"]
    assert [note.key for note in document.notes] == ["f1"]
    assert document.warnings == (
        "Chú thích số 2 được gọi trong bài nhưng tệp không có nội dung của nó.",
    )


def test_note_that_nothing_calls_is_kept_last_and_warned_of():
    body = notes_part((5, run("Mồ côi")), (6, run("gọi")))
    builder = DocxBuilder().paragraph("a").run(call("footnote", 6)).part("word/footnotes.xml", body)
    document = read(builder)
    assert [(note.key, note.label) for note in document.notes] == [("f6", "1"), ("f5", "")]
    assert document.warnings == (
        "Một chú thích có nội dung nhưng không nơi nào trong bài gọi đến: “Mồ côi”.",
    )


def test_call_in_deleted_text_is_no_call():
    document = read(DocxBuilder().paragraph("a").deleted("b[[Bỏ]]").inserted("c[[Giữ]]"))
    assert [(note.label, note.text) for note in document.notes] == [("1", "Giữ"), ("", "Bỏ")]


def test_separators_are_no_notes():
    document = read(DocxBuilder().paragraph("a"))
    assert (document.notes, document.warnings) == ((), ())


def test_number_format_and_start_of_the_file_are_followed():
    rules = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    settings = f'<w:settings xmlns:w="{WORD}">{rules}</w:settings>'.encode()
    builder = DocxBuilder().paragraph("a[[Một]] b[[Hai]]").part("word/settings.xml", settings)
    assert labels(builder) == [("c", "Một"), ("d", "Hai")]


def test_numbers_that_start_again_on_each_page_are_warned_of():
    rules = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    builder = (
        DocxBuilder()
        .paragraph("a[[Một]]")
        .raw(f"<w:p><w:pPr><w:sectPr>{rules}</w:sectPr></w:pPr></w:p>")
    )
    (warning,) = read(builder).warnings
    assert "đánh số lại" in warning


def section(rules: str) -> str:
    return f"<w:p><w:pPr><w:sectPr>{rules}</w:sectPr></w:pPr></w:p>"


def test_notes_are_numbered_anew_in_each_section():
    rules = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    settings = f'<w:settings xmlns:w="{WORD}">{rules}</w:settings>'.encode()
    builder = DocxBuilder().paragraph("a[[Một]] b[[Hai]] c[[e:Cuối]]").raw(section(""))
    builder.paragraph("d[[Ba]] e[[e:Hết]]").raw(section("")).paragraph("g[[Bốn]] h[[Năm]]")
    document = read(builder.part("word/settings.xml", settings))
    assert [(note.label, note.text) for note in document.notes] == [
        *(("1", "Một"), ("2", "Hai"), ("i", "Cuối"), ("1", "Ba"), ("ii", "Hết")),
        *(("1", "Bốn"), ("2", "Năm")),
    ]
    assert document.warnings == ()


def test_each_section_has_its_own_script_and_first_number():
    letters = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachSect"/>'
    builder = DocxBuilder().paragraph("a[[Một]] b[[Hai]]").raw(section(f"{letters}</w:footnotePr>"))
    builder.paragraph("c[[Ba]]")
    assert labels(builder) == [("a", "Một"), ("b", "Hai"), ("1", "Ba")]


def test_numbers_start_again_where_word_saw_a_new_page():
    rules = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    settings = f'<w:settings xmlns:w="{WORD}">{rules}</w:settings>'.encode()
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    builder = DocxBuilder().paragraph("a[[Một]] b[[Hai]]").paragraph("c").run(page)
    builder.paragraph("d[[Ba]]").part("word/settings.xml", settings)
    document = read(builder)
    assert [note.label for note in document.notes] == ["1", "2", "1"]
    assert document.warnings == ()
