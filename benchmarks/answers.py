"""Quoted answers and abstention, measured on a folder like that of `retrieval.py`.

    python benchmarks/answers.py DIR [--questions N]

Questions carry "id" (the same in every language) and "answers" (gold strings in their language).

gold_in_first, gold_in_first_three
    One library with every passage in every language. Share of the questions for which a gold string
    of the asked paragraph, in the language of the quoted sentence, stands in the first quoted
    sentence, or in one of the first three; the mean over the languages asked in.
abstention
    Every second article makes the library; questions about the others cannot be answered. Area
    under the ROC curve of the confidence, answerable against unanswerable, and both error shares at
    the shipped threshold, which was fitted on other text (data/questions). Mean over both halves.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.retrieval import Shelf, Text, build, progress
from benchmarks.starter import area_under_roc
from index.encoding import Encoder, default_encoder
from ingest.languages import detect_query_language
from search.answers import Answer, answer
from search.ranking import Question, rank


@dataclass(frozen=True)
class Asked:
    """A question with its gold strings in every language."""

    question: Question
    language: str
    paragraph: str
    gold: dict[str, list[str]]


def read(
    folder: Path, limit: int | None
) -> tuple[list[Text], dict[str, str], list[dict[str, Any]]]:
    """Passages, the article of each paragraph, and questions (every so many-th by `limit`)."""

    def lines(name: str) -> list[dict[str, Any]]:
        with (folder / name).open(encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]

    rows = lines("passages.jsonl")
    texts = [Text(row["id"], row["paragraph"], row["language"], row["text"]) for row in rows]
    articles = {
        row["paragraph"]: row.get("article") or row["paragraph"].rpartition("#")[0] for row in rows
    }
    questions = lines("questions.jsonl")
    gold: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in questions:
        gold[row["id"]][row["language"]] = row["answers"]
    for row in questions:
        row["gold"] = gold[row["id"]]
    if limit is not None and len(questions) > limit:
        questions = questions[:: -(-len(questions) // limit)]
    return texts, articles, questions


def prepared(encoder: Encoder, rows: Sequence[dict[str, Any]]) -> list[Asked]:
    """Questions with their vectors, embedded all at once."""
    languages = [detect_query_language(row["question"]) for row in rows]
    vectors = encoder.encode([row["question"] for row in rows], languages, "query")
    return [
        Asked(
            Question(row["question"], language, vector),
            row["language"],
            row["paragraph"],
            row["gold"],
        )
        for row, language, vector in zip(rows, languages, vectors, strict=True)
    ]


def quote(shelf: Shelf, encoder: Encoder, asked: Sequence[Asked], **options: Any) -> list[Answer]:
    """The product's answers."""
    given = []
    for number, one in enumerate(asked):
        progress("answers", number, len(asked))
        ranked = rank(shelf.library, encoder, one.question)
        given.append(answer(shelf.library, one.question, ranked, **options))
    return given


def gold_places(
    shelf: Shelf, texts: dict[str, Text], one: Asked, given: Answer, depth: int = 3
) -> list[bool]:
    """For each of the first quoted sentences whether a gold string stands in it."""
    places = []
    for quotation in given.quotations[:depth]:
        text = texts[shelf.key_of_passage[quotation.passage.passage]]
        strings = one.gold.get(text.language, [])
        right = text.paragraph == one.paragraph
        places.append(right and any(string in quotation.text for string in strings))
    return places


def measure(folder: Path, limit: int | None = None) -> dict[str, Any]:
    """All figures for a test set."""
    texts, articles, rows = read(folder, limit)
    encoder = default_encoder()
    asked = prepared(encoder, rows)
    order = list(dict.fromkeys(articles.values()))
    half = {article: number % 2 for number, article in enumerate(order)}
    halves = [
        [text for text in texts if half[articles[text.paragraph]] == which] for which in (0, 1)
    ]
    by_key = {text.key: text for text in texts}
    with tempfile.TemporaryDirectory() as temporary:
        whole, *parts = build(texts, [texts, *halves], encoder, Path(temporary))
        places: dict[str, list[list[bool]]] = defaultdict(list)
        # Nothing is declined here: what is measured is which sentence comes first.
        for one, given in zip(asked, quote(whole, encoder, asked, threshold=-9.0), strict=True):
            places[one.language].append(gold_places(whole, by_key, one, given))
        areas, answered, declined = [], [], []
        for which, shelf in enumerate(parts):
            given_all = quote(shelf, encoder, asked)
            inside = [half[articles[one.paragraph]] == which for one in asked]
            sure = [
                [g.confidence for g, i in zip(given_all, inside, strict=True) if i == side]
                for side in (True, False)
            ]
            areas.append(area_under_roc(*sure))
            declined.append(
                np.mean([g.abstained for g, i in zip(given_all, inside, strict=True) if i])
            )
            answered.append(
                np.mean([not g.abstained for g, i in zip(given_all, inside, strict=True) if not i])
            )
    by_language = {
        language: {
            "gold_in_first": _mean([any(row[:1]) for row in found]),
            "gold_in_first_three": _mean([any(row) for row in found]),
        }
        for language, found in sorted(places.items())
    }
    return {
        **{
            name: _mean([figures[name] for figures in by_language.values()])
            for name in ("gold_in_first", "gold_in_first_three")
        },
        "by_language": by_language,
        "abstention": {
            "auroc": _mean(areas),
            "answered_unanswerable": _mean(answered),
            "declined_answerable": _mean(declined),
        },
    }


def _mean(values: Sequence[Any]) -> float:
    return round(float(np.mean(values)), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, help="at most this many, for a quick look")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.folder, chosen.questions), indent=2))


if __name__ == "__main__":
    main()
