"""The space of the field's concepts: what of a vector tells one subject from another.

A vector holds language, names and manner of writing beside its subject. A definition of the
glossary, averaged over the languages that it is written in, holds its subject alone; what of
another vector lies in the span of these averages is its subject, in any language. This is
cross-language explicit semantic analysis (Potthast, Stein and Anderka 2008, doi:10.1007/
978-3-540-78646-7_51) with the glossary's entries as concepts, brought to their principal axes.
"""

from __future__ import annotations

import functools
import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from index.embedders import models_folder
from index.encoding import Encoder
from index.library import Vectors

GLOSSARY = Path(__file__).resolve().parent.parent / "data" / "glossary" / "terms.yaml"

AXES = 100
"""Principal axes of the entries that are kept; any from 60 to 120 do as well."""


@dataclass(frozen=True, slots=True, eq=False)
class ConceptSpace:
    """The principal axes of the glossary's entries.

    Attributes
    ----------
    axes : (axes, dimension), at right angles and of length 1.
    centre : (dimension,), the mean entry.
    """

    axes: Vectors
    centre: Vectors

    def subject(self, vectors: Vectors) -> Vectors:
        """The part of vectors that lies in the space, still (…, dimension)."""
        return np.asarray(vectors @ self.axes.T @ self.axes, np.float32)


@functools.lru_cache(maxsize=2)
def concept_space(encoder: Encoder) -> ConceptSpace:
    """The space of an encoder, learnt once (about 20 s) and kept beside the models.

    Raises
    ------
    ModelUnavailable : the model cannot be had.
    """
    glossary = GLOSSARY.read_bytes()
    key = hashlib.sha256(f"{encoder.recipe.digest} {AXES} ".encode() + glossary).hexdigest()[:16]
    path = models_folder() / f"concepts-{key}.npz"
    kept = _read(path)
    if kept is None:
        kept = _learn(encoder, yaml.load(glossary, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        _write(path, kept)
    return kept


def _learn(encoder: Encoder, entries: list[dict[str, Any]]) -> ConceptSpace:
    languages = list(entries[0]["definition"])
    entry_vectors = np.mean(
        [
            encoder.encode(
                [f"{entry['terms'][code][0]}: {entry['definition'][code]}" for entry in entries],
                [code] * len(entries),
                "passage",
            )
            for code in languages
        ],
        axis=0,
    )
    centre = entry_vectors.mean(axis=0)
    centred = entry_vectors - centre
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-12)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:AXES]
    return ConceptSpace(np.asarray(axes, np.float32), np.asarray(centre, np.float32))


def _read(path: Path) -> ConceptSpace | None:
    try:
        with np.load(path) as stored:
            return ConceptSpace(stored["axes"], stored["centre"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _write(path: Path, space: ConceptSpace) -> None:
    """Keep a space in a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(partial, axes=space.axes, centre=space.centre)
    os.replace(partial, path)
