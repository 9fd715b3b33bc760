"""Tantivy when nobody asks how many passages match: it may then pass over most of them."""

from functools import partial

from tests.bench.peers import tantivy_engine

build = tantivy_engine.build
open_index = partial(tantivy_engine.open_index, counting=False)
