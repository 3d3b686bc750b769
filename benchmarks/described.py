"""What is found about the starter documents, against what their authors said of them (data/cases).

    python benchmarks/described.py [--library FOLDER]

Prints one JSON object. `topics`: precision, recall and F1 over all pairs of document and topic. The
threshold is fitted on half of the cases and measured on the other half, both ways and for ten ways
of halving; `shipped` are the constants of `index/topics.py` over all cases. Prototypes come from
data/topics alone. `registries` and `regions`: the same without a threshold. `languages`: the share
of documents whose first language is right. `summary`: the share of the words of the author's own
summary in the document's language that stand in the three sentences (ROUGE-1 recall, Lin 2004),
beside the first three sentences of the document. Without `--library` the documents are added first.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from index.adding import add_files
from index.describing import stored_vectors
from index.encoding import default_encoder
from index.library import Library, Record, Vectors
from index.opening import open_library
from index.tokens import words
from index.topics import NEAR, choose, likenesses, prototypes_of, topics

ROOT = Path(__file__).resolve().parent.parent
HALVINGS = 10

Pairs = set[tuple[str, str]]


def agreement(found: Pairs, right: Pairs) -> dict[str, float]:
    """Precision, recall and their harmonic mean; 0 where nothing is right."""
    hits = len(found & right)
    precision, recall = hits / max(len(found), 1), hits / max(len(right), 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": precision, "recall": recall, "f1": both}


def topic_pairs(likeness: dict[str, Vectors], names: Iterable[str], near: float) -> Pairs:
    """The pairs of document and topic that a threshold finds."""
    ids = list(topics())
    return {(name, ids[row]) for name in names for row, _ in choose(likeness[name], near)}


def halved(likeness: dict[str, Vectors], right: Pairs) -> dict[str, float]:
    """Mean agreement on the half of the cases that the threshold was not fitted on."""
    names = sorted(likeness)
    results = []
    for seed in range(HALVINGS):
        order = [names[i] for i in np.random.default_rng(seed).permutation(len(names))]
        for fitted, tested in ((order[::2], order[1::2]), (order[1::2], order[::2])):
            near = max(
                np.arange(0.02, 0.2, 0.005),
                key=lambda value: agreement(
                    topic_pairs(likeness, fitted, value), {p for p in right if p[0] in fitted}
                )["f1"],
            )
            found = topic_pairs(likeness, tested, float(near))
            measured = agreement(found, {p for p in right if p[0] in tested})
            results.append({**measured, "threshold": float(near)})
    return {name: float(np.mean([result[name] for result in results])) for name in results[0]}


def overlap(said: str, wanted: str) -> float:
    """ROUGE-1 recall: the share of the wanted words that are said."""
    ours, theirs = Counter(words(said)), Counter(words(wanted))
    return sum((ours & theirs).values()) / max(sum(theirs.values()), 1)


def cases() -> dict[str, dict[str, Any]]:
    """Front matter of the cases by id."""
    found = {}
    for path in sorted((ROOT / "data" / "cases").glob("*.md")):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
        if "topics" in front:
            found[path.stem] = front
    return found


def _listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def summaries(library: Library, records: dict[str, Record], known: dict[str, Any]) -> Any:
    """How much of the authors' summaries the three sentences say, and the first three."""
    ours, first = [], []
    for name, record in records.items():
        wanted = known[name]["summaries"].get(known[name]["language"].partition("-")[0])
        if not wanted:
            continue
        ours.append(overlap(" ".join(quote.text for quote in record.summary), wanted))
        sentences: list[str] = []
        passages = library.passages_of(record.document)
        spans = library.sentences_of([passage.passage for passage in passages])
        for passage in passages:
            sentences += [passage.text[a:b] for a, b in spans[passage.passage][0]]
        prose = [s for s in sentences if len(s) > 25 and s.rstrip()[-1] in ".。!؟"]
        first.append(overlap(" ".join(prose[:3]), wanted))
    return {
        "ours": float(np.mean(ours)),
        "first_three": float(np.mean(first)),
        "with_three": sum(len(record.summary) == 3 for record in records.values()),
    }


def measure(folder: Path) -> dict[str, Any]:
    """All figures over a library of the starter documents."""
    encoder = default_encoder()
    library = open_library(str(folder), encoder.recipe)
    if not library.records():
        list(add_files(library, encoder, [ROOT / "data" / "starter"]))
    known = cases()
    records = {Path(r.filename).stem: r for r in library.records()}
    records = {name: record for name, record in records.items() if name in known}
    prototypes = prototypes_of(encoder)
    found = {
        name: likenesses(*stored_vectors(library, record), prototypes)
        for name, record in records.items()
    }
    likeness = {
        name: value if value is not None else np.zeros(len(topics()), np.float32)
        for name, value in found.items()
    }
    right = {(name, topic) for name in records for topic in known[name]["topics"]}
    figures: dict[str, Any] = {
        "documents": len(records),
        "kinds": dict(Counter(record.kind for record in records.values())),
        "topics": {
            "halved": halved(likeness, right),
            "shipped": agreement(topic_pairs(likeness, likeness, NEAR), right),
            "per_document": len(topic_pairs(likeness, likeness, NEAR)) / len(records),
        },
    }
    for field, key in (("registries", "registries"), ("regions", "region")):
        said = {(n, value) for n in records for value in _listed(known[n][key])}
        shown = {(n, value) for n, record in records.items() for value in getattr(record, field)}
        figures[field] = agreement(shown, said)
    languages = [r.language == known[n]["language"].partition("-")[0] for n, r in records.items()]
    figures["languages"] = float(np.mean(languages))
    figures["summary"] = summaries(library, records, known)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(chosen.library or Path(folder)), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
