"""Drawn text is read; of what holds none the reader is told how much there is."""

from __future__ import annotations

from tests.factories.docx import DocxBuilder
from tests.factories.docx_reading import read, texts

PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def drawn(xml: str) -> str:
    return f"<w:r><w:drawing {NAMES}>{xml}</w:drawing></w:r>"


def picture(side: int) -> str:
    extent = f'<wp:extent cx="{side}" cy="{side}"/>'
    return drawn(f'<wp:inline>{extent}<a:graphic><a:blip r:embed="rId9"/></a:graphic></wp:inline>')


def warnings(runs: str) -> tuple[str, ...]:
    return read(DocxBuilder().paragraph("Tôm").run(runs)).warnings


def test_word_art_is_a_text_box():
    art = f'<w:r><w:pict {NAMES}><v:shape><v:textpath string="MÙA VÀNG"/></v:shape></w:pict></w:r>'
    assert texts(read(DocxBuilder().paragraph("Tôm").run(art))) == ["Tôm", "MÙA VÀNG"]


def test_the_text_of_a_diagram_is_read():
    data = (
        f"<dgm:dataModel {NAMES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Ủy ban</a:t></a:r></a:p>"
        "</dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Phòng</a:t></a:r><a:r><a:t> Ao</a:t></a:r>"
        "</a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId7" Type="{kind}" Target="diagrams/data1.xml"/></Relationships>'
    )
    builder = DocxBuilder().paragraph("Tôm").run(drawn('<dgm:relIds r:dm="rId7"/>'))
    builder.part("word/diagrams/data1.xml", data.encode())
    document = read(builder.part("word/_rels/document.xml.rels", relations.encode()))
    assert texts(document) == ["Tôm", "Ủy ban", "Phòng Ao"]
    assert document.warnings == ()


def test_what_holds_no_text_is_counted_in_one_warning():
    chart = drawn('<c:chart r:id="rId3"/>')
    diagram = drawn('<dgm:relIds r:dm="rId404"/>')
    sheet = (
        f'<w:r><w:object {NAMES}><v:shape><v:imagedata r:id="rId4"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    )
    assert warnings(picture(4_000_000) * 3 + chart + diagram + sheet) == (
        "Tệp có 3 hình, 1 biểu đồ, 1 sơ đồ SmartArt, 1 đối tượng nhúng (OLE) không đọc được chữ "
        "bên trong; hãy xem chúng trong tệp gốc.",
    )


def test_small_and_deleted_pictures_are_not_told():
    old = (
        f'<w:r><w:pict {NAMES}><v:shape style="width:30pt;height:1in"><v:imagedata r:id="a"/>'
        "</v:shape></w:pict></w:r>"
    )
    assert warnings(picture(700_000) + old + f"<w:del>{picture(9_000_000)}</w:del>") == ()
    assert len(warnings(old.replace("30pt", "300pt").replace("1in", "5in"))) == 1


def test_a_part_of_another_file_is_told():
    document = read(DocxBuilder().paragraph("Tôm").raw('<w:altChunk xmlns:r="r" r:id="rId9"/>'))
    (warning,) = document.warnings
    assert warning.startswith("Tệp có 1 phần chèn từ tệp khác")
