"""Searching: a request in, passages with their evidence and citations out."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path

from indexer.backends.base import Backend
from indexer.catalogue import Catalogue, DocumentSummary
from indexer.catalogue_excerpts import Selection
from indexer.config import Settings
from indexer.errors import IndexMissing, IndexOutdated, NotFound
from indexer.evidence import find_passage
from indexer.index_rules import current_meta
from indexer.indicators_cache import indicators_in_force
from indexer.learned import Learned, load_learned, open_learned
from indexer.models import (
    Document,
    Facet,
    Filters,
    Hit,
    Hits,
    Query,
)
from indexer.originals_opening import open_originals
from indexer.phrasebook import Phrasebook
from indexer.text.abbreviations import Abbreviations
from indexer.text.analysis import forms
from indexer.text.language import LanguageModel
from indexer.text.segment import segment_words
from indexer.text.synonyms import Synonyms
from indexer.vocabulary import load_abbreviations, load_synonyms
from search_app.filters import read_filters, unknown_document, unknown_section
from search_app.found import FoundPassage, apart, fold, show
from search_app.highlight import Highlighter
from search_app.languages import gettext as _
from search_app.query import Request, begun_words, build_query, read_question, words_to_mark
from search_app.query_signs import Question, loosen
from search_app.sorting import Sort, read_sort, sorted_hits
from search_app.suggest import Suggester, Suggestion
from search_app.understand import Knowledge, Understanding, understand


@dataclass(frozen=True, slots=True)
class Result:
    """One page of what was found, and how the question was understood.

    `suggestion` is the question as it may have been meant, `reports` are all that can be searched.
    """

    request: Request
    question: Question
    meaning: Understanding
    query: Query
    found: Hits
    hits: tuple[FoundPassage, ...]
    suggestion: str | None = None
    reports: tuple[DocumentSummary, ...] = ()

    @property
    def total(self) -> int:
        """Return how many passages were found, on all pages."""
        return self.found.total

    @property
    def complete(self) -> int:
        """Return how many of them have every word of the content."""
        return self.found.complete

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Return the facets over all that was found."""
        return self.found.facets


