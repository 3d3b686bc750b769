"""Documents as the statements that can be quoted from them: whole sentences, each in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import regex

from index.library import Library, Record, StoredPassage, Vectors
from index.topics import is_list_of_sources
from search.answers import Quotation
from search.marks import Span

NARROWEST, WIDEST = 45, 330
NARROWEST_WITH_FIGURES = 32
"""Columns of a sentence that is quoted; a Chinese character takes two."""
REPEATED = 3
"""Documents in which a sentence stands, figures aside, that is none of theirs but a notice."""
LONGEST_HEADING = 90
FEW = 6
"""Sentences below which a document is written in phrases, as slides often are."""

_END = regex.compile(r"[.!。！…۔][\"'”’»)\]」』]*$")
_NOT_PROSE = regex.compile(r"://|[|\t]|\.{4}|[?？؟:：]$|\[\d+\]")
_BULLET = regex.compile(r"(?:[•‣▪●○◦·–—*-]|\(?\d{1,2}[.)])\s+")
_LEANS = regex.compile(
    r"""(?:
    # It leans on the sentence before: it begins with a pronoun or a connective.
    (?:it|its|they|their|this|these|that|those|he|she|his|her|but|and|so|yet|however|then|also|
       both|there|here|such|for\ (?:this|that|example)|in\ (?:this|that)|instead|by\ (?:this|then)|
       the\ (?:second|third|latter|former|other|others|rest|same)|another|others|two\ of|
       more\ recently|later|meanwhile|afterwards|
       (?:since|until)\ then|one\ of\ (?:them|the)|because\ (?:of\ (?:this|these)|one\ of)|
       most\ of\ (?:them|these)|neither|either|what\ can\ be)\b
    |(?:él|ella|ellos|ellas|esto|esta|este|estos|estas|ese|esa|esos|esas|eso|aquel|pero|y|así|
       también|además|sin\ embargo|entonces|su|sus|aun|tal|tales|otro|otra|otros|otras|por\ eso|
       ambos|ambas|en\ (?:ese|esa|este|esta)|el\ (?:segundo|mismo)|la\ misma|más\ tarde|
       en\ cuanto\ a|por\ otra\ parte|después|desde\ entonces|uno\ de\ ellos|se\ \p{L}+)\b
    |(?:il|elle|ils|elles|cela|ceci|cette|ces|cet|ce|mais|et|ainsi|aussi|donc|puis|son|sa|ses|leur|
       leurs|celui|celle|ceux|celles|toutefois|cependant|les\ deux|l’autre|d’autres|en\ outre|
       un\ autre|une\ autre|le\ (?:second|même)|la\ même|plus\ tard|par\ ailleurs|ensuite|
       dès\ lors|depuis\ lors|l’un\ d)\b
    |(?:ele|ela|eles|elas|isto|isso|esse|essa|esses|essas|este|esta|estes|estas|mas|e|assim|também|
       então|seu|sua|seus|suas|contudo|porém|outro|outra|outros|outras|ambos|ambas|
       (?:n)?aquel[ea]s?|nesse|nessa|neste|nesta|o\ mesmo|a\ mesma|mais\ tarde|depois|
       desde\ então|um\ deles)\b
    |(?:он|она|оно|они|это|этот|эта|эти|тот|та|те|но|и|а|так|также|потом|затем|его|её|ее|их|однако|
       тогда|там|здесь|такой|такая|такие|другой|другая|другие|поэтому|оба|обе|в\ (?:этом|том)|
       позже|позднее|с\ тех\ пор|после\ этого|сам|один\ из\ них)\b
    |(?:هو|هي|هم|هذا|هذه|هؤلاء|ذلك|تلك|لكن|ولكن|ثم|كما|وهو|وهي|وهذا|وهذه|وذلك|لذلك|ولذلك|أما|وأما|
       هناك|وهناك|منها|فيه|فيها|بعضها|كلاهما|ومع|مع\ ذلك|
       بعد\ ذلك|وبعد\ ذلك|ومنذ\ ذلك|أحدها|كلها)\b
    |[这這此其它他她但而也并並且因此所以然而不过不過同时同時另后後]|到了|与此同时|與此同時|之后|之後|此前|其中
    )""",
    regex.IGNORECASE | regex.VERBOSE,
)
_NOT_HEADING = regex.compile(r"://|[|\t]|[,;:，；：、،؛]$|\[\d+\]|\p{L}{3,}[.!]\s")
_PARAGRAPH = regex.compile(r"(?<=\n\s*\n|\A)[^\n]+(?=\n\s*\n|\Z)")
_DIGITS = regex.compile(r"\d+")
_WIDE = regex.compile(r"[\u2e80-\uffef]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document that can be quoted.

    Attributes
    ----------
    row : its place among the vectors of its `Statements`.
    span : (start, end) characters of the passage's text.
    heading : the heading that it stands under, `` where there is none.
    place : from 0, the document's beginning, to 1.
    leans : begins with a word that points to the sentence before.
    """

    row: int
    record: Record
    passage: StoredPassage
    span: Span
    heading: str
    place: float
    leans: bool

    @property
    def text(self) -> str:
        """The sentence as it stands there, on one line."""
        return " ".join(self.passage.text[slice(*self.span)].split())

    def quoted(self) -> Quotation:
        """The sentence as it is quoted."""
        return Quotation(self.record, self.passage, self.span, 1.0)

    @property
    def language(self) -> str:
        """The passage's language, or the document's where the passage's cannot be told."""
        return self.passage.language or self.record.language


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of some documents.

    Attributes
    ----------
    vectors : (statements, dimension), of length 1.
    headings : (statements, dimension), each statement's heading, of length 1; 0 where none is.
    """

    items: tuple[Statement, ...]
    vectors: Vectors
    headings: Vectors

    def by_document(self) -> dict[str, list[int]]:
        """Rows of each document's statements."""
        rows: dict[str, list[int]] = {}
        for row, statement in enumerate(self.items):
            rows.setdefault(statement.record.document, []).append(row)
        return rows


