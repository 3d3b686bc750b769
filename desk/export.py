"""The catalogue and its citations, for other programs: CSV, JSON, BibTeX and RIS."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from desk.depositing import licence_of
from desk.stores import Desk
from index.library import Record
from search.citations import bibtex, ris

FORMATS: Final = ("csv", "json", "bibtex", "ris")
MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
ENDINGS: Final = {"csv": "csv", "json": "json", "bibtex": "bib", "ris": "ris"}

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take a cell for a formula by (OWASP, CSV Injection), full-width ones too."""


def export(desk: Desk, format_: str, address: str = "") -> str:
    """What is public, in one of `FORMATS`.

    Parameters
    ----------
    address : of the page of a document, to which its identifier is added; `` for no links.
    """
    records = desk.library.records()
    entries: dict[str, Callable[[], str]] = {
        "csv": lambda: _csv([_row(desk, record, address) for record in records]),
        "json": lambda: (
            json.dumps(
                [_row(desk, record, address) for record in records], ensure_ascii=False, indent=2
            )
            + "\n"
        ),
        "bibtex": lambda: "\n".join(bibtex(one, _link(address, one)) for one in records),
        "ris": lambda: "\r\n".join(ris(one, _link(address, one)) for one in records),
    }
    return entries[format_]()


def _link(address: str, record: Record) -> str:
    return f"{address}?document={record.document}" if address else ""


def _row(desk: Desk, record: Record, address: str) -> dict[str, Any]:
    return {
        "document": record.document,
        "title": record.title,
        "authors": list(record.authors),
        "year": record.year,
        "registries": list(record.registries),
        "regions": list(record.regions),
        "topics": list(record.topics),
        "kind": record.kind,
        "languages": list(record.languages),
        "pages": record.pages,
        "filename": record.filename,
        "media_type": record.media_type,
        "bytes": record.size,
        "licence": licence_of(desk, record.document),
        "added": record.added,
        "sha256": record.sha256,
        "link": _link(address, record),
    }


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    """RFC 4180, several values of a cell with semicolons between them."""
    written = io.StringIO(newline="")
    columns = list(rows[0]) if rows else ["document", "title"]
    writer = csv.DictWriter(written, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: harmless(_cell(value)) for name, value in row.items()})
    return written.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what might be."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_BEGINS_A_FORMULA) else cell
