"""A file that overruns its limits, or breaks its reader, costs one sentence and nothing else."""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import sandbox
from ingest.errors import UnreadableFile
from ingest.limits import MEGABYTE, Limits
from ingest.read import read_file
from tests.ingest import hard_files


def test_slow_file_is_stopped_in_time(tmp_path: Path) -> None:
    path = hard_files.slow_pdf(tmp_path / "a.pdf")
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="longer than 2 seconds"):
        read_file(path, limits=Limits(seconds=2, seconds_per_page=0))
    assert time.monotonic() - started < 10


def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("many words of a long text\n\n" * 400_000, encoding="utf-8")
    limits = Limits(memory_bytes=150 * MEGABYTE, characters=10**9)
    with pytest.raises(UnreadableFile, match="memory"):
        read_file(path, limits=limits)


def test_text_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words " * 400_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="1 million characters"):
        read_file(path, limits=Limits(characters=1_000_000))


def test_next_file_is_read_after_a_failure(tmp_path: Path) -> None:
    good = hard_files.pages_pdf(tmp_path / "good.pdf", 2)
    for _ in range(2):
        with pytest.raises(UnreadableFile):
            read_file(
                hard_files.slow_pdf(tmp_path / "slow.pdf"),
                limits=Limits(seconds=1, seconds_per_page=0),
            )
        assert len(read_file(good).pages) == 2


def test_killed_worker_is_replaced(tmp_path: Path) -> None:
    good = hard_files.pages_pdf(tmp_path / "good.pdf", 2)
    read_file(good)
    for worker in sandbox._idle:
        worker.process.kill()
        worker.process.wait()
    assert len(read_file(good).pages) == 2


def test_error_of_the_caller_is_the_callers(tmp_path: Path) -> None:
    def stop(page: int, of: int) -> None:
        raise ValueError("the caller has seen enough")

    path = hard_files.pages_pdf(tmp_path / "a.pdf", 3)
    with pytest.raises(ValueError, match="seen enough"):
        read_file(path, on_page=stop)
    assert len(read_file(path).pages) == 3


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    paths = [hard_files.pages_pdf(tmp_path / f"{count}.pdf", count) for count in range(1, 13)]
    with ThreadPoolExecutor(4) as pool:
        counts = [len(text.pages) for text in pool.map(read_file, paths)]
    assert counts == list(range(1, 13))


def test_warm_worker_costs_little(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A short note.", encoding="utf-8")
    read_file(path)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        read_file(path)
        times.append(time.perf_counter() - started)
    assert sorted(times)[2] < 0.15


def test_reader_has_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = (
            "from ingest.worker import _shut_off_network; import socket; _shut_off_network();"
            f"socket.create_connection(('127.0.0.1', {port}), 2)"
        )
        trial = subprocess.run(
            [sys.executable, "-c", code],
            env=sandbox._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    assert trial.returncode != 0
    assert "OSError" in trial.stderr or "ConnectionRefused" in trial.stderr


def test_reader_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELIB_ENDPOINT_KEY", "a secret")
    assert "a secret" not in sandbox._environment().values()


def test_reading_imports_no_machine_learning() -> None:
    code = "import ingest.read, ingest.worker, sys; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=sandbox._environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_workers_are_ended_when_told(tmp_path: Path) -> None:
    read_file(hard_files.pages_pdf(tmp_path / "a.pdf", 1))
    pids = [worker.process.pid for worker in sandbox._idle]
    assert pids
    sandbox.stop_workers()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
