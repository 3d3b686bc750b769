"""A document taken from the library, and the documents that hold passages like its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoding import Encoder
from index.library import Filters, Library, StoredPassage, Vectors

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The passages of a document with their vectors.

    Attributes
    ----------
    vectors : (passages, dimension).
    """

    document: str
    passages: tuple[StoredPassage, ...]
    vectors: Vectors

    @property
    def languages(self) -> list[str]:
        """The language of each passage."""
        return [passage.language for passage in self.passages]

    def only(self, places: list[int]) -> Reading:
        """The passages at some places alone."""
        passages = tuple(self.passages[place] for place in places)
        return Reading(self.document, passages, self.vectors[places])


def read(library: Library, document: str) -> Reading:
    """A document's passages and vectors, by its whole identifier.

    Raises
    ------
    NotInLibrary : no such document.
    """
    passages = tuple(library.passages_of(document))
    return Reading(
        document, passages, library.vectors_of([passage.passage for passage in passages])
    )


def spread(count: int, at_most: int) -> list[int]:
    """Places in a row of `count`, evenly over its length, `at_most` of them."""
    if count <= at_most:
        return list(range(count))
    return [int(place) for place in np.linspace(0, count - 1, at_most).round()]


def near_documents(
    library: Library,
    queries: Vectors,
    per_query: int,
    own: str,
    worth: Callable[[int, StoredPassage, float], float],
    filters: Filters = Filters(),
) -> dict[str, Scores]:
    """Documents that hold one of the nearest passages of a query, with their best one's worth.

    The cost is that of one look into the index for each query, whatever the library holds.

    Parameters
    ----------
    queries : (queries, dimension).
    per_query : passages that the index proposes for each.
    own : a document that is left out.
    worth : what a passage counts for, by query, passage and inner product.

    Returns
    -------
    For each document (queries,); 0 where none of its passages was near.
    """
    found: dict[str, Scores] = {}
    for place, passage, score in _near_passages(library, queries, per_query, filters):
        if passage.document != own:
            row = found.setdefault(passage.document, np.zeros(len(queries)))
            row[place] = max(row[place], worth(place, passage, score))
    return found


def _near_passages(
    library: Library, queries: Vectors, per_query: int, filters: Filters
) -> Iterator[tuple[int, StoredPassage, float]]:
    hits = [library.nearest(query, per_query, filters) for query in queries]
    passages = library.passages(sorted({int(number) for ids, _ in hits for number in ids}))
    for place, (ids, scores) in enumerate(hits):
        for number, score in zip(ids, scores, strict=True):
            if (passage := passages.get(int(number))) is not None:
                yield place, passage, float(score)


def best_of(found: dict[str, Scores], limit: int) -> list[str]:
    """The documents whose sums are highest, best first."""
    return sorted(found, key=lambda document: (-float(found[document].sum()), document))[:limit]


def affinity_matrix(encoder: Encoder, one: Sequence[str], other: Sequence[str]) -> Scores:
    """The affinity of each language in one list with each in another, (one, other)."""
    languages = sorted({*one, *other})
    table = np.array(
        [[encoder.affinity(first, second) for second in languages] for first in languages]
    )
    rows = [languages.index(language) for language in one]
    columns = [languages.index(language) for language in other]
    return np.asarray(table[np.ix_(rows, columns)])
