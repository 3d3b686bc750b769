"""The FAISS index: found from SQLite, kept as a file, behind or lost at no cost but time."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
import numpy.typing as npt

from index.library import Ids, Vectors

EXACT_UP_TO = 100_000
"""Passages that are searched through one by one; more are searched by neighbourhood."""

LISTS = 512
"""Neighbourhoods of vectors, of which a search visits the nearest."""

SAMPLE = 40 * LISTS
"""Vectors from which neighbourhoods are learnt."""

_LEAST_VISITED = 0.12
"""Share of the neighbourhoods that a search visits at least: recall of the first 200 of a million
stays above 0.97."""

_WORTH_SHARING = 150_000
"""Vectors looked at from which the processor's cores share a query."""

_CORES = faiss.omp_get_max_threads()
_ITERATIONS = 8
_MARGIN = 0.1
_CHUNK = 8192
_FILE = "passages.faiss"
_STAND = "passages.json"


class Selection:
    """A set of passages, a bit each; what a search is narrowed to."""

    def __init__(self, ids: Ids) -> None:
        self.count = len(ids)
        among = np.zeros(int(ids.max()) + 1 if len(ids) else 1, np.bool_)
        among[ids] = True
        self.bits = np.packbits(among, bitorder="little")

    def holds(self, ids: Ids) -> npt.NDArray[np.bool_]:
        """Which of some ids are in the set."""
        within = (ids >= 0) & (ids < 8 * len(self.bits))
        known = np.where(within, ids, 0)
        held: npt.NDArray[np.bool_] = (self.bits[known >> 3] >> (known & 7) & 1).astype(np.bool_)
        return within & held


