"""Retrieval across languages, measured on a folder with `passages.jsonl` and `questions.jsonl`.

    python benchmarks/retrieval.py DIR [--questions N]

A passage is {"id", "paragraph", "language", "text"}; several passages may be one paragraph in
several languages. A question is {"id", "language", "paragraph", "question"}. Prints one JSON object
with the figures of `product` (the product's own library, language detection and ranking), `plain`
(its first model as it comes, no centring) and `bm25` (the product's full-text search alone):

mixed    one library with every passage: mean average precision over all language versions of the
         right paragraph, recall at 1, 5 and 10 (any version), the share of first hits in the
         question's own language.
scatter  every paragraph in one language only, the i-th in the (i mod n)-th of its n languages in
         alphabetical order: recall at 1 and MRR at 10, for questions in another language than the
         paragraph's (`cross`) and in the same (`same`); nothing here has a twin.
pairs    MRR at 10 in the scattered library by the question's and the passage's language.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.encoding import Encoder, default_encoder
from index.library import DocumentVectors, Library
from index.opening import open_library
from index.tokens import tokens
from ingest.document import Document, Page
from ingest.languages import detect_query_language
from ingest.passages import split_into_passages
from search.ranking import Question, rank


@dataclass(frozen=True)
class Text:
    """One paragraph in one language."""

    key: str
    paragraph: str
    language: str
    text: str


@dataclass(frozen=True)
class Asked:
    """A question and the paragraph that answers it."""

    paragraph: str
    language: str
    text: str


Ranking = list[str]
"""Keys of texts, best first."""


def read_folder(folder: Path) -> tuple[list[Text], list[Asked]]:
    """The passages and questions of a test set."""

    def lines(name: str) -> list[dict[str, Any]]:
        with (folder / name).open(encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]

    texts = [
        Text(row["id"], row["paragraph"], row["language"], row["text"])
        for row in lines("passages.jsonl")
    ]
    asked = [
        Asked(row["paragraph"], row["language"], row["question"])
        for row in lines("questions.jsonl")
    ]
    return texts, asked


def scattered(texts: Sequence[Text]) -> list[Text]:
    """Each paragraph in one language: the i-th in the (i mod n)-th of its n, alphabetically."""
    versions: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        versions[text.paragraph].append(text)
    return [
        sorted(found, key=lambda text: text.language)[place % len(found)]
        for place, found in enumerate(versions.values())
    ]


def average_precision(relevant: Sequence[bool], total: int) -> float:
    """Mean of the precision at each relevant rank; what was not found counts as 0."""
    found, precisions = 0, 0.0
    for place, right in enumerate(relevant, 1):
        if right:
            found += 1
            precisions += found / place
    return precisions / total if total else 0.0


def reciprocal_rank(relevant: Sequence[bool], depth: int = 10) -> float:
    """1 / rank of the first relevant of `depth` hits, 0 where there is none (MRR's summand)."""
    return next((1 / place for place, right in enumerate(relevant[:depth], 1) if right), 0.0)


def mixed(
    texts: Sequence[Text], asked: Sequence[Asked], rankings: list[Ranking]
) -> dict[str, float]:
    """Figures of the library in which every paragraph stands in every language."""
    by_key = {text.key: text for text in texts}
    versions: dict[str, int] = defaultdict(int)
    for text in texts:
        versions[text.paragraph] += 1
    figures: dict[str, list[float]] = defaultdict(list)
    for question, ranking in zip(asked, rankings, strict=True):
        right = [by_key[key].paragraph == question.paragraph for key in ranking]
        figures["mAP"].append(average_precision(right, versions[question.paragraph]))
        for depth in (1, 5, 10):
            figures[f"recall@{depth}"].append(any(right[:depth]))
        first = by_key[ranking[0]].language if ranking else ""
        figures["own_language_first"].append(first == question.language)
    return {name: _mean(values) for name, values in figures.items()}


def scatter(
    texts: Sequence[Text], asked: Sequence[Asked], rankings: list[Ranking]
) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """Figures of the library in which nothing has a twin, and MRR@10 by pair of languages."""
    by_key = {text.key: text for text in texts}
    language_of = {text.paragraph: text.language for text in texts}
    groups: dict[str, dict[str, list[float]]] = {
        side: {"recall@1": [], "MRR@10": []} for side in ("cross", "same")
    }
    pairs: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    own = []
    for question, ranking in zip(asked, rankings, strict=True):
        if question.paragraph not in language_of:
            continue
        right = [by_key[key].paragraph == question.paragraph for key in ranking[:10]]
        found = language_of[question.paragraph]
        side = groups["same" if found == question.language else "cross"]
        side["recall@1"].append(any(right[:1]))
        side["MRR@10"].append(reciprocal_rank(right))
        pairs[question.language][found].append(reciprocal_rank(right))
        own.append(bool(ranking) and by_key[ranking[0]].language == question.language)
    figures: dict[str, Any] = {
        side: {name: _mean(values) for name, values in found.items()}
        for side, found in groups.items()
    }
    figures["own_language_first"] = _mean(own)
    return figures, {
        asked_in: {found: _mean(values) for found, values in sorted(row.items())}
        for asked_in, row in sorted(pairs.items())
    }


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4) if values else 0.0


