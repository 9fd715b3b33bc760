"""Every note has its place, its printed number and its body, or a warning says why not."""

from __future__ import annotations

import pytest

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
        "1 chú thích có nội dung nhưng không nơi nào trong bài gọi đến: “Mồ côi”.",
    )


def test_call_in_deleted_text_is_no_call():
    document = read(DocxBuilder().paragraph("a").deleted("b[[Bỏ]]").inserted("c[[Giữ]]"))
    assert [(note.label, note.text) for note in document.notes] == [("1", "Giữ")]
    assert document.warnings == ()


@pytest.mark.parametrize(
    "deleted",
    [
        f"<w:p><w:moveFrom>{call('footnote', 3)}</w:moveFrom></w:p>",
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr>{call('footnote', 3)[5:-6]}</w:r></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>"
        f"{call('footnote', 3)}</w:p></w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc><w:p>{run('x')}</w:p></w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p>"
        f"{call('footnote', 3)}</w:p></w:tc></w:tr></w:tbl>",
    ],
)
def test_notes_of_deleted_text_are_deleted_with_it(deleted):
    body = notes_part((3, run("Bỏ")), (6, run("Giữ")))
    builder = DocxBuilder().paragraph("a").run(call("footnote", 6)).raw(deleted)
    document = read(builder.part("word/footnotes.xml", body))
    assert [(note.label, note.text) for note in document.notes] == [("1", "Giữ")]
    assert document.warnings == ()


def test_a_note_whose_body_was_deleted_is_none():
    gone = "<w:del><w:r><w:delText>Bỏ</w:delText></w:r></w:del>"
    body = notes_part((3, gone), (6, run("Giữ")))
    builder = DocxBuilder().paragraph("a").run(call("footnote", 6))
    document = read(builder.part("word/footnotes.xml", body))
    assert [note.text for note in document.notes] == ["Giữ"]
    assert document.warnings == ()


def test_many_stray_notes_and_calls_are_one_warning_each():
    body = notes_part(*((key, run(f"Mồ côi {key}")) for key in range(100, 125)))
    calls = "".join(call("footnote", key) for key in range(1, 31))
    builder = DocxBuilder().paragraph("a").run(calls).part("word/footnotes.xml", body)
    empty, stray = read(builder).warnings
    assert empty.startswith("Chú thích số 1, 2, 3,") and "và 20 chú thích khác" in empty
    assert stray.startswith("25 chú thích có nội dung") and "và 15 chú thích khác" in stray
    assert stray.count("“") == 10


def test_the_mark_of_its_own_ends_where_the_sentence_goes_on():
    def own(text: str) -> str:
        mark = '<w:footnoteReference w:id="1" w:customMarkFollows="1"/>'
        return f'<w:r>{mark}<w:t xml:space="preserve">{text}</w:t></w:r>'

    body = notes_part((1, run("* Một")))
    for written, label, shown in (
        ("* Ao cá được giữ lại.", "*", "Tôm⟦f1⟧ Ao cá được giữ lại."),
        ("(1), cá và ốc", "(1)", "Tôm⟦f1⟧, cá và ốc"),
        ("a) cá và ốc ở ao", "a)", "Tôm⟦f1⟧ cá và ốc ở ao"),
        ("Cá và ốc ở ao làng", "1", "Tôm⟦f1⟧Cá và ốc ở ao làng"),
    ):
        builder = DocxBuilder().paragraph("").run(run("Tôm") + own(written))
        document = read(builder.part("word/footnotes.xml", body))
        assert texts(document) == [shown]
        assert [note.label for note in document.notes] == [label]


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


# --- cross-references


def bookmarked(kind: str, key: int, name: str) -> str:
    begin = f'<w:bookmarkStart w:id="{key}" w:name="{name}"/>'
    return f'{begin}{call(kind, key)}<w:bookmarkEnd w:id="{key}"/>'


def noteref(name: str, shown: str, switches: str = "", properties: str = "") -> str:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = f"<w:r><w:instrText> NOTEREF {name} {switches} </w:instrText></w:r>"
    result = f"<w:r><w:rPr>{properties}</w:rPr><w:t>{shown}</w:t></w:r>"
    return field("begin") + said + field("separate") + result + field("end")


def referring(runs: str) -> DocxBuilder:
    notes = notes_part((3, run("Nguồn A")), (7, run("Xem chú thích ") + noteref("_R3", "1")))
    return DocxBuilder().paragraph("").run(runs).part("word/footnotes.xml", notes)


def test_a_cross_reference_calls_the_note_and_keeps_its_words():
    first = run("Tôm") + bookmarked("footnote", 3, "_R3") + run(". Xem chú thích ")
    document = read(referring(first + noteref("_R3", "1", "\\h") + run(".")))
    assert texts(document) == ["Tôm⟦f3⟧. Xem chú thích 1⟦f3⟧."]


def test_a_number_printed_like_a_call_is_one():
    first = run("Tôm") + bookmarked("footnote", 3, "_R3") + run(", cá")
    raised = '<w:vertAlign w:val="superscript"/>'
    for second in (noteref("_R3", "1", "\\f \\h"), noteref("_R3", "1", "", raised)):
        assert texts(read(referring(first + second + run(".")))) == ["Tôm⟦f3⟧, cá⟦f3⟧."]


def test_a_reference_in_front_of_its_note_does_not_change_the_numbers():
    runs = run("Xem ") + noteref("_R3", "2") + call("footnote", 7)
    document = read(referring(runs + run(" Tôm") + bookmarked("footnote", 3, "_R3")))
    assert [(note.label, note.key) for note in document.notes] == [("1", "f7"), ("2", "f3")]
    note = document.notes[0]
    assert (note.text, [mark.key for mark in note.marks]) == ("Xem chú thích 1", ["f3"])


def test_simple_fields_and_unknown_bookmarks():
    simple = "<w:fldSimple w:instr=' NOTEREF _R3 '><w:r><w:t>1</w:t></w:r></w:fldSimple>"
    runs = bookmarked("footnote", 3, "_R3") + run("a ") + simple + noteref("_R9", "5")
    assert texts(read(referring(runs))) == ["⟦f3⟧a 1⟦f3⟧5"]


def test_a_bookmark_that_ends_right_before_the_call_is_about_it():
    empty = '<w:bookmarkStart w:id="1" w:name="_R3"/><w:bookmarkEnd w:id="1"/>'
    behind = noteref("_R3", "1", "\\f")
    near = run("Tôm") + empty + call("footnote", 3) + run(" cá") + behind
    assert texts(read(referring(near))) == ["Tôm⟦f3⟧ cá⟦f3⟧"]
    far = empty + run("Tôm") + call("footnote", 3) + run(" cá") + behind
    assert texts(read(referring(far))) == ["Tôm⟦f3⟧ cá1"]
