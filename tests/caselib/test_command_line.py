"""The command line is stable: its JSON, its exit codes, its sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from caselib.command_line import app
from index.encoding import Encoder
from tests.conftest import TEXTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "cases" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "cases"


class CommandLine:
    """The commands, on one library."""

    def __init__(self, library: Path) -> None:
        self.library = library

    def run(self, *words: str, input: str | None = None) -> Result:
        return CliRunner().invoke(app, ["--library", str(self.library), *words], input=input)

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json").stdout)


@pytest.fixture
def caselib(tmp_path: Path, encoder: Encoder) -> CommandLine:
    return CommandLine(tmp_path / "library")


def test_a_folder_is_added_searched_listed_shown_and_removed(
    caselib: CommandLine, folder: Path
) -> None:
    added = caselib.json("add", str(folder))
    assert {outcome["status"] for outcome in added} == {"added"}
    assert set(added[0]) >= {
        *("file", "status", "document", "title", "pages", "passages", "languages", "reason")
    }
    found = caselib.json("search", "كيف تحمي البنوك أسماءها؟", "--limit", "3")
    assert (found["language"], len(found["hits"])) == ("ar", 3)
    first = found["hits"][0]
    assert first["title"] == "Verrouillage des noms"
    assert {"document", "title", "registries", "page", "language", "score", "text"} <= set(first)
    listed = caselib.json("list")
    assert len(listed) == 7
    shown = caselib.json("show", first["document"])
    assert "verrou de registre" in shown["text"][0]["text"]
    assert caselib.json("remove", first["document"])["status"] == "removed"
    assert len(caselib.json("list")) == 6
    assert caselib.json("check") == {"whole": True, "findings": []}


def test_the_same_file_again_is_a_duplicate_and_no_failure(
    caselib: CommandLine, folder: Path
) -> None:
    path = str(folder / "lock.md")
    caselib.run("add", path)
    again = caselib.run("add", path, "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)[0]["status"] == "duplicate"


def test_a_bad_file_does_not_stop_the_others_and_the_exit_code_says_so(
    caselib: CommandLine, folder: Path
) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    result = caselib.run("add", str(folder), str(folder / "missing.pdf"), "--json")
    outcomes = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [outcome["status"] for outcome in outcomes].count("added") == 7
    failed = [outcome for outcome in outcomes if outcome["status"] == "failed"]
    assert len(failed) == 2
    assert all(outcome["reason"].count(".") >= 1 for outcome in failed)


@pytest.mark.parametrize("command", [["list"], ["search", "x"], ["show", "0123456789"], ["check"]])
def test_without_a_library_each_command_says_what_to_do(
    caselib: CommandLine, command: list[str]
) -> None:
    result = caselib.run(*command)
    assert result.exit_code == 1
    assert "add a file" in result.output


def test_a_language_narrows_the_search(caselib: CommandLine, folder: Path) -> None:
    caselib.run("add", str(folder))
    found = caselib.json("search", "registry", "--language", "zh", "--language", "ru")
    assert {hit["language"] for hit in found["hits"]} == {"zh", "ru"}


def test_an_unknown_document_is_exit_code_one(caselib: CommandLine, folder: Path) -> None:
    caselib.run("add", str(folder / "lock.md"))
    for command in ("show", "remove"):
        result = caselib.run(command, "ffffffffffff")
        assert result.exit_code == 1
        assert "There is no document" in result.output


def test_the_installed_command_runs(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "caselib", "list"],
        capture_output=True,
        text=True,
        env={**os.environ, "CASELIB_LIBRARY": str(tmp_path / "none")},
        cwd=Path(__file__).parents[2],
    )
    assert result.returncode == 1
    assert "There is no library" in result.stderr
    assert "Traceback" not in result.stderr
