"""`python -m tests.bench.engines`: the embedded engine beside others, over the same terms.

Prints figures and never fails on time. The last line is one JSON object of ratios, `null` where a
peer is not installed. `--quick` takes less than a minute; `--write-docs` puts the tables into
docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.bench.comparing import Result, compare, prepared
from tests.bench.peers import PEERS, Kind
from tests.bench.sample_words import SAMPLE
from tests.bench.scaling import Scaling, scaling
from tests.bench.segmenting import ratio as segmentation
from tests.bench.tables import asking, building, measured_on, write_block

QUICK = ("ours", "tantivy", "whoosh")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: engines, passages, seconds for a kind of question, whole reports."""

    names: tuple[str, ...]
    passages: int
    seconds: float
    reports: int
    # Two builds at once save a third of the quick run; rates are then lower than alone.
    builds: int


_WHOLE = Size(tuple(PEERS), passages=100_000, seconds=10.0, reports=24, builds=1)
_QUICK = Size(QUICK, passages=20_000, seconds=0.3, reports=8, builds=2)


def main() -> None:
    """Compare the engines and print what came out."""
    asked = _arguments()
    size = _size(asked)
    for name in size.names:
        if PEERS[name].missing:
            _show(f"{PEERS[name].title}: not installed")
    with prepared(size.passages) as folder:
        results = compare(
            size.names, size.passages, folder, seconds=size.seconds, at_once=size.builds
        )
    cores = scaling(size.reports)
    report = [*_report(results, size.passages), _of_cores(cores)]
    _show("\n\n".join(report))
    if asked.write_docs:
        write_block("engines", "\n\n".join(report))
    _show(json.dumps(ratios(results, cores, _segmentation())))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--passages", type=int)
    parser.add_argument("--reports", type=int, help="indexed on one core and on two")
    parser.add_argument("--write-docs", action="store_true")
    return parser.parse_args()


def _size(asked: argparse.Namespace) -> Size:
    usual = _QUICK if asked.quick else _WHOLE
    return replace(
        usual,
        passages=asked.passages or usual.passages,
        reports=asked.reports or usual.reports,
    )


def _report(results: Mapping[str, Result], count: int) -> Iterator[str]:
    yield measured_on(count)
    yield building(results)
    for kind in Kind:
        yield asking(results, kind)


def _of_cores(cores: Scaling) -> str:
    return (
        f"All steps of indexing: {cores.one:,.0f} passages/s on one core, "
        f"{cores.two:,.0f} on two ({cores.ratio:.2f} times as many)."
    )


def _segmentation() -> float:
    """Return the ratio on the sample reports: invented texts have turns that nobody writes."""
    return segmentation([path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.txt"))])


def ratios(
    results: Mapping[str, Result], cores: Scaling, segmented: float
) -> dict[str, float | None]:
    """Return the six ratios by which a change is judged; None where a peer is missing.

    `speedup_over_whoosh` is the lesser of all-words and any-word questions.
    """
    slower = {kind: _times_of(results, "ours", kind, "tantivy") for kind in Kind}
    faster = [
        _times_of(results, "whoosh", kind, "ours") for kind in (Kind.ALL_WORDS, Kind.ANY_WORD)
    ]
    return {
        **{f"{kind}_vs_tantivy": slower[kind] for kind in Kind},
        "speedup_over_whoosh": min(filter(None, faster), default=None),
        "segmentation_vs_underthesea": segmented,
        "index_two_cores_vs_one": round(cores.ratio, 2),
    }


def _times_of(results: Mapping[str, Result], name: str, kind: Kind, other: str) -> float | None:
    if name not in results or other not in results:
        return None
    return round(results[name].times[kind].p50 / results[other].times[kind].p50, 2)


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
