"""A catalogue in PostgreSQL: who may come in, who writes, and what a restart does to readers."""

from __future__ import annotations

import pickle
import signal
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from indexer import catalogue_postgres_server
from indexer import catalogue_tables as tables
from indexer.catalogue import Catalogue
from indexer.catalogue_database import Database
from indexer.catalogue_postgres import PostgresStore
from indexer.database_address import DatabaseAddress
from indexer.errors import ConfigError, DatabaseError, IndexLocked, IndexMissing, VankienError
from indexer.lock import indexing_lock
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts
from tests.postgres import Postgres

pytestmark = pytest.mark.database
SECRET = "m-t-kh-u-bí-mật"


@pytest.fixture
def address(tmp_path: Path, database_url: str) -> DatabaseAddress:
    return DatabaseAddress(tmp_path, database_url)


@pytest.fixture
def catalogue(address: DatabaseAddress) -> Iterator[Catalogue]:
    with Catalogue(address) as opened:
        yield opened


def told(url: str, error: type[VankienError]) -> VankienError:
    """Return what is told of an address that cannot be used; its password never is."""
    with pytest.raises(error) as caught:
        Catalogue.open_existing(DatabaseAddress(Path("var"), url))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    return caught.value


# --- who may come in ----------------------------------------------------------------------------


def test_nothing_is_made_in_the_data_folder(catalogue, address):
    catalogue.put_document(make_document(), 1)
    assert list(address.data.iterdir()) == []


def test_a_wrong_password_is_told_without_it(postgres: Postgres):
    error = told(postgres.url("postgres", password=SECRET), DatabaseError)
    assert f"127.0.0.1:{postgres.port}/postgres: máy chủ không cho đăng nhập" in error.message
    assert "VANKIEN_DATABASE_URL" in error.hint


def test_a_missing_password_is_told(postgres: Postgres):
    url = f"postgresql://vankien@127.0.0.1:{postgres.port}/postgres"
    assert "không cho đăng nhập" in told(url, DatabaseError).message


def test_a_missing_database_is_told(postgres: Postgres):
    error = told(postgres.url("chua_co"), DatabaseError)
    assert "/chua_co: máy chủ không có cơ sở dữ liệu này" in error.message
    assert "createdb" in error.hint


@pytest.mark.parametrize("host", ["127.0.0.1:1", "khong-co.invalid", "127.0.0.1:2,127.0.0.1:1"])
def test_an_unreachable_server_is_told(host):
    error = told(f"postgresql://an:{SECRET}@{host}/vankien", DatabaseError)
    assert "không kết nối được với máy chủ" in error.message
    assert host.partition(":")[0] in error.message


def test_a_server_that_is_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(catalogue_postgres_server, "_CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        url = f"postgresql://an:{SECRET}@127.0.0.1:{silent.getsockname()[1]}/vankien"
        assert "không kết nối được" in told(url, DatabaseError).message
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://an:{SECRET}@csdl/vankien",
        f"postgresql://an:{SECRET}@csdl/vankien?khong_co=1",
        f"postgresql://an:%zz{SECRET}@csdl/vankien",
        f"/{SECRET}/catalogue.sqlite3",
    ],
)
def test_an_address_that_is_none_is_told_without_it(url):
    error = told(url, ConfigError)
    assert "VANKIEN_DATABASE_URL" in error.message
    assert "postgresql://" in error.hint


def test_another_spelling_of_the_address_is_understood(address):
    url = address.url.replace("postgresql://", "postgresql+psycopg://")
    with Catalogue(DatabaseAddress(address.data, url)) as catalogue:
        assert catalogue.documents() == ()


def test_an_address_shows_no_password_and_travels_to_processes(address):
    found = pickle.loads(pickle.dumps(address))
    assert found == address
    assert address.url not in repr(found)


def test_a_database_without_tables_is_missing_until_it_is_opened_for_writing(address):
    with pytest.raises(IndexMissing, match=r"127\.0\.0\.1.*vankien index THƯ_MỤC"):
        Catalogue.open_existing(address)
    Catalogue(address).close()
    Catalogue.open_existing(address).close()


def test_tables_of_others_may_stand_beside_ours_unless_they_have_a_name_of_ours(address):
    with psycopg.connect(address.url) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    Catalogue(address).close()


