"""Documents that treat the same problem as a document, in any language.

A document is compared by its subject: the mean of its passages' vectors, each less the usual
vector of its language in this library, within the space of the field's concepts. What every
document says falls out with the mean; passages that stand in several documents word for word are
left out beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex

from index.encoding import Encoder
from index.library import Filters, Library, Record, StoredPassage, Vectors
from search.concept_space import ConceptSpace, concept_space
from search.confirmed import group_of
from search.editions import Edition, proposed
from search.neighbours import (
    Reading,
    Scores,
    affinity_matrix,
    best_of,
    near_documents,
    read,
    spread,
)

ASKED = 8
"""Passages of a document whose likes are looked up, evenly over its length."""

PER_PASSAGE = 100
COMPARED = 60
"""Documents whose subjects are compared whole."""

LANGUAGE_SHARE = 0.5
"""How much of a language's own mean, against the mean of all, is taken from its passages.

The whole of it serves large libraries, none of it small ones; half serves both.
"""

LEAST_SCORE = 0.15
"""Score under which documents are alike by chance."""

REPEATED = 3
"""Other documents from which a passage that stands in each word for word is boilerplate."""

PAIRS = 3
EXPLAINED = 40
"""Passages of a document among which the sentences that explain a likeness are looked for."""

BACKGROUND = 12
"""Documents that tell how like a sentence usually finds one."""

SAYS_THE_SAME = 0.85
REPEATED_NEARBY = 2
"""Likeness of two sentences that say the same, where a translation's mean is 1, and the documents
of the background from which such a sentence is boilerplate: nothing else reaches it so often.
"""

CONTEXT_WEIGHT = 0.2
"""What the likeness of the passages counts beside that of two sentences in them."""

FULL_LENGTH = 90
"""Letters from which a sentence is long enough to tell anything."""

FEWEST_SENTENCES = 3
"""Whole sentences under which lines without an end, as slides have them, serve as well."""

_HAN = regex.compile(r"\p{Han}")
_WORD = regex.compile(r"\p{L}+")
_END = regex.compile(r"[.!?…。！？؟][\p{Pe}\p{Pf}\"']*$")
_REST = regex.compile(r"\p{Ll}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two sentences that show in what two documents are alike, each with its page."""

    page: int
    text: str
    their_page: int
    their_text: str
    read_by_ocr: bool = False
    their_read_by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Similar:
    """A document that treats the same problem.

    Attributes
    ----------
    score : from 0 to 1; from .5 on more than half treat the same problem, from .6 on nearly all.
    because : at most three pairs of sentences, the most telling first.
    """

    record: Record
    score: float
    because: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Subjects:
    """How subjects are taken from vectors in a library."""

    space: ConceptSpace
    means: dict[str, Vectors]
    usual: Vectors

    def of(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """The subject of each vector, still (vectors, dimension)."""
        if not len(vectors):
            return vectors
        means = [self.means.get(language, self.usual) for language in languages]
        return self.space.subject(vectors - np.stack(means))


def similar(
    library: Library,
    encoder: Encoder,
    document: str,
    limit: int = 5,
    filters: Filters = Filters(),
    same: Sequence[Edition] | None = None,
) -> tuple[Similar, ...]:
    """Documents that treat the same problem, best first; its own editions are not among them.

    The cost goes by the size of the document, apart from looks into the library's index.

    Parameters
    ----------
    document : its identifier or an unambiguous beginning of it.
    limit : documents at most.
    filters : what is looked at of other documents.
    same : its editions, where they are known already.

    Raises
    ------
    NotInLibrary : no such document.
    """
    own = read(library, library.record(document).document)
    if not own.passages or limit < 1:
        return ()
    same = proposed(library, encoder, own.document) if same is None else same
    left_out = group_of(library, own.document) | {edition.record.document for edition in same}
    ranked = [
        (reading, score)
        for reading, score in by_subject(library, encoder, own, max(COMPARED, limit), filters)
        if reading.document not in left_out
    ]
    subjects = _subjects(library, encoder)
    mine = _sentences(library, own, subjects)
    background = [_sentences(library, reading, subjects) for reading, _ in ranked[:BACKGROUND]]
    found = []
    for reading, score in ranked[:limit]:
        if score < LEAST_SCORE:
            break
        theirs = _sentences(library, reading, subjects)
        because = _pairs(encoder, mine, theirs, background)
        found.append(Similar(library.record(reading.document), score, because))
    return tuple(found)


def by_subject(
    library: Library,
    encoder: Encoder,
    own: Reading,
    at_most: int = COMPARED,
    filters: Filters = Filters(),
) -> list[tuple[Reading, float]]:
    """Documents by the cosine of their subject with a document's, best first; it is not among them.

    Negative cosines become 0.
    """
    subjects = _subjects(library, encoder)
    each = subjects.of(own.vectors, own.languages)
    near, repeated = _near(library, own, each, subjects, at_most, filters)
    kept = [place for place in range(len(each)) if place not in repeated] or range(len(each))
    subject = _units(each[list(kept)].mean(axis=0))
    found = []
    for name in near:
        reading = read(library, name)
        theirs = subjects.of(reading.vectors, reading.languages).mean(axis=0)
        score = float(subject @ _units(theirs))
        found.append((reading, min(max(score, 0.0), 1.0)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0].document))


