"""A map of documents by meaning: neighbours on the plane treat like subjects, in any language.

Documents are compared by their subject as `search/similar.py` does, each language's usual vector
taken away first, so that languages do not make the clusters; the plane is made by t-SNE (van der
Maaten and Hinton 2008) from a start by principal components, so that it comes out the same every
time. Distances beyond the neighbourhood say nothing. `benchmarks/landscape.py` measures it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from index.encoding import Encoder
from index.library import Library, Record, Vectors
from index.topics import is_list_of_sources
from search.neighbours import read
from search.similar import subjects_of
from search.statements import unit

MOST: Final = 3000
"""Documents that are laid out together; further ones are put among their nearest."""
_PERPLEXITY: Final = 25.0
"""About how many neighbours each document is held against; fewer in a small library."""
_FEWEST: Final = 5
"""Documents from which t-SNE makes sense."""
_NEAREST: Final = 3

Places = npt.NDArray[np.float64]


def subjects(library: Library, encoder: Encoder, records: Sequence[Record]) -> Vectors:
    """The subject of each document, (documents, dimension), of length 1; 0 for one without text."""
    found = np.zeros((len(records), library.recipe.dimension), np.float32)
    for row, record in enumerate(records):
        reading = read(library, record.document)
        own = [at for at, one in enumerate(reading.passages) if not is_list_of_sources(one.text)]
        if reading.passages:
            chosen = reading.only(own or list(range(len(reading.passages))))
            vectors = subjects_of(library, encoder, chosen.vectors, chosen.languages)
            found[row] = vectors.mean(axis=0)
    return unit(found)


def lay_out(vectors: Vectors) -> Places:
    """Places on a plane, (documents, 2), each coordinate from 0 to 1.

    Parameters
    ----------
    vectors : (documents, dimension), of length 1.
    """
    first = vectors[:MOST]
    placed = _beside(first) if len(first) >= _FEWEST else components(first)
    if len(vectors) > MOST:
        likeness = vectors[MOST:] @ first.T
        nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :_NEAREST]
        placed = np.concatenate([placed, placed[nearest].mean(axis=1)])
    low, high = (placed.min(axis=0), placed.max(axis=0)) if len(placed) else (0.0, 1.0)
    return np.asarray((placed - low) / np.maximum(np.subtract(high, low), 1e-9), np.float64)


def _beside(vectors: Vectors) -> Places:
    from sklearn.manifold import TSNE

    perplexity = min(_PERPLEXITY, (len(vectors) - 1) / 3)
    made = TSNE(2, perplexity=perplexity, init=components(vectors) * 1e-4, random_state=0)
    # On one thread: so small a task is many times slower on several of a busy machine.
    with threadpool_limits(1):
        return np.asarray(made.fit_transform(vectors), np.float64)


def components(vectors: Vectors) -> Places:
    """The first two principal components, (documents, 2), the first with a deviation of 1."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0) if len(vectors) else vectors
    left, lengths, _ = np.linalg.svd(centred, full_matrices=False)
    found = np.zeros((len(vectors), 2))
    width = min(2, len(lengths))
    found[:, :width] = left[:, :width] * lengths[:width]
    # A component's sign is arbitrary: its largest entry is made positive.
    for column in range(width):
        found[:, column] *= np.sign(found[np.abs(found[:, column]).argmax(), column]) or 1.0
    return found / max(float(found[:, 0].std()) if len(found) else 0.0, 1e-9)


def nearest(points: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.int64]:
    """For each point the rows of its nearest others, (points, count), nearest first."""
    squares = (points**2).sum(axis=1)
    distances = squares[:, None] + squares[None, :] - 2 * points @ points.T
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1, kind="stable")[:, :count]
