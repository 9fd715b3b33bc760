"""Archives: names of every encoding, archives in archives, and everything hostile."""

from __future__ import annotations

import io
import random
import stat
import struct
import tarfile
import unicodedata
import zipfile
from pathlib import Path

import pytest

from indexer import archives
from indexer.archives import is_archive, is_packed, unpack
from indexer.errors import UnreadableFile, UnsupportedFormat
from indexer.readers.bounded_zip import Limits

LARGE = 10**7
LONG = random.Random(7).randbytes(2_500_000)


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def opened(tmp_path):
    def opened(path: Path):
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        return unpack(path, path.name, folder, LARGE)

    return opened


def inside(found) -> dict[str, bytes]:
    return {member.inside: member.path.read_bytes() for member in found.members}


def test_files_come_out_with_their_paths(tmp_path, opened):
    path = zipped(tmp_path / "a.zip", {"2015/bc.txt": b"t", "2015/": b"", "b\\c.txt": b"u"})
    assert inside(opened(path)) == {"2015/bc.txt": b"t", "b/c.txt": b"u"}


def test_archives_in_archives_are_opened_to_a_depth(tmp_path, opened, monkeypatch):
    content = b"t"
    for name in ("sâu.txt", "c.zip", "b.zip", "a.zip"):
        path = zipped(tmp_path / "x.zip", {name: content})
        content = path.read_bytes()
    found = opened(path)
    assert inside(found) == {}
    assert "quá 3 lớp" in found.refused[0].error.message
    monkeypatch.setattr(archives, "MAX_DEPTH", 4)
    assert list(inside(opened(path))) == ["a.zip/b.zip/c.zip/sâu.txt"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("flagged", [True, False])
def test_names_in_utf_8_are_read_with_and_without_their_flag(tmp_path, opened, form, flagged):
    name = unicodedata.normalize(form, "Báo cáo xã Gò Me.txt")
    path = zipped(tmp_path / "a.zip", {name: b"t"})
    if not flagged:
        data = path.read_bytes()
        for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            begin = data.index(magic) + at
            flags = struct.unpack_from("<H", data, begin)[0] & ~0x800
            data = data[:begin] + struct.pack("<H", flags) + data[begin + 2 :]
        path.write_bytes(data)
    assert list(inside(opened(path))) == ["Báo cáo xã Gò Me.txt"]


def test_two_files_of_one_name_are_both_kept(tmp_path, opened):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xa/bc.txt", "một")
        package.writestr("xa/bc.txt", "hai")
    assert list(inside(opened(path))) == ["xa/bc.txt", "xa/bc (2).txt"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:/a.txt"])
def test_a_path_out_of_the_folder_is_refused(tmp_path, opened, name):
    found = opened(zipped(tmp_path / "a.zip", {name: b"t", "b.txt": b"u"}))
    assert list(inside(found)) == ["b.txt"]
    assert "ra ngoài thư mục" in found.refused[0].error.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "out"]


def test_a_symbolic_link_is_refused(tmp_path, opened):
    link = zipfile.ZipInfo("liên kết.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr(link, "/etc/passwd")
    found = opened(tmp_path / "a.zip")
    assert found.members == [] and "liên kết" in found.refused[0].error.message


def test_a_bomb_is_refused_before_it_unfolds_and_the_others_are_read(tmp_path, opened):
    bomb = zipped(tmp_path / "x.zip", {"0.txt": b"\0" * (LARGE - 1)}).read_bytes()
    files = {"a.txt": b"t", "0.txt": b"\0" * (LARGE - 1), "trong.zip": bomb, "b.txt": b"u"}
    found = opened(zipped(tmp_path / "a.zip", files))
    assert inside(found) == {"a.txt": b"t", "b.txt": b"u"}
    assert [each.inside for each in found.refused] == ["0.txt", "trong.zip/0.txt"]
    assert all("bom nén" in each.error.message for each in found.refused)
    assert len(list((tmp_path / "out").iterdir())) == 2, "what was begun of a bomb is gone"


def test_a_member_that_says_it_is_larger_than_all_may_be_stays_where_it_is(
    tmp_path, opened, monkeypatch
):
    monkeypatch.setattr(archives, "LIMITS", Limits(total=LARGE))
    found = opened(zipped(tmp_path / "a.zip", {"0.txt": b"\0" * (2 * LARGE), "b.txt": b"u"}))
    assert list(inside(found)) == ["b.txt"]
    assert "lớn hơn" in found.refused[0].error.message


def test_an_archive_in_another_that_holds_too_much_is_refused_alone(tmp_path, opened, monkeypatch):
    monkeypatch.setattr(archives, "LIMITS", Limits(members=6))
    full = zipped(tmp_path / "x.zip", {f"{n}.txt": b"" for n in range(7)}).read_bytes()
    found = opened(zipped(tmp_path / "a.zip", {"trong.zip": full, "b.txt": b"u"}))
    assert list(inside(found)) == ["b.txt"]
    assert "hơn 6 tệp" in found.refused[0].error.message


@pytest.mark.parametrize("part", ["[Content_Types].xml", "mimetype", "xl/workbook.xml"])
def test_a_document_named_as_an_archive_is_none(tmp_path, opened, part):
    document = zipped(tmp_path / "x.zip", {part: b"x", "b.xml": b"y"})
    assert not is_packed(document, "x.zip") and is_archive("x.zip")
    found = opened(zipped(tmp_path / "a.zip", {"bc.zip": document.read_bytes()}))
    assert list(inside(found)) == ["bc.zip"]


@pytest.mark.parametrize(
    ("limits", "why"), [(Limits(members=2), "hơn 2 tệp"), (Limits(total=5), "lớn hơn")]
)
def test_the_limits_hold_for_an_archive_as_a_whole(tmp_path, opened, monkeypatch, limits, why):
    monkeypatch.setattr(archives, "LIMITS", limits)
    path = zipped(tmp_path / "a.zip", {f"{n}.txt": b"tom" for n in range(5)})
    with pytest.raises(UnreadableFile, match=why):
        opened(path)


def test_a_large_file_is_left_out_and_the_others_come(tmp_path):
    path = zipped(tmp_path / "a.zip", {"to.txt": bytes(range(256)) * 100, "b.txt": b"u"})
    (tmp_path / "out").mkdir()
    found = unpack(path, "a.zip", tmp_path / "out", 1000)
    assert list(inside(found)) == ["b.txt"] and len(found.refused) == 1


@pytest.mark.parametrize("cut", range(1, 10))
def test_an_archive_cut_off_is_a_clear_error(tmp_path, opened, cut):
    path = zipped(tmp_path / "a.zip", {f"{n}.txt": b"tom" * 99 for n in range(9)})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * cut // 10])
    with pytest.raises(UnreadableFile, match=r"`a\.zip`: tệp bị hỏng"):
        opened(path)


def test_a_damaged_file_in_an_archive_is_named(tmp_path, opened):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("a.txt", "tom tom tom")
        package.writestr("b.txt", "ca ca ca")
    data = (tmp_path / "a.zip").read_bytes().replace(b"tom tom", b"tom xom", 1)
    (tmp_path / "a.zip").write_bytes(data)
    found = opened(tmp_path / "a.zip")
    assert list(inside(found)) == ["b.txt"]
    assert "`a.txt`" in found.refused[0].error.message


# --- tar


def tarred(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as package:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2")],
)
def test_files_come_out_of_a_tar(tmp_path, opened, name, mode):
    files = {"2015/báo cáo.txt": b"t", "b.txt": LONG}
    assert inside(opened(tarred(tmp_path / name, files, mode))) == files
    assert len(list((tmp_path / "out").iterdir())) == 2, "nothing else is left in the folder"


def test_names_of_a_tar_in_an_old_encoding_are_read(tmp_path, opened):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", encoding="cp1258", format=tarfile.GNU_FORMAT) as package:
        package.addfile(tarfile.TarInfo("Báo cáo.txt"))
    assert list(inside(opened(path))) == ["Báo cáo.txt"]


def test_what_leads_out_of_a_tar_or_is_no_file_is_refused(tmp_path, opened):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as package:
        for name in ("/etc/a.txt", "../b.txt", "được.txt"):
            package.addfile(tarfile.TarInfo(name))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            odd = tarfile.TarInfo(f"{kind.decode()}.txt")
            odd.type, odd.linkname = kind, "/etc/passwd"
            package.addfile(odd)
    found = opened(path)
    assert list(inside(found)) == ["được.txt"]
    assert [refused.inside for refused in found.refused] == [
        *("/etc/a.txt", "../b.txt"),
        *("2.txt", "1.txt", "6.txt", "3.txt"),
    ]
    assert all("liên kết" in refused.error.message for refused in found.refused[2:])


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2"])
def test_a_tar_that_was_cut_off_is_refused_as_a_whole(tmp_path, opened, mode):
    path = tarred(tmp_path / "a.tar", {f"{n}.txt": bytes([n]) * 5_000 for n in range(20)}, mode)
    whole = path.read_bytes()
    for tenth in range(1, 10):
        path.write_bytes(whole[: len(whole) * tenth // 10])
        with pytest.raises(UnreadableFile, match="bị hỏng hoặc chưa tải về đủ"):
            opened(path)


def test_a_tar_damaged_in_the_middle_is_refused(tmp_path, opened):
    path = tarred(tmp_path / "a.tar", {f"{n}.txt": b"t" * 512 for n in range(4)})
    data = bytearray(path.read_bytes())
    data[1024:1536] = b"x" * 512
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        opened(path)


def test_bombs_in_a_tar_are_refused(tmp_path, opened, monkeypatch):
    path = tarred(tmp_path / "a.tar.gz", {"a.txt": bytes(30_000_000)}, "w:gz")
    with pytest.raises(UnreadableFile, match="bom nén"):
        opened(path)
    monkeypatch.setattr(archives, "LIMITS", Limits(members=3, total=10**6, ratio=200))
    with pytest.raises(UnreadableFile, match="hơn 3 tệp"):
        opened(tarred(tmp_path / "b.tar", {f"{n}.txt": b"" for n in range(5)}))
    with pytest.raises(UnreadableFile, match="bom nén"):
        opened(tarred(tmp_path / "c.tar", {"a.txt": bytes(2_000_000)}))


def test_a_name_of_megabytes_is_refused(tmp_path, opened):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as package:
        package.addfile(tarfile.TarInfo("a" * 5_000_000))
    with pytest.raises(UnreadableFile, match="tên tệp dài vô lý"):
        opened(path)


def test_a_file_too_large_in_a_tar_is_named_and_the_others_read(tmp_path):
    path = tarred(tmp_path / "a.tar", {"to.txt": b"t" * 2_000, "vừa.txt": b"u"})
    found = unpack(path, "a.tar", tmp_path, 1_000)
    assert list(inside(found)) == ["vừa.txt"]
    assert [refused.inside for refused in found.refused] == ["to.txt"]


def test_archives_of_both_kinds_hold_each_other(tmp_path, opened):
    tar = tarred(tmp_path / "x.tar.gz", {"sâu.txt": b"t"}, "w:gz").read_bytes()
    path = zipped(tmp_path / "a.zip", {"trong.tar.gz": tar})
    assert inside(opened(path)) == {"trong.tar.gz/sâu.txt": b"t"}


@pytest.mark.parametrize("head", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c"])
def test_an_archive_of_another_kind_says_what_to_do(tmp_path, opened, head):
    path = tmp_path / "a.zip"
    path.write_bytes(head + bytes(100))
    with pytest.raises(UnsupportedFormat, match="chỉ mở được .zip và .tar") as caught:
        opened(path)
    assert "giải nén tệp này trước" in caught.value.hint
    (refused,) = opened(zipped(tmp_path / "b.zip", {"c.zip": head + bytes(100)})).refused
    assert isinstance(refused.error, UnsupportedFormat)