@dataclass(frozen=True, slots=True)
class _Found:
    statement: Statement
    vector: Vectors
    heading: Vectors


def read_statements(library: Library, records: Sequence[Record]) -> Statements:
    """The statements of documents, in their order.

    Sentences without an end, questions, tables, lists of sources, very short and very long
    sentences, and what stands in several documents word for word are none.
    """
    found = [one for record in records for one in _statements_of(library, record)]
    common = _notices(found)
    kept = [one for one in found if _plain(one.statement.text) not in common]
    width = library.recipe.dimension
    return Statements(
        tuple(replace(one.statement, row=row) for row, one in enumerate(kept)),
        unit(np.array([one.vector for one in kept], np.float32).reshape(-1, width)),
        unit(np.array([one.heading for one in kept], np.float32).reshape(-1, width)),
    )


def unit(vectors: Vectors) -> Vectors:
    """Vectors brought to length 1; those of length 0 stay."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


def columns(text: str) -> int:
    """Columns that a text takes in print: Han and its punctuation take two."""
    return len(text) + len(_WIDE.findall(text))


def _statements_of(library: Library, record: Record) -> list[_Found]:
    passages = library.passages_of(record.document)
    stored = library.sentences_of([passage.passage for passage in passages])
    nothing = np.zeros(library.recipe.dimension, np.float32)
    heading, under = "", nothing
    whole: list[_Found] = []
    phrases: list[_Found] = []
    for passage in passages:
        if passage.passage not in stored or is_list_of_sources(passage.text):
            continue
        spans, vectors = stored[passage.passage]
        known = dict(zip(spans, vectors, strict=True))
        for place, is_heading in _pieces(passage.text, spans):
            if is_heading:
                heading = " ".join(passage.text[slice(*place)].split())
                under = known.get(place, nothing)
                continue
            statement = _statement(record, passage, place, heading)
            if _is_quotable(statement.text):
                kept = whole if _END.search(statement.text) else phrases
                kept.append(_Found(statement, known[place], under))
    return whole if len(whole) >= FEW else whole + phrases


def _statement(record: Record, passage: StoredPassage, span: Span, heading: str) -> Statement:
    start, end = span
    if bullet := _BULLET.match(passage.text, start, end):
        start = bullet.end()
    text = passage.text[start:end]
    place = (passage.position - 1) / max(record.passages - 1, 1)
    return Statement(0, record, passage, (start, end), heading, place, bool(_LEANS.match(text)))


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    """Headings (True) and sentences of a passage, in order.

    A heading is a short line between blank ones that does not end as a sentence does; of three or
    more such lines in a row none is: they are a table's.
    """
    headings = [found.span() for found in _PARAGRAPH.finditer(text) if _is_heading(found.group())]
    gaps = {
        (one[1], other[0]): not text[one[1] : other[0]].strip() for one, other in pairwise(headings)
    }
    rows = {
        span
        for at in range(len(headings) - 2)
        if all(gaps[headings[k][1], headings[k + 1][0]] for k in (at, at + 1))
        for span in headings[at : at + 3]
    }
    alone = set(headings)
    pieces = [(span, True) for span in headings if span not in rows]
    pieces += [(span, False) for span in spans if span not in alone]
    yield from sorted(pieces)


def _is_heading(paragraph: str) -> bool:
    return (
        columns(paragraph) <= LONGEST_HEADING
        and any(map(str.isalpha, paragraph))
        and not paragraph[0].islower()
        and not _END.search(paragraph)
        and not _BULLET.match(paragraph)
        and not _NOT_HEADING.search(paragraph)
    )


def _is_quotable(text: str) -> bool:
    narrowest = NARROWEST_WITH_FIGURES if _DIGITS.search(text) else NARROWEST
    return (
        narrowest <= columns(text) <= WIDEST
        and not _NOT_PROSE.search(text)
        and not text[0].islower()
    )


def _notices(found: Sequence[_Found]) -> frozenset[str]:
    """Sentences that stand in several documents: a licence, a disclaimer."""
    places = {(_plain(one.statement.text), one.statement.record.document) for one in found}
    counts = Counter(text for text, _ in places)
    return frozenset(text for text, count in counts.items() if count >= REPEATED)


def _plain(text: str) -> str:
    return _DIGITS.sub("", "".join(filter(str.isalnum, text.casefold())))
