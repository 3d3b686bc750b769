"""How fast a folder goes into a library, and what the time is spent on.

    python benchmarks/adding.py FOLDER [--passages-at-once N]

Prints one JSON object: files by outcome, pages and passages a second of wall clock (the model is
loaded before), and the seconds of each step as shares of the wall clock. `reading` runs beside the
others, so that the shares may add up to more than 1: `overlap` is what it saved, the seconds of all
steps over the wall clock's.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from index import adding
from index.adding import Times, add_files
from index.encoding import default_encoder
from index.opening import open_library
from index.topics import prototypes_of


def measure(folder: Path, library_folder: Path) -> dict[str, Any]:
    """Add a folder to a new library; rates by the second, steps as shares of the time."""
    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    encoder.encode_query("warm-up", "en")
    prototypes_of(encoder)
    library = open_library(str(library_folder), encoder.recipe)
    times = Times()
    statuses: Counter[str] = Counter()
    pages = passages = 0
    started = time.perf_counter()
    for outcome in add_files(library, encoder, [folder], times=times):
        statuses[outcome.status] += 1
        if outcome.status == "added":
            pages += outcome.pages
            passages += outcome.passages
    seconds = time.perf_counter() - started
    library.close()
    steps = {
        "reading": times.reading,
        "embedding": times.embedding,
        "keeping": times.keeping,
    }
    return {
        "files": dict(statuses),
        "pages": pages,
        "passages": passages,
        "seconds": round(seconds, 2),
        "files_per_second": round(sum(statuses.values()) / seconds, 2),
        "pages_per_second": round(pages / seconds, 2),
        "passages_per_second": round(passages / seconds, 2),
        "shares": {
            **{step: round(spent / seconds, 3) for step, spent in steps.items()},
            "waiting for reading": round(times.waiting / seconds, 3),
        },
        "overlap": round(sum(steps.values()) / seconds, 2),
        "passages_at_once": adding.PASSAGES_AT_ONCE,
        "cores": len(os.sched_getaffinity(0)),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages-at-once", type=int, default=adding.PASSAGES_AT_ONCE)
    chosen = parser.parse_args()
    adding.PASSAGES_AT_ONCE = chosen.passages_at_once
    with tempfile.TemporaryDirectory(prefix="caselib-") as made:
        print(json.dumps(measure(chosen.folder, Path(made) / "library"), indent=2))


if __name__ == "__main__":
    main()