def subjects_of(
    library: Library, encoder: Encoder, vectors: Vectors, languages: Sequence[str]
) -> Vectors:
    """The subject of each passage, by its vector and language, still (passages, dimension)."""
    return _subjects(library, encoder).of(vectors, languages)


def _subjects(library: Library, encoder: Encoder) -> _Subjects:
    space = concept_space(encoder)
    means = library.language_means()
    usual = np.mean(list(means.values()), axis=0) if means else space.centre
    mixed = {
        language: LANGUAGE_SHARE * mean + (1 - LANGUAGE_SHARE) * usual
        for language, mean in means.items()
    }
    return _Subjects(space, mixed, usual)


def _near(
    library: Library,
    own: Reading,
    each: Vectors,
    subjects: _Subjects,
    at_most: int,
    filters: Filters,
) -> tuple[list[str], set[int]]:
    """Documents with passages on a document's subject, and its passages that are boilerplate."""
    asked = spread(len(each), ASKED)
    queries = np.concatenate([each[asked], each.mean(axis=0, keepdims=True)])
    holders: dict[int, set[str]] = {}

    def worth(place: int, passage: StoredPassage, score: float) -> float:
        if place < len(asked) and passage.text == own.passages[asked[place]].text:
            holders.setdefault(asked[place], set()).add(passage.document)
        return score - float(queries[place] @ subjects.means.get(passage.language, subjects.usual))

    found = near_documents(library, queries, PER_PASSAGE, own.document, worth, filters)
    repeated = {place for place, documents in holders.items() if len(documents) >= REPEATED}
    return best_of(found, at_most), repeated