class Shelf:
    """A real library that holds texts as documents, and the way back to their keys."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.library: Library = open_library(str(folder), encoder.recipe)
        self.key_of_passage: dict[int, str] = {}

    def put(self, text: Text, document: Document, vectors: DocumentVectors, file: Path) -> None:
        added = self.library.add(document, file, vectors)
        for passage in self.library.passages_of(added.document):
            self.key_of_passage[passage.passage] = text.key

    def keys(self, passages: Sequence[int]) -> Ranking:
        """Keys of texts in the order of their best passages."""
        return list(dict.fromkeys(self.key_of_passage[passage] for passage in passages))


def build(
    texts: Sequence[Text], only: Sequence[Sequence[Text]], encoder: Encoder, folder: Path
) -> list[Shelf]:
    """Libraries of some of the texts each; every text is embedded once."""
    shelves = [Shelf(folder / str(number), encoder) for number in range(len(only))]
    members = [{text.key for text in found} for found in only]
    file = folder / "text.txt"
    for number, text in enumerate(texts):
        progress("embedding", number, len(texts))
        file.write_text(f"{text.key}\n{text.text}", encoding="utf-8")
        passages = split_into_passages((Page(1, text.text),))
        document = Document(
            sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            filename=f"{number}.txt",
            media_type="text/plain",
            title="",
            year=None,
            registries=(),
            languages=tuple(dict.fromkeys(passage.language for passage in passages)),
            pages=(Page(1, text.text),),
            passages=passages,
        )
        vectors = encoder.encode_passages(passages)
        for shelf, member in zip(shelves, members, strict=True):
            if text.key in member:
                shelf.put(text, document, vectors, file)
    return shelves


def by_product(shelf: Shelf, encoder: Encoder, questions: Sequence[Question]) -> list[Ranking]:
    """Rankings of the product's own search."""
    found = []
    for number, question in enumerate(questions):
        progress("product", number, len(questions))
        ranked = rank(shelf.library, encoder, question)
        found.append(shelf.keys([hit.passage.passage for hit in ranked]))
    return found


def by_words(shelf: Shelf, questions: Sequence[Question]) -> list[Ranking]:
    """Rankings of full-text search alone."""
    return [
        shelf.keys([int(n) for n in shelf.library.with_words(tokens(question.text), 1000)[0]])
        for question in questions
    ]


def by_plain_model(encoder: Encoder, asked: Sequence[Asked]) -> Callable[[Sequence[Text]], Any]:
    """Rankings of the first model's cosine, as it comes."""
    embedder, _ = encoder.embedders[0]
    queries = embedder.embed([question.text for question in asked], "query")
    kept: dict[str, Any] = {}

    def rankings(texts: Sequence[Text]) -> list[Ranking]:
        missing = [text for text in texts if text.key not in kept]
        vectors = embedder.embed([text.text for text in missing], "passage")
        kept.update({text.key: vector for text, vector in zip(missing, vectors, strict=True)})
        scores = queries @ np.stack([kept[text.key] for text in texts]).T
        return [[texts[place].key for place in row] for row in np.argsort(-scores, axis=1)]

    return rankings


def progress(what: str, done: int, total: int) -> None:
    """Say on stderr how far a long step has come."""
    if done % 50 == 0:
        print(f"\r{what} {done}/{total}   ", end="", file=sys.stderr, flush=True)


def measure(folder: Path, limit: int | None = None) -> dict[str, Any]:
    """All figures for a test set; `limit` takes every so many-th question only."""
    texts, asked = read_folder(folder)
    if limit is not None and len(asked) > limit:
        asked = asked[:: -(-len(asked) // limit)]
    encoder = default_encoder()
    alone = scattered(texts)
    languages = [detect_query_language(question.text) for question in asked]
    vectors = encoder.encode([question.text for question in asked], languages, "query")
    questions = [
        Question(question.text, language, vector)
        for question, language, vector in zip(asked, languages, vectors, strict=True)
    ]
    plain = by_plain_model(encoder, asked)
    with tempfile.TemporaryDirectory() as temporary:
        whole, single = build(texts, [texts, alone], encoder, Path(temporary))
        systems: dict[str, Callable[[Shelf, Sequence[Text]], list[Ranking]]] = {
            "product": lambda shelf, _: by_product(shelf, encoder, questions),
            "plain": lambda _, found: plain(found),
            "bm25": lambda shelf, _: by_words(shelf, questions),
        }
        report = {}
        for name, system in systems.items():
            figures, pairs = scatter(alone, asked, system(single, alone))
            report[name] = {
                "mixed": mixed(texts, asked, system(whole, texts)),
                "scatter": figures,
                "pairs": pairs,
            }
    print(file=sys.stderr)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, help="at most this many, for a quick look")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.folder, chosen.questions), indent=2))


if __name__ == "__main__":
    main()
