"""Filters become SQL: exact for a search, and counted for the choices beside it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from index.library import FACETS, Filters, Ids
from ingest.registry_names import registry_family, registry_head

Condition = tuple[str, list[Any]]
"""A condition and the values of its question marks."""

_LISTS: Final = {
    "language": ("languages", "language"),
    "topic": ("topics", "topic"),
    "registry": ("registries", "registry"),
    "region": ("regions", "region"),
}
_COLUMNS: Final = {"year": "year", "kind": "kind", "format": "media_type"}


def matching(connection: sqlite3.Connection, filters: Filters) -> Ids:
    """Numbers of all passages that pass the filters."""
    condition, values = of_passages(filters)
    # A document's passages were numbered in one go: most documents are one run of numbers.
    found = np.array(
        connection.execute(
            "SELECT min(p.passage), max(p.passage), count(*) FROM passages p "
            f"INDEXED BY passages_by_document WHERE {condition} GROUP BY p.document",
            values,
        ).fetchall(),
        np.int64,
    ).reshape(-1, 3)
    first, last, many = found.T
    whole = last - first + 1 == many
    starts = np.repeat(first[whole] - np.cumsum(many[whole]) + many[whole], many[whole])
    runs = starts + np.arange(len(starts))
    if whole.all():
        return runs
    between = json.dumps([[int(a), int(b)] for a, b, _ in found[~whole]])
    rest = connection.execute(
        "SELECT p.passage FROM json_each(?) run CROSS JOIN passages p "
        "ON p.passage BETWEEN json_extract(run.value, '$[0]') AND json_extract(run.value, '$[1]') "
        f"WHERE {condition}",
        (between, *values),
    )
    return np.concatenate([runs, np.array([number for (number,) in rest], np.int64)])


def of_passages(filters: Filters) -> Condition:
    """The condition on a passage `p`: its own language, and its document's other properties."""
    conditions, values = ["1"], list[Any]()
    if filters.languages:
        conditions.append("p.language IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(filters.languages))
    condition, further = of_documents(filters, leave_out="language")
    if further:
        conditions.append(f"p.document IN (SELECT d.document FROM documents d WHERE {condition})")
        values += further
    return " AND ".join(conditions), values


def of_documents(filters: Filters, leave_out: str = "") -> Condition:
    """The condition on a document `d`.

    Parameters
    ----------
    leave_out : a name of `FACETS` whose own filter does not count.
    """
    wanted: dict[str, Sequence[str]] = {
        "language": filters.languages,
        "topic": filters.topics,
        "registry": [code for name in filters.registries for code in registry_family(name)],
        "region": filters.regions,
        "kind": filters.kinds,
        "format": filters.media_types,
    }
    conditions, values = ["1"], list[Any]()
    for name, among in wanted.items():
        if not among or name == leave_out:
            continue
        if name in _LISTS:
            table, column = _LISTS[name]
            conditions.append(
                f"d.document IN (SELECT document FROM {table} "
                f"WHERE {column} IN (SELECT value FROM json_each(?)))"
            )
        else:
            conditions.append(f"d.{_COLUMNS[name]} IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(among)))
    for sign, year in ((">=", filters.first_year), ("<=", filters.last_year)):
        if year is not None and leave_out != "year":
            conditions.append(f"d.year {sign} ?")
            values.append(year)
    return " AND ".join(conditions), values


def facets(connection: sqlite3.Connection, filters: Filters) -> dict[str, dict[str, int]]:
    """Documents by each value of each of `FACETS`, under the filters of the others."""
    counts: dict[str, dict[str, int]] = {}
    # One look at the library: what is added meanwhile counts in all facets or in none.
    connection.execute("BEGIN")
    try:
        for condition, names in _by_condition(filters).items():
            counts |= _counts(connection, names, condition, of_documents(filters, names[0])[1])
        condition, values = of_documents(filters, "registry")
        counts["registry"] |= _heads(connection, counts["registry"], condition, values)
    finally:
        connection.execute("COMMIT")
    return {
        name: (_by_year if name == "year" else _by_count)(counts.get(name, {})) for name in FACETS
    }


def _by_condition(filters: Filters) -> dict[str, list[str]]:
    """The facets by the condition that they are counted under: mostly the same for all."""
    together: dict[str, list[str]] = {}
    for name in FACETS:
        together.setdefault(of_documents(filters, name)[0], []).append(name)
    return together


def _counts(
    connection: sqlite3.Connection, names: Sequence[str], condition: str, values: list[Any]
) -> dict[str, dict[str, int]]:
    """Documents by value of facets that are counted under one condition."""
    parts = []
    for name in names:
        table, column = _LISTS.get(name) or ("documents", _COLUMNS[name])
        # CROSS JOIN keeps SQLite from reading a whole table for a few chosen documents.
        among = f"chosen CROSS JOIN {table} USING (document)" if values else table
        parts.append(f"SELECT '{name}', {column}, count(*) FROM {among} GROUP BY {column}")
    chosen = (
        f"WITH chosen AS MATERIALIZED (SELECT d.document FROM documents d WHERE {condition}) "
        if values
        else ""
    )
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    for name, value, count in connection.execute(chosen + " UNION ALL ".join(parts), values):
        if value not in (None, ""):
            counts[name][str(value)] = int(count)
    return counts


def _heads(
    connection: sqlite3.Connection, counts: dict[str, int], condition: str, values: list[Any]
) -> dict[str, int]:
    """Counts of the ASCII ccTLDs whose registry runs internationalised ones that are counted."""
    among = f"SELECT d.document FROM documents d WHERE {condition}"
    found = connection.execute(
        "SELECT document, registry FROM registries WHERE document IN "
        # Internationalised codes sort after all ASCII ones.
        "(SELECT document FROM registries WHERE registry > '~') "
        + (f"AND document IN ({among})" if values else ""),
        values,
    )
    codes: dict[str, set[str]] = defaultdict(set)
    for document, code in found:
        codes[document].add(code)
    more = Counter(
        head
        for own in codes.values()
        for head in {registry_head(code) for code in own if not code.isascii()} - own
    )
    return {head: counts.get(head, 0) + count for head, count in more.items()}


def _by_count(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _by_year(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: -int(item[0])))
