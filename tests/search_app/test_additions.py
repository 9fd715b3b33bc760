from __future__ import annotations

import os
from datetime import UTC, datetime

from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from indexer.originals_opening import open_originals
from search_app.additions import Addition, additions


def indexed(folder, data) -> Settings:
    settings = load_settings({}, data=data)
    build_index([folder], settings)
    return settings


def listed(settings: Settings) -> tuple[Addition, ...]:
    with Catalogue.open_existing(settings.database) as catalogue:
        return additions(catalogue, open_originals(settings))


def keep_since(settings: Settings, one: Addition, moment: datetime) -> None:
    path = open_originals(settings).path(one.sha256)
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def report(folder, name: str, date: str) -> None:
    text = f"BÁO CÁO\ncủa Đảng bộ xã {name}\nNgày {date}\nI- KẾT QUẢ\nDoanh thu của {name} tăng 5%."
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_what_came_last_is_first_and_a_changed_report_is_new(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    report(folder, "Cồn Lau", "05/06/2019")
    report(folder, "Bãi Sậy", "05/06/2020")
    settings = indexed(folder, tmp_path / "data")
    for one in listed(settings):
        keep_since(settings, one, datetime(2021, 1, 1, tzinfo=UTC))
    before = listed(settings)
    assert {one.since for one in before} == {datetime(2021, 1, 1, tzinfo=UTC)}

    report(folder, "Cồn Lau", "06/06/2019")
    build_index([folder], settings)
    newest, other = listed(settings)
    assert newest.report.source == "Cồn Lau.txt"
    assert newest.since > other.since
    assert newest.sha256 not in {one.sha256 for one in before}


def test_of_what_came_together_the_later_report_is_first(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    report(folder, "Cồn Lau", "05/06/2019")
    report(folder, "Bãi Sậy", "05/06/2020")
    settings = indexed(folder, tmp_path / "data")
    for second, one in enumerate(listed(settings)):
        keep_since(settings, one, datetime(2021, 1, 1, 0, 0, second, tzinfo=UTC))
    found = listed(settings)
    dates = [one.report.metadata.date for one in found]
    assert dates == sorted(dates, reverse=True)


def test_a_file_whose_original_is_gone_has_the_time_of_the_file(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    report(folder, "Cồn Lau", "05/06/2019")
    os.utime(folder / "Cồn Lau.txt", (1_600_000_000, 1_600_000_000))
    settings = indexed(folder, tmp_path / "data")
    (one,) = listed(settings)
    open_originals(settings).path(one.sha256).unlink()
    assert listed(settings)[0].since == datetime.fromtimestamp(1_600_000_000, UTC)
