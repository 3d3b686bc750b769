"""Nothing is lost: an `add` killed at any moment leaves what it reported, whole, and no more."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from index.files import digest_of
from index.library import Library
from index.opening import open_library
from index.tokens import tokens
from tests.index.letters import hashing_encoder
from tests.ingest import hard_files

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = 200
KILLS = 50
SEED = 20261125


@dataclass
class Adding:
    """A library, a folder of files to add, and what was reported so far, by file."""

    library: Path
    folder: Path
    log: Path
    models: Path
    reported: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: int = 0

    def provide(self, left: int) -> None:
        """See that as many files are still to be added."""
        missing = left - (self.files - len(self.reported))
        for number in range(self.files, self.files + missing):
            write_file(self.folder, number)
        self.files += max(missing, 0)

    def start(self) -> subprocess.Popen[str]:
        self.log.unlink(missing_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", "tests.index.adding_child", self.library, self.folder, self.log],
            cwd=ROOT,
            env={**os.environ, "CASELIB_MODELS": str(self.models), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )

    def hear(self, line: str) -> bool:
        """Note a report, and say if it is of a new document; one cut short was not made."""
        if not line.endswith("\n"):
            return False
        outcome = json.loads(line)
        assert outcome["status"] in ("added", "duplicate"), outcome
        self.reported[outcome["file"]] = outcome
        return bool(outcome["status"] == "added")

    def embedded(self) -> set[str]:
        """Markers of the files whose passages the last process embedded."""
        if not self.log.exists():
            return set()
        words = self.log.read_text("utf-8", "ignore").split()
        return {word for word in words if word.startswith("marker")}

    def opened(self) -> Library:
        return open_library(str(self.library), hashing_encoder().recipe)


def marker(path: str | Path) -> str:
    return f"marker{Path(path).stem}"


def write_file(folder: Path, number: int) -> None:
    """A small file of one of four kinds, with a word of its own."""
    name = f"{number:03}"
    mark = marker(name)
    said = f"The registry number {number} of {mark} signed its zone and told its members. "
    body = f"{said}Its operators of {mark} were trained for {number + 1} days."
    if number % 10 == 0:
        hard_files.minimal_pdf(folder / f"{name}.pdf", [hard_files.line(said)] * 2)
    elif number % 10 == 1:
        page = f"<!doctype html><html><body><h1>Case {number}</h1><p>{body}</p></body></html>"
        (folder / f"{name}.html").write_text(page)
    else:
        suffix = "md" if number % 2 else "txt"
        (folder / f"{name}.{suffix}").write_text(f"# Case {number}\n\n{body}\n")


@pytest.fixture
def adding(tmp_path: Path) -> Iterator[Adding]:
    made = Adding(
        tmp_path / "library", tmp_path / "files", tmp_path / "embedded", tmp_path / "models"
    )
    made.folder.mkdir()
    made.provide(FILES)
    yield made


def kill_at_random(adding: Adding, chance: random.Random, start_seconds: float) -> None:
    """Run `add` and kill it: after some reports and a moment, or at any time from its start on."""
    process = adding.start()
    assert process.stdout is not None
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, 1.2 * start_seconds))
    else:
        added, wanted = 0, chance.randint(1, 5)
        while added < wanted and (line := process.stdout.readline()):
            added += adding.hear(line)
        time.sleep(chance.uniform(0, 0.02))
    process.send_signal(signal.SIGKILL)
    for line in process.stdout:
        adding.hear(line)
    process.wait()
    process.stdout.close()


def seconds_to_first_report(adding: Adding) -> float:
    """How long an `add` takes until its first report, ended by Ctrl+C."""
    started = time.monotonic()
    process = adding.start()
    assert process.stdout is not None
    adding.hear(process.stdout.readline())
    seconds = time.monotonic() - started
    process.send_signal(signal.SIGINT)
    for line in process.stdout:
        adding.hear(line)
    assert process.wait() == 130
    process.stdout.close()
    return seconds


def check_whole(library: Library, adding: Adding, files: set[str]) -> None:
    """Every document is whole, every reported one is there; `files` can be searched and read."""
    findings = [found.what for found in library.check()]
    # A file whose transaction never came is no document; the next `add` takes it up.
    assert all("belongs to no document" in what for what in findings), findings
    records = {record.document: record for record in library.records()}
    encoder = hashing_encoder()
    for file, outcome in adding.reported.items():
        record = records[outcome["document"]]
        assert (record.passages, record.pages) == (outcome["passages"], outcome["pages"])
        if file not in files:
            continue
        assert digest_of(Path(file)) == record.sha256
        assert library.file(record.document) == Path(file).read_bytes()
        passages = library.passages_of(record.document)
        assert len(passages) == record.passages > 0
        found, _ = library.with_words(tokens(marker(file)), 5)
        assert passages[0].passage in found
        query = encoder.encode([passages[0].text], ["en"], "passage")[0]
        near, _ = library.nearest(query, 3)
        assert passages[0].passage in near


# Fifty starts of a process and more: on a loaded machine that takes long.
@pytest.mark.timeout(1800)
def test_what_was_reported_is_there_after_fifty_kills_and_nothing_is_embedded_twice(
    adding: Adding,
) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    start_seconds = seconds_to_first_report(adding)
    progress = []
    for _ in range(KILLS):
        # Every kill falls into work, on a fast machine too.
        adding.provide(50)
        before = set(adding.reported)
        there = {record.filename for record in adding.opened().records()} if before else set()
        kill_at_random(adding, chance, start_seconds)
        again = {marker(name) for name in there} & adding.embedded()
        assert not again, f"embedded although they were there: {again}"
        library = adding.opened()
        check_whole(library, adding, set(adding.reported) - before)
        progress.append(len(library.records()))
        library.close()
    print(f"documents after each kill: {progress}")
    last = adding.start()
    assert last.stdout is not None
    for line in last.stdout:
        adding.hear(line)
    assert last.wait() == 0
    assert len(adding.reported) == adding.files
    library = adding.opened()
    assert len(library.records()) == adding.files
    assert not list(library.check())
    check_whole(library, adding, set(adding.reported))
    library.close()
    again = adding.start()
    # Read to the end: a pipe that nobody reads holds its writer up once it is full.
    again.communicate()
    assert again.returncode == 0
    assert not adding.embedded()


def test_ctrl_c_ends_after_what_was_embedded_is_kept(adding: Adding) -> None:
    process = adding.start()
    assert process.stdout is not None
    for _ in range(3):
        adding.hear(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    for line in process.stdout:
        adding.hear(line)
    assert process.wait(20) == 130
    process.stdout.close()
    library = adding.opened()
    assert 3 <= len(adding.reported) < FILES
    assert len(library.records()) == len(adding.reported)
    assert not list(library.check())
    library.close()
    kept = {marker(file) for file in adding.reported}
    assert kept <= adding.embedded()
    last = adding.start()
    assert last.stdout is not None
    for line in last.stdout:
        adding.hear(line)
    assert last.wait() == 0
    assert len(adding.reported) == FILES
    assert not kept & adding.embedded()
