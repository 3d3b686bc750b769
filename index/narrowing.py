"""Filters become SQL: exact for a search, and counted for the choices beside it."""

from __future__ import annotations

import json
import sqlite3
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
    found = connection.execute(f"SELECT p.passage FROM passages p WHERE {condition}", values)
    return np.fromiter((passage for (passage,) in found), np.int64)


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
    return {
        name: _by_year(found) if name == "year" else _by_count(found)
        for name in FACETS
        for found in [_count(connection, name, filters)]
    }


def _count(connection: sqlite3.Connection, name: str, filters: Filters) -> dict[str, int]:
    condition, values = of_documents(filters, leave_out=name)
    table, column = _LISTS.get(name) or ("documents", _COLUMNS[name])
    among = f"document IN (SELECT d.document FROM documents d WHERE {condition})" if values else "1"
    found = connection.execute(
        f"SELECT {column}, count(*) FROM {table} WHERE {among} GROUP BY {column}", values
    )
    counts = {str(value): int(count) for value, count in found if value not in (None, "")}
    if name == "registry":
        counts |= _with_families(connection, counts, among, values)
    return counts


def _with_families(
    connection: sqlite3.Connection, counts: dict[str, int], among: str, values: list[Any]
) -> dict[str, int]:
    """Counts of the ASCII ccTLDs whose registry runs others that documents are about too."""
    found = {}
    for head in {registry_head(code) for code in counts if not code.isascii()}:
        (found[head],) = connection.execute(
            "SELECT count(DISTINCT document) FROM registries "
            f"WHERE registry IN (SELECT value FROM json_each(?)) AND {among}",
            [json.dumps(registry_family(head)), *values],
        ).fetchone()
    return found


def _by_count(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _by_year(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: -int(item[0])))
