"""An embedder for tests that start many processes: words hashed into a vector, in no time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.centring import ROLES, Centring
from index.embedders import Role, Vectors
from index.encoding import Encoder

DIMENSION = 64


class HashedWords:
    """Counts words in hashed places; the same words give the same vector in every process.

    Parameters
    ----------
    log : where every text is written that is embedded, a line each.
    revision : another one gives other vectors.
    """

    model = "hashed words"
    dimension = DIMENSION

    def __init__(self, log: Path | None = None, revision: str = "1") -> None:
        self._log = log
        self.revision = revision

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        vectors = np.full((len(texts), DIMENSION), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                salt = self.revision.encode()
                digest = hashlib.blake2b(word.encode(), digest_size=8, salt=salt).digest()
                vectors[row, digest[0] % DIMENSION] += 1 if digest[1] % 2 else -1
        if self._log is not None and role == "passage":
            lines = "".join(" ".join(text.split()) + "\n" for text in texts)
            with self._log.open("ab", buffering=0) as file:
                os.write(file.fileno(), lines.encode())
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def hashing_encoder(log: Path | None = None, revision: str = "1") -> Encoder:
    """An encoder of that embedder alone, without centring."""
    zero = np.zeros(DIMENSION, np.float32)
    return Encoder(
        [(HashedWords(log, revision), 1.0)], [Centring({(role, ""): zero for role in ROLES}, {})]
    )