class VectorIndex:
    """Passage vectors in memory, searched by inner product.

    Up to `exact_up_to` vectors are kept as float16 and searched exactly (half the memory of
    float32 at the same recall). More are kept as 8-bit numbers in lists by their nearest centroid
    (IVF; Jégou et al. 2011, 'Product quantization for nearest neighbor search'), and only the
    lists nearest to a query are searched; ids and scores are then near to exact ones. A search
    that is narrowed visits all lists, so that it misses nothing that passes.

    Parameters
    ----------
    dimension : numbers in one vector.
    version : the library's transaction that this index holds.
    exact_up_to : vectors up to which a search is exact.
    recipe : digest of what the vectors were made with.

    Attributes
    ----------
    last : the highest id that was ever taken in.
    written : vectors in the file that was written last.
    trained : vectors that there were when lists were made; 0 while a search is exact.
    """

    def __init__(
        self,
        dimension: int,
        version: int = 0,
        exact_up_to: int = EXACT_UP_TO,
        recipe: str = "",
    ) -> None:
        flat = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._index: Any = faiss.IndexIDMap(flat)
        self.version = version
        self.exact_up_to = exact_up_to
        self.recipe = recipe
        self.last = 0
        self.written = 0
        self.trained = 0

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def exact(self) -> bool:
        """Whether a search looks at every vector as it is kept in the library."""
        return self.trained == 0

    @property
    def outgrown(self) -> bool:
        """Whether there are four times as many vectors as when its lists were made."""
        return not self.exact and len(self) > 4 * self.trained

    def train(self, sample: Vectors, expected: int) -> None:
        """Search by neighbourhood from now on; what is held moves over.

        Parameters
        ----------
        sample : (SAMPLE or fewer, dimension), drawn at random from what is or will be held.
        expected : vectors that there will be.
        """
        lists = max(1, min(LISTS, len(sample) // 40))
        made: Any = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(self.dimension),
            self.dimension,
            lists,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
            False,
        )
        made.sq.rangestat_arg = _MARGIN
        made.cp.niter = _ITERATIONS
        faiss.omp_set_num_threads(_CORES)
        made.train(np.ascontiguousarray(sample, np.float32))
        for start in range(0, len(self), _CHUNK):
            ids, vectors = self._held(start, min(start + _CHUNK, len(self)))
            made.add_with_ids(vectors, ids)
        self._index = made
        self.trained = expected
        self._share_queries()

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in vectors, (len(ids), dimension), under ids of the library's own giving."""
        if not len(ids):
            return
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), ids)
        self.last = max(self.last, int(ids.max()))
        if self.exact and len(self) > self.exact_up_to:
            chosen = np.random.default_rng(0).permutation(len(self))[:SAMPLE]
            self.train(self._decoded(np.sort(chosen)), len(self))

    def remove(self, ids: Ids) -> None:
        """Leave out ids; those that are not there are passed over."""
        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(ids))

    def search(
        self, query: Vectors, limit: int, among: Selection | None = None
    ) -> tuple[Ids, Vectors]:
        """The ids that score highest against a query vector, best first.

        Parameters
        ----------
        query : (dimension,).
        among : search these only, all of them; everything if None.
        """
        searched = len(self) if among is None else min(among.count, len(self))
        limit = min(limit, searched)
        if limit < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        chosen: dict[str, Any] = {}
        if among is not None:
            chosen["sel"] = faiss.IDSelectorBitmap(among.bits)  # type: ignore[call-arg, arg-type]
        if not self.exact:
            chosen["nprobe"] = self._visited() if among is None else int(self._index.nlist)
        kind = faiss.SearchParameters if self.exact else faiss.SearchParametersIVF
        # On a machine with other work to do, waiting for a second core costs more than it saves.
        shared = not self.exact and among is not None and among.count > _WORTH_SHARING
        faiss.omp_set_num_threads(_CORES if shared else 1)
        scores, ids = self._index.search(
            np.ascontiguousarray(query[None], np.float32), limit, params=kind(**chosen)
        )
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def _share_queries(self) -> None:
        """Let the processor's cores share one query, list by list; a file does not keep this."""
        if not self.exact:
            self._index.parallel_mode = 1

    def _visited(self) -> int:
        """Lists to visit, so that about as many vectors are looked at as in an exact search."""
        lists = int(self._index.nlist)
        share = max(_LEAST_VISITED, min(1.0, self.exact_up_to / len(self)))
        return max(1, round(lists * share))

    def _held(self, start: int, end: int) -> tuple[Ids, Vectors]:
        """Ids and vectors of an exact index, in the order in which they came."""
        ids = faiss.vector_to_array(self._index.id_map)[start:end]
        return ids, self._decoded(np.arange(start, end))

    def _decoded(self, places: Ids) -> Vectors:
        flat: Any = faiss.downcast_index(self._index.index)
        codes = faiss.rev_swig_ptr(flat.codes.data(), len(self) * flat.code_size)
        vectors: Vectors = flat.sa_decode(codes.reshape(len(self), -1)[places])
        return vectors

    def write(self, folder: Path) -> None:
        """Keep the index in a folder; a reader meets the old one or the new one, never a half."""
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{_FILE}.{os.getpid()}"
        faiss.write_index(self._index, str(partial))
        stand = folder / f"{_STAND}.{os.getpid()}"
        stand.write_text(
            json.dumps(
                {
                    "version": self.version,
                    "recipe": self.recipe,
                    "last": self.last,
                    "passages": len(self),
                    "bytes": partial.stat().st_size,
                    "trained": self.trained,
                }
            )
        )
        os.replace(partial, folder / _FILE)
        os.replace(stand, folder / _STAND)
        self.written = len(self)

    @classmethod
    def read(
        cls, folder: Path, dimension: int, exact_up_to: int = EXACT_UP_TO, recipe: str = ""
    ) -> Self | None:
        """The index kept in a folder, or None where there is none of the recipe that is whole."""
        try:
            stand = json.loads((folder / _STAND).read_text())
            path = folder / _FILE
            if path.stat().st_size != stand["bytes"] or stand["recipe"] != recipe:
                return None
            kept = faiss.read_index(str(path))
            version, last = int(stand["version"]), int(stand["last"])
            trained = int(stand["trained"])
        except (OSError, ValueError, KeyError, RuntimeError):
            return None
        if kept.d != dimension or kept.ntotal != stand["passages"]:
            return None
        index = cls(dimension, version, exact_up_to, recipe)
        index._index = kept
        index.trained, index.last = trained, last
        index._share_queries()
        index.written = len(index)
        return index