class Library:
    """The catalogue and the index of one data folder, opened for asking."""

    def __init__(self, catalogue: Catalogue, backend: Backend, settings: Settings) -> None:
        self.catalogue = catalogue
        self.backend = backend
        self.settings = settings
        self.originals = open_originals(settings)
        self._listed = load_abbreviations(_own_file(settings.abbreviations))
        self._abbreviations = self._listed
        self._synonyms = load_synonyms(_own_file(settings.synonyms))
        self._learned_place = open_learned(settings.database)
        self._learned = Learned(None, {}, ())
        self._suggester = Suggester(self._learned, self._listed)

    def close(self) -> None:
        """Release files and connections."""
        self.backend.close()
        self.catalogue.close()
        self._learned_place.close()

    def told(self) -> tuple[int, ...]:
        """Return what changes with every commit to the catalogue, and to what was learnt."""
        return self.catalogue.version(), *self._learned_place.versions()

    def check(self) -> None:
        """Do nothing when the index can be asked.

        Raises IndexMissing or IndexOutdated, with what to do.
        """
        meta = self.backend.meta()
        if meta is None:
            raise IndexMissing(
                _("Chưa có chỉ mục nào trong thư mục dữ liệu."),
                _("Hãy chạy: vankien index THƯ_MỤC_BÁO_CÁO"),
            )
        if meta != current_meta():
            raise IndexOutdated(
                _("Chỉ mục được lập theo quy tắc của phiên bản khác."),
                _("Hãy chạy: vankien index --rebuild"),
            )

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for; the engine is not asked."""
        self._refresh()
        self._suggester.prepare()
        self.catalogue.documents()
        segment_words("Tỷ lệ hộ nghèo")
        indicators_in_force(self.settings.indicators)
        # What is loaded stays, and so does most of what questions add to it; a collector that
        # walks through it costs a question 50-150 ms.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)

    def search(self, request: Request) -> Result:
        """Return one page of passages for a request.

        Raises EmptyQuery, QueryTooLong, UnknownFilter, IndexMissing, IndexOutdated.
        """
        self.check()
        documents = self.catalogue.documents()
        knowledge = self._knowledge(documents)
        filters = read_filters(request, documents)
        question = read_question(request.text, self.settings.max_query_chars)
        result = self._find(request, question, filters, knowledge)
        if not result.total and (question.phrases or question.near) and result.meaning.asks:
            # A quotation inside a question is often not word for word; a phrase alone is meant so.
            result = self._find(request, loosen(question), filters, knowledge)
        if not result.total:
            self._refuse_unknown_sections(request.sections)
        return replace(result, suggestion=self._did_you_mean(result), reports=documents)

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Return what typing may go on to; nothing when nothing was learnt."""
        self._refresh()
        return self._suggester.complete(typed)

    def _did_you_mean(self, result: Result) -> str | None:
        read = (*result.meaning.places, *(item.from_text for item in result.meaning.expansions))
        known = frozenset(form for text in read for form in forms(text))
        text = result.question.text
        return self._suggester.did_you_mean(text, known, found=result.total > 0)

    def _find(
        self, request: Request, question: Question, filters: Filters, knowledge: Knowledge
    ) -> Result:
        meaning = understand(question.free, knowledge, frozenset(request.skip))
        limit = max(0, min(request.limit, self.settings.max_page_size))
        depth = max(limit, request.depth)
        begun = begun_words(question.beginnings, self.backend.forms)
        built = partial(
            build_query,
            question,
            filters=filters,
            limit=depth,
            offset=max(0, request.offset),
            begun=begun,
        )
        query = built(meaning=meaning)
        if meaning.places and not filters.places:
            query, meaning, hits = self._narrow(query, meaning)
            if meaning.near:
                query = built(meaning=meaning)
                hits = self._search(query)
        else:
            hits = self._search(query)
        if (sort := read_sort(request.sort)) is not Sort.RELEVANCE:
            hits = sorted_hits(self.backend.search, query, sort, self.catalogue.documents())
        highlighter = Highlighter(meaning, words_to_mark(question, query))
        there = apart(self._found(hits.hits[:limit], highlighter))
        return Result(request, question, meaning, query, hits, fold(there, self._versions(there)))

    def _versions(self, found: Sequence[FoundPassage]) -> frozenset[frozenset[str]]:
        """Return which reports are versions of each other; none where one report says it all."""
        ids = {passage.document.id for passage in found}
        return self.catalogue.versions.pairs() if len(ids) > 1 else frozenset()

    def _found(self, hits: Sequence[Hit], highlighter: Highlighter) -> tuple[FoundPassage, ...]:
        """Return the passages of hits, without those removed since the index was asked."""
        documents = self.catalogue.excerpts(Selection(tuple(hit.passage_id for hit in hits)))
        found = []
        for hit in hits:
            document = documents.get(hit.passage_id.partition(":")[0])
            passage = find_passage(document, hit.passage_id) if document else None
            if document is not None and passage is not None:
                found.append(show(document, passage, highlighter, hit))
        return tuple(found)

    def _narrow(self, query: Query, meaning: Understanding) -> tuple[Query, Understanding, Hits]:
        """Keep to the places that the question names, unless nothing of theirs is found."""
        narrow = replace(query, filters=replace(query.filters, places=meaning.places))
        hits = self._search(narrow)
        # A question is asked of the place; words are only kept to it where all of them stand.
        if hits.total if meaning.asks else hits.complete:
            return narrow, meaning, hits
        if hits.total:
            near = replace(meaning, places=(), near=meaning.places)
            return query, near, self._search(query)
        without = replace(meaning, places=(), places_without=meaning.places)
        return query, without, self._search(query)

    def _search(self, query: Query) -> Hits:
        several = len(query.filters.places) > 1
        return self._balanced(query) if several else self.backend.search(query)

    def _balanced(self, query: Query) -> Hits:
        """Return the hits of several places in turn, each place's own order kept."""
        whole = self.backend.search(replace(query, limit=0))
        depth = query.offset + query.limit
        rows = [
            self.backend.search(
                replace(
                    query,
                    filters=replace(query.filters, places=(place,)),
                    limit=depth,
                    offset=0,
                    facets=False,
                )
            ).hits
            for place in query.filters.places
        ]
        rows.sort(key=lambda row: -row[0].score if row else 0.0)
        turns = [hit for turn in zip_longest(*rows) for hit in turn if hit is not None]
        return replace(whole, hits=tuple(turns[query.offset : depth]))

    def _knowledge(self, documents: Sequence[DocumentSummary]) -> Knowledge:
        """Return what questions are understood with."""
        self._refresh()
        return Knowledge(
            places=tuple(sorted({d.metadata.place for d in documents} - {""})),
            terms=tuple(sorted({d.metadata.term for d in documents} - {""})),
            language=self._learned.language,
            abbreviations=self._abbreviations,
            synonyms=self._synonyms,
        )

    @property
    def abbreviations(self) -> Abbreviations:
        """Return the abbreviations, with those that the reports define."""
        self._refresh()
        return self._abbreviations

    @property
    def synonyms(self) -> Synonyms:
        """Return the expressions that are searched for one another."""
        return self._synonyms

    @property
    def language(self) -> LanguageModel | None:
        """Return how often the reports use which syllable; None when nothing was learnt."""
        self._refresh()
        return self._learned.language

    def _refresh(self) -> None:
        """Load what was learnt when it changed."""
        if self._learned.version == self._learned_place.versions():
            return
        learned = load_learned(self._learned_place)
        # The counts of single reports are for the next indexing only.
        learned = replace(learned, phrasebook=Phrasebook(learned.phrasebook.phrases))
        self._abbreviations = self._listed.with_mined(learned.definitions)
        self._suggester = Suggester(learned, self._abbreviations)
        self._learned = learned

    def document(self, document_id: str) -> Document:
        """Return a document. Raises NotFound."""
        try:
            return self.catalogue.document(document_id)
        except NotFound as error:
            raise unknown_document(document_id) from error

    def passage(self, passage_id: str) -> FoundPassage:
        """Return one passage with its evidence and citation. Raises NotFound."""
        document = self.document(passage_id.split(":")[0])
        passage = find_passage(document, passage_id)
        if passage is None:
            raise NotFound(
                _("Không có đoạn nào mang mã %(id)s.", id=repr(passage_id)),
                _("Văn bản có thể đã được đọc lại; hãy tìm lại đoạn cần xem."),
            )
        return show(document, passage)

    def _refuse_unknown_sections(self, sections: Sequence[str]) -> None:
        for section in sections:
            heading = Query(
                groups=(), filters=Filters(sections=(forms(section),)), limit=0, facets=False
            )
            if not self.backend.search(heading).total:
                raise unknown_section(section)


def _own_file(name: str) -> Path | None:
    return Path(name) if name else None
