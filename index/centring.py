"""Centring: each language's mean vector is taken away, so that languages lie over one another.

Multilingual encoders give every language a region of its own; a question then finds passages of
its language first, whatever they say. With the mean of each language removed most of that is gone
(Yang et al. 2021, arXiv:2104.06511, 'language agnosticity via mean removal').
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embedders import Embedder, Role, Vectors

ROLES: tuple[Role, Role] = ("query", "passage")

Means = dict[tuple[Role, str], Vectors]
"""The mean vector of a language in a role; the language `` stands for the mean over all."""

Affinities = dict[tuple[str, str], float]
"""How like a question in one language and its translation, as a passage in another, come out."""


@dataclass(frozen=True, slots=True)
class Centring:
    """What was learnt of one embedder from parallel sentences."""

    means: Means
    affinities: Affinities


def read_parallel(path: Path) -> dict[str, list[str]]:
    """Parallel sentences, a column a language (`data/parallel/sentences.tsv`)."""
    header, *rows = [
        line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line
    ]
    return {language: [row[column] for row in rows] for column, language in enumerate(header)}


def fit(embedder: Embedder, parallel: Mapping[str, list[str]]) -> Centring:
    """Learn an embedder's language means and how well it joins each pair of languages.

    Chinese in both scripts shares one mean, since a passage says `zh` for either.

    Parameters
    ----------
    parallel : by language (`zh-Hant` beside `zh`), the same sentences in the same order.
    """
    vectors = {
        (role, column): embedder.embed(sentences, role)
        for role in ROLES
        for column, sentences in parallel.items()
    }
    by_language: dict[str, list[str]] = {}
    for column in parallel:
        by_language.setdefault(column.partition("-")[0], []).append(column)
    means: Means = {
        (role, language): np.mean(
            [vectors[role, column].mean(axis=0) for column in columns], axis=0, dtype=np.float32
        )
        for role in ROLES
        for language, columns in by_language.items()
    }
    for role in ROLES:
        means[role, ""] = np.mean(
            [means[role, language] for language in by_language], axis=0, dtype=np.float32
        )
    centred = {
        (role, language): centre(
            vectors[role, columns[0]], [language] * len(parallel[columns[0]]), role, means
        )
        for role in ROLES
        for language, columns in by_language.items()
    }
    affinities = {
        (asked, found): float(
            (centred["query", asked] * centred["passage", found]).sum(axis=1).mean()
        )
        for asked in by_language
        for found in by_language
    }
    return Centring(means, affinities)


def centre(vectors: Vectors, languages: list[str], role: Role, means: Means) -> Vectors:
    """Take each vector's language mean away and bring it back to length 1.

    Parameters
    ----------
    vectors : (texts, dimension).
    languages : of each text; one that is not among the means gets the mean over all.
    """
    if not len(vectors):
        return vectors
    fallback = means[role, ""]
    centred = vectors - np.stack([means.get((role, language), fallback) for language in languages])
    norms: npt.NDArray[np.float32] = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(norms, 1e-12), np.float32)


def digest(centrings: Iterable[Centring]) -> str:
    """Sixteen hexadecimal digits that differ where the means do (beyond rounding)."""
    state = hashlib.sha256()
    for centring in centrings:
        for role, language in sorted(centring.means):
            state.update(f"{role} {language}".encode())
            state.update(np.round(centring.means[role, language], 2).astype(np.float32).tobytes())
    return state.hexdigest()[:16]


def write(path: Path, centring: Centring) -> None:
    """Keep what was learnt in a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.npz")
    named: dict[str, Any] = {
        f"{role}.{language}": mean for (role, language), mean in centring.means.items()
    }
    named["affinities"] = json.dumps(
        [[asked, found, value] for (asked, found), value in centring.affinities.items()]
    )
    np.savez(partial, **named)
    os.replace(partial, path)


def read(path: Path) -> Centring | None:
    """What was kept in a file, or None where there is none that is whole."""
    try:
        with np.load(path) as stored:
            means: Means = {
                (role, name.partition(".")[2]): stored[name]
                for name in stored.files
                for role in ROLES
                if name.startswith(f"{role}.")
            }
            affinities = {
                (asked, found): value
                for asked, found, value in json.loads(str(stored["affinities"]))
            }
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return Centring(means, affinities)
