"""A document in three of its own sentences: the most central ones, quoted with their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import regex

from index.library import DocumentVectors, Vectors
from index.topics import is_list_of_sources
from ingest.document import Page, Passage, Quote

SENTENCES: Final = 3
_OPENING: Final = 0.5
"""Weight of the likeness to the opening, which says what the document is about."""
_LATE: Final = 0.1
"""What the last passage loses against the first."""
_REPEATED: Final = 0.3
"""What a sentence loses that says what a chosen one says already."""
_NARROWEST, _WIDEST = 36, 320
_END: Final = regex.compile(r"[.!。！…][\"'”’»)\]」』]*$")
_QUESTION: Final = regex.compile(r"[?？؟][\"'”’»)\]」』]*$")
_NOT_PROSE: Final = regex.compile(r"://|[|\t]|\.{4}|^[•‣▪●○◦·–—*-]\s")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its place in the document and, in `row`, among its vectors."""

    row: int
    passage: int
    page: int
    text: str


def summarise(
    passages: Sequence[Passage],
    vectors: DocumentVectors,
    pages: Sequence[Page] = (),
    title: str = "",
) -> tuple[Quote, ...]:
    """Three sentences that stand for a document, in its order; fewer where it has not as many.

    Whole sentences in the document's own language are chosen by their likeness to the whole and to
    its opening, less what repeats a chosen one (maximal marginal relevance, Carbonell and Goldstein
    1998). Headings, questions, tables and lists of sources are not among them.

    Parameters
    ----------
    vectors : of the passages and their sentences.
    pages : with the headings to be passed over.
    title : the document's title, passed over too.
    """
    counted = [row for row, passage in enumerate(passages) if not is_list_of_sources(passage.text)]
    if not counted:
        return ()
    headings = {_plain(title), *(_plain(page.heading) for page in pages)}
    sentences = [s for s in _sentences(passages, vectors) if _plain(s.text) not in headings]
    language = _language_of(passages)
    candidates = [
        s
        for s in sentences
        if s.passage in set(counted) and passages[s.passage].language in ("", language)
    ]
    prose = [s for s in candidates if _is_sentence(s.text)]
    if len(prose) < SENTENCES:
        # Slides are written in phrases.
        prose += [s for s in candidates if s not in prose and _is_phrase(s.text)]
    scores = _scores(prose, vectors, counted, len(passages))
    chosen = _choose(prose, scores, vectors.sentences)
    return tuple(Quote(s.page, s.text) for s in sorted(chosen, key=lambda s: s.row))


def _sentences(passages: Sequence[Passage], vectors: DocumentVectors) -> list[_Sentence]:
    spans = (
        (place, passage, span)
        for place, (passage, found) in enumerate(zip(passages, vectors.sentence_spans, strict=True))
        for span in found
    )
    return [
        _Sentence(row, place, passage.page, " ".join(passage.text[start:end].split()))
        for row, (place, passage, (start, end)) in enumerate(spans)
    ]


def _language_of(passages: Iterable[Passage]) -> str:
    languages = [passage.language for passage in passages if passage.language]
    return max(languages, key=languages.count) if languages else ""


def _is_sentence(text: str) -> bool:
    return _is_phrase(text) and bool(_END.search(text))


def _is_phrase(text: str) -> bool:
    if not _NARROWEST <= _columns(text) <= _WIDEST or _QUESTION.search(text):
        return False
    return not _NOT_PROSE.search(text)


def _columns(text: str) -> int:
    """Columns that a text takes: Han and its punctuation take two."""
    return sum(2 if "\u2e80" <= character <= "\uffef" else 1 for character in text)


def _scores(
    sentences: Sequence[_Sentence], vectors: DocumentVectors, counted: Sequence[int], of: int
) -> dict[int, float]:
    """By row, how well each sentence stands for the document."""
    own = _unit(vectors.passages)
    centre = _unit(own[list(counted)].mean(axis=0))
    wanted = centre + _OPENING * own[counted[0]]
    return {
        s.row: float(_unit(vectors.sentences[s.row]) @ wanted) - _LATE * s.passage / of
        for s in sentences
    }


def _choose(
    sentences: Sequence[_Sentence], scores: dict[int, float], vectors: Vectors
) -> list[_Sentence]:
    chosen: list[_Sentence] = []
    left = list(sentences)
    while left and len(chosen) < SENTENCES:
        taken = _unit(vectors[[s.row for s in chosen]]) if chosen else None

        def worth(s: _Sentence, taken: Vectors | None = taken) -> float:
            repeated = float((taken @ _unit(vectors[s.row])).max()) if taken is not None else 0.0
            return scores[s.row] - _REPEATED * repeated

        best = max(left, key=worth)
        chosen.append(best)
        left = [s for s in left if _plain(s.text) != _plain(best.text)]
    return chosen


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
