"""What a document is about: its passages compared with prototypes of data/topics, by meaning.

A topic's prototype is the mean vector of its descriptions and examples in seven languages, less the
mean over all topics, so that what every text about registries shares counts for nothing; directions
in which sentences of one topic differ among themselves count less (Fisher's linear discriminant,
its covariance shrunken, Friedman 1989). `benchmarks/described.py` fits the threshold on one half of
the starter cases and measures on the other.
"""

from __future__ import annotations

import functools
import hashlib
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import yaml

from index.embedders import models_folder
from index.library import DocumentVectors, Vectors
from index.recipe import Recipe
from index.tokens import fold
from ingest.document import Passage

if TYPE_CHECKING:
    from index.encoding import Encoder

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "topics" / "topics.yaml"
MOST: Final = 4
"""Topics that a document can be found to have."""
NEAR: Final = 0.065
"""Likeness from which a topic counts: a mean of cosines with the nearer half of the passages."""
FIRST: Final = 0.1
"""Likeness that the nearest topic must have, or the document is about none."""
SHARE: Final = 0.45
"""Likeness of a further topic, as a share of the first one's."""
IN_THE_FIELD: Final = 0.12
"""Likeness to all topics together below which a document is about something else altogether."""
_TOGETHER: Final = 0.28
"""The same, with the likeness to its nearest topic added: a trial is legal, and not about names."""
_SHRINKAGE: Final = 0.9
"""Share of the identity in the covariance within topics: few sentences tell little of it."""
_LEAST_PASSAGES: Final = 2
_ADDRESSES: Final = 2
"""Web addresses from which a passage is a list of sources."""


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of data/topics; by language, its names, description and example sentences."""

    id: str
    names: dict[str, str]
    descriptions: dict[str, str]
    examples: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Prototypes:
    """What documents are compared with, for one recipe of vectors.

    Attributes
    ----------
    topics : their ids, a row each of `vectors`.
    vectors : (topics, dimension), of length 1.
    field : (dimension,), what all topics have in common, of length 1.
    """

    topics: tuple[str, ...]
    vectors: Vectors
    field: Vectors


@dataclass(frozen=True, slots=True)
class Found:
    """A topic of a document.

    Attributes
    ----------
    likeness : to its prototype, from `NEAR` to about 0.5.
    page, sentence : the sentence of the document that comes nearest to it.
    """

    topic: str
    likeness: float
    page: int
    sentence: str


@functools.lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """All topics by id, in the order in which they are offered."""
    loaded = yaml.safe_load(FILE.read_text("utf-8"))["topics"]
    return {
        entry["id"]: Topic(
            entry["id"],
            entry["names"],
            entry["descriptions"],
            {language: tuple(found) for language, found in entry["examples"].items()},
        )
        for entry in loaded
    }


def topic_id(name: str) -> str:
    """The topic of that id, or of that name in any language; `` where there is none."""
    return _ids().get(fold(name.strip()), "")


@functools.lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    named = {fold(name): t.id for t in topics().values() for name in t.names.values()}
    return named | {topic: topic for topic in topics()}


def prototypes_of(encoder: Encoder) -> Prototypes:
    """The prototypes in an encoder's vectors, kept beside the models once they are made."""
    if (kept := kept_prototypes(encoder.recipe)) is not None:
        return kept
    made = make_prototypes({topic.id: _vectors_of(topic, encoder) for topic in topics().values()})
    _write(_path(encoder.recipe), made)
    return made


def make_prototypes(vectors: Mapping[str, Vectors]) -> Prototypes:
    """Prototypes from the vectors of each topic's sentences, (sentences, dimension)."""
    means = np.stack([_unit(own).mean(axis=0) for own in vectors.values()])
    common = means.mean(axis=0)
    apart = np.concatenate([_unit(own) - _unit(own).mean(axis=0) for own in vectors.values()])
    within = apart.T.astype(np.float64) @ apart / len(apart)
    scale = np.trace(within) / len(within)
    shrunk = (1 - _SHRINKAGE) * within + _SHRINKAGE * scale * np.eye(len(within))
    directions = np.linalg.solve(shrunk, (means - common).T).T
    return Prototypes(tuple(vectors), _unit(directions), _unit(common))


