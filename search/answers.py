"""A question is answered in quoted sentences, each with its source, or not at all.

No language model is asked: what stands in the library is quoted, in the language it was written in.
Where nothing comes near enough the answer is that the library does not say.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from index.encoding import Encoder, says_something
from index.library import Filters, Library, Record, StoredPassage
from ingest.errors import N_
from ingest.registries import named_territories, territories_of
from search.asked import kind_asked, says
from search.marks import Span
from search.ranking import Evidence, Question, coverage, largest_similarity, prepare, rank

READ_CLOSELY = 40
"""Passages whose sentences are weighed; an answer further down is not one."""

SENTENCE_COVERAGE_WEIGHT = 1.5
USUAL_SENTENCE_COVERAGE = 0.15
"""Words of the question in a sentence of its language, as for passages in `ranking`."""

THRESHOLD = 0.43
"""Confidence under which the library is said not to say it."""

MARGIN = 0.17
"""How much less sure than the surest sentence a further one may be."""

IN_ANOTHER_LANGUAGE = 0.05
"""What confidence gains where a sentence is in another language, which lowers its likeness."""

ASKS_FOR_A_FIGURE = 0.05
"""What confidence loses where a number, price, share or time is asked for: its neighbours in the
same case come as near as it does."""

MISSING_NAME = 0.15
MISSING_YEAR = 0.06
MISSING_FIGURE = 0.06
"""What the rank loses where a registry, a year or a figure that is asked for is not there."""

DOUBT = 0.25
"""What confidence loses by each of these: it may be the best sentence, but is hardly an answer."""

PER_DOCUMENT = 3

_YEAR = regex.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
EMPTY = N_("The library is empty: deposit a document first.")
NOTHING_NEAR = N_("The library does not say: nothing in it comes near enough to this question.")
NO_QUESTION = N_("Nothing was asked.")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence that answers, as it stands in the library.

    Attributes
    ----------
    span : where it stands in the passage's text.
    score : how sure it is to answer, from about 0 to about 1; the first is not always the surest.
    """

    record: Record
    passage: StoredPassage
    span: Span
    score: float

    @property
    def text(self) -> str:
        return self.passage.text[slice(*self.span)]


