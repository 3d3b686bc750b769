"""A question becomes hits: passages in any language, by what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoding import Encoder
from index.library import Filters, Library, Record, StoredPassage
from index.tokens import tokens
from search.confirmed import group_of, newest_edition
from search.marks import Span, marked_words
from search.phrases import occurs, quoted_phrases
from search.ranking import Evidence, Question, prepare, rank
from search.reading import BestEvidence, best_evidence
from search.terms import Term, term_spans, terms_of
from search.waiting import waiting_titled

PER_DOCUMENT = 3
"""Hits that one document may have, so that it does not fill the page alone."""


MOST_WITH_PHRASE = 1000
"""Passages with a quoted phrase that are ranked: of more, those that are nearest in meaning."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and why.

    Attributes
    ----------
    score : from about 0 (nothing in common) to 1.
    sentence : the sentence nearest to the question, as characters of the passage; among like
        ones that which holds what the question names.
    words : the words of the question where they stand in the passage, and what the passage's
        language calls them.
    newer : the newest edition of the document, where a person said that there is a newer one.
    by_meaning : whether it is among the passages that come nearest, whatever their words.
    """

    record: Record
    passage: StoredPassage
    score: float
    sentence: Span
    words: tuple[Span, ...]
    newer: Record | None = None
    by_meaning: bool = True

    @property
    def why(self) -> str:
        """`meaning`, `words`, or `both` where words stand in one of the nearest passages."""
        if not self.by_meaning:
            return "words"
        return "both" if self.words else "meaning"


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of a question, best first.

    Attributes
    ----------
    language : the question's, `` where it cannot be told; it never filters.
    waiting : documents without text yet (`caselib ocr`) whose title has the question's words.
    reads : languages that the asker is known to read, that of the question among them.
    question, evidence : what `search.answers` answers from without searching again.
    """

    query: str
    language: str
    hits: tuple[Hit, ...]
    waiting: tuple[Record, ...] = ()
    question: Question | None = None
    evidence: tuple[Evidence, ...] = ()
    reads: frozenset[str] = frozenset()

    @property
    def best_evidence(self) -> BestEvidence:
        """Which languages the best hits are in, and whether the asker reads one of them."""
        return best_evidence(
            ((hit.record.document, hit.passage.language, hit.score) for hit in self.hits),
            self.reads,
        )

    def by_document(self) -> list[tuple[Record, list[Hit]]]:
        """Hits grouped by document, documents and hits best first."""
        groups: dict[str, tuple[Record, list[Hit]]] = {}
        for hit in self.hits:
            groups.setdefault(hit.record.document, (hit.record, []))[1].append(hit)
        return list(groups.values())


def search(
    library: Library,
    encoder: Encoder,
    query: str,
    limit: int = 10,
    filters: Filters = Filters(),
    reads: Collection[str] = (),
) -> Results:
    """Find passages for a question in any language.

    Parameters
    ----------
    query : a question or words; what stands in quotation marks must occur in a hit.
    limit : hits at most.
    reads : languages that the asker reads, besides that of the question.
    """
    query = " ".join(query.split())
    if not query:
        return Results(query, "", ())
    phrases = quoted_phrases(query)
    among = _with_phrases(library, phrases, filters) if phrases else None
    question = prepare(encoder, query)
    if among is not None and len(among) > MOST_WITH_PHRASE:
        scores = library.vectors_of(among) @ question.vector
        among = [among[place] for place in np.argsort(-scores, kind="stable")[:MOST_WITH_PHRASE]]
    ranked = rank(library, encoder, question, filters, among)
    hits = _hits(library, question, ranked, limit)
    known = frozenset({*reads, question.language} - {""})
    waiting = waiting_titled(library, query, filters, limit)
    return Results(query, question.language, hits, waiting, question, tuple(ranked), known)


def _with_phrases(library: Library, phrases: list[str], filters: Filters) -> list[int]:
    """Numbers of the passages in which every phrase occurs: as words, else inside of words."""
    for inside in (False, True):
        wanted = [
            token
            for phrase in phrases
            for token in tokens(phrase)
            if token.startswith("_") == inside
        ]
        numbers = library.with_all_words(list(dict.fromkeys(wanted)), filters) if wanted else []
        found = library.passages(numbers)
        kept = [
            number
            for number in numbers
            if number in found
            and all(occurs(phrase, found[number].text, inside) for phrase in phrases)
        ]
        if kept:
            return kept
    return []


def _hits(
    library: Library, question: Question, ranked: list[Evidence], limit: int
) -> tuple[Hit, ...]:
    """The best passages; of documents that a person said are twins, only those of the best one."""
    query = question.text
    terms = terms_of(query, question.language)
    records: dict[str, Record] = {}
    newest: dict[str, Record | None] = {}
    hits: list[Hit] = []
    seen: Counter[str] = Counter()
    twins: set[str] = set()
    for found in ranked:
        document = found.passage.document
        if seen[document] >= PER_DOCUMENT or document in twins:
            continue
        if document not in records:
            records[document] = library.record(document)
            twins |= group_of(library, document, ("twin",))
            newer = newest_edition(library, document)
            newest[document] = library.record(newer) if newer else None
        seen[document] += 1
        passage = found.passage
        words = marked_words(passage.text, query, passage.language)
        sentence = _sentence(found, terms)
        hits.append(
            Hit(
                records[document],
                passage,
                found.score,
                sentence,
                words,
                newest[document],
                found.by_meaning,
            )
        )
        if len(hits) == limit:
            break
    return tuple(hits)


def _sentence(found: Evidence, terms: Sequence[Term]) -> Span:
    """The sentence to show: the nearest, those before others that hold what the question names."""
    standing = [
        (term.share, spans)
        for term in terms
        if (spans := term_spans(found.passage.text, found.passage.language, [term]))
    ]
    if not standing:
        return found.sentence

    def worth(place: int) -> float:
        start, end = found.spans[place]
        held = sum(share for share, at in standing if any(start <= a and b <= end for a, b in at))
        return float(found.similarities[place]) + held

    return found.spans[max(range(len(found.spans)), key=worth)]
