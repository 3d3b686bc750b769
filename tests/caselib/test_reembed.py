"""`caselib reembed` moves a library over to a real second model and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoding import Encoder
from tests.caselib.test_command_line import CommandLine
from tests.conftest import TEXTS


@pytest.fixture
def caselib(tmp_path: Path, encoder: Encoder) -> CommandLine:
    made = CommandLine(tmp_path / "library")
    for name, text in TEXTS.items():
        path = tmp_path / "cases" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert made.run("add", str(tmp_path / "cases")).exit_code == 0
    return made


def test_a_library_moves_to_another_model_and_is_searched_with_it_alone(
    caselib: CommandLine, other_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELIB_MODEL", str(other_model))
    refused = caselib.run("search", "banques")
    assert refused.exit_code == 1
    assert "caselib reembed" in refused.stderr
    moved = caselib.json("reembed")
    assert moved["from"].startswith("multilingual-e5-small")
    assert moved["to"].startswith(str(other_model))
    assert moved["embedded"] >= len(TEXTS)
    assert caselib.json("check") == {"whole": True, "findings": []}
    found = caselib.json("search", "verrou de registre pour les banques")
    assert found["hits"][0]["title"] == "Verrouillage des noms"
    again = caselib.run("reembed")
    assert (again.exit_code, "nothing to move" in again.stdout) == (0, True)

    monkeypatch.delenv("CASELIB_MODEL")
    refused = caselib.run("search", "banques")
    assert (refused.exit_code, "caselib reembed" in refused.stderr) == (1, True)
    back = caselib.run("reembed")
    assert back.exit_code == 0
    assert "passages were embedded now" in back.stdout
    found = caselib.json("search", "كيف تحمي البنوك أسماءها؟", "--limit", "3")
    assert found["hits"][0]["title"] == "Verrouillage des noms"