@pytest.mark.parametrize("name", ["documents", "meta"])
def test_a_database_of_another_program_is_reported_and_left_alone(address, name):
    with psycopg.connect(address.url) as other:
        other.execute(f"CREATE TABLE {name} (url TEXT)".encode())
    for open_ in (Catalogue, Catalogue.open_existing):
        with pytest.raises(DatabaseError, match="không phải.* của vankien.*VANKIEN_DATABASE_URL"):
            open_(address)
    with psycopg.connect(address.url) as other:
        found = other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert found.fetchall() == [(name,)]


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (tables.SCHEMA_VERSION + 1, "mới hơn.*Hãy cập nhật vankien.*VANKIEN_DATABASE_URL"),
        (tables.OLDEST_VERSION - 1, "cấu trúc.*phiên bản vankien này"),
    ],
)
def test_a_catalogue_of_another_version_is_refused(catalogue, address, version, message):
    with psycopg.connect(address.url) as other:
        other.execute("UPDATE meta SET value = %s WHERE name = 'schema_version'", [version])
    for open_ in (Catalogue, Catalogue.open_existing):
        with pytest.raises(DatabaseError, match=message):
            open_(address)


def test_a_catalogue_opened_for_reading_cannot_be_written(catalogue, address):
    with (
        Catalogue.open_existing(address) as reader,
        pytest.raises(DatabaseError, match="không được phép ghi"),
    ):
        reader.put_document(make_document(), 1)


def test_a_user_without_rights_to_write_is_told_so(catalogue, address, postgres: Postgres):
    database = address.url.rpartition("/")[2]
    postgres.execute("DROP ROLE IF EXISTS reader")
    postgres.execute("CREATE ROLE reader LOGIN PASSWORD 'doc'")
    postgres.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database)
    url = f"postgresql://reader:doc@127.0.0.1:{postgres.port}/{database}"
    with Catalogue(DatabaseAddress(address.data, url)) as reader:
        assert reader.documents() == ()
        with pytest.raises(DatabaseError, match="không được phép ghi.*quyền"):
            reader.put_document(make_document(), 1)
    postgres.execute("DROP OWNED BY reader", database)


def test_another_character_set_is_refused(postgres: Postgres, tmp_path):
    postgres.execute(
        "CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0 LOCALE_PROVIDER libc"
    )
    with pytest.raises(DatabaseError, match="UTF8"):
        Catalogue(DatabaseAddress(tmp_path, postgres.url("latin")))


# --- what is read and written -------------------------------------------------------------------


def test_texts_are_ordered_by_code_points_whatever_the_database_prefers(catalogue):
    names = ["b", "B", "ă", "a", "đ", "Đ", "z", "Á", "_", "1"]
    document = make_document()
    facts = [make_fact(document, indicator=name) for name in names]
    catalogue.put_document(with_facts(document, *facts), 1)
    query = sa.select(tables.facts.c.indicator).order_by(tables.facts.c.indicator)
    with catalogue._database.reading() as connection:
        assert list(connection.execute(query).scalars()) == sorted(names)
        in_their_order = sa.text("SELECT x FROM unnest(CAST(:names AS TEXT[])) AS x ORDER BY x")
        preferred = connection.execute(in_their_order, {"names": names}).scalars()
        assert list(preferred) != sorted(names)


def test_the_longest_wordings_fit(catalogue):
    document = make_document()
    longest = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(20_000))
    document = with_facts(document, make_fact(document, indicator=longest))
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document)], [])
    assert [one.fact.indicator for one in catalogue.facts(indicators=[longest])] == [longest]


def test_a_path_that_no_index_holds_is_told(catalogue):
    path = "/" + "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(4_000))
    with pytest.raises(DatabaseError, match="dài hơn mức.*rút ngắn đường dẫn"):
        catalogue.publish([make_source(None, path)], [])
    assert catalogue.sources() == ()


def test_a_reader_sees_one_state_until_it_ends(catalogue, address):
    first, second = make_document("a.txt"), make_document("b.txt")
    catalogue.put_document(first, 1)
    query = sa.select(tables.documents.c.id)
    with Catalogue.open_existing(address) as reader:
        with reader._database.reading() as connection:
            before = connection.execute(query).scalars().all()
            catalogue.put_document(second, 1)
            assert connection.execute(query).scalars().all() == before == [first.id]
        with reader._database.reading() as connection:
            assert len(connection.execute(query).scalars().all()) == 2


def test_the_version_changes_with_a_commit_and_not_before(catalogue, address):
    with Catalogue.open_existing(address) as reader:
        before = reader._database.version()
        with catalogue._database.writing():
            assert reader._database.version() == before
        after = reader._database.version()
        assert after != before
        reader.documents()
        assert reader._database.version() == after


def test_a_writer_that_waits_too_long_is_told_so(catalogue, address, monkeypatch):
    monkeypatch.setattr("indexer.catalogue_store.BUSY_SECONDS", 0.05)
    with catalogue._database.writing(), Catalogue(address) as late:
        with pytest.raises(DatabaseError, match="một tiến trình khác đang ghi"):
            late.put_document(make_document(), 1)
        assert late.documents() == ()
    with Catalogue(address) as later:
        later.put_document(make_document(), 1)


