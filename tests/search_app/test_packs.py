"""Packs: what is collected stays, in order, for its owner alone."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from indexer.database_address import DatabaseAddress
from indexer.errors import DataFolderError, NotFound, UsageError
from search_app import packs as module
from search_app.cite import cite_quote
from search_app.citing.permalinks import Permalink
from search_app.citing.records import record
from search_app.packs import LONGEST_NAME, LONGEST_NOTE, MOST_ITEMS, Packs
from search_app.packs_tables import FILE_NAME
from tests.factories.documents import make_document

DAY = 24 * 3600


@pytest.fixture
def packs(address: DatabaseAddress) -> Iterator[Packs]:
    """Packs in a file, and in a database that several machines share."""
    with closing(Packs(address)) as made:
        yield made


def records(count: int = 3):
    document = make_document()
    whole = [record(cite_quote(document, p, p.span)) for p in document.passages]
    numbered = (replace(whole[0], link=Permalink(f"1a2b:p{n}", "00ff00ff")) for n in range(count))
    return whole[:count] if count <= len(whole) else list(numbered)


def filled(packs: Packs, count: int = 3) -> str:
    pack_id = packs.make()
    packs.add(pack_id, [(one, "") for one in records(count)])
    return pack_id


def quotes(packs: Packs, pack_id: str) -> list[str]:
    return [item.record.quote for item in packs.pack(pack_id).items]


def test_what_was_put_comes_back_whole_and_in_order(packs):
    pack_id = filled(packs)
    assert [item.record for item in packs.pack(pack_id).items] == records()
    assert packs.count(pack_id) == 3


def test_a_passage_is_in_a_pack_once(packs):
    pack_id = filled(packs)
    assert packs.add(pack_id, [(records()[1], "")]) == 0
    assert packs.count(pack_id) == 3


def test_quotations_are_moved_and_stop_at_the_ends(packs):
    pack_id = filled(packs)
    one, two, three = quotes(packs, pack_id)
    first, _, last = (item.number for item in packs.pack(pack_id).items)
    packs.move(pack_id, last, -1)
    assert quotes(packs, pack_id) == [one, three, two]
    packs.move(pack_id, first, -1)
    assert quotes(packs, pack_id) == [one, three, two]
    packs.move(pack_id, first, 1)
    assert quotes(packs, pack_id) == [three, one, two]


def test_notes_are_kept_and_long_ones_refused_without_loss(packs):
    pack_id = filled(packs)
    number = packs.pack(pack_id).items[0].number
    packs.annotate(pack_id, number, " dùng ở mục 2\r\nxem lại\x00 ")
    with pytest.raises(UsageError, match=f"{LONGEST_NOTE + 1} ký tự"):
        packs.annotate(pack_id, number, "x" * (LONGEST_NOTE + 1))
    assert packs.pack(pack_id).items[0].note == "dùng ở mục 2\nxem lại"


def test_names_are_one_line_and_cut(packs):
    pack_id = filled(packs)
    packs.rename(pack_id, "  Giảm\nnghèo " + "x" * 999)
    name = packs.pack(pack_id).name
    assert name.startswith("Giảm nghèo x") and len(name) == LONGEST_NAME


def test_a_full_pack_takes_none_of_what_is_too_much(packs):
    pack_id = filled(packs, MOST_ITEMS)
    with pytest.raises(UsageError, match=str(MOST_ITEMS)):
        packs.add(pack_id, [(one, "") for one in records(2)])
    assert packs.count(pack_id) == MOST_ITEMS


def test_a_number_reaches_only_into_the_own_pack(packs):
    mine, other = filled(packs), filled(packs)
    number = packs.pack(other).items[0].number
    packs.annotate(mine, number, "của người khác")
    packs.move(mine, number, 1)
    packs.remove(mine, number)
    assert [item.record for item in packs.pack(other).items] == records()
    assert packs.pack(other).items[0].note == ""


def test_removing_and_emptying(packs):
    pack_id = filled(packs)
    packs.remove(pack_id, packs.pack(pack_id).items[0].number)
    assert packs.count(pack_id) == 2
    packs.rename(pack_id, "Giảm nghèo")
    packs.empty(pack_id)
    assert (packs.count(pack_id), packs.pack(pack_id).name) == (0, "")


def test_a_shared_pack_is_found_by_its_address_until_that_is_taken_back(packs):
    pack_id = filled(packs)
    with pytest.raises(NotFound):
        packs.shared("")
    share = packs.share(pack_id)
    assert share == packs.share(pack_id) and share != pack_id and len(share) > 20
    assert packs.shared(share).items == packs.pack(pack_id).items
    packs.unshare(pack_id)
    with pytest.raises(NotFound):
        packs.shared(share)


def test_packs_unused_for_a_year_are_removed_and_used_ones_stay(packs, monkeypatch):
    day = 0
    monkeypatch.setattr(packs, "_now", lambda: 1_700_000_000 + day * DAY)
    unused, used = filled(packs), filled(packs)
    day = 300
    assert packs.pack(used)
    day = 400
    packs.make()
    assert packs.pack(unused) is None
    assert packs.count(unused) == 0
    assert packs.count(used) == 3


def test_so_many_packs_a_day_fill_no_disk(packs, monkeypatch):
    monkeypatch.setattr(module, "_MOST_A_DAY", 2)
    packs.make("203.0.113.1")
    packs.make("203.0.113.1")
    with pytest.raises(UsageError, match="ngày mai"):
        packs.make("203.0.113.1")
    assert packs.make("203.0.113.2")


def test_only_an_empty_pack_is_removed_after_a_day(packs, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(packs, "_now", lambda: now[0])
    empty, held, shown = packs.make(), filled(packs), packs.make()
    packs.share(shown)
    now[0] = 2 * DAY
    packs.make()
    assert packs.pack(empty) is None
    assert packs.pack(held) is not None and packs.pack(shown) is not None


def test_signs_that_turn_letters_around_are_left_out(packs):
    pack_id = packs.make()
    packs.rename(pack_id, "Giảm\u202e nghèo\u2066")
    assert packs.pack(pack_id).name == "Giảm nghèo"


def test_a_pack_that_is_gone_says_so(packs):
    packs.make()
    for change in (
        lambda: packs.annotate("x", 1, ""),
        lambda: packs.add("x", []),
        lambda: packs.share("x"),
    ):
        with pytest.raises(NotFound, match="không còn"):
            change()


def test_no_file_is_made_by_looking_and_others_cannot_read_it(tmp_path):
    packs = Packs(DatabaseAddress(tmp_path))
    assert packs.pack("x") is None and packs.count("x") == 0
    assert not (tmp_path / FILE_NAME).exists()
    filled(packs)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_damaged_file_is_told_in_our_words(tmp_path):
    packs = Packs(DatabaseAddress(tmp_path))
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(DataFolderError, match="giỏ trích dẫn"):
        packs.pack("x")


def test_many_readers_add_at_the_same_time(packs):
    pack_id = packs.make()
    wanted = records(20)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: packs.add(pack_id, [(one, "")]), wanted))
    assert packs.count(pack_id) == 20
