from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from indexer import catalogue_frames
from indexer.bounded_cache import BoundedCache
from indexer.catalogue import Catalogue
from indexer.catalogue_excerpts import Selection
from indexer.catalogue_frames import Frames, _held_or_read
from indexer.database_address import DatabaseAddress
from indexer.models import Document
from tests.factories.documents import make_document


@pytest.fixture
def stored(address: DatabaseAddress) -> Iterator[tuple[Catalogue, list[Document]]]:
    made = [make_document(f"{n}.txt", place=f"xã {n}") for n in range(6)]
    with Catalogue(address) as catalogue:
        for document in made:
            catalogue.put_document(document, 1)
        yield catalogue, made


def frames_of(catalogue: Catalogue, frames: Frames, documents: Sequence[Document]) -> list[str]:
    with catalogue._database.reading() as connection:
        found = frames.of(connection, [document.id for document in documents])
    for document in documents:
        frame = found[document.id].document
        assert (frame.text, frame.sections) == (document.text, document.sections)
        assert (frame.footnotes, frame.tables) == (document.footnotes, document.tables)
        assert (frame.passages, frame.facts, frame.references) == ((), (), ())
    return list(found)


def test_frames_are_documents_without_their_passages(stored, monkeypatch):
    catalogue, made = stored
    monkeypatch.setattr(catalogue_frames, "_READ_TOGETHER", 4)
    for _ in range(2):
        found = frames_of(catalogue, catalogue._excerpts.frames, made)
        assert sorted(found) == sorted(document.id for document in made)


def test_unknown_documents_have_none(stored):
    catalogue, _made = stored
    with catalogue._database.reading() as connection:
        assert Frames().of(connection, ["không có"]) == {}


def test_texts_are_forgotten_before_outlines(stored):
    catalogue, made = stored
    frames = Frames(outlines=3, characters=len(made[0].text) + 1)
    for document in made:
        assert frames_of(catalogue, frames, [document]) == [document.id]
    assert [key[0] for key in frames.outlines] == [document.id for document in made[3:]]
    assert [key[0] for key in frames.texts] == [made[-1].id]
    assert frames.texts.size == len(made[-1].text)
    frames_of(catalogue, frames, made[3:])
    frames.clear()
    assert not list(frames.outlines)
    assert not list(frames.texts)


def test_nothing_is_read_twice(stored, monkeypatch):
    catalogue, made = stored
    selection = Selection((made[0].passages[0].id,))
    first = catalogue.excerpts(selection)

    def read_again(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(catalogue_frames, "_read_some", read_again)
    monkeypatch.setattr(catalogue_frames, "_read_texts", read_again)
    assert catalogue.excerpts(selection) == first


def test_only_what_is_not_held_is_read():
    held: BoundedCache[tuple[str, str], str] = BoundedCache(6, len)
    read: list[str] = []

    def get(*names: str) -> dict[str, str]:
        def missing(some: Sequence[str]) -> dict[str, str]:
            read.extend(some)
            return {name: name * 2 for name in some}

        return _held_or_read(held, {name: (name, "1") for name in names}, missing)

    assert get("a", "b", "c") == {"a": "aa", "b": "bb", "c": "cc"}
    assert get("a", "d") == {"a": "aa", "d": "dd"}
    assert read == ["a", "b", "c", "d"]
    assert [name for name, _revision in held] == ["c", "a", "d"]
    assert get("xyzw", "c") == {"xyzw": "xyzwxyzw", "c": "cc"}
    assert [name for name, _revision in held] == ["a", "d", "c"]


def test_another_revision_is_another_value():
    held: BoundedCache[tuple[str, str], str] = BoundedCache(9, len)
    for revision, text in (("1", "cũ"), ("2", "mới"), ("1", "cũ")):
        keys = {"a": ("a", revision)}
        assert _held_or_read(held, keys, lambda _names, text=text: {"a": text}) == {"a": text}
