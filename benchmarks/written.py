"""What becomes of the sentences that a language model writes, on our own questions.

    CASELIB_LLM_URL=… CASELIB_LLM_MODEL=… python benchmarks/written.py [--each N] [--languages …]

A library is made of the cases that N questions of each language are answered in
(`data/questions`), the model answers them from it, and each of its sentences is checked. Prints one
JSON object: sentences written and kept, why the others were not, questions with a kept sentence,
those whose kept sentences cite the right case, and seconds for an answer.

    python benchmarks/written.py --likeness DIR

measures the check of likeness alone, on a folder of `<language>.txt` with parallel lines: the share
of translated lines that pass for what they translate, and of the next lines of the same article.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from index.adding import add_files
from index.encoding import Encoder, default_encoder
from index.library import Library
from index.opening import open_library
from search.answers import answer
from search.checking import LEAST_LIKENESS
from search.endpoint import Endpoint, Patience, configured
from search.find import search
from search.writing import WrittenAnswer, sources_for, write

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "data" / "questions" / "starter.jsonl"
STARTER = ROOT / "data" / "starter"
LANGUAGES = ("en", "fr", "es", "zh", "ru")
PATIENCE = Patience(piece=900, whole=1800)
"""What is measured here is what a model says, also on a machine that has other work to do."""


def measure(endpoint: Endpoint, languages: tuple[str, ...], each: int) -> dict[str, Any]:
    """Ask the questions of some languages over the cases that answer them."""
    questions = [question for language in languages for question in _questions(language)[:each]]
    wanted = {name for question in questions for name in question["documents"]}
    encoder = default_encoder()
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(str(Path(folder) / "library"), encoder.recipe)
        files = [path for path in sorted(STARTER.iterdir()) if path.stem in wanted]
        list(add_files(library, encoder, files))
        asked = [(one, *_answered(endpoint, library, encoder, one)) for one in questions]
        library.close()
    return {
        "model": endpoint.name,
        "documents": len(files),
        **_figures(asked),
        "by_language": {
            language: _figures([one for one in asked if one[0]["language"] == language])
            for language in languages
        },
    }


def _questions(language: str) -> list[dict[str, Any]]:
    listed = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [one for one in listed if one["kind"] == "answerable" and one["language"] == language]


def _answered(
    endpoint: Endpoint, library: Library, encoder: Encoder, question: dict[str, Any]
) -> tuple[WrittenAnswer | None, float]:
    started = time.perf_counter()
    results = search(library, encoder, question["question"])
    assert results.question is not None
    sources = sources_for(
        library, answer(library, results.question, results.evidence), results.evidence
    )
    *_, written = write(endpoint, library, encoder, results.question, sources)
    _tell(question, written)
    return (written if sources else None), time.perf_counter() - started


def _tell(question: dict[str, Any], written: WrittenAnswer) -> None:
    print(f"\n{question['question']}", file=sys.stderr)
    for sentence in written.sentences:
        found = " ".join(sentence.check.faults) or "kept"
        print(
            f"  {sentence.text} {list(sentence.citations)} {sentence.check.likeness:.2f} {found}",
            file=sys.stderr,
        )
    if written.note:
        print(f"  {written.note}", file=sys.stderr)


def _figures(
    asked: list[tuple[dict[str, Any], WrittenAnswer | None, float]],
) -> dict[str, Any]:
    answers = [(question, written) for question, written, _ in asked if written is not None]
    sentences = [sentence for _, written in answers for sentence in written.sentences]
    faults = Counter(fault for sentence in sentences for fault in sentence.check.faults)
    return {
        "questions": len(asked),
        "asked": len(answers),
        "failed": sum(bool(written.note) for _, written in answers),
        "sentences": len(sentences),
        "kept": sum(sentence.check.holds for sentence in sentences),
        "with_a_kept_sentence": sum(bool(written.kept) for _, written in answers),
        "right_case_cited": sum(_cites_the_right_case(*one) for one in answers),
        "faults": dict(faults.most_common()),
        "seconds": round(median(seconds for *_, seconds in asked), 1) if asked else None,
    }


def _cites_the_right_case(question: dict[str, Any], written: WrittenAnswer) -> bool:
    names = {Path(written.sources[number - 1].record.filename).stem for number in written.cited}
    return bool(names & set(question["documents"]))


def likeness(folder: Path, lines: int = 300) -> dict[str, float]:
    """Shares of translated lines, and of the lines after them, that are alike enough."""
    encoder = default_encoder()
    whole = sum(ingredient.weight for ingredient in encoder.recipe.ingredients)
    vectors = {
        path.stem: encoder.encode(texts, [path.stem] * len(texts), "passage")
        for path in sorted(folder.glob("??.txt"))
        for texts in [path.read_text(encoding="utf-8").splitlines()[:lines]]
    }
    same: list[float] = []
    after: list[float] = []
    for one in vectors:
        for other in vectors.keys() - {one}:
            alike = vectors[one] @ vectors[other].T / (whole * encoder.affinity(one, other))
            same += map(float, np.diag(alike))
            after += map(float, np.diag(alike, 1))
    return {
        "threshold": LEAST_LIKENESS,
        "translations_that_pass": round(float(np.mean(np.array(same) >= LEAST_LIKENESS)), 4),
        "next_lines_that_pass": round(float(np.mean(np.array(after) >= LEAST_LIKENESS)), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=2, help="questions of each language")
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES))
    parser.add_argument("--likeness", type=Path, help="a folder of parallel lines")
    chosen = parser.parse_args()
    if chosen.likeness:
        print(json.dumps(likeness(chosen.likeness), indent=2))
        return
    endpoint = configured()
    if endpoint is None:
        sys.exit("Set CASELIB_LLM_URL to the endpoint of a language model.")
    found = measure(replace(endpoint, patience=PATIENCE), tuple(chosen.languages), chosen.each)
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
