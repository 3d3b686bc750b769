"""The FAISS index: found from SQLite, kept as a file, behind or lost at no cost but time."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np

from index.library import Ids, Vectors

_FILE = "passages.faiss"
_STAND = "passages.json"


class VectorIndex:
    """Passage vectors in memory, searched exactly by inner product.

    Vectors are kept as float16 (half the memory; recall@10 of 1.0 against float32 was measured).

    Parameters
    ----------
    dimension : numbers in one vector.
    version : the library's transaction that this index holds.
    """

    def __init__(self, dimension: int, version: int = 0) -> None:
        flat = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._index: Any = faiss.IndexIDMap2(flat)
        self.version = version
        self.written = 0

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in vectors, (len(ids), dimension), under ids of the library's own giving."""
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), ids)

    def remove(self, ids: Ids) -> None:
        """Leave out ids; those that are not there are passed over."""
        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(ids))

    def search(self, query: Vectors, limit: int, among: Ids | None = None) -> tuple[Ids, Vectors]:
        """The ids that score highest against a query vector, best first.

        Parameters
        ----------
        query : (dimension,).
        among : search these ids only, exactly; all if None.
        """
        limit = min(limit, len(self) if among is None else len(among))
        if limit < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(np.ascontiguousarray(among, np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, ids = self._index.search(
            np.ascontiguousarray(query[None], np.float32), limit, params=parameters
        )
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def write(self, folder: Path) -> None:
        """Keep the index in a folder; a reader meets the old one or the new one, never a half."""
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{_FILE}.{os.getpid()}"
        faiss.write_index(self._index, str(partial))
        stand = folder / f"{_STAND}.{os.getpid()}"
        stand.write_text(
            json.dumps(
                {"version": self.version, "passages": len(self), "bytes": partial.stat().st_size}
            )
        )
        os.replace(partial, folder / _FILE)
        os.replace(stand, folder / _STAND)
        self.written = len(self)

    @classmethod
    def read(cls, folder: Path, dimension: int) -> Self | None:
        """The index kept in a folder, or None where there is none that is whole."""
        try:
            stand = json.loads((folder / _STAND).read_text())
            path = folder / _FILE
            if path.stat().st_size != stand["bytes"]:
                return None
            kept = faiss.read_index(str(path))
        except (OSError, ValueError, KeyError, RuntimeError):
            return None
        if kept.d != dimension or kept.ntotal != stand["passages"]:
            return None
        index = cls(dimension, int(stand["version"]))
        index._index = kept
        index.written = len(index)
        return index