def test_what_is_written_under_another_name_waits_for_nobody(catalogue, address):
    packs = PostgresStore(address.url, "packs", read_only=False)
    with catalogue._database.writing(), packs.writing() as connection:
        connection.execute(sa.text("CREATE TABLE packs (id TEXT)"))
    packs.close()


# --- the server is restarted --------------------------------------------------------------------


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_reading_that_is_cut_off_says_so_and_the_next_one_works(
    catalogue, postgres: Postgres, how
):
    database: Database = catalogue._database
    with (
        pytest.raises(DatabaseError, match="mất kết nối với máy chủ.*thử lại"),
        database.reading() as connection,
    ):
        connection.execute(sa.select(tables.documents.c.id))
        postgres.restart(how)
        connection.execute(sa.select(tables.documents.c.id))
    assert catalogue.documents() == ()
    catalogue.put_document(make_document(), 1)


def test_readers_see_clear_errors_at_most_while_the_server_restarts(
    catalogue, address, postgres: Postgres
):
    document = make_document()
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document)], [])
    done = threading.Event()
    errors: list[DatabaseError] = []

    def read(reader: Catalogue) -> int:
        good = 0
        while not done.is_set():
            try:
                assert [one.id for one in reader.documents()] == [document.id]
                assert reader.told(document.id).passages == len(document.passages)
                good += 1
            except DatabaseError as error:
                errors.append(error)
                time.sleep(0.01)
        return good

    with Catalogue.open_existing(address) as reader, ThreadPoolExecutor(4) as pool:
        reads = [pool.submit(read, reader) for _ in range(4)]
        try:
            for how in (signal.SIGINT, signal.SIGQUIT):
                time.sleep(0.2)
                postgres.stop(how)
                time.sleep(0.2)
                postgres.start()
        finally:
            time.sleep(0.3)
            done.set()
        assert all(one.result(60) > 0 for one in reads)
        assert reader.document(document.id) == document
    assert errors
    assert {error.message for error in errors if "kết nối" not in error.message} == set()
    assert all(error.hint for error in errors)


def test_a_transaction_that_the_server_lost_leaves_nothing(catalogue, postgres: Postgres):
    document = make_document()
    with pytest.raises(DatabaseError), catalogue._database.writing() as connection:
        connection.execute(sa.insert(tables.meta), [{"name": "dở dang", "value": 1}])
        postgres.restart(signal.SIGQUIT)
    query = sa.select(tables.meta.c.value).where(tables.meta.c.name == "dở dang")
    with catalogue._database.reading() as connection:
        assert connection.execute(query).first() is None
    catalogue.put_document(document, 1)
    assert catalogue.has_document(document.id, 1)


# --- one machine indexes at a time --------------------------------------------------------------


def test_two_machines_do_not_index_into_one_catalogue(address, tmp_path):
    here = DatabaseAddress(tmp_path / "here", address.url)
    there = DatabaseAddress(tmp_path / "there", address.url)
    with (
        indexing_lock(here, 0),
        pytest.raises(IndexLocked, match=rf"bởi tiến trình \d+ của máy {socket.gethostname()} từ"),
        indexing_lock(there, 0),
    ):
        pytest.fail("two machines hold the lock")
    with indexing_lock(there, 0):
        pass


def test_another_machine_waits_when_it_is_asked_to(address, tmp_path):
    there = DatabaseAddress(tmp_path / "there", address.url)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with indexing_lock(there, 0):
            held.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    threading.Timer(0.3, done.set).start()
    with indexing_lock(address, 20):
        pass
    thread.join()


def test_a_lock_that_nobody_can_be_asked_for_is_told(tmp_path):
    address = DatabaseAddress(tmp_path, f"postgresql://an:{SECRET}@127.0.0.1:1/vankien")
    with pytest.raises(DatabaseError, match="không kết nối được"), indexing_lock(address, 0):
        pytest.fail("no server, no lock")


@pytest.mark.parametrize("password", ["SAI/PW1", "123/PW2", "SAI@PW3", "SAI@PG#z4", "a/b@c:5/PW5"])
def test_no_piece_of_a_password_is_shown_that_ends_too_early(password, tmp_path):
    url = f"postgresql://vankien:{password}@127.0.0.1:5/x"
    with pytest.raises(ConfigError, match="%XX") as told:
        Catalogue(DatabaseAddress(tmp_path, url))
    assert "PW" not in str(told.value) and "PG#" not in str(told.value)


def test_a_lock_that_the_server_has_let_go_of_is_noticed(address, postgres):
    with indexing_lock(address, 0) as check:
        check()
        postgres.restart()
        with pytest.raises(DatabaseError, match="giữ khóa lập chỉ mục"):
            check()
