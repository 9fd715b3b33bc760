"""A batch of changes on a cluster: stored as it comes, seen by nobody until the alias says so.

Passages of a batch carry the number of the commit to be. When all of them are stored, counted and,
in a new index, looked for, the alias is given a filter that lets them be found: one step for the
whole cluster. What they replace is deleted afterwards. A batch that fails is deleted; one that was
killed is deleted by the next batch, or, where a whole index was being built, gone on with.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from indexer.backends.array_file import open_arrays
from indexer.backends.inverting import invert
from indexer.backends.opensearch_documents import actions
from indexer.backends.opensearch_indices import UNKNOWN, Indices, whole
from indexer.backends.opensearch_lease import Lease, busy
from indexer.backends.opensearch_mapping import COMMIT, DIGEST, stored
from indexer.backends.opensearch_requests import Action, Cluster, Refusal, chunks, send
from indexer.backends.opensearch_state import Clause, State, of_documents
from indexer.backends.segment import Segment, decode
from indexer.errors import (
    DataFolderError,
    EngineRefused,
    EngineUnavailable,
    IndexIncomplete,
    IndexLocked,
    StorageError,
)
from indexer.models import Entry, Field

# What a batch holds in memory before it is sent: about 30 MB of entries.
_BUFFERED = 2_000
# So many reports may wait to be sent.
_MOST_WAITING = 64
_SHOWN = 3
# So many passages of a new index are looked for before it is searched.
_SAMPLES = 20
_PAGE = 10_000
_TROUBLE = (EngineRefused, EngineUnavailable, IndexIncomplete, IndexLocked)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one report: how many passages it has, and which were refused."""

    passages: int
    refused: tuple[Refusal, ...]


class Sending(Protocol):
    """Whoever sends reports that wait in a queue; several may do so at once."""

    def submit(self, alias: str, commit: int, path: Path) -> Future[Sent]:
        """Have a report sent that is inverted in a file; return what becomes of it."""


def send_report(cluster: Cluster, alias: str, commit: int, path: Path) -> Sent:
    """Store the passages of a report that is inverted in a file in the index of an alias."""
    segment = Segment(open_arrays(path))
    return _send(cluster, alias, actions(segment, commit, digest_of(path)))


def _send(cluster: Cluster, alias: str, every: Iterator[Action]) -> Sent:
    passages, refused = 0, list[Refusal]()
    for chunk in chunks(every):
        passages += len(chunk)
        refused += send(cluster, alias, chunk)
    return Sent(passages, tuple(refused))


