"""The same document again: exported anew, in a new edition, or translated.

Text in the same language is compared by the stretches of letters that two documents share
(resemblance: Broder 1997, doi:10.1109/SEQUEN.1997.666900). Otherwise sentences are aligned in
order by their vectors, as in sentence alignment for translations (Thompson and Koehn 2019,
doi:10.18653/v1/D19-1136), here one to one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
import numpy.typing as npt
import regex

from index.encoding import Encoder
from index.library import Library, Link, Record, StoredPassage, Vectors
from index.tokens import fold
from ingest.errors import N_
from search.confirmed import DIFFERENT, group_of, other_of, refused
from search.neighbours import (
    Reading,
    affinity_matrix,
    best_of,
    near_documents,
    read,
    spread,
)
from search.ranking import largest_similarity

Kind = Literal["twin", "edition", "translation"]

ASKED = 8
"""Passages of a document whose likes are looked up, evenly over its length."""

PER_PASSAGE = 30
COMPARED = 20
"""Documents that are compared text by text."""

LETTERS = 9
"""Letters and digits in a stretch; different documents share few of them, whatever the subject."""

TWIN = 0.8
EDITION = 0.3
"""Resemblance from which two texts are the same, and from which one is an edition of the other."""

EQUIVALENT = 0.65
"""Similarity from which two sentences may say the same, where a translation's mean is 1."""

TRANSLATION = 0.6
"""Share of either document that must stand in the other, in the same order."""

FEWEST_SENTENCES = 3
MOST_SENTENCES = 400

COMMON = 6
"""Documents compared, from which what stands in more than half of them counts as boilerplate."""

Stretches = npt.NDArray[np.uint64]
"""Numbers of stretches of letters; equal numbers are the same letters, but for a chance of one in
10^19."""

