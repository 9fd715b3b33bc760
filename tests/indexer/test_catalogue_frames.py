from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer import catalogue_frames
from indexer.catalogue import Catalogue
from indexer.catalogue_excerpts import Selection
from indexer.catalogue_frames import Frames, Recent
from indexer.models import Document
from tests.factories.documents import make_document


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Catalogue, list[Document]]:
    catalogue = Catalogue(tmp_path)
    made = [make_document(f"{n}.txt", place=f"xã {n}") for n in range(6)]
    for document in made:
        catalogue.put_document(document, 1)
    return catalogue, made


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


def test_what_was_asked_for_longest_ago_goes_first():
    recent: Recent[str] = Recent(6, len)

    def get(*names: str) -> dict[str, str]:
        keys = {name: (name, "1") for name in names}
        return recent.get(keys, lambda missing: {name: name * 2 for name in missing})

    assert get("a", "b", "c") == {"a": "aa", "b": "bb", "c": "cc"}
    get("a")
    assert get("d") == {"d": "dd"}
    assert [name for name, _revision in recent] == ["c", "a", "d"]
    assert recent.size == 6
    assert get("xyzw") == {"xyzw": "xyzwxyzw"}
    assert (list(recent), recent.size) == ([], 0)


def test_another_revision_is_another_value():
    recent: Recent[str] = Recent(9, len)
    assert recent.get({"a": ("a", "1")}, lambda _names: {"a": "cũ"}) == {"a": "cũ"}
    assert recent.get({"a": ("a", "2")}, lambda _names: {"a": "mới"}) == {"a": "mới"}
