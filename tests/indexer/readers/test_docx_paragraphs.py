from __future__ import annotations

from indexer.readers import docx_paragraphs
from indexer.readers.docx_paragraphs import Paragraphs
from indexer.readers.docx_reader import DocxReader
from indexer.readers.docx_styles import StyleSheet
from indexer.readers.docx_xml import WORD, parse
from tests.factories.docx import DocxBuilder

_TEXT = f'<w:p xmlns:w="{WORD[1:-1]}"><w:r><w:t>Vụ tôm xuân</w:t></w:r></w:p>'


def test_a_paragraph_is_looked_at_once():
    element = parse(_TEXT.encode())
    paragraphs = Paragraphs(StyleSheet(None))
    first = paragraphs.read(element)
    assert first.printed.runs == (("Vụ tôm xuân", ""),)
    assert paragraphs.read(element) is first


def test_a_file_with_more_paragraphs_than_are_remembered_reads_the_same(tmp_path, monkeypatch):
    builder = DocxBuilder()
    for number in range(6):
        builder.paragraph(
            f"{number}. {{{{.VnTime|s\xb6n l\xad\xeeng lóa}}}}[[Chú thích {number}.]]"
        )
    path = builder.save(tmp_path / "a.docx")
    whole = DocxReader().read(path)
    assert whole.blocks[0].text == "0. sản lượng lúa"
    monkeypatch.setattr(docx_paragraphs, "_REMEMBERED", 2)
    assert DocxReader().read(path) == whole