def _vectors_of(topic: Topic, encoder: Encoder) -> Vectors:
    """Vectors of a topic's descriptions and examples."""
    texts = [(language, text) for language, text in topic.descriptions.items()]
    texts += [(language, text) for language, found in topic.examples.items() for text in found]
    return encoder.encode(
        [text for _, text in texts],
        [language.partition("-")[0] for language, _ in texts],
        "passage",
    )


@functools.lru_cache(maxsize=4)
def kept_prototypes(recipe: Recipe) -> Prototypes | None:
    """The prototypes for a recipe where they were made before; no model is needed for them."""
    try:
        with np.load(_path(recipe)) as stored:
            return Prototypes(tuple(map(str, stored["topics"])), stored["vectors"], stored["field"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _path(recipe: Recipe) -> Path:
    made_with = f"{recipe.digest} {_SHRINKAGE}".encode()
    key = hashlib.sha256(made_with + FILE.read_bytes()).hexdigest()[:16]
    return models_folder() / f"topics-{key}.npz"


def _write(path: Path, made: Prototypes) -> None:
    """Keep prototypes in a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.npz")
    named: dict[str, Any] = {"vectors": made.vectors, "field": made.field}
    np.savez(partial, topics=np.array(made.topics), **named)
    os.replace(partial, path)
    kept_prototypes.cache_clear()


def find_topics(
    passages: Sequence[Passage], vectors: DocumentVectors, prototypes: Prototypes
) -> list[Found]:
    """The topics of a document, nearest first, at most `MOST`; none where none is near.

    Parameters
    ----------
    vectors : of the passages and their sentences, with the prototypes' recipe.
    """
    found = likenesses(passages, vectors, prototypes)
    return [
        Found(prototypes.topics[row], likeness, *_nearest(passages, vectors, prototypes, row))
        for row, likeness in (choose(found) if found is not None else ())
    ]


def likenesses(
    passages: Sequence[Passage], vectors: DocumentVectors, prototypes: Prototypes
) -> Vectors | None:
    """A document's likeness to each topic, (topics,); None where it is of another field."""
    counted = [row for row, passage in enumerate(passages) if not is_list_of_sources(passage.text)]
    if not counted:
        return None
    own = _unit(vectors.passages[counted])
    field = float(_nearer_half(own @ prototypes.field[:, None])[0])
    found = _nearer_half(own @ prototypes.vectors.T)
    return found if field >= max(IN_THE_FIELD, _TOGETHER - float(found.max())) else None


def choose(found: Vectors, near: float = NEAR) -> list[tuple[int, float]]:
    """Which topics count, as (row, likeness), nearest first.

    Parameters
    ----------
    found : (topics,), a document's likeness to each.
    """
    order = np.argsort(-found, kind="stable")[:MOST]
    best = float(found[order[0]])
    if best < FIRST:
        return []
    least = max(near, SHARE * best)
    return [(int(row), float(found[row])) for row in order if found[row] >= least]


def _nearer_half(scores: Vectors) -> Vectors:
    """Mean over the nearer half of the passages, (columns,): a topic need not fill a document."""
    count = max(_LEAST_PASSAGES, len(scores) // 2)
    return np.asarray(np.sort(scores, axis=0)[-count:].mean(axis=0), np.float32)


def is_list_of_sources(text: str) -> bool:
    """Whether a passage lists addresses; it is about what they are about, not the document."""
    return text.count("://") >= _ADDRESSES


def _nearest(
    passages: Sequence[Passage], vectors: DocumentVectors, prototypes: Prototypes, row: int
) -> tuple[int, str]:
    """Page and text of the sentence nearest to a topic."""
    spans = [
        (passage, span)
        for passage, found in zip(passages, vectors.sentence_spans, strict=True)
        for span in found
    ]
    scores = _unit(vectors.sentences) @ prototypes.vectors[row]
    # A heading of a word or two is near to a topic and says little.
    telling = np.array([end - start >= _shortest(p.text) for p, (start, end) in spans])
    passage, (start, end) = spans[int(np.where(telling, scores, scores - 1).argmax())]
    return passage.page, " ".join(passage.text[start:end].split())


def _shortest(text: str) -> int:
    return 12 if any("\u3400" <= character <= "\u9fff" for character in text[:200]) else 25


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
