"""What a sentence of a case does: tell the problem, what was done, what came of it, or advise.

No model is trained for it. A sentence is compared with example sentences of each part
(data/briefings/parts.yaml), the heading that it stands under with example headings; the order of a
case, in which problems come first and advice last, counts besides, and figures speak for outcomes.
"""

from __future__ import annotations

import functools
import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import regex
import yaml

from index.embedders import models_folder
from index.encoding import Encoder
from index.library import Vectors
from index.recipe import Recipe
from index.tokens import fold
from search.directions import pattern
from search.statements import Statements, unit

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "briefings" / "parts.yaml"
PARTS: Final = ("problem", "done", "outcome", "lesson", "remark")
PROBLEM, DONE, OUTCOME, LESSON, REMARK = range(len(PARTS))

_LIKENESS: Final = 3.0
_UNDER_HEADING: Final = 2.0
_NAMED_HEADING: Final = 1.5
"""Weights of a sentence's likeness, of its heading's, and of a heading that is listed as it is."""
_FIGURES, _YEAR, _SAYS_REMARK = 0.5, 0.3, 5.0

_DIGIT: Final = regex.compile(r"\d")
_YEARS: Final = regex.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Examples:
    """What sentences and headings are compared with, for one recipe of vectors.

    Attributes
    ----------
    sentences, headings : (parts, dimension), less what all parts share, of length 1.
    """

    sentences: Vectors
    headings: Vectors


@functools.lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, Any]]:
    """The file: by part, its headings and sentences by language."""
    return {entry["id"]: entry for entry in yaml.safe_load(FILE.read_text("utf-8"))["parts"]}


@functools.lru_cache(maxsize=1)
def _named_headings() -> dict[str, int]:
    return {
        fold(heading): PARTS.index(part)
        for part, entry in _listed().items()
        for found in entry["headings"].values()
        for heading in found
    }


def examples_of(encoder: Encoder) -> Examples:
    """The examples in an encoder's vectors, kept beside the models once they are made."""
    if (kept := _kept(encoder.recipe)) is not None:
        return kept
    made = Examples(_encoded(encoder, "sentences"), _encoded(encoder, "headings"))
    path = _path(encoder.recipe)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(partial, sentences=made.sentences, headings=made.headings)
    os.replace(partial, path)
    _kept.cache_clear()
    return made


def _encoded(encoder: Encoder, kind: str) -> Vectors:
    """Each part's mean over languages, of the mean of its examples in each, less the mean part."""
    means = []
    for part in PARTS:
        listed = _listed()[part][kind]
        pairs = [(language, text) for language, found in listed.items() for text in found]
        languages = [language for language, _ in pairs]
        vectors = unit(encoder.encode([text for _, text in pairs], languages, "passage"))
        rows = [[at for at, found in enumerate(languages) if found == one] for one in listed]
        means.append(np.mean([vectors[those].mean(axis=0) for those in rows], axis=0))
    stacked = np.asarray(means, np.float32)
    return unit(stacked - stacked.mean(axis=0))


@functools.lru_cache(maxsize=4)
def _kept(recipe: Recipe) -> Examples | None:
    try:
        with np.load(_path(recipe)) as stored:
            return Examples(stored["sentences"], stored["headings"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _path(recipe: Recipe) -> Path:
    key = hashlib.sha256(recipe.digest.encode() + FILE.read_bytes()).hexdigest()[:16]
    return models_folder() / f"parts-{key}.npz"


def score_parts(statements: Statements, examples: Examples) -> Vectors:
    """How much speaks for each part, (statements, parts); compare within a row.

    What a document's sentences have in common, its subject, is taken from them first.
    """
    own = statements.vectors.copy()
    for rows in statements.by_document().values():
        own[rows] -= own[rows].mean(axis=0)
    scores = _LIKENESS * own @ examples.sentences.T
    scores += _UNDER_HEADING * statements.headings @ examples.headings.T
    for row, statement in enumerate(statements.items):
        scores[row] += _prior(statement.place, statement.text)
        scores[row, REMARK] += _SAYS_REMARK * _is_remark(statement.text, statement.language)
        if (named := _named(statement.heading)) is not None:
            scores[row, named] += _NAMED_HEADING
    return np.asarray(scores, np.float32)


def _prior(place: float, text: str) -> Vectors:
    """What place and figures say, (parts,)."""
    figures = _FIGURES if _DIGIT.search(text) else 0.0
    year = _YEAR if _YEARS.search(text) else 0.0
    return np.array(
        [
            1 - place,
            1 - 1.5 * abs(place - 0.4) + year,
            1 - 1.5 * abs(place - 0.65) + figures,
            place - figures,
            0.0,
        ],
        np.float32,
    )


@functools.lru_cache(maxsize=1)
def _remarks() -> dict[str, regex.Pattern[str]]:
    words: dict[str, list[str]] = _listed()["remark"]["words"]
    return {language: pattern(found, language) for language, found in words.items()}


def _is_remark(text: str, language: str) -> bool:
    """Whether a sentence speaks of its text: of its sources, what they lack, its view."""
    return language in _remarks() and bool(_remarks()[language].search(fold(text)))


def _named(heading: str) -> int | None:
    """The part whose listed heading this is, or begins before a colon."""
    folded = fold(heading)
    first = regex.split(r"\s*[:：]", folded, maxsplit=1)[0]
    return _named_headings().get(folded, _named_headings().get(first))
