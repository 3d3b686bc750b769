"""How passages are ranked for a question, so that the language of the answer does not matter.

Four kinds of evidence, each kept from favouring the asker's language:

- the similarity of the passage and that of its best sentence, from language-centred vectors;
- the affinity of the two languages: a right passage in another language scores lower than one in
  the question's own by a factor that parallel sentences tell beforehand; part of it is made up for;
- the words of the question, for passages in its language alone: there a right passage shares words
  with it, and one that shares few is a likely mistake;
- what the question names (`search.terms`), in passages of every language alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import regex

from index.encoding import Encoder
from index.library import Filters, Library, StoredPassage, Vectors
from index.tokens import fold, tokens
from ingest.languages import detect_query_language
from search.marks import Span
from search.terms import Term, gains, terms_of, tokens_of

CANDIDATES = 200
"""Passages that the index proposes and the rest of the evidence re-scores."""

BY_WORDS = 50
"""Passages in the question's language that full-text search proposes besides."""

AFFINITY_EXPONENT = 0.35
"""How much of a lower affinity is made up for: 0 nothing, 1 all of it."""

COVERAGE_WEIGHT = 0.7
USUAL_COVERAGE = 0.2
"""Share of a question's words at which its words neither help nor harm a passage."""

T = TypeVar("T")

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
class Evidence:
    """A passage with all that speaks for it as the answer to a question.

    Attributes
    ----------
    score : from about 0 (nothing in common) to about 1, and what it gains by words.
    gained : the part of the score that terms of the question give it (`search.terms`).
    by_meaning : whether it is among the passages that come nearest, whatever their words.
    spans : (start, end) of its sentences, as characters of its text.
    similarities : of each sentence with the question, the affinity of languages made up for.
    """

    passage: StoredPassage
    score: float
    spans: tuple[Span, ...]
    similarities: Vectors
    gained: float = 0.0
    by_meaning: bool = True

    @property
    def sentence(self) -> Span:
        """The sentence that comes nearest to the question."""
        return self.spans[int(self.similarities.argmax())]


def prepare(encoder: Encoder, text: str) -> Question:
    """A question with its language and vector."""
    language = detect_query_language(text)
    return Question(text, language, encoder.encode_query(text, language))


def rank(
    library: Library,
    encoder: Encoder,
    question: Question,
    filters: Filters = Filters(),
    among: Sequence[int] | None = None,
    by_words: bool = True,
) -> list[Evidence]:
    """Passages for a question, best first.

    Parameters
    ----------
    among : rank these passages instead of those that the indexes propose.
    by_words : False ranks by meaning alone, to measure what words do.
    """
    terms = terms_of(question.text, question.language) if by_words else ()
    near, numbers = ({}, list(among)) if among is not None else _near(library, question, filters)
    nearest = frozenset(near)
    if among is None and by_words:
        proposed = _by_words(library, question, terms, filters)
        numbers = list(dict.fromkeys([*numbers, *proposed]))
    passages = library.passages(numbers)
    sentences = library.sentences_of(numbers)
    # Without what was removed while it was searched for.
    numbers = [number for number in numbers if number in passages and number in sentences]
    if not numbers:
        return []
    further = [number for number in numbers if number not in near]
    near |= zip(further, library.vectors_of(further) @ question.vector, strict=True)
    own_language = _own(question, passages) if by_words else []
    covered = coverage(question, {number: passages[number].text for number in own_language})
    gained = gains(terms, passages, question.language)
    whole = largest_similarity(library)
    scales = {
        language: whole * encoder.affinity(question.language, language) ** AFFINITY_EXPONENT
        for language in {passage.language for passage in passages.values()}
    }
    found = []
    for number in numbers:
        spans, vectors = sentences[number]
        scale = scales[passages[number].language]
        similarities = vectors @ question.vector / scale
        total = float(near[number]) / scale + float(similarities.max())
        if number in covered:
            total += COVERAGE_WEIGHT * (covered[number] - USUAL_COVERAGE) / whole
        gain = gained.get(number, 0.0) / 2
        by_meaning = number in nearest
        found.append(
            Evidence(passages[number], total / 2 + gain, spans, similarities, gain, by_meaning)
        )
    return sorted(found, key=lambda evidence: (-evidence.score, evidence.passage.passage))


def largest_similarity(library: Library) -> float:
    """The inner product of two equal vectors of a library: the sum of its encoders' weights."""
    return sum(ingredient.weight for ingredient in library.recipe.ingredients)


def _own(question: Question, passages: Mapping[int, StoredPassage]) -> list[int]:
    """Passages in the question's language."""
    return [
        number
        for number, passage in passages.items()
        if question.language and passage.language == question.language
    ]


def _near(
    library: Library, question: Question, filters: Filters
) -> tuple[dict[int, float], list[int]]:
    """The nearest passages with their similarity; and their numbers."""
    ids, scores = library.nearest(question.vector, CANDIDATES, filters)
    near = dict(zip(map(int, ids), map(float, scores), strict=True))
    return near, list(near)


def _by_words(
    library: Library, question: Question, terms: Sequence[Term], filters: Filters
) -> list[int]:
    """Passages that hold words of the question, and passages that hold what it names."""
    proposed = [int(one) for one in library.with_words(tokens(question.text), BY_WORDS, filters)[0]]
    if terms:
        named, _ = library.with_words(tokens_of(terms), BY_WORDS, filters)
        proposed += map(int, named)
    return proposed


def coverage(question: Question, texts: Mapping[T, str]) -> dict[T, float]:
    """Share of the question's words and their pieces that stand in each of some texts.

    Each word counts by its rarity among those texts (Robertson and Spärck Jones 1976).

    Parameters
    ----------
    texts : in the question's language, by a key of the caller's.
    """
    asked = list(dict.fromkeys(tokens(question.text)))
    if not asked or not texts:
        return {}
    needles = [_needle(token) for token in asked]
    folded = [f" {_GAPS.sub(' ', fold(text))} " for text in texts.values()]
    standing = np.array([[needle in text for needle in needles] for text in folded], np.float32)
    holding = standing.sum(axis=0)
    rarity = np.log1p((len(texts) - holding + 0.5) / (holding + 0.5))
    shares = standing @ rarity / max(float(rarity.sum()), math.ulp(1.0))
    return {key: float(share) for key, share in zip(texts, shares, strict=True)}


def _needle(token: str) -> str:
    """What stands in a folded text where a token of `index.tokens` does."""
    if token.startswith("_"):
        return token[1:]
    if "\u3400" <= token[0] <= "\u9fff":
        return token
    return f" {_GAPS.sub(' ', token).strip()} "
