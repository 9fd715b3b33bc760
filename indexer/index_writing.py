"""Writing the index: one batch that leaves exactly the wanted reports in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from indexer.backends.base import Backend, TellsState
from indexer.backends.generations import writing
from indexer.catalogue import Catalogue
from indexer.catching_up import catch_up, lessons_of
from indexer.config import Settings
from indexer.errors import DataFolderError, StorageError
from indexer.index_rules import current_meta
from indexer.inverted import InvertedReports, invert_report, is_inverted, phrases_of
from indexer.learned import learn, load_language, open_learned
from indexer.learned_files import LearnedPlace
from indexer.lessons import Lesson, teach
from indexer.models import Document
from indexer.reading_process import Crew

# How many reports are done, of how many, and the name of the last one.
Done = Callable[[int, int, str], None]


class IndexWriting:
    """The index, the files of inverted reports that it is merged from, and what is learnt."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        backend: Backend,
        crew: Crew,
        check_lock: Callable[[], None],
        progress: Done,
    ) -> None:
        self._check_lock = check_lock
        self._settings = settings
        self._catalogue = catalogue
        self._backend = backend
        self._crew = crew
        self._progress = progress
        self.inverted = InvertedReports(settings.data)

    def write(
        self, wanted: frozenset[str], replaced: Mapping[str, Document], *, rebuild: bool
    ) -> None:
        """Make the wanted reports searchable, and no others.

        `replaced` are those that were read anew and are not in the catalogue yet. An index whose
        files are lost or damaged is written anew from the catalogue. Raises what the backend's
        `write` raises.
        """
        meta = current_meta()
        present = self._present()
        fresh = rebuild or present is None
        there = frozenset() if fresh or present is None else present
        stale = replaced.keys() & there & wanted
        adding = sorted((wanted - there) | stale)
        deleting = sorted((there - wanted) | stale)
        if not (fresh or adding or deleting) and self._backend.meta() == meta:
            return
        paths = {each: self.inverted.path(each, replacing=each in replaced) for each in adding}
        self._catch_up({each: path for each, path in paths.items() if each not in replaced})
        with self._noted(), self._backend.write(meta, fresh=fresh) as writer:
            for document_id in deleting:
                writer.delete_document(document_id)
            for done, (document_id, path) in enumerate(paths.items(), start=1):
                if not is_inverted(path):
                    with writing(path):
                        invert_report(self._stored(document_id, replaced), path)
                writer.add_inverted(document_id, path)
                self._progress(done, len(paths), document_id)
            self._check_lock()
            self._catalogue.settling.begin()
        with closing(open_learned(self._settings.database)) as place:
            learn(
                place,
                self._lessons(place, adding, replaced, fresh=fresh),
                {each: phrases_of(path) for each, path in paths.items()},
                wanted,
                fresh=fresh,
            )

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Take the note of a commit away again where it is certain that nothing was committed.

        Else the next run would write the whole index anew, which takes hours on a cluster.
        """
        backend = self._backend
        before = backend.state() if isinstance(backend, TellsState) else None
        try:
            yield
        except StorageError:
            with suppress(StorageError):
                if isinstance(backend, TellsState) and backend.state() == before:
                    self._catalogue.settling.cancel()
            raise

    def _lessons(
        self,
        place: LearnedPlace,
        added: Sequence[str],
        replaced: Mapping[str, Document],
        *,
        fresh: bool,
    ) -> Iterator[Lesson]:
        stored = [each for each in added if each not in replaced]
        nothing = fresh or load_language(place) is None
        yield from lessons_of(self._settings.database, stored, self._crew, fresh=nothing)
        yield teach((each, replaced[each].text) for each in added if each in replaced)

    def settled(self) -> None:
        """Let go of what was kept until index and catalogue agree."""
        self.inverted.clear()

    def _present(self) -> frozenset[str] | None:
        """Return which reports the index has; None where it is to be written anew."""
        if self._backend.meta() is None or self._catalogue.settling.is_due():
            return None
        try:
            return self._backend.document_ids()
        except DataFolderError:
            return None

    def _catch_up(self, paths: Mapping[str, Path]) -> None:
        missing = {each: path for each, path in paths.items() if not is_inverted(path)}

        def done(count: int) -> None:
            self._progress(count, len(missing), "")

        catch_up(self._settings.database, missing, self._crew, done)

    def _stored(self, document_id: str, replaced: Mapping[str, Document]) -> Document:
        return replaced.get(document_id) or self._catalogue.document(document_id)
