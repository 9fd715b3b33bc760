"""Opening the library of a data folder, for the web application and the command line alike."""

from __future__ import annotations

from indexer.backends.registry import open_backend
from indexer.catalogue import Catalogue
from indexer.config import Settings
from search_app.search import Library


def open_library(settings: Settings) -> Library:
    """Return the library of a data folder. Raises IndexMissing, StorageError."""
    return Library(Catalogue.open_existing(settings.database), open_backend(settings), settings)


def reopen(library: Library) -> None:
    """Open the files of a library that was closed; what was learnt and listed is still loaded."""
    library.catalogue = Catalogue.open_existing(library.settings.database)
    library.backend = open_backend(library.settings)
