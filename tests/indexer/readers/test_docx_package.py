"""A damaged or hostile file gives UnreadableFile with a reason, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UnreadableFile
from indexer.readers import docx_package
from indexer.readers.docx_reader import DocxReader
from tests.factories.docx import DocxBuilder
from tests.factories.docx_parts import WORD
from tests.factories.docx_reading import read, texts
from tests.factories.office import ole_file

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def sample() -> DocxBuilder:
    builder = DocxBuilder().heading("I. KẾT QUẢ").paragraph("Tăng 9,2%[[Nguồn]] so với năm trước.")
    return builder.numbering(1, [("decimal", "%1.")]).table([["a", "b"], ["c", "d"]])


def document_xml(content: str, before: str = "", namespace: str = WORD) -> bytes:
    root = f'<w:document xmlns:w="{namespace}"><w:body>{content}</w:body></w:document>'
    return f'<?xml version="1.0"?>{before}{root}'.encode()


def with_document(content: str, before: str = "", namespace: str = WORD) -> DocxBuilder:
    return DocxBuilder().part("word/document.xml", document_xml(content, before, namespace))


def refusal(built: DocxBuilder | bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(built)
    assert caught.value.message.startswith("Không đọc được `bao-cao.docx`: ")
    assert caught.value.hint.endswith(".")
    return caught.value


@pytest.mark.parametrize("tenth", range(10))
def test_truncated_file_is_refused(tenth):
    data = sample().to_bytes()
    refusal(data[: len(data) * tenth // 10])


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_damage_is_refused_or_read(data):
    changed = bytearray(sample().to_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(changed))
    except UnreadableFile as error:
        assert error.hint


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_any_damage_inside_the_xml_is_refused_or_read(data):
    part = data.draw(st.sampled_from(["document", "styles", "numbering", "footnotes", "settings"]))
    with zipfile.ZipFile(io.BytesIO(sample().to_bytes())) as package:
        changed = bytearray(package.read(f"word/{part}.xml"))
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(32, 126))
    try:
        read(sample().part(f"word/{part}.xml", bytes(changed)))
    except UnreadableFile as error:
        assert error.hint


def test_password_protected_file_says_so():
    error = refusal(ole_file({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(5000)}))
    assert "mật khẩu" in error.message
    assert "bỏ mật khẩu" in error.hint


def test_old_office_file_that_is_cut_off_is_not_said_to_be_locked():
    error = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "hỏng" in error.message


def test_macros_are_ignored_with_a_warning():
    relations = sample().to_bytes()
    with zipfile.ZipFile(io.BytesIO(relations)) as package:
        found = package.read("word/_rels/document.xml.rels").decode()
    macro = '<Relationship Id="rId99" Type="http://x/vbaProject" Target="vbaProject.bin"/>'
    found = found.replace("</Relationships>", f"{macro}</Relationships>")
    builder = sample().part("word/_rels/document.xml.rels", found.encode())
    document = read(builder.part("word/vbaProject.bin", b"Sub AutoOpen()"), "bao-cao.docm")
    assert document.warnings == ("Tệp có chứa macro; macro không được chạy và không được đọc.",)
    assert texts(document) == texts(read(sample()))


def test_encrypted_member_is_refused():
    data = bytearray(sample().to_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "mật khẩu" in refusal(bytes(data)).message


def test_declared_entities_are_refused_and_never_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    error = refusal(with_document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", doctype))
    assert "DOCTYPE" in error.message


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes", "endnotes", "settings"])
def test_document_type_in_any_part_is_refused(part):
    data = f'<!DOCTYPE x><w:{part} xmlns:w="{WORD}"/>'.encode()
    assert "DOCTYPE" in refusal(sample().part(f"word/{part}.xml", data)).message


def test_entities_that_multiply_are_refused():
    lines = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w:document [<!ENTITY x0 "ha">{lines}]>'
    refusal(with_document('<w:p w:id="&x9;"><w:r><w:t>&x9;</w:t></w:r></w:p>', doctype))


def test_zip_bomb_is_refused_by_its_declared_size(monkeypatch):
    monkeypatch.setattr(docx_package, "MAX_TOTAL", 1_000_000)
    bomb = sample().part("word/media/image1.bin", bytes(2_000_000))
    assert len(bomb.to_bytes()) < 50_000
    assert "giải nén ra sẽ lớn hơn 1 MB" in refusal(bomb).message


def test_part_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(docx_package, "MAX_PART", 1_000_000)
    error = refusal(with_document(" " * 1_100_000))
    assert "word/document.xml lớn hơn 1 MB" in error.message


def test_size_that_the_zip_lies_about_is_not_trusted(monkeypatch):
    monkeypatch.setattr(docx_package, "MAX_PART", 1_000_000)
    data = bytearray(with_document(" " * 3_000_000).to_bytes())
    entry = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    refusal(bytes(data))


def test_too_many_members_are_refused():
    out = io.BytesIO(sample().to_bytes())
    with zipfile.ZipFile(out, "a") as package:
        for number in range(5_000):
            package.writestr(f"word/media/{number}.bin", b"")
    assert "hơn 5000 phần" in refusal(out.getvalue()).message


def test_file_larger_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(docx_package, "MAX_FILE", 100)
    assert "tệp lớn hơn" in refusal(sample()).message


def test_nesting_too_deep_to_follow_is_refused():
    deep = 1500
    xml = "<w:ins>" * deep + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:ins>" * deep
    refusal(with_document(xml))


def test_tables_nested_too_deep_are_refused():
    begin = "<w:tbl><w:tr><w:tc>" * 200
    xml = begin + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 200
    refusal(with_document(xml))


def test_recursion_is_explained(tmp_path):
    # How deep is too deep depends on the caller's own stack, so it is raised by hand.
    with (
        pytest.raises(UnreadableFile, match="lồng vào nhau quá sâu"),
        docx_package.explained(tmp_path / "a.docx"),
    ):
        raise RecursionError


def test_styles_based_on_each_other_in_a_circle_end():
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    builder = DocxBuilder().style(style.format("A", "B")).style(style.format("B", "A"))
    assert texts(read(builder.paragraph("x", style="A"))) == ["x"]


def test_empty_file_says_so():
    assert "tệp rỗng" in refusal(b"").message


def test_missing_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFile, match="không mở được tệp"):
        DocxReader().read(tmp_path / "khong-co.docx")


def test_zip_that_is_no_word_file_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert "không có văn bản Word" in refusal(out.getvalue()).message


def test_other_root_than_a_document_is_refused():
    builder = DocxBuilder().part("word/document.xml", b"<html><body>x</body></html>")
    assert "không có văn bản Word" in refusal(builder).message


def test_document_without_text_is_refused_with_advice_for_scans():
    assert "OCR" in refusal(DocxBuilder().paragraph(" ")).hint


def test_document_without_styles_numbering_and_notes_is_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", document_xml("<w:p><w:r><w:t>x</w:t></w:r></w:p>"))
    assert texts(read(out.getvalue())) == ["x"]


def test_main_part_is_found_by_its_relation():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Id="r" Type="{kind}" Target="/word/document2.xml"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{namespace}">{relation}</Relationships>'
    builder = DocxBuilder().paragraph("sai").part("_rels/.rels", relations.encode())
    right = document_xml("<w:p><w:r><w:t>đúng</w:t></w:r></w:p>")
    assert texts(read(builder.part("word/document2.xml", right))) == ["đúng"]


def test_strict_documents_are_read():
    xml = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    block = read(with_document(xml, namespace=STRICT)).blocks[0]
    assert (block.text, block.level) == ("x", 1)


@pytest.mark.parametrize("number", ["", "x", "-4", "9" * 5000, "4.5", "٣"])
def test_numbers_that_are_none_do_no_harm(number):
    val = f'w:val="{number}"'
    properties = f"<w:outlineLvl {val}/><w:numPr><w:ilvl {val}/><w:numId {val}/></w:numPr>"
    cell = f"<w:tc><w:tcPr><w:gridSpan {val}/></w:tcPr><w:p><w:r><w:t>y</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr><w:trPr><w:gridBefore {val}/></w:trPr>{cell}</w:tr>"
    body = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>x</w:t></w:r></w:p><w:tbl>{row}</w:tbl>"
    assert texts(read(with_document(body))) == ["x", "y"]
