"""The catalogue is exported whole, and a title is never a command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from desk import decisions, export
from desk.stores import Desk
from tests.desk.conftest import LIBRARIAN

Deposit = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        '=HYPERLINK("https://evil.example","x")',
        "＝1+1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_cell_that_a_spreadsheet_would_compute_is_text(title: str) -> None:
    assert export.harmless(title) == f"'{title}"
    assert export.harmless(f"a {title}") == f"a {title}"


def test_csv_and_json_say_the_same_of_what_is_public(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited()
    deposited("# Hidden\n\nStill waiting.", "hidden.md")
    decisions.approve(desk, LIBRARIAN, document)
    decisions.correct(desk, LIBRARIAN, document, "title", '=SUM(1), "x"; y')
    decisions.correct(desk, LIBRARIAN, document, "authors", ["Ana García", "-Bo"])
    rows = list(
        csv.DictReader(io.StringIO(export.export(desk, "csv", "https://x.example/document")))
    )
    entries = json.loads(export.export(desk, "json", "https://x.example/document"))
    assert [row["document"] for row in rows] == [entry["document"] for entry in entries]
    assert len(rows) == 2
    row = next(row for row in rows if row["document"] == document)
    entry = next(entry for entry in entries if entry["document"] == document)
    assert row["title"] == '\'=SUM(1), "x"; y' and entry["title"] == '=SUM(1), "x"; y'
    assert row["authors"] == "Ana García; -Bo"
    assert (row["licence"], entry["licence"]) == ("CC BY 4.0", "CC BY 4.0")
    assert entry["link"] == f"https://x.example/document?document={document}"
    assert entry["registries"] == ["ke"] and row["registries"] == "ke"


def test_bibtex_and_ris_have_one_entry_a_document(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited()
    decisions.approve(desk, LIBRARIAN, document)
    entries = export.export(desk, "bibtex", "https://x.example/document")
    assert entries.count("\n@") + entries.startswith("@") == 2
    assert f"document={document}" in entries
    references = export.export(desk, "ris")
    assert references.count("TY  - ") == references.count("ER  - ") == 2
    assert "Zebra tender" in references and "UR  -" not in references


def test_an_empty_library_gives_empty_files(desk: Desk) -> None:
    (record,) = desk.library.records()
    decisions.unpublish(desk, LIBRARIAN, record.document)
    assert export.export(desk, "csv").strip() == "document,title"
    assert json.loads(export.export(desk, "json")) == []
    assert export.export(desk, "bibtex") == export.export(desk, "ris") == ""
