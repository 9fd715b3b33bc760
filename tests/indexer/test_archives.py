"""Archives: names of every encoding, archives in archives, and everything hostile."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest

from indexer import archives
from indexer.archives import unpack
from indexer.errors import UnreadableFile
from indexer.readers.bounded_zip import Limits

LARGE = 10**7


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


def test_a_bomb_is_refused_before_it_unfolds(tmp_path, opened):
    path = zipped(tmp_path / "a.zip", {"0.txt": b"\0" * (LARGE - 1)})
    with pytest.raises(UnreadableFile, match="bom nén"):
        opened(path)


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