_NOT_TEXT = regex.compile(r"https?://\S+|[^\p{L}\p{N}]+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_LETTER = regex.compile(r"\p{L}")

REASONS: dict[Kind, str] = {
    "twin": N_("The text is the same: {share} % of it stands in both, word for word."),
    "edition": N_("Much of the text is the same: {share} % of it stands in both."),
    "translation": N_("{share} % of the text says the same in the same order in {language}."),
}
CONFIRMED = N_("{who} confirmed it on {date}.")


@dataclass(frozen=True, slots=True)
class Edition:
    """The same document in another file.

    Attributes
    ----------
    kind : `twin` (other bytes, same text), `edition` or `translation`.
    score : share of the text that is the same, 0 to 1; 0 where a person said so.
    newer : whether it is the newer one of two editions, by a person, else by year and deposit.
    link : what a person said; None where it is only thought.
    """

    record: Record
    kind: Kind
    score: float
    newer: bool = False
    link: Link | None = None

    @property
    def template(self) -> str:
        """Why it is thought so, in English, to be translated and filled in with `values`."""
        return CONFIRMED if self.link else REASONS[self.kind]

    @property
    def values(self) -> dict[str, str | int]:
        """What is filled in."""
        if self.link:
            return {"who": self.link.who, "date": self.link.time[:10]}
        return {"share": round(100 * self.score), "language": self.record.language}

    @property
    def reason(self) -> str:
        """Why it is thought so, in English."""
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """A document's sentences, with what is needed to compare them."""

    sentences: list[str]
    languages: list[str]
    vectors: Vectors
    stretches: list[Stretches]

    def only(self, places: list[int]) -> _Text:
        """The sentences at some places alone."""
        return _Text(
            [self.sentences[place] for place in places],
            [self.languages[place] for place in places],
            self.vectors[places],
            [self.stretches[place] for place in places],
        )


def editions(library: Library, encoder: Encoder, document: str) -> tuple[Edition, ...]:
    """The same document in other files: re-exports, editions and translations, surest first.

    What a person confirmed comes before what is proposed; what a person refused does not come.

    Parameters
    ----------
    document : its identifier or an unambiguous beginning of it.

    Raises
    ------
    NotInLibrary : no such document.
    """
    return (*confirmed(library, document), *proposed(library, encoder, document))


def confirmed(library: Library, document: str) -> tuple[Edition, ...]:
    """What a person said is the same document, the latest first; errors as for `editions`."""
    own = library.record(document).document
    return tuple(
        Edition(
            library.record(other_of(link, own)),
            cast(Kind, link.kind),
            0.0,
            newer=link.kind == "edition" and link.other == own,
            link=link,
        )
        for link in reversed(library.links(own))
        if link.kind != DIFFERENT
    )


def to_confirm(
    library: Library, encoder: Encoder, documents: Iterable[Record]
) -> Iterator[tuple[Record, Edition]]:
    """What a person might confirm of some documents, each pair once.

    Of two editions the newer one comes first.
    """
    seen: set[frozenset[str]] = set()
    for record in documents:
        for edition in proposed(library, encoder, record.document):
            pair = frozenset((record.document, edition.record.document))
            if pair in seen:
                continue
            seen.add(pair)
            yield _turned(record, edition) if edition.newer else (record, edition)


def of_document(pairs: Iterable[tuple[Record, Edition]], document: str) -> list[Edition]:
    """What pairs from `to_confirm` say of one document, by its whole identifier."""
    either = [both for pair in pairs for both in (pair, _turned(*pair))]
    return [edition for record, edition in either if record.document == document]


def _turned(record: Record, edition: Edition) -> tuple[Record, Edition]:
    """The same pair, told from the other side."""
    newer = edition.kind == "edition" and not edition.newer
    return edition.record, replace(edition, record=record, newer=newer)


def proposed(
    library: Library, encoder: Encoder, document: str, elsewhere: Library | None = None
) -> tuple[Edition, ...]:
    """What is thought to be the same document; nothing that a person has judged already.

    Errors as for `editions`.

    Parameters
    ----------
    elsewhere : the library that the document stands in, where that is another one, of the same
        recipe.
    """
    home = library if elsewhere is None else elsewhere
    record = home.record(document)
    own = read(home, record.document)
    if not own.passages:
        return ()
    judged = group_of(home, record.document) | refused(home, record.document)
    near = _candidates(library, encoder, own)
    texts = [_text(library, read(library, name)) for name in near]
    mine = _text(home, own)
    common = _boilerplate([mine, *texts])
    mine = _proper(mine, common)
    whole = largest_similarity(library)
    found = []
    for name, text in zip(near, texts, strict=True):
        if name in judged:
            continue
        kind, score = _compare(encoder, mine, _proper(text, common), whole)
        if kind is not None:
            other = library.record(name)
            found.append(Edition(other, kind, score, kind == "edition" and _newer(other, record)))
    order = {"twin": 0, "edition": 1, "translation": 2}
    return tuple(sorted(found, key=lambda one: (order[one.kind], -one.score, one.record.document)))


def _newer(one: Record, other: Record) -> bool:
    if one.year and other.year and one.year != other.year:
        return one.year > other.year
    return one.added > other.added


def _candidates(library: Library, encoder: Encoder, own: Reading) -> list[str]:
    """Documents with passages nearest to a document's own, languages put on a par."""
    asked = own.only(spread(len(own.passages), ASKED))
    languages = asked.languages

    def worth(place: int, passage: StoredPassage, score: float) -> float:
        return score / encoder.affinity(languages[place], passage.language)

    found = near_documents(library, asked.vectors, PER_PASSAGE, own.document, worth)
    return best_of(found, COMPARED)


def _text(library: Library, reading: Reading) -> _Text:
    stored = library.sentences_of([passage.passage for passage in reading.passages])
    sentences: list[str] = []
    languages: list[str] = []
    rows: list[Vectors] = []
    for passage in reading.passages:
        spans, vectors = stored[passage.passage]
        for (start, end), vector in zip(spans, vectors, strict=True):
            sentences.append(passage.text[start:end])
            languages.append(passage.language)
            rows.append(vector)
    letters = [_NOT_TEXT.sub("", fold(sentence)) for sentence in sentences]
    return _Text(sentences, languages, np.stack(rows), _stretches(letters))


def _stretches(sentences: list[str]) -> list[Stretches]:
    """The stretches of letters that begin in each sentence; they run on into the next.

    Each is told by a polynomial of its letters (Karp and Rabin 1987, doi:10.1147/rd.312.0249).
    """
    letters = np.frombuffer("".join(sentences).encode("utf-32-le"), "<u4").astype(np.uint64)
    count = max(len(letters) - LETTERS + 1, 0)
    numbers = np.zeros(count, np.uint64)
    for place in range(LETTERS):
        numbers = numbers * _BASE + letters[place : place + count]
    ends = np.cumsum([len(sentence) for sentence in sentences])
    return np.split(numbers, ends)[: len(sentences)]


def _together(stretches: list[Stretches]) -> Stretches:
    """The different stretches of several sentences."""
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *stretches]))