def _units(vectors: Vectors) -> Vectors:
    """Vectors brought to length 1; (…, dimension)."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Sentences:
    """Whole sentences of a document.

    Attributes
    ----------
    by_ocr : whether each stands on a page that OCR read.
    vectors : (sentences, dimension), of length 1; so are `contexts`.
    subjects, contexts : of each sentence and of the passage that it stands in, as vectors.
    subject : (dimension,), of the whole document, of length 1.
    """

    document: str
    pages: list[int]
    texts: list[str]
    languages: list[str]
    by_ocr: list[bool]
    vectors: Vectors
    subjects: Vectors
    contexts: Vectors
    subject: Vectors


def _sentences(library: Library, reading: Reading, subjects: _Subjects) -> _Sentences:
    chosen = reading.only(spread(len(reading.passages), EXPLAINED))
    contexts = subjects.of(chosen.vectors, chosen.languages)
    stored = library.sentences_of([passage.passage for passage in chosen.passages])
    found: dict[str, tuple[int, Vectors]] = {}
    for place, passage in enumerate(chosen.passages):
        for (start, end), vector in zip(*stored[passage.passage], strict=True):
            text = " ".join(passage.text[start:end].split())
            if vector.any() and _tells(text):
                found.setdefault(text, (place, vector))
    whole = {text: values for text, values in found.items() if _END.search(text)}
    found = whole if len(whole) >= FEWEST_SENTENCES else found
    places = [place for place, _ in found.values()]
    languages = [chosen.passages[place].language for place in places]
    rows = [vector for _, vector in found.values()]
    vectors = np.stack(rows) if rows else np.zeros((0, library.recipe.dimension), np.float32)
    return _Sentences(
        reading.document,
        [chosen.passages[place].page for place in places],
        list(found),
        languages,
        [chosen.passages[place].read_by_ocr for place in places],
        _units(vectors),
        subjects.of(vectors, languages),
        _units(contexts[places]),
        _units(contexts.mean(axis=0)),
    )


def _tells(text: str) -> bool:
    """Whether a sentence is no heading, address or end of one from the page before."""
    enough = len(_WORD.findall(text)) >= 5 or len(_HAN.findall(text)) >= 8
    return enough and not _REST.match(text) and "://" not in text


def _pairs(
    encoder: Encoder, mine: _Sentences, theirs: _Sentences, background: list[_Sentences]
) -> tuple[Likeness, ...]:
    """The sentences on the shared subject that are more like one another than like others."""
    if not mine.texts or not theirs.texts:
        return ()
    gains = _gains(encoder, mine, theirs, background)
    found: list[Likeness] = []
    while len(found) < PAIRS and (best := float(gains.max())) > (0.0 if found else -np.inf):
        row, column = (int(place) for place in np.argwhere(gains == best)[0])
        found.append(
            Likeness(
                mine.pages[row],
                mine.texts[row],
                theirs.pages[column],
                theirs.texts[column],
                mine.by_ocr[row],
                theirs.by_ocr[column],
            )
        )
        gains[row, :] = gains[:, column] = -np.inf
    return tuple(found)


def _gains(
    encoder: Encoder, mine: _Sentences, theirs: _Sentences, background: list[_Sentences]
) -> Scores:
    """How much each pair of sentences tells of what two documents have in common."""
    shared = _units(mine.subject + theirs.subject)
    worth = [
        (one.subjects @ shared - _usual(encoder, one, background)) / 2 for one in (mine, theirs)
    ]
    said = [
        np.sqrt([min(_length(text) / FULL_LENGTH, 1.0) for text in one.texts])
        for one in (mine, theirs)
    ]
    gains = _likenesses(encoder, mine, theirs) + worth[0][:, None] + worth[1][None, :]
    gains *= np.outer(*said)
    return np.asarray(gains + CONTEXT_WEIGHT * (mine.contexts @ theirs.contexts.T))


def _length(text: str) -> int:
    """Characters, where one of Han counts for three."""
    return len(text) + 2 * len(_HAN.findall(text))


def _likenesses(encoder: Encoder, one: _Sentences, other: _Sentences) -> Scores:
    """How like the sentences of two documents are, languages put on a par, (one, other)."""
    affinities = affinity_matrix(encoder, one.languages, other.languages)
    return np.asarray(one.vectors @ other.vectors.T / affinities)


def _usual(encoder: Encoder, one: _Sentences, background: list[_Sentences]) -> Scores:
    """How like the best sentence of another document usually is to each, (one,).

    Infinitely like where several of them say the same, in any language: then it tells nothing.
    """
    others = [other for other in background if other.document != one.document and len(other.texts)]
    if not others:
        return np.zeros(len(one.texts))
    best = np.stack([_likenesses(encoder, one, other).max(axis=1) for other in others])
    repeated = (best > SAYS_THE_SAME).sum(axis=0) >= REPEATED_NEARBY
    return np.where(repeated, np.inf, best.mean(axis=0))
