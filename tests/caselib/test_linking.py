"""`caselib twins`, `link` and `unlink`: a person decides which documents are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoding import Encoder
from tests.caselib.test_command_line import CommandLine
from tests.conftest import TEXTS


@pytest.fixture
def caselib(tmp_path: Path, encoder: Encoder) -> CommandLine:
    return CommandLine(tmp_path / "library")


def put(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_adding_says_that_a_document_seems_to_be_here_already(
    caselib: CommandLine, tmp_path: Path
) -> None:
    text = TEXTS["anycast.md"]
    (first,) = caselib.json("add", put(tmp_path, "one.md", text))
    assert first["editions"] == []
    (again,) = caselib.json("add", put(tmp_path, "two.md", text.replace("# ", "#  ")))
    assert [(one["document"], one["kind"], one["confirmed"]) for one in again["editions"]] == [
        (first["document"], "twin", False)
    ]
    third = caselib.run("add", put(tmp_path, "three.md", text + "\n"))
    assert third.exit_code == 0
    assert "seems to be the same document as" in third.stderr
    assert f"{first['document']} --as twin" in third.stderr


def test_twins_are_listed_until_they_are_linked_or_refused(
    caselib: CommandLine, tmp_path: Path
) -> None:
    for number, text in enumerate((TEXTS["anycast.md"], TEXTS["anycast.md"] + "\n")):
        caselib.run("add", put(tmp_path, f"{number}.md", text))
    (proposal,) = caselib.json("twins")
    assert proposal["kind"] == "twin"
    one, other = proposal["document"], proposal["other"]
    assert f"--as {proposal['kind']}" in caselib.run("twins").stdout

    made = caselib.json("link", one, other, "--as", "edition", "--who", "Léa")
    assert (made["document"], made["other"], made["who"]) == (one, other, "Léa")
    assert caselib.json("twins") == []
    (seen,) = caselib.json("show", other)["editions"]
    assert (seen["document"], seen["newer"], seen["confirmed"]) == (one, True, True)
    assert f"[{one}], confirmed by Léa" in caselib.run("show", other).stdout
    assert "newer edition: " in caselib.run("similar", other).stdout
    assert "newer edition: " in caselib.run("search", "anycast").stdout

    assert caselib.json("unlink", other, one)["status"] == "unlinked"
    assert len(caselib.json("twins")) == 1
    caselib.run("link", one, other, "--as", "different")
    assert caselib.json("twins", one) == []
    assert caselib.json("show", one)["editions"] == []


def test_linking_what_cannot_be_linked_fails_with_a_sentence(
    caselib: CommandLine, tmp_path: Path
) -> None:
    (added,) = caselib.json("add", put(tmp_path, "one.md", TEXTS["lock.md"]))
    failed = caselib.run("link", added["document"], added["document"], "--as", "twin")
    assert failed.exit_code == 1
    assert "name two" in failed.stderr
    assert caselib.run("unlink", added["document"], "0123456789").exit_code == 1
