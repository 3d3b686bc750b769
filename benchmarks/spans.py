"""Whether what stands around a sentence, or its clauses, choose it better than it does alone.

    python benchmarks/spans.py DIR [--every N]

On the folder of `benchmarks/answers.py`, every Nth article: for each way to score sentences, and
for its mean with the plain way, the share of questions with a gold answer in the first sentence and
in the first three. Words of the question are left out of all of them. What came of it is in
docs/spans.md.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import regex

from benchmarks.answers import read
from benchmarks.retrieval import Text
from index.encoding import Encoder, default_encoder, says_something
from index.library import Vectors
from ingest.languages import detect_query_language
from ingest.sentences import split_sentences
from search.ranking import AFFINITY_EXPONENT

_AFTER_A_COMMA = regex.compile(r"(?<=[,;:，；：、،؛)])\s*")
_WORDS = regex.compile(r"\p{Han}|[^\W\p{Han}]+")
_LEAST_WORDS = 6
WHOLE = 1.5
"""The inner product of two equal vectors of the product's encoder."""


def measure(folder: Path, every: int) -> dict[str, Any]:
    """The figures of each way."""
    texts, articles, rows = read(folder, None)
    chosen = set(list(dict.fromkeys(articles.values()))[::every])
    texts = [text for text in texts if articles[text.paragraph] in chosen]
    rows = [row for row in rows if articles[row["paragraph"]] in chosen][::2]
    sentences = [
        (number, text.text[start:end])
        for number, text in enumerate(texts)
        for start, end in split_sentences(text.text, text.language)
        if says_something(text.text[start:end])
    ]
    owner = np.array([number for number, _ in sentences])
    encoder = default_encoder()
    asked = [detect_query_language(row["question"]) for row in rows]
    questions = encoder.encode([row["question"] for row in rows], asked, "query")
    languages = [text.language for text in texts]
    own = encoder.encode([text.text for text in texts], languages, "passage")
    affinities = np.array(
        [
            [encoder.affinity(one, other) ** AFFINITY_EXPONENT for other in languages]
            for one in asked
        ]
    )
    ways = _ways(encoder, questions, texts, articles, sentences)
    best = np.stack([ways["plain"][:, owner == n].max(axis=1) for n in range(len(texts))], axis=1)
    passages = (questions @ own.T / WHOLE + best) / affinities / 2
    gold = _gold(texts, rows, sentences)
    made_up = affinities[:, owner]
    spoken = np.array([row["language"] for row in rows])
    found: dict[str, Any] = {"questions": len(rows), "sentences": len(sentences)}
    for name, scores in ways.items():
        mixed = {name: scores, f"{name}, half": (scores + ways["plain"]) / 2}
        for way, values in mixed.items() if name != "plain" else [(name, scores)]:
            total = (values / made_up + 2 * passages[:, owner]) / 3
            found[way] = _shares(gold, total, spoken)
    return found


def _ways(
    encoder: Encoder,
    questions: Vectors,
    texts: list[Text],
    articles: dict[str, str],
    sentences: list[tuple[int, str]],
) -> dict[str, Vectors]:
    """For each way the similarity of questions and sentences, (questions, sentences)."""
    spoken = [texts[owner].language for owner, _ in sentences]

    def beside(at: int, step: int) -> str:
        there = 0 <= at + step < len(sentences) and sentences[at + step][0] == sentences[at][0]
        return sentences[at + step][1] if there else ""

    def similar(written: list[str]) -> Vectors:
        return np.asarray(questions @ encoder.encode(written, spoken, "passage").T / WHOLE)

    every = range(len(sentences))
    alone = [text for _, text in sentences]
    before = [" ".join(filter(None, (beside(at, -1), alone[at]))) for at in every]
    around = [" ".join(filter(None, (before[at], beside(at, 1)))) for at in every]
    titles = [articles[texts[owner].paragraph].replace("_", " ") for owner, _ in sentences]
    headed = [f"{title}: {text}" for title, text in zip(titles, alone, strict=True)]
    pieces = [(at, piece) for at in every for piece in _clauses(alone[at])]
    vectors = encoder.encode(
        [piece for _, piece in pieces], [spoken[at] for at, _ in pieces], "passage"
    )
    clauses = np.full((len(questions), len(sentences)), -np.inf, np.float32)
    for (at, _), column in zip(pieces, (questions @ vectors.T / WHOLE).T, strict=True):
        clauses[:, at] = np.maximum(clauses[:, at], column)
    return {
        "plain": similar(alone),
        "with the sentence before": similar(before),
        "with both neighbours": similar(around),
        "with the heading": similar(headed),
        "best clause": clauses,
    }


def _clauses(sentence: str) -> list[str]:
    """Stretches between commas, of six words at least."""
    found, current = [], ""
    for piece in _AFTER_A_COMMA.split(sentence):
        current += piece if not current or regex.match(r"\p{Han}", piece) else f" {piece}"
        if len(_WORDS.findall(current)) >= _LEAST_WORDS:
            found.append(current)
            current = ""
    if current and found:
        found[-1] += f" {current}"
    return found or [sentence]


def _gold(
    texts: list[Text], rows: list[dict[str, Any]], sentences: list[tuple[int, str]]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether a gold answer stands in a sentence of the asked paragraph."""
    return np.array(
        [
            [
                texts[owner].paragraph == row["paragraph"]
                and any(one in text for one in row["gold"].get(texts[owner].language, ()))
                for owner, text in sentences
            ]
            for row in rows
        ]
    )


def _shares(gold: Any, total: Any, spoken: Any) -> dict[str, float]:
    """Means over the languages asked in."""
    first: Any = np.take_along_axis(gold, np.argsort(-total, axis=1)[:, :3], axis=1)
    return {
        name: round(float(np.mean([found[spoken == one].mean() for one in set(spoken)])), 4)
        for name, found in (("first", first[:, 0]), ("first_three", first.any(axis=1)))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=6, help="every so many articles")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.folder, chosen.every), indent=2))


if __name__ == "__main__":
    main()