def _boilerplate(texts: list[_Text]) -> Stretches:
    """Stretches that stand in more than half of some documents, if these are enough to tell."""
    if len(texts) < COMMON:
        return np.zeros(0, np.uint64)
    each = np.concatenate([_together(text.stretches) for text in texts])
    stretches, counts = np.unique(each, return_counts=True)
    return stretches[counts > len(texts) / 2]


def _compare(
    encoder: Encoder, mine: _Text, theirs: _Text, whole: float
) -> tuple[Kind | None, float]:
    """What a document is to another, and how much of the text is the same."""
    own, other = (_together(text.stretches) for text in (mine, theirs))
    both = len(np.intersect1d(own, other, assume_unique=True))
    shared = both / max(len(own) + len(other) - both, 1)
    if shared >= EDITION:
        return ("twin" if shared >= TWIN else "edition"), shared
    aligned = _aligned(encoder, mine, theirs, whole)
    if aligned < TRANSLATION:
        return None, aligned
    same_language = _main(mine.languages) == _main(theirs.languages)
    return ("edition" if same_language else "translation"), aligned


def _main(languages: list[str]) -> str:
    return Counter(languages).most_common(1)[0][0] if languages else ""


def _proper(text: _Text, common: Stretches) -> _Text:
    """A text without its boilerplate, mere figures and addresses."""
    proper = ~np.isin(np.concatenate(text.stretches), common)
    ends = np.cumsum([len(stretches) for stretches in text.stretches])
    own = [
        stretches[kept]
        for stretches, kept in zip(text.stretches, np.split(proper, ends[:-1]), strict=True)
    ]
    places = [
        place
        for place, stretches in enumerate(text.stretches)
        if len(own[place]) >= len(stretches) / 2
        and _LETTER.search(text.sentences[place])
        and "://" not in text.sentences[place]
        and text.vectors[place].any()
    ]
    return replace(text.only(places), stretches=[own[place] for place in places])


def _aligned(encoder: Encoder, mine: _Text, theirs: _Text, whole: float) -> float:
    """Share of the text whose sentences have their like in the other, in the same order.

    Of long documents the beginnings are compared.
    """
    mine, theirs = (
        text.only(list(range(min(len(text.sentences), MOST_SENTENCES)))) for text in (mine, theirs)
    )
    if min(len(mine.sentences), len(theirs.sentences)) < FEWEST_SENTENCES:
        return 0.0
    affinities = affinity_matrix(encoder, mine.languages, theirs.languages)
    pairs = align(mine.vectors @ theirs.vectors.T / (whole * affinities) - EQUIVALENT)
    if len(pairs) < FEWEST_SENTENCES:
        return 0.0
    return min(
        sum(len(text.sentences[pair[side]]) for pair in pairs) / sum(map(len, text.sentences))
        for side, text in enumerate((mine, theirs))
    )


def align(gains: npt.NDArray[np.floating]) -> list[tuple[int, int]]:
    """The pairs of rows and columns, both rising, whose gains add up to most.

    Dynamic programming over a matrix (rows, columns); pairs of no gain are left out.
    """
    rows, columns = gains.shape
    best = np.zeros((rows + 1, columns + 1))
    for row in range(rows):
        taken = np.maximum(best[row, 1:], best[row, :-1] + gains[row])
        best[row + 1, 1:] = np.maximum.accumulate(np.maximum(taken, 0.0))
    pairs = []
    row, column = rows, columns
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            pairs.append((row, column))
    return pairs[::-1]
