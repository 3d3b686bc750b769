"""The product over the starter library, by questions of our own (data/questions).

    python benchmarks/starter.py [--library FOLDER]

Prints one JSON object. `retrieval`: over the answerable questions, recall at 1, 5 and 10 (a right
document among the first so many documents), MRR at 10 and nDCG at 10 by document, the share of
first hits in the question's own language, and the same for the questions whose first right case is
in another language (`cross`). `abstention`: the share of answerable questions declined, of near
misses and of outside questions answered, and the area under the ROC curve of answerable against
each. Without `--library` the starter documents are embedded first.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.adding import add_files
from index.encoding import Encoder, default_encoder
from index.library import Library
from index.opening import open_library
from search.answers import answer
from search.ranking import Question, prepare, rank

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "data" / "questions" / "starter.jsonl"
STARTER = ROOT / "data" / "starter"


def area_under_roc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a positive scores above a negative (Mann-Whitney U); ties count half."""
    if not len(positive) or not len(negative):
        return math.nan
    low, high = np.sort(negative), np.asarray(positive)
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.mean() / 2 / len(low))


def discounted_gain(right: Sequence[bool], total: int, depth: int = 10) -> float:
    """nDCG with binary relevance (Järvelin and Kekäläinen 2002)."""
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(right[:depth]) if hit)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(total, depth)))
    return gain / ideal if ideal else 0.0


def open_starter(folder: Path, encoder: Encoder) -> tuple[Library, dict[str, str]]:
    """A library of the starter documents, made where there is none, and its cases' ids."""
    library = open_library(str(folder), encoder.recipe)
    if not library.records():
        for number, _ in enumerate(add_files(library, encoder, [STARTER])):
            print(f"\radded {number + 1}   ", end="", file=sys.stderr, flush=True)
    return library, {record.document: Path(record.filename).stem for record in library.records()}


def measure(library_folder: Path) -> dict[str, Any]:
    """All figures over a library of the starter documents."""
    encoder = default_encoder()
    library, names = open_starter(library_folder, encoder)
    languages = {record.document: record.language for record in library.records()}
    by_case = {name: languages[document] for document, name in names.items()}
    retrieval: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    confidence: dict[str, list[float]] = defaultdict(list)
    declined: dict[str, list[bool]] = defaultdict(list)
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        question: Question = prepare(encoder, asked["question"])
        ranked = rank(library, encoder, question)
        given = answer(library, question, ranked)
        confidence[asked["kind"]].append(given.confidence)
        declined[asked["kind"]].append(given.abstained)
        if asked["kind"] != "answerable":
            continue
        found = list(dict.fromkeys(names[hit.passage.document] for hit in ranked))
        right = [name in asked["documents"] for name in found[:10]]
        own = bool(ranked) and ranked[0].passage.language == asked["language"]
        cross = by_case.get(asked["documents"][0]) != asked["language"]
        for group in ["all", asked["language"], *(["cross"] if cross else [])]:
            figures = retrieval[group]
            for depth in (1, 5, 10):
                figures[f"recall@{depth}"].append(any(right[:depth]))
            figures["MRR@10"].append(1 / (right.index(True) + 1) if any(right) else 0.0)
            figures["nDCG@10"].append(discounted_gain(right, len(asked["documents"])))
            figures["own_language_first"].append(own)
    library.close()
    return {
        "retrieval": {
            group: {
                "questions": len(figures["MRR@10"]),
                **{name: round(float(np.mean(values)), 4) for name, values in figures.items()},
            }
            for group, figures in retrieval.items()
        },
        "abstention": {
            "declined_answerable": round(float(np.mean(declined["answerable"])), 4),
            "answered_near_miss": round(1 - float(np.mean(declined["near-miss"])), 4),
            "answered_outside": round(1 - float(np.mean(declined["outside"])), 4),
            "auroc_near_miss": round(
                area_under_roc(confidence["answerable"], confidence["near-miss"]), 4
            ),
            "auroc_outside": round(
                area_under_roc(confidence["answerable"], confidence["outside"]), 4
            ),
        },
    }


def run(description: str, measure: Callable[[Path], dict[str, Any]]) -> None:
    """Print what is measured over a library of the starter documents."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--library", type=Path, help="a library of the starter documents")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(chosen.library or Path(temporary) / "library"), indent=2))


def main() -> None:
    run(__doc__.splitlines()[0], measure)


if __name__ == "__main__":
    main()
