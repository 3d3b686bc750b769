"""`caselib search` says when the best evidence is in languages that the asker does not read."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from caselib.command_line import app
from index.encoding import Encoder
from index.library import Library

QUESTION = "Quel registre offre des sites aux écoles rurales ?"


def _search(library: Library, *options: str) -> str:
    result = CliRunner().invoke(app, ["--library", library.url, "search", QUESTION, *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_languages_of_the_best_evidence_are_told(seven: Library, encoder: Encoder) -> None:
    assert "languages that you may not read: zh." in _search(seven)
    assert "may not read" not in _search(seven, "--reads", "zh")


def test_json_says_whether_the_asker_reads_it(seven: Library, encoder: Encoder) -> None:
    assert json.loads(_search(seven, "--json"))["best_evidence"] == {
        "languages": ["zh"],
        "read": False,
    }
    read = json.loads(_search(seven, "--json", "--reads", "zh"))["best_evidence"]["read"]
    assert read is True


def test_json_marks_what_the_question_names_in_another_language(
    seven: Library, encoder: Encoder
) -> None:
    result = CliRunner().invoke(
        app, ["--library", seven.url, "search", "註冊局鎖定", "--json", "--limit", "1"]
    )
    (hit,) = json.loads(result.stdout)["hits"]
    assert hit["language"] == "fr" and hit["why"] == "both"
    assert "verrou de registre" in [hit["text"][start:end] for start, end in hit["marks"]]
