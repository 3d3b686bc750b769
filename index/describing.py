"""What a document is about, found from its vectors: topics and summary, as guesses with reasons."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Iterator, Sequence

import numpy as np

from index.embedders import BUNDLED
from index.errors import LibraryUnavailable, ModelUnavailable
from index.library import Described, DocumentVectors, Library, Record
from index.recipe import Recipe
from index.summaries import summarise
from index.topics import Found, Prototypes, find_topics, kept_prototypes, prototypes_of
from ingest.authors import find_authors, names_in
from ingest.document import Document, Guess, Page, Passage, Quote
from ingest.kinds import find_kind

_AT_ONCE = 50
"""Documents described in one transaction."""


def with_meaning(
    document: Document, vectors: DocumentVectors, prototypes: Prototypes | None
) -> Document:
    """A document with its topics and its summary.

    Parameters
    ----------
    vectors : of its passages, with the prototypes' recipe.
    prototypes : None leaves the topics out.
    """
    topics = find_topics(document.passages, vectors, prototypes) if prototypes else []
    summary = summarise(document.passages, vectors, document.pages, document.title)
    return dataclasses.replace(
        document,
        topics=tuple(found.topic for found in topics),
        summary=summary,
        guesses={**document.guesses, **_guesses(topics, summary)},
    )


def _guesses(topics: Sequence[Found], summary: Sequence[Quote]) -> dict[str, Guess]:
    guesses = {}
    if topics:
        guesses["topics"] = Guess(" ".join(found.topic for found in topics), _reason(topics))
    if summary:
        guesses["summary"] = Guess(
            "\n".join(quote.text for quote in summary), "They are its most central sentences."
        )
    return guesses


def _reason(topics: Sequence[Found]) -> str:
    """A line for each topic, such as `legal: The nearest sentence is on page 2: “…”.`"""
    return "\n".join(
        f"{found.topic}: The nearest sentence is on page {found.page}: “{found.sentence}”."
        for found in topics
    )


def describe_old(library: Library) -> int:
    """Describe the documents that were added before topics and summaries were found.

    Their stored vectors tell; nothing is read or embedded again. Nothing is done where the library
    cannot be written, or its model cannot be had.

    Returns
    -------
    Number of documents described.
    """
    waiting = library.undescribed()
    prototypes = _prototypes_for(library.recipe) if waiting else None
    if prototypes is None:
        return 0
    done = 0
    with contextlib.suppress(LibraryUnavailable):
        for begin in range(0, len(waiting), _AT_ONCE):
            names = waiting[begin : begin + _AT_ONCE]
            library.describe([_described(library, name, prototypes) for name in names])
            done += len(names)
    return done


def _prototypes_for(recipe: Recipe) -> Prototypes | None:
    """The prototypes of a library's recipe; the model is loaded once, the first time."""
    if (kept := kept_prototypes(recipe)) is not None:
        return kept
    model = os.environ.get("CASELIB_MODEL") or BUNDLED
    if recipe.ingredients[0].model != model:
        return None
    from index.encoding import default_encoder

    with contextlib.suppress(ModelUnavailable):
        encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
        if encoder.recipe == recipe:
            return prototypes_of(encoder)
    return None


def _described(library: Library, name: str, prototypes: Prototypes) -> Described:
    record = library.record(name)
    pages = library.pages(name)
    passages, vectors = stored_vectors(library, record)
    topics = find_topics(passages, vectors, prototypes)
    summary = summarise(passages, vectors, pages, record.title)
    guesses = {**_guesses(topics, summary), **dict(_by_rules(record, pages))}
    return Described(
        name,
        {
            "topics": [found.topic for found in topics],
            "summary": [(quote.page, quote.text) for quote in summary],
            "kind": guesses["kind"].value if "kind" in guesses else "",
            "authors": list(names_in(guesses.get("authors"))),
        },
        {field: guess.reason for field, guess in guesses.items()},
    )


def _by_rules(record: Record, pages: Sequence[Page]) -> Iterator[tuple[str, Guess]]:
    if any(page.text.strip() for page in pages):
        yield "kind", find_kind(record.media_type, pages, record.title)
    if authors := find_authors(pages, record.title):
        yield "authors", authors


def stored_vectors(library: Library, record: Record) -> tuple[list[Passage], DocumentVectors]:
    """A document's passages and vectors, as they came when it was added."""
    stored = library.passages_of(record.document)
    ids = [passage.passage for passage in stored]
    sentences = library.sentences_of(ids)
    empty = np.zeros((0, library.recipe.dimension), np.float32)
    return (
        [Passage(p.page, p.text, p.language, p.read_by_ocr) for p in stored],
        DocumentVectors(
            library.vectors_of(ids),
            tuple(sentences[number][0] for number in ids),
            np.concatenate([empty, *(sentences[number][1] for number in ids)]),
        ),
    )
