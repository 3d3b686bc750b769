"""The library's vectors: several embedders side by side in one, each centred by language."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import regex

from index import centring
from index.embedders import (
    BUNDLED,
    Embedder,
    Role,
    SentenceTransformerEmbedder,
    UniversalSentenceEncoder,
    Vectors,
    bundled_embedder,
    models_folder,
)
from index.library import DocumentVectors
from index.recipe import Ingredient, Recipe
from ingest.document import Passage
from ingest.sentences import split_sentences

PARALLEL = Path(__file__).resolve().parent.parent / "data" / "parallel" / "sentences.tsv"

_TWO_WORDS = regex.compile(r"\p{L}{2,}\P{L}+\p{L}{2,}|\p{Han}{4,}")

SECOND_WEIGHT = 0.5
"""Weight of the second embedder's similarity; any from .3 to 1.2 does about as well."""


class Encoder:
    """Turns passages, sentences and questions into the vectors that a library keeps.

    The inner product of two such vectors is the weighted sum of the embedders' centred cosines.

    Parameters
    ----------
    embedders : the models, each with its weight.
    centrings : for each model what parallel sentences of our own taught about it.
    """

    def __init__(
        self,
        embedders: Sequence[tuple[Embedder, float]],
        centrings: Sequence[centring.Centring],
    ) -> None:
        self.embedders = tuple(embedders)
        self.centrings = tuple(centrings)
        self.recipe = Recipe(
            tuple(
                Ingredient(embedder.model, embedder.revision, embedder.dimension, weight)
                for embedder, weight in self.embedders
            ),
            centring.digest(self.centrings),
        )

    def affinity(self, asked: str, found: str) -> float:
        """How high a right passage scores when asked in another language, relative to 1.

        The mean cosine of a sentence, as a question, with its translation, as a passage. Where
        either language is unknown there is nothing to make up for: 1.
        """
        weights = [weight for _, weight in self.embedders]
        values = [
            weight * learnt.affinities.get((asked, found), 1.0)
            for weight, learnt in zip(weights, self.centrings, strict=True)
        ]
        return sum(values) / sum(weights)

    def encode(self, texts: Sequence[str], languages: Sequence[str], role: Role) -> Vectors:
        """Vectors of texts, (len(texts), recipe.dimension)."""
        parts = [
            centring.centre(embedder.embed(texts, role), list(languages), role, learnt.means)
            * np.float32(weight**0.5)
            for (embedder, weight), learnt in zip(self.embedders, self.centrings, strict=True)
        ]
        return np.concatenate(parts, axis=1)

    def encode_query(self, query: str, language: str) -> Vectors:
        """The vector of a question, (recipe.dimension,)."""
        return np.asarray(self.encode([query], [language], "query")[0], np.float32)

    def encode_passages(self, passages: Sequence[Passage]) -> DocumentVectors:
        """Vectors of passages and of every sentence in them.

        A passage of one sentence shares its vector with it: it is not computed twice. Sentences
        that say nothing (an address, a number, a rule) are left out.
        """
        spans = tuple(_spans(passage) for passage in passages)
        texts = [passage.text for passage in passages]
        languages = [passage.language for passage in passages]
        alone = [
            len(found) == 1 and found[0][1] - found[0][0] >= 0.9 * len(passage.text)
            for passage, found in zip(passages, spans, strict=True)
        ]
        sentences: list[str] = []
        sentence_languages: list[str] = []
        for passage, found, single in zip(passages, spans, alone, strict=True):
            if not single:
                sentences += [passage.text[start:end] for start, end in found]
                sentence_languages += [passage.language] * len(found)
        vectors = self.encode(texts + sentences, languages + sentence_languages, "passage")
        own, rest = vectors[: len(texts)], vectors[len(texts) :]
        ordered = np.empty((sum(map(len, spans)), vectors.shape[1]), np.float32)
        at = taken = 0
        for row, (found, single) in enumerate(zip(spans, alone, strict=True)):
            if single:
                ordered[at] = own[row]
            else:
                ordered[at : at + len(found)] = rest[taken : taken + len(found)]
                taken += len(found)
            at += len(found)
        return DocumentVectors(own, spans, ordered)


def _spans(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Characters of the sentences that say something; of the whole passage where none does."""
    found = split_sentences(passage.text, passage.language)
    saying = tuple(span for span in found if says_something(passage.text[slice(*span)]))
    return saying or ((0, len(passage.text)),)


def says_something(sentence: str) -> bool:
    """Whether a sentence is worth finding: two words at least, and no web address."""
    return "://" not in sentence and bool(_TWO_WORDS.search(sentence))


@functools.lru_cache(maxsize=2)
def default_encoder(model: str | None = None) -> Encoder:
    """The encoder of a new library; loaded once in a process.

    Parameters
    ----------
    model : a sentence-transformers folder or model id; the bundled model if None.

    Raises
    ------
    ModelUnavailable : the model cannot be had.
    """
    first: Embedder = (
        bundled_embedder()
        if model in (None, "", BUNDLED)
        else SentenceTransformerEmbedder(str(model), str(model))
    )
    embedders: list[Embedder] = [first, UniversalSentenceEncoder()]
    return Encoder(
        list(zip(embedders, (1.0, SECOND_WEIGHT), strict=True)),
        [_centring_of(embedder) for embedder in embedders],
    )


def _centring_of(embedder: Embedder) -> centring.Centring:
    """What our parallel sentences teach of an embedder, kept beside the models once learnt."""
    key = hashlib.sha256(
        f"{embedder.model} {embedder.revision} ".encode() + PARALLEL.read_bytes()
    ).hexdigest()[:16]
    path = models_folder() / f"centring-{key}.npz"
    kept = centring.read(path)
    if kept is None:
        kept = centring.fit(embedder, centring.read_parallel(PARALLEL))
        centring.write(path, kept)
    return kept
