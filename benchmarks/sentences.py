"""Sentence retrieval between languages, on a folder of `<language>.txt` with parallel lines.

    python benchmarks/sentences.py DIR [--lines N]

For every ordered pair of languages: the share of sentences, asked in one, whose translation comes
first among all sentences of the other (P@1), with the product's vectors. Prints one JSON object:
the mean over all ordered pairs, the lowest pair, and the mean by the language asked in.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.retrieval import progress
from index.encoding import default_encoder


def measure(folder: Path, limit: int | None = None) -> dict[str, Any]:
    """P@1 over all ordered pairs of the folder's languages."""
    encoder = default_encoder()
    columns = {
        path.stem: path.read_text(encoding="utf-8").splitlines()[:limit]
        for path in sorted(folder.glob("*.txt"))
    }
    asked, found = {}, {}
    for number, (language, lines) in enumerate(columns.items()):
        progress("languages", number * 50, len(columns) * 50)
        own = [language.partition("-")[0]] * len(lines)
        asked[language] = encoder.encode(lines, own, "query")
        found[language] = encoder.encode(lines, own, "passage")
    pairs = {
        (one, other): float(
            ((asked[one] @ found[other].T).argmax(axis=1) == np.arange(len(columns[one]))).mean()
        )
        for one in columns
        for other in columns
        if one != other
    }
    lowest = min(pairs, key=lambda pair: pairs[pair])
    return {
        "P@1": round(float(np.mean(list(pairs.values()))), 4),
        "lowest": {"pair": "-".join(lowest), "P@1": round(pairs[lowest], 4)},
        "by_language": {
            language: round(
                float(np.mean([value for (one, _), value in pairs.items() if one == language])), 4
            )
            for language in columns
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, help="the first so many lines only")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.folder, chosen.lines), indent=2))


if __name__ == "__main__":
    main()
