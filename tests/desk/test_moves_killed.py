"""Documents are moved in and out of the library, the process is killed, and nothing is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desk import decisions, log, queue
from desk.opening import open_desk
from desk.stores import Desk
from index.opening import open_library
from tests.desk.conftest import LIBRARIAN

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = 12
DOCUMENTS = 4
SEED = 20261125


def _killed(folder: Path, chance: random.Random) -> dict[str, str]:
    """Decide for a moment, then be killed; the state of each document that was reported last."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.desk.deciding_child", str(folder)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    reported: dict[str, str] = {}
    for _ in range(chance.randint(1, 6)):
        state, document = process.stdout.readline().split()
        reported[document] = state
    time.sleep(chance.uniform(0, 0.03))
    process.send_signal(signal.SIGKILL)
    for line in process.stdout:
        if line.endswith("\n"):
            state, document = line.split()
            reported[document] = state
    process.wait()
    process.stdout.close()
    return reported


def _check_whole(desk: Desk, documents: dict[str, bytes]) -> None:
    """Every document stands in one place, whole, and where its state says."""
    public = {record.document for record in desk.library.records()}
    kept = {record.document for record in desk.deposits.records()}
    assert public | kept == set(documents) and not public & kept
    assert not queue.moving(desk)
    for library in (desk.library, desk.deposits):
        findings = [found.what for found in library.check()]
        # A copy of a file whose transaction never came; the next move takes it up.
        assert all("belongs to no document" in what for what in findings), findings
    for document, content in documents.items():
        deposit = queue.by_document(desk, LIBRARIAN, document)
        assert deposit is not None
        assert (deposit.state == "published") == (document in public)
        library = desk.library if document in public else desk.deposits
        assert library.file(document) == content
        assert [one.value for one in library.corrections(document)] == [f"Title {document}"]
        assert len(library.passages_of(document)) == library.record(document).passages > 0


def test_a_decision_killed_at_any_moment_is_done_or_undone_and_never_half(
    desk: Desk, deposited: Callable[..., tuple[str, str]]
) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    documents = {}
    for number in range(DOCUMENTS):
        document, _ = deposited(f"# Case {number}\n\nThe registry wrote about case {number}.")
        decisions.correct(desk, LIBRARIAN, document, "title", f"Title {document}")
        documents[document] = desk.deposits.file(document)
    (first,) = (record.document for record in desk.library.records())
    decisions.unpublish(desk, LIBRARIAN, first)
    decisions.delete(desk, LIBRARIAN, first)
    folder = desk.database.folder
    for _ in range(KILLS):
        reported = _killed(folder, chance)
        again = open_desk(open_library(str(folder), create=False))
        _check_whole(again, documents)
        last_acts = log.lines(again.database, LIBRARIAN, limit=DOCUMENTS + 1)
        for document, state in reported.items():
            deposit = queue.by_document(again, LIBRARIAN, document)
            acts = [line.act for line in last_acts if line.document == document]
            # What was reported holds, unless a later act that the log knows of has begun.
            expected = "unpublish" if state == "withdrawn" else ("approve", "restore")
            assert deposit is not None
            assert deposit.state == state or acts[0] not in expected
        again.library.close()
        again.deposits.close()
        again.database.close()
