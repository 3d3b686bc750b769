"""The desk from the command line: what waits is listed, decided, logged and exported."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from desk import depositing
from desk.opening import open_desk
from desk.people import Person, Role
from desk.settings import Settings
from index.deposits import NamedFile
from index.encoding import Encoder
from index.opening import open_library
from tests.caselib.test_command_line import CommandLine
from tests.conftest import TEXTS


@pytest.fixture
def caselib(tmp_path: Path, encoder: Encoder) -> CommandLine:
    """A library of one document, and another that waits."""
    (tmp_path / "lock.md").write_text(TEXTS["lock.md"], encoding="utf-8")
    made = CommandLine(tmp_path / "library")
    made.run("add", str(tmp_path / "lock.md"))
    desk = open_desk(open_library(str(tmp_path / "library"), create=False))
    (tmp_path / "price.md").write_text(TEXTS["price.md"], encoding="utf-8")
    depositor = Person("", Role.DEPOSITOR)
    source = NamedFile(tmp_path / "price.md", "price.md")
    (received,) = depositing.receive(desk, depositor, encoder, source)
    depositing.send(desk, depositor, received.token, "CC0 1.0", True, Settings())
    return made


def test_what_waits_is_listed_and_not_in_the_library(caselib: CommandLine) -> None:
    (waiting,) = caselib.json("queue")
    assert (waiting["title"], waiting["licence"]) == ("Rebaja de precios", "CC0 1.0")
    assert [record["title"] for record in caselib.json("list")] == ["Verrouillage des noms"]
    assert caselib.run("show", waiting["document"]).exit_code == 1
    assert "Rebaja" in caselib.run("queue").stdout
    assert caselib.run("queue", "--state", "nowhere").exit_code == 2


def test_documents_are_approved_withdrawn_and_restored(caselib: CommandLine) -> None:
    (waiting,) = caselib.json("queue")
    document = waiting["document"]
    (outcome,) = caselib.json("approve", document, "--who", "ada")
    assert outcome == {"document": document, "status": "published", "reason": None}
    assert len(caselib.json("list")) == 2
    again = caselib.run("approve", document)
    assert again.exit_code == 1 and "public" in again.stderr
    assert caselib.run("unpublish", document, "--reason", "Old").exit_code == 0
    assert [one["reason"] for one in caselib.json("queue", "--state", "withdrawn")] == ["Old"]
    assert caselib.run("restore", document).exit_code == 0
    acts = [(line["act"], line["who"]) for line in caselib.json("log", document)]
    assert [act for act, _who in acts] == ["restore", "unpublish", "approve", "deposit"]
    assert acts[2] == ("approve", "ada") and acts[3] == ("deposit", "depositor")


def test_a_rejection_needs_a_reason(caselib: CommandLine) -> None:
    (waiting,) = caselib.json("queue")
    assert caselib.run("reject", waiting["document"]).exit_code == 2
    assert caselib.run("reject", waiting["document"], "--reason", "  ").exit_code == 1
    assert caselib.run("reject", waiting["document"], "--reason", "No case.").exit_code == 0
    assert not caselib.json("queue")
    assert caselib.json("queue", "--state", "rejected")[0]["reason"] == "No case."


def test_one_that_is_not_there_does_not_stop_the_others(caselib: CommandLine) -> None:
    (waiting,) = caselib.json("queue")
    done = caselib.run("approve", "f" * 16, waiting["document"])
    assert done.exit_code == 1
    assert len(caselib.json("list")) == 2


@pytest.mark.parametrize("format_", ["csv", "json", "bibtex", "ris"])
def test_the_public_catalogue_is_exported_without_what_waits(
    caselib: CommandLine, format_: str
) -> None:
    exported = caselib.run("export", "--format", format_).stdout
    assert "Verrouillage des noms" in exported and "Rebaja" not in exported
    if format_ == "csv":
        assert len(list(csv.DictReader(io.StringIO(exported)))) == 1


def test_an_unknown_format_is_refused(caselib: CommandLine) -> None:
    assert caselib.run("export", "--format", "xls").exit_code == 2


def test_the_password_is_set_and_too_short_a_one_is_not(caselib: CommandLine) -> None:
    short = caselib.run("password", input="short\nshort\n")
    assert short.exit_code == 1 and "12" in short.stderr
    long = "a long password of ours\n"
    assert caselib.run("password", "--who", "root", input=long + long).exit_code == 0
    assert [(one["act"], one["who"]) for one in caselib.json("log")][:1] == [("password", "root")]
