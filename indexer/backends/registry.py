"""Which engines there are. An engine is imported only when it is the one asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from indexer.backends.base import Backend, Processes
from indexer.config import Settings
from indexer.errors import ConfigError


def open_backend(settings: Settings, processes: Processes | None = None) -> Backend:
    """Return the search engine that the settings name; what it has to write, processes may help.

    Raises ConfigError for a name that no engine has.
    """
    engine = _ENGINES.get(settings.backend)
    if engine is None:
        raise ConfigError(
            f"Không có máy tìm kiếm nào tên là {settings.backend!r}.",
            f"Hãy đặt VANKIEN_BACKEND là một trong các tên: {', '.join(sorted(_ENGINES))}.",
        )
    return engine(settings, processes)


def _whoosh(settings: Settings, processes: Processes | None) -> Backend:
    from indexer.backends.whoosh_backend import WhooshBackend

    return WhooshBackend(settings.data / "index", settings.cache_mb * 2**20)


def _opensearch(settings: Settings, processes: Processes | None) -> Backend:
    from indexer.backends.opensearch_access import access_of
    from indexer.backends.opensearch_backend import OpenSearchBackend

    return OpenSearchBackend(
        access_of(settings),
        settings.opensearch_index,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
        processes=processes,
    )


_ENGINES: Mapping[str, Callable[[Settings, Processes | None], Backend]] = MappingProxyType(
    {"whoosh": _whoosh, "opensearch": _opensearch}
)