@dataclass(frozen=True, slots=True)
class Answer:
    """Quoted sentences, best first; or none, with the reason.

    Attributes
    ----------
    reason : why nothing is answered, as a template for translation; `` where something is.
    confidence : of the surest sentence, whether it was quoted or not.
    nearest : documents that come nearest, also where nothing is answered.
    whom_to_ask : registries that the nearest documents are about, most often named first.
    """

    question: str
    language: str
    quotations: tuple[Quotation, ...]
    reason: str
    confidence: float
    nearest: tuple[Record, ...]
    whom_to_ask: tuple[str, ...]

    @property
    def abstained(self) -> bool:
        """Whether the library does not say."""
        return not self.quotations


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence with the score by which it is ranked and how sure it is to answer."""

    evidence: Evidence
    span: Span
    score: float
    sure: float


def ask(
    library: Library,
    encoder: Encoder,
    text: str,
    limit: int = 6,
    filters: Filters = Filters(),
    threshold: float = THRESHOLD,
) -> Answer:
    """Answer a question in any language from what the library holds.

    Parameters
    ----------
    limit : sentences at most.
    threshold : confidence under which nothing is answered.
    """
    text = " ".join(text.split())
    if not text:
        return Answer(text, "", (), NO_QUESTION, 0.0, (), ())
    question = prepare(encoder, text)
    return answer(library, question, rank(library, encoder, question, filters), limit, threshold)


def answer(
    library: Library,
    question: Question,
    ranked: Sequence[Evidence],
    limit: int = 6,
    threshold: float = THRESHOLD,
) -> Answer:
    """Answer a question from passages that were ranked for it."""
    records = {
        found.passage.document: library.record(found.passage.document)
        for found in ranked[:READ_CLOSELY]
    }
    nearest = tuple(list(records.values())[:5])
    whom = Counter(code for record in nearest for code in record.registries)
    asked_of = tuple(code for code, _ in whom.most_common(5))
    weighed = _weigh(library, question, ranked[:READ_CLOSELY], records)
    best = max((one.sure for one in weighed), default=0.0)
    if not weighed or best < threshold:
        reason = NOTHING_NEAR if ranked else EMPTY
        return Answer(question.text, question.language, (), reason, best, nearest, asked_of)
    quotations = _chosen(weighed, records, limit, max(best - MARGIN, threshold - MARGIN / 2))
    return Answer(question.text, question.language, quotations, "", best, nearest, asked_of)


def _weigh(
    library: Library,
    question: Question,
    ranked: Sequence[Evidence],
    records: dict[str, Record],
) -> list[_Weighed]:
    """Every sentence of the passages, the likeliest answer first."""
    whole = largest_similarity(library)
    texts = {
        (place, number): found.passage.text[slice(*span)]
        for place, found in enumerate(ranked)
        for number, span in enumerate(found.spans)
    }
    covered = coverage(
        question,
        {
            key: text
            for key, text in texts.items()
            if question.language and ranked[key[0]].passage.language == question.language
        },
    )
    weighed = []
    for (place, number), text in texts.items():
        found = ranked[place]
        if not says_something(text):
            continue
        # What a passage gains by names is no sign that it answers: near misses have them too.
        score = float(found.similarities[number]) + 2 * (found.score - found.gained)
        if (place, number) in covered:
            lacking = covered[place, number] - USUAL_SENTENCE_COVERAGE
            score += SENTENCE_COVERAGE_WEIGHT * lacking / whole
        foreign = question.language not in ("", found.passage.language)
        sure = score / 3 + IN_ANOTHER_LANGUAGE * foreign
        weighed.append(_Weighed(found, found.spans[number], score / 3, sure))
    weighed.sort(key=lambda one: -one.score)
    return _less_what_is_missing(question.text, weighed, records)


def _less_what_is_missing(
    asked: str, weighed: list[_Weighed], records: dict[str, Record]
) -> list[_Weighed]:
    """Lower sentences that lack a registry, a year or a figure that the question is about."""
    territories = _named_in(asked)
    years = set(_YEAR.findall(asked))
    kind = kind_asked(asked)
    if not (territories or years or kind):
        return weighed
    lowered = []
    for one in weighed[: 2 * READ_CLOSELY]:
        passage = one.evidence.passage
        record = records[passage.document]
        lost, doubt = 0.0, ASKS_FOR_A_FIGURE if kind else 0.0
        if territories and not territories & _territories_of(record, passage):
            lost, doubt = lost + MISSING_NAME, doubt + DOUBT
        if years and not years & set(_YEAR.findall(f"{record.title} {passage.text}")):
            lost, doubt = lost + MISSING_YEAR, doubt + DOUBT
        if kind and not says(kind, passage.text[slice(*one.span)]):
            lost, doubt = lost + MISSING_FIGURE, doubt + DOUBT
        lowered.append(_Weighed(one.evidence, one.span, one.score - lost, one.sure - doubt))
    return sorted(lowered, key=lambda one: -one.score)


@functools.lru_cache(maxsize=4096)
def _named_in(text: str) -> frozenset[str]:
    return named_territories(text)


def _territories_of(record: Record, passage: StoredPassage) -> frozenset[str]:
    """Territories whose registries a document is about or that a passage of it names."""
    return territories_of(record.registries) | _named_in(f"{record.title}\n{passage.text}")


def _chosen(
    weighed: Sequence[_Weighed], records: dict[str, Record], limit: int, least: float
) -> tuple[Quotation, ...]:
    """The sentences to quote: about as sure as the surest, none twice, not all of one document."""
    chosen: list[Quotation] = []
    texts: set[str] = set()
    seen: Counter[str] = Counter()
    for one in weighed:
        passage = one.evidence.passage
        text = passage.text[slice(*one.span)].casefold()
        if len(chosen) == limit:
            break
        if one.sure < least or seen[passage.document] == PER_DOCUMENT or text in texts:
            continue
        seen[passage.document] += 1
        texts.add(text)
        chosen.append(Quotation(records[passage.document], passage, one.span, one.sure))
    return tuple(chosen)
