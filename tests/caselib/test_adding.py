"""Adding from the command line: archives, links, scans that are read later, and Ctrl+C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from caselib.command_line import app
from index.encoding import Encoder
from tests.conftest import TEXTS
from tests.ingest import hard_files, scans


@pytest.fixture
def url(tmp_path: Path, encoder: Encoder) -> str:
    return str(tmp_path / "library")


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["--library", url, *words])


def as_json(url: str, *words: str) -> Any:
    return json.loads(run(url, *words, "--json").stdout)


def test_the_members_of_an_archive_are_added_one_by_one(url: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in ("lock.md", "price.md"):
            made.writestr(f"folder/{name}", TEXTS[name])
        made.writestr("empty.pdf", b"")
    result = run(url, "add", str(path), "--json")
    outcomes = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(Path(outcome["file"]).name, outcome["status"]) for outcome in outcomes] == [
        ("lock.md", "added"),
        ("price.md", "added"),
        ("empty.pdf", "failed"),
    ]
    said = run(url, "add", str(path)).output
    assert "cases.zip/lock.md: already here" in said
    assert "cases.zip/empty.pdf: not added. This file is empty" in said


def test_a_link_into_the_private_network_is_refused(url: str) -> None:
    result = run(url, "add", "http://127.0.0.1/paper.pdf", "--json")
    (outcome,) = json.loads(result.stdout)
    assert result.exit_code == 1
    assert outcome["file"] == "http://127.0.0.1/paper.pdf"
    assert "not on the public internet" in outcome["reason"]


def test_a_scan_waits_is_found_by_its_title_and_is_read_by_one_command(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans.require_tesseract("fra")
    page = scans.picture(scans.TEXTS["fr"], "fr")
    path = scans.scanned_pdf(tmp_path / "Bank_lock_report.pdf", [page])
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        assert "needs OCR: 1 of them" in run(url, "add", str(path)).output
        refused = run(url, "ocr")
        assert refused.exit_code == 1
        assert "tesseract-ocr" in refused.output
    (listed,) = as_json(url, "list")
    assert (listed["needs_ocr"], listed["title"], listed["passages"]) == (
        [1],
        "Bank lock report",
        0,
    )
    assert "(needs OCR)" in run(url, "list").output
    found = as_json(url, "search", "report on the bank lock")
    assert found["hits"] == []
    assert [waiting["document"] for waiting in found["waiting"]] == [listed["document"]]
    assert "needs OCR" in run(url, "search", "report on the bank lock").output
    done = run(url, "ocr", "--json")
    assert done.exit_code == 0
    (outcome,) = json.loads(done.stdout)
    assert (outcome["status"], outcome["document"]) == ("read", listed["document"])
    assert outcome["needs_ocr"] == []
    hit = as_json(url, "search", "Who can change a locked name?")["hits"][0]
    assert hit["read_by_ocr"] is True
    assert "read by OCR" in run(url, "search", "Who can change a locked name?").output
    assert "read by OCR" in run(url, "show", listed["document"]).output
    again = run(url, "ocr")
    assert again.exit_code == 0
    assert "No document needs OCR" in again.output


def test_ctrl_c_ends_with_130_and_the_same_command_goes_on(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        said = f"Case number {number}: the registry told its members of it in a letter."
        hard_files.minimal_pdf(folder / f"{number:02}.pdf", [hard_files.line(said)] * 4)
    command = [sys.executable, "-m", "caselib", "--library", url, "add", str(folder)]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "added as" in line:
            break
    process.send_signal(signal.SIGINT)
    said = process.stderr.read()
    assert process.wait(60) == 130
    assert "Stopped:" in said and "goes on from there" in said
    assert "Traceback" not in said
    kept = len(as_json(url, "list"))
    assert 0 < kept < 60
    assert as_json(url, "check")["whole"]
    again = [outcome["status"] for outcome in as_json(url, "add", str(folder))]
    assert again.count("duplicate") == kept
    assert again.count("added") == 60 - kept
