"""Large libraries made of few real passages: their sentences mixed, their vectors perturbed.

What a search costs depends on the shape of the vectors (each lies between those of the texts that
its passage is made of, with noise), on how often words occur, and on the documents' languages,
years, registries, topics and kinds; these are as in life. What a passage says means nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoding import Encoder
from index.library import DocumentVectors, Vectors
from index.sqlite_library import SQLiteLibrary
from ingest.document import Document, Page, Passage
from ingest.passages import split_into_passages

PER_DOCUMENT = 40
REPLACED = 0.3
"""Share of a passage's sentences that come from other passages of its language."""
NOISE = 0.3
"""Length of the noise added to a vector of length 1."""

KINDS = ("paper", "presentation", "report", "policy", "page")
TOPICS = ("security", "operations", "policy", "growth", "legal", "finance", "idn", "marketing")
CODES = tuple("ar au br ca ch cn de eg es fr ga in jp ke mx nl pt qa ru sg tw uk us za".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A real sentence; `row` is that of its vector."""

    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Seeds:
    """Real passages, by language the places of each, and the vectors of passages and sentences."""

    vectors: DocumentVectors
    sentences: tuple[tuple[Sentence, ...], ...]
    by_language: dict[str, list[int]]


def read_passages(folder: Path, limit: int) -> list[Passage]:
    """Passages of the texts in a folder's `passages.jsonl`, the languages taking turns."""
    groups: dict[str, list[Passage]] = defaultdict(list)
    with (folder / "passages.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            groups[row["language"]] += split_into_passages((Page(1, row["text"]),))
    turns = range(max(map(len, groups.values())))
    mixed = [found[turn] for turn in turns for found in groups.values() if turn < len(found)]
    return mixed[:limit]


def seeds_of(passages: list[Passage], vectors: DocumentVectors) -> Seeds:
    """What synthetic documents are made of."""
    sentences, row = [], 0
    by_language: dict[str, list[int]] = defaultdict(list)
    for place, (passage, spans) in enumerate(zip(passages, vectors.sentence_spans, strict=True)):
        by_language[passage.language].append(place)
        sentences.append(
            tuple(Sentence(passage.text[slice(*span)], row + n) for n, span in enumerate(spans))
        )
        row += len(spans)
    usual = {language: places for language, places in by_language.items() if len(places) >= 10}
    return Seeds(vectors, tuple(sentences), usual)


class Maker:
    """Makes the n-th document of a library, the same whenever it is asked for.

    Parameters
    ----------
    encoder : tells which columns of a vector are which embedder's, each of its own length.
    """

    def __init__(self, seeds: Seeds, encoder: Encoder) -> None:
        self.seeds = seeds
        self._parts = np.cumsum([embedder.dimension for embedder, _ in encoder.embedders])[:-1]
        self._lengths = [weight**0.5 for _, weight in encoder.embedders]

    def document(
        self, number: int, passages: int, folder: Path
    ) -> tuple[Document, Path, DocumentVectors]:
        """A document, its file, which is written to a folder, and its vectors."""
        chance = np.random.default_rng(number)
        path = folder / f"{number}.txt"
        path.write_text(f"synthetic document {number}", encoding="utf-8")
        language = str(chance.choice(sorted(self.seeds.by_language)))
        made = [self._passage(chance, language) for _ in range(passages)]
        texts = [" ".join(sentence.text for sentence in found) for _, found in made]
        rows = [[sentence.row for sentence in found] for _, found in made]
        own = np.stack([self.seeds.vectors.passages[base] for base, _ in made])
        means = [self.seeds.vectors.sentences[found].mean(axis=0) for found in rows]
        mixed = ((1 - REPLACED) * own + REPLACED * np.stack(means)).astype(np.float32)
        vectors = DocumentVectors(
            self._perturbed(chance, mixed, NOISE),
            tuple(_spans(found) for _, found in made),
            self._perturbed(chance, self.seeds.vectors.sentences[np.concatenate(rows)], NOISE / 2),
        )
        document = Document(
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            filename=path.name,
            media_type=str(chance.choice(["application/pdf", "text/html"])),
            title=f"Synthetic document {number}",
            year=int(chance.integers(1998, 2027)),
            registries=tuple(map(str, chance.choice(CODES, 2, replace=False))),
            languages=(language,),
            pages=tuple(Page(place + 1, text) for place, text in enumerate(texts)),
            passages=tuple(Passage(place + 1, text, language) for place, text in enumerate(texts)),
            kind=str(chance.choice(KINDS)),
            topics=tuple(map(str, chance.choice(TOPICS, 2, replace=False))),
        )
        return document, path, vectors

    def _passage(
        self, chance: np.random.Generator, language: str
    ) -> tuple[int, tuple[Sentence, ...]]:
        """A real passage with some of its sentences replaced."""
        places = self.seeds.by_language[language]
        base = int(chance.choice(places))
        found = list(self.seeds.sentences[base])
        for place in np.flatnonzero(chance.random(len(found)) < REPLACED):
            other = self.seeds.sentences[int(chance.choice(places))]
            found[place] = other[int(chance.integers(len(other)))]
        return base, tuple(found)

    def _perturbed(self, chance: np.random.Generator, vectors: Vectors, length: float) -> Vectors:
        noise = chance.standard_normal(vectors.shape, np.float32) * length
        moved = vectors + noise / np.float32(vectors.shape[1] ** 0.5)
        parts = np.split(moved, self._parts, axis=1)
        return np.concatenate(
            [
                part * (own / np.linalg.norm(part, axis=1, keepdims=True))
                for part, own in zip(parts, self._lengths, strict=True)
            ],
            axis=1,
            dtype=np.float32,
        )


def _spans(sentences: tuple[Sentence, ...]) -> tuple[tuple[int, int], ...]:
    """Where sentences stand that are joined by a space."""
    ends = np.cumsum([len(sentence.text) + 1 for sentence in sentences]) - 1
    return tuple(
        (int(end) - len(sentence.text), int(end))
        for end, sentence in zip(ends, sentences, strict=True)
    )


def fill(library: SQLiteLibrary, maker: Maker, size: int) -> None:
    """Add documents until a library holds `size` passages; those that it holds count."""
    records = library.records()
    held = sum(record.passages for record in records)
    # It is made to be measured: its making need not outlive a loss of power.
    library._connection().execute("PRAGMA synchronous = OFF")
    for number in itertools.count(len(records)):
        if held >= size:
            break
        held += add(library, maker, number, min(PER_DOCUMENT, size - held))
        if number % 25 == 0:
            print(f"\rfilling {held}/{size}   ", end="", file=sys.stderr, flush=True)
    library._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library._connection().execute("PRAGMA synchronous = FULL")


def add(library: SQLiteLibrary, maker: Maker, number: int, passages: int) -> int:
    """Add the document of a number; returns how many passages came of it."""
    with tempfile.TemporaryDirectory() as folder:
        document, path, vectors = maker.document(number, passages, Path(folder))
        added = library.add(document, path, vectors)
    return 0 if added.duplicate else passages
