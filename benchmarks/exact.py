"""Exact terms and meanings over the starter library, by queries of our own (data/questions/exact).

    python benchmarks/exact.py [--library FOLDER]

Prints one JSON object with the figures of four systems: `product`; `meaning` (the product without
any words); `words` (its full-text search alone); `fused` (the two by reciprocal rank, k = 60,
Cormack et al. 2009). By kind of query, over documents:

exact    codes, acronyms, names, Chinese terms, dates: `found`, the mean share of the documents that
         hold the term which are among the first ten; `first`, how often the first one holds it.
carried  terms of the field: the same, for documents that hold the term as any language calls it.
meaning  the right document is in another language, and one in the query's language has its words:
         recall at 1 and 10, MRR at 10, how often the distractor stands above the right one, and
         `pushed_off`: queries whose right document is among the first ten by meaning alone only.

Without `--library` the starter documents are embedded first.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.starter import open_starter, run
from index.encoding import Encoder, default_encoder
from index.library import Library
from index.tokens import tokens
from search.ranking import prepare, rank

QUERIES = Path(__file__).resolve().parent.parent / "data" / "questions" / "exact.jsonl"
SYSTEMS = ("product", "meaning", "words", "fused")
FIRST = 10
FUSION = 60


def read_queries() -> list[dict[str, Any]]:
    """The queries with what is right for them."""
    return [json.loads(line) for line in QUERIES.read_text(encoding="utf-8").splitlines()]


def fused(rankings: Sequence[Sequence[str]]) -> list[str]:
    """Reciprocal-rank fusion."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for place, name in enumerate(ranking, 1):
            scores[name] += 1 / (FUSION + place)
    return sorted(scores, key=lambda name: -scores[name])


def rankings(library: Library, encoder: Encoder, query: str) -> dict[str, list[str]]:
    """Documents for a query by each system, best first."""
    question = prepare(encoder, query)
    by_words, _ = library.with_words(tokens(query), 1000)
    holding = library.passages([int(number) for number in by_words])
    product = [found.passage.document for found in rank(library, encoder, question)]
    meaning = [found.passage.document for found in rank(library, encoder, question, by_words=False)]
    words = [holding[int(number)].document for number in by_words]
    each = {"product": product, "meaning": meaning, "words": words}
    found = {name: list(dict.fromkeys(ranking)) for name, ranking in each.items()}
    return found | {"fused": fused([found["meaning"], found["words"]])}


def of_terms(right: set[str], ranking: Sequence[str]) -> dict[str, float]:
    """Figures of one query for a term."""
    found = len(right & set(ranking[:FIRST])) / len(right)
    return {"found": found, "first": float(bool(ranking) and ranking[0] in right)}


def of_meaning(right: set[str], distractor: str, ranking: Sequence[str]) -> dict[str, float]:
    """Figures of one query for a meaning."""
    at = next((place for place, name in enumerate(ranking) if name in right), len(ranking))
    lured = distractor in ranking[:at]
    return {
        "recall@1": float(at == 0),
        "recall@10": float(at < FIRST),
        "MRR@10": 1 / (at + 1) if at < FIRST else 0.0,
        "distractor_above": float(lured),
    }


def measure(folder: Path) -> dict[str, Any]:
    """All figures over a library of the starter documents."""
    encoder = default_encoder()
    library, names = open_starter(folder, encoder)
    figures: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for asked in read_queries():
        right = set(asked["documents"])
        found = {
            system: [names[document] for document in ranking]
            for system, ranking in rankings(library, encoder, asked["query"]).items()
        }
        for system, ranking in found.items():
            if asked["kind"] == "meaning":
                values = of_meaning(right, asked["distractor"], ranking)
                near = right & set(found["meaning"][:FIRST])
                values["pushed_off"] = float(bool(near) and not near & set(ranking[:FIRST]))
            else:
                values = of_terms(right, ranking)
            for name, value in values.items():
                figures[system, asked["kind"]][name].append(value)
    library.close()
    return {
        system: {
            kind: {
                "queries": len(next(iter(values.values()))),
                **{name: round(float(np.mean(each)), 4) for name, each in values.items()},
            }
            for (of, kind), values in figures.items()
            if of == system
        }
        for system in SYSTEMS
    }


def main() -> None:
    run(__doc__.splitlines()[0], measure)


if __name__ == "__main__":
    main()
