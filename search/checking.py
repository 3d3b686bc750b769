"""A sentence that a language model wrote is held against the passages that it cites.

Nothing is believed because a model says it: a sentence is kept where the passages that it cites
exist, say about the same by their vectors, and have its numbers, years, registries and addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import regex

from index.encoding import Encoder
from index.library import Library, Record, StoredPassage, Vectors
from ingest.languages import detect_language
from ingest.registries import named_territories, territories_of
from ingest.registry_names import registry_family, registry_head
from search.numbers import numbers_in, stated_numbers
from search.ranking import largest_similarity

LEAST_LIKENESS: Final = 0.5
"""Likeness to a cited passage or to a sentence of it; `benchmarks/written.py` shows its effect."""
LEAST_TO_THE_QUESTION: Final = 0.1
"""Likeness to the question, which whatever else a document wants to have said does not have."""
_LONG_ENOUGH: Final = 24
"""Letters from which the language of a sentence can be told."""

NO_CITATION = "It names no source."
NO_SUCH_PASSAGE = "It names a source that was not given."
NOT_SAID = "Its source does not say this."
OTHER_NUMBERS = "A number in it is not in its source."
OTHER_NAMES = "A registry, country or address in it is not in its source."
ANOTHER_REGISTRY = "Its source is about another registry than the question."
OTHER_LANGUAGE = "It is not in the language of the question."
MARKUP = "It holds a link or markup."
BESIDE_THE_QUESTION = "It has nothing to do with the question."

_MARKUP: Final = regex.compile(
    r"https?:|www\.|://|\]\(|<[/!?\p{L}]|&#?\w+;|!\[|\{\{|javascript:|data:\w+/", regex.IGNORECASE
)
_LABEL: Final = regex.compile(r"(?<![\p{L}\p{N}.])\.(\p{L}[\p{L}\p{M}\p{N}-]*)")
_HOST: Final = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]+)+|\S+@\S+"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a model was given, as it may be cited."""

    record: Record
    passage: StoredPassage

    @property
    def text(self) -> str:
        """All that is known of it: its words, its document's title and year."""
        year = f"\n{self.record.year}" if self.record.year else ""
        return f"{self.record.title}\n{self.passage.text}{year}"


@dataclass(frozen=True, slots=True)
class Check:
    """What came of holding a sentence against its sources.

    Attributes
    ----------
    likeness : to the sentence or passage cited that comes nearest, from about 0 to 1.
    faults : why it is not kept, in English; empty where it is.
    """

    likeness: float
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the sentence is kept."""
        return not self.faults


@dataclass(frozen=True)
class Checker:
    """Holds sentences against the sources that were given with one question.

    Attributes
    ----------
    language : that the answer shall have; question : with its vector, (dimension,).
    """

    library: Library
    encoder: Encoder
    sources: Sequence[Source]
    question: str
    vector: Vectors
    language: str

    def check(self, sentence: str, citations: Sequence[int]) -> Check:
        """Check one sentence.

        Parameters
        ----------
        sentence : without its citations.
        citations : numbers of sources, from 1.
        """
        if not citations:
            return Check(0.0, (NO_CITATION,))
        if any(not 1 <= number <= len(self.sources) for number in citations):
            return Check(0.0, (NO_SUCH_PASSAGE,))
        cited = [self.sources[number - 1] for number in citations]
        likeness, to_the_question = self._likeness(sentence, cited)
        faults = {
            MARKUP: bool(_MARKUP.search(sentence)),
            OTHER_NUMBERS: not _has_the_numbers(sentence, cited),
            OTHER_NAMES: not _has_the_names(sentence, cited),
            ANOTHER_REGISTRY: not self._is_about_the_registry(cited),
            OTHER_LANGUAGE: self._is_in_another_language(sentence),
            NOT_SAID: likeness < LEAST_LIKENESS,
            BESIDE_THE_QUESTION: to_the_question < LEAST_TO_THE_QUESTION,
        }
        return Check(likeness, tuple(fault for fault, there in faults.items() if there))

    def _likeness(self, sentence: str, cited: Sequence[Source]) -> tuple[float, float]:
        """Likeness to the nearest of what is cited, and to the question."""
        whole = largest_similarity(self.library)
        own = self.encoder.encode([sentence], [self.language], "passage")[0]
        numbers = [source.passage.passage for source in cited]
        sentences = self.library.sentences_of(numbers)
        passages = self.library.vectors_of(numbers)
        best = 0.0
        for row, source in enumerate(cited):
            _, vectors = sentences[source.passage.passage]
            found = max(float((vectors @ own).max()), float(passages[row] @ own))
            made_up = self.encoder.affinity(self.language, source.passage.language)
            best = max(best, found / (whole * made_up))
        return best, float(np.dot(own, self.vector)) / whole

    def _is_about_the_registry(self, cited: Sequence[Source]) -> bool:
        asked = named_territories(self.question)
        return not asked or bool(asked & _territories(cited))

    def _is_in_another_language(self, sentence: str) -> bool:
        if not self.language or sum(map(str.isalpha, sentence)) < _LONG_ENOUGH:
            return False
        return detect_language(sentence) not in ("", self.language)


def _has_the_numbers(sentence: str, cited: Sequence[Source]) -> bool:
    there = {
        value for source in cited for readings in numbers_in(source.text) for value in readings
    }
    return all(there & readings for readings in stated_numbers(sentence))


def _has_the_names(sentence: str, cited: Sequence[Source]) -> bool:
    text = "\n".join(source.text for source in cited).casefold()
    if any(host.casefold() not in text for host in _HOST.findall(sentence)):
        return False
    known = {
        code
        for source in cited
        for named in source.record.registries
        for code in (named, registry_head(named), *registry_family(registry_head(named)))
    }
    labels = {label.casefold() for label in _LABEL.findall(sentence)}
    if any(label not in known and f".{label}" not in text for label in labels):
        return False
    return named_territories(sentence) <= _territories(cited)


def _territories(cited: Sequence[Source]) -> frozenset[str]:
    """Territories whose registries the sources are about or name."""
    return frozenset().union(
        *(
            territories_of(source.record.registries) | named_territories(source.text)
            for source in cited
        )
    )
