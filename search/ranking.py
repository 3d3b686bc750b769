"""How passages are ranked for a question, so that the language of the answer does not matter.

Three kinds of evidence, each kept from favouring the asker's language:

- the similarity of the passage and that of its best sentence, from language-centred vectors;
- the affinity of the two languages: a right passage in another language scores lower than one in
  the question's own by a factor that parallel sentences tell beforehand; part of it is made up for;
- the words of the question, for passages in its language alone: there a right passage shares words
  with it, and one that shares few is a likely mistake.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex

from index.encoding import Encoder
from index.library import Filters, Library, StoredPassage, Vectors
from index.tokens import fold, tokens
from search.marks import Span

CANDIDATES = 200
"""Passages that the index proposes and the rest of the evidence re-scores."""

BY_WORDS = 50
"""Passages in the question's language that full-text search proposes besides."""

AFFINITY_EXPONENT = 0.35
"""How much of a lower affinity is made up for: 0 nothing, 1 all of it."""

COVERAGE_WEIGHT = 0.7
USUAL_COVERAGE = 0.2
"""Share of a question's words at which its words neither help nor harm a passage."""

_GAPS = regex.compile(r"[^\p{L}\p{N}\p{M}]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be searched for.

    Attributes
    ----------
    language : `` where it cannot be told; then neither affinity nor words count.
    vector : (dimension,).
    """

    text: str
    language: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's number with its score.

    Attributes
    ----------
    score : from about 0 (nothing in common) to about 1.
    sentence : (start, end) of the sentence that comes nearest to the question.
    """

    passage: int
    score: float
    sentence: Span


def rank(
    library: Library,
    encoder: Encoder,
    question: Question,
    filters: Filters = Filters(),
    among: Sequence[int] | None = None,
) -> list[Ranked]:
    """Passages for a question, best first.

    Parameters
    ----------
    among : rank these passages instead of those that the indexes propose.
    """
    numbers = list(among) if among is not None else _candidates(library, question, filters)
    if not numbers:
        return []
    passages = library.passages(numbers)
    sentences = library.sentences_of(numbers)
    numbers = [number for number in numbers if number in passages and number in sentences]
    own = library.vectors_of(numbers) @ question.vector
    covered = _coverage(question, [passages[number] for number in numbers])
    # The two similarities together are at most twice the sum of the weights.
    whole = 2 * sum(ingredient.weight for ingredient in library.recipe.ingredients)
    ranked = []
    for number, score in zip(numbers, own, strict=True):
        spans, vectors = sentences[number]
        scores = vectors @ question.vector
        best = int(scores.argmax())
        language = passages[number].language
        total = float(score + scores[best])
        total /= encoder.affinity(question.language, language) ** AFFINITY_EXPONENT
        if number in covered:
            total += COVERAGE_WEIGHT * (covered[number] - USUAL_COVERAGE)
        ranked.append(Ranked(number, total / whole, spans[best]))
    return sorted(ranked, key=lambda found: (-found.score, found.passage))


def _candidates(library: Library, question: Question, filters: Filters) -> list[int]:
    ids, _ = library.nearest(question.vector, CANDIDATES, filters)
    by_words, _ = library.with_words(tokens(question.text), BY_WORDS, filters)
    return list(dict.fromkeys([*map(int, ids), *map(int, by_words)]))


def _coverage(question: Question, passages: Sequence[StoredPassage]) -> dict[int, float]:
    """Share of the question's words and their pieces that stand in passages of its language.

    Each counts by its rarity among those passages (Robertson and Spärck Jones 1976).
    """
    asked = list(dict.fromkeys(tokens(question.text)))
    texts = {
        passage.passage: f" {_GAPS.sub(' ', fold(passage.text))} "
        for passage in passages
        if question.language and passage.language == question.language
    }
    if not asked or not texts:
        return {}
    standing = np.array(
        [[_stands(token, text) for token in asked] for text in texts.values()], np.float32
    )
    holding = standing.sum(axis=0)
    rarity = np.log1p((len(texts) - holding + 0.5) / (holding + 0.5))
    shares = standing @ rarity / max(float(rarity.sum()), math.ulp(1.0))
    return {number: float(share) for number, share in zip(texts, shares, strict=True)}


def _stands(token: str, text: str) -> bool:
    """Whether a token of `index.tokens` stands in a folded text."""
    if token.startswith("_"):
        return token[1:] in text
    if "\u3400" <= token[0] <= "\u9fff":
        return token in text
    return f" {_GAPS.sub(' ', token).strip()} " in text