def digest_of(path: Path) -> str:
    """Return by what the content of a file of arrays is known again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


class Batch:
    """The Writer of one commit; `state` is what it makes, `before` what is searched until then.

    It writes through the name `writer`, until another batch takes that away.
    """

    def __init__(
        self,
        cluster: Cluster,
        indices: Indices,
        sending: Sending,
        writer: str,
        state: State,
        before: State | None,
    ) -> None:
        self._cluster = cluster
        self._indices = indices
        self._sending = sending
        self._writer = writer
        self._state = state
        self._before = before
        self._is_fresh = before is None or before.index != state.index
        self._there = self._stored() if self._is_fresh else {}
        self._buffer: list[Entry] = []
        self._added: set[str] = set()
        self._gone: set[str] = set()
        self._waiting: list[Future[Sent]] = []
        self._passages = 0
        self._is_publishing = False
        self._samples: list[tuple[str, str]] = []
        self._sampled = 0
        self._random = random.Random(0)

    def add(self, entry: Entry) -> None:
        """Store one passage (see `base.Writer`)."""
        self._replace(entry.document_id)
        self._buffer.append(entry)
        if len(self._buffer) >= _BUFFERED:
            self._flush()

    def add_inverted(self, document_id: str, path: Path) -> None:
        """Store all passages of one document that were inverted before."""
        segment = Segment(open_arrays(path))
        self._sample(segment)
        if self._there.get(document_id) == {digest_of(path): len(segment)}:
            # A build that was killed had sent it.
            del self._there[document_id]
            self._added.add(document_id)
            self._passages += len(segment)
            return
        self._replace(document_id)
        self._waiting.append(self._sending.submit(self._writer, self._state.commit, path))
        if len(self._waiting) >= _MOST_WAITING:
            self._receive(self._waiting.pop(0).result())

    def delete_document(self, document_id: str) -> None:
        """Remove every passage of a document."""
        if document_id in self._added:
            # Only what was committed before can be deleted, so this would silently do nothing.
            raise ValueError(f"{document_id} was added in this batch; delete it before adding")
        self._gone.add(document_id)

    def _replace(self, document_id: str) -> None:
        self._added.add(document_id)
        if self._there.pop(document_id, None):
            # A killed build sent it in another form, whose passages may be more.
            self._delete([document_id])

    def _delete(self, document_ids: Sequence[str]) -> None:
        clause = of_documents(document_ids, before=self._state.commit + 1)
        self._indices.clear(self._writer, clause)

    def _stored(self) -> dict[str, dict[str, int]]:
        """Return, by document, how many passages of which content a killed build had sent."""
        self._indices.refresh(self._state.index)
        found: dict[str, dict[str, int]] = {}
        after: dict[str, Any] = {}
        sources = [{key: {"terms": {"field": key}}} for key in ("document_id", DIGEST)]
        while True:
            pages = {"composite": {"size": _PAGE, "sources": sources, **after}}
            body = {"size": 0, "aggs": {"pages": pages}}
            path = f"/{self._state.index}/_search"
            answer = whole(self._cluster.call("POST", path, body))["aggregations"]["pages"]
            for bucket in answer["buckets"]:
                key = bucket["key"]
                of_document = found.setdefault(key["document_id"], {})
                of_document[key[DIGEST]] = bucket["doc_count"]
            if "after_key" not in answer:
                return found
            after = {"after": answer["after_key"]}

    # --- sending

    def _flush(self) -> None:
        if self._buffer:
            segment = Segment(invert(self._buffer))
            self._buffer.clear()
            self._sample(segment)
            every = actions(segment, self._state.commit)
            self._receive(_send(self._cluster, self._writer, every))

    def _receive(self, sent: Sent) -> None:
        self._passages += sent.passages
        if any(each.status == UNKNOWN for each in sent.refused):
            raise busy()
        if sent.refused:
            raise _refused(sent.refused)

    # --- the end

    def commit(self, lease: Lease, replicas: int) -> None:
        """Let everything be found that was added, and nothing that was deleted."""
        self._flush()
        for future in self._waiting:
            self._receive(future.result())
        # Without it another writer may have changed what is counted here.
        lease.check()
        index = self._state.index
        if self._there:
            self._delete(list(self._there))
        self._indices.refresh(index)
        self._verify()
        if self._is_fresh:
            self._look_for_samples()
            self._indices.copy(index, replicas)
        self._publish(replicas)

    def _publish(self, replicas: int) -> None:
        gone = None
        if self._gone and not self._is_fresh:
            gone = of_documents(self._gone, before=self._state.commit)
        self._is_publishing = True
        is_known = self._indices.publish(self._state, self._writer, gone, self._before)
        # The batch is done; what of the rest fails is made good for by the next one.
        with suppress(StorageError):
            if gone and is_known:
                clean(self._indices, self._writer, self._state, gone)
            if not self._is_fresh:
                self._indices.copy_to_new_nodes(self._state.index, replicas)
            if self._is_fresh and self._before:
                self._indices.drop(self._indices.older(self._before))

    def _verify(self) -> None:
        found = self._indices.count(self._state.index, {"term": {COMMIT: self._state.commit}})
        if found != self._passages:
            raise DataFolderError(
                f"Cụm OpenSearch giữ {found} đoạn, trong khi đã gửi {self._passages}.",
                "Chỉ mục cũ vẫn được dùng; hãy chạy lại lệnh index.",
            )

    def _sample(self, segment: Segment) -> None:
        """Keep a passage and one of its forms, so that every segment has the same chance."""
        syllables = segment.field(Field.SYLLABLES)
        if not len(syllables.terms):
            return
        term = len(syllables.terms) // 2
        passage = int(syllables.postings(term)[0][0])
        sample = decode(segment.ids[passage]), decode(syllables.terms[term])
        self._sampled += 1
        if len(self._samples) < _SAMPLES:
            self._samples.append(sample)
        elif (at := self._random.randrange(self._sampled)) < _SAMPLES:
            self._samples[at] = sample

    def _look_for_samples(self) -> None:
        for passage_id, form in self._samples:
            wanted = {"passage_id": stored(passage_id), Field.SYLLABLES: stored(form)}
            clause = {"bool": {"filter": [{"term": {key: value}} for key, value in wanted.items()]}}
            if self._indices.count(self._state.index, clause) != 1:
                raise DataFolderError(
                    f"Chỉ mục mới `{self._state.index}` không tìm thấy “{form}” ở đoạn "
                    f"{passage_id}.",
                    "Chỉ mục cũ vẫn được dùng; hãy chạy lại lệnh index.",
                )

    def discard(self, error: BaseException) -> None:
        """Take out what was stored; a new index stays, for the next build goes on with it."""
        # Without an answer it may be published all the same: the next batch will know.
        if self._before and not self._is_fresh and not self._is_publishing:
            if isinstance(error, _TROUBLE):
                # The next batch takes it out, when the engine can delete again.
                return
            with suppress(StorageError):
                clean(self._indices, self._writer, self._before)


def clean(indices: Indices, writer: str, state: State, hidden: Clause | None = None) -> None:
    """Take out what a state does not let be found, then let its filter be simple again."""
    indices.refresh(state.index)
    gone: list[Clause] = [{"range": {COMMIT: {"gt": state.commit}}}]
    if hidden:
        gone.append(hidden)
    indices.clear(writer, {"bool": {"should": gone, "minimum_should_match": 1}})
    if hidden:
        indices.publish(state, writer, before=state)


def _refused(refused: Sequence[Refusal]) -> DataFolderError:
    shown = "; ".join(f"{each.passage_id} ({each.reason})" for each in refused[:_SHOWN])
    more = f" và {len(refused) - _SHOWN} đoạn nữa" if len(refused) > _SHOWN else ""
    return DataFolderError(
        f"Cụm OpenSearch không nhận {len(refused)} đoạn: {shown}{more}.",
        "Chỉ mục cũ vẫn được dùng. Hãy xem lý do trong ngoặc, sửa rồi chạy lại lệnh index.",
    )
