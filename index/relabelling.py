"""A document's languages are corrected: its passages follow, and the sums of vectors with them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from index.library import Vectors


def relabel(connection: sqlite3.Connection, name: str, languages: Sequence[str] | None) -> None:
    """Give a document's passages languages that it has.

    A passage in none of them takes the first. What was found stays in `found_language`, and vectors
    stay as they are.

    Parameters
    ----------
    languages : of the document; None gives every passage the language that was found.
    """
    found = connection.execute(
        "SELECT passage, language, coalesce(found_language, language), vector FROM passages "
        "JOIN vectors USING (passage) WHERE document = ?",
        (name,),
    ).fetchall()
    changed = []
    for passage, now, read, vector in found:
        new = read if not languages or read in languages else languages[0]
        if new != now:
            changed.append((passage, now, new, read, np.frombuffer(vector, "<f2")))
    if not changed:
        return
    connection.executemany(
        "UPDATE passages SET language = ?, found_language = ? WHERE passage = ?",
        [(new, read if new != read else None, passage) for passage, _, new, read, _ in changed],
    )
    vectors = np.stack([vector for *_, vector in changed]).astype(np.float32)
    add_to_sums(connection, [now for _, now, *_ in changed], vectors, -1)
    add_to_sums(connection, [new for _, _, new, *_ in changed], vectors, 1)


def add_to_sums(
    connection: sqlite3.Connection, languages: Sequence[str], added: Vectors, sign: int
) -> None:
    """Keep each language's sum of vectors, so that its mean costs nothing to know."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for row, language in enumerate(languages):
        by_language[language].append(row)
    stored = added.astype("<f2").astype(np.float64)
    for language, places in by_language.items():
        kept = connection.execute(
            "SELECT passages, total FROM language_sums WHERE language = ?", (language,)
        ).fetchone()
        count, total = (kept[0], np.frombuffer(kept[1], "<f8")) if kept else (0, 0.0)
        total = total + sign * stored[places].sum(axis=0)
        connection.execute(
            "INSERT OR REPLACE INTO language_sums VALUES (?, ?, ?)",
            (language, count + sign * len(places), np.asarray(total, "<f8").tobytes()),
        )
