"""Files, folders, archives and links go into the library, read ahead and embedded together."""

from __future__ import annotations

import threading
import time
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import pytest

from index import adding, reading_ahead
from index.adding import Outcome, Times, add_file, add_files, add_source
from index.deposits import NamedFile, count_of
from index.embedders import Role, Vectors
from index.encoding import Encoder
from index.errors import ModelUnavailable
from index.library import Library
from index.opening import open_library
from ingest.errors import N_
from ingest.limits import DEFAULT_LIMITS
from tests.index.letters import DIMENSION, HashedWords, hashing_encoder
from tests.ingest import hard_files
from tests.web import served

TEXT = "# Case {0}\n\nThe registry number {0} signed its zone. It told its members of it."


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "embedded"


@pytest.fixture
def encoder(log: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Encoder:
    """The quick one; this shadows the product's own."""
    monkeypatch.setenv("CASELIB_MODELS", str(tmp_path / "models"))
    return hashing_encoder(log)


@pytest.fixture
def library(tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    opened = open_library(str(tmp_path / "library"), encoder.recipe)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "cases"
    made.mkdir()
    for number in range(30):
        (made / f"{number:02}.md").write_text(TEXT.format(number), encoding="utf-8")
    return made


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_a_folder_is_added_in_order_and_each_document_has_its_own_vectors(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    outcomes = list(add_files(library, encoder, [folder]))
    assert [Path(outcome.file).name for outcome in outcomes] == sorted(
        path.name for path in folder.iterdir()
    )
    assert {outcome.status for outcome in outcomes} == {"added"}
    for outcome in outcomes:
        passages = library.passages_of(outcome.document)
        texts = [passage.text for passage in passages]
        alone = encoder.encode(texts, [passage.language for passage in passages], "passage")
        kept = library.vectors_of([passage.passage for passage in passages])
        assert np.allclose(kept, alone, atol=1e-3)
        for passage in passages:
            spans, vectors = library.sentences_of([passage.passage])[passage.passage]
            said = [passage.text[start:end] for start, end in spans]
            truth = encoder.encode(said, [passage.language] * len(said), "passage")
            assert np.allclose(vectors, truth, atol=1e-3)
    assert not list(library.check())


def test_small_documents_are_embedded_together(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    counts: list[int] = []
    slow = threading.Event()

    def wait_for_reading(documents: object) -> None:
        # The first file is embedded alone; meanwhile the reading thread goes on.
        slow.wait(1.0 if not counts else 0)
        counts.append(len(documents))  # type: ignore[arg-type]

    list(add_files(library, encoder, [folder], on_embedding=wait_for_reading))
    assert sum(counts) == 30
    assert max(counts) > 5
    assert max(counts) <= adding.PASSAGES_AT_ONCE


def test_reading_runs_no_further_ahead_than_it_may(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    for number in range(40):
        path = folder / f"{number:02}.pdf"
        hard_files.minimal_pdf(path, [hard_files.line(f"Case number {number} of the registry.")])
    read: set[str] = set()
    outcomes = add_files(
        library, encoder, sorted(folder.glob("*.pdf")), on_page=lambda name, *_: read.add(name)
    )
    next(outcomes)
    deadline = time.monotonic() + 20
    while len(read) <= reading_ahead.AHEAD and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    # One was embedded, one waits to be put down, one is being read.
    assert reading_ahead.AHEAD < len(read) <= reading_ahead.AHEAD + 3
    assert isinstance(outcomes, Generator)
    outcomes.close()
    assert not [t for t in threading.enumerate() if t.name == "reading ahead"]
    assert not list(library.check())


def test_what_is_there_is_neither_read_nor_embedded_again(
    library: Library, encoder: Encoder, folder: Path, log: Path
) -> None:
    list(add_files(library, encoder, [folder]))
    log.unlink()
    pages: list[str] = []
    again = list(
        add_files(library, encoder, [folder], on_page=lambda name, page, of: pages.append(name))
    )
    assert {outcome.status for outcome in again} == {"duplicate"}
    assert all(outcome.document for outcome in again)
    assert not log.exists() and not pages


def test_the_same_bytes_twice_in_one_run_are_embedded_once(
    library: Library, encoder: Encoder, folder: Path, log: Path
) -> None:
    (folder / "00a.md").write_bytes((folder / "00.md").read_bytes())
    outcomes = list(add_files(library, encoder, [folder]))
    assert [outcome.status for outcome in outcomes[:3]] == ["added", "duplicate", "added"]
    assert outcomes[1].document == outcomes[0].document
    assert log.read_text().count("The registry number 0 signed") == 2  # passage and sentence


def test_each_member_of_an_archive_has_its_outcome(
    library: Library, encoder: Encoder, tmp_path: Path
) -> None:
    path = archive(
        tmp_path / "cases.zip",
        {
            "a.md": TEXT.format(1).encode(),
            "deep/down/b.pdf": hard_files.pages_pdf(tmp_path / "b.pdf", 2).read_bytes(),
            "deep/c.exe": b"\x7fELF\x02\x01\x01" + bytes(60),
            "__MACOSX/._a.md": b"x",
            "inner.zip": archive(tmp_path / "inner.zip", {"d.md": b"text"}).read_bytes(),
        },
    )
    assert count_of(path, DEFAULT_LIMITS) == 4
    outcomes = list(add_files(library, encoder, [path]))
    found = {outcome.file: outcome.status for outcome in outcomes}
    assert found == {
        f"{path}/a.md": "added",
        f"{path}/b.pdf": "added",
        f"{path}/c.exe": "failed",
        f"{path}/inner.zip": "failed",
    }
    assert "archive inside an archive" in str(outcomes[3].error)
    kept = {record.filename: record for record in library.records()}
    assert set(kept) == {"a.md", "b.pdf"}
    assert library.file(kept["a.md"].document) == TEXT.format(1).encode()


@pytest.mark.parametrize("make", ["empty", "damaged", "encrypted"])
def test_an_archive_that_gives_nothing_says_why(
    library: Library, encoder: Encoder, tmp_path: Path, make: str
) -> None:
    path = archive(tmp_path / "a.zip", {"a.md": b"# A\n\ntext"} if make != "empty" else {})
    content = bytearray(path.read_bytes())
    if make == "damaged":
        path.write_bytes(content[:40])
    elif make == "encrypted":
        content[content.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(content)
    (outcome,) = add_files(library, encoder, [path])
    assert outcome.status == "failed"
    assert str(outcome.error).endswith(".")
    assert not library.records()


def test_a_link_is_added_under_the_name_of_its_document(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    archive(folder / "all.zip", {"x.md": TEXT.format("X").encode()})
    with served(folder) as port:
        links = [f"http://127.0.0.1:{port}/{name}" for name in ("03.md", "all.zip", "none.md")]
        outcomes = list(add_files(library, encoder, links, loopback_port=port))
        refused = list(add_files(library, encoder, links[:1]))
    assert [(outcome.file, outcome.status) for outcome in outcomes] == [
        (links[0], "added"),
        (f"{links[1]}/x.md", "added"),
        (links[2], "failed"),
    ]
    assert "answered 404" in str(outcomes[2].error)
    assert {record.filename for record in library.records()} == {"03.md", "x.md"}
    assert "are not followed" in str(refused[0].error)


def test_a_source_is_added_in_the_callers_own_thread(
    library: Library, encoder: Encoder, tmp_path: Path
) -> None:
    pages = hard_files.pages_pdf(tmp_path / "a.pdf", 2).read_bytes()
    path = archive(tmp_path / "upload", {"a.pdf": pages, "b.md": b"# B\n\nB text."})
    threads: set[threading.Thread] = set()
    read: list[str] = []

    def on_page(name: str, page: int, of: int) -> None:
        threads.add(threading.current_thread())
        read.append(name)

    source = NamedFile(path, "cases.zip")
    outcomes = list(add_source(library, encoder, source, on_page=on_page))
    assert [outcome.file for outcome in outcomes] == ["cases.zip/a.pdf", "cases.zip/b.md"]
    assert threads == {threading.current_thread()}
    assert read == ["cases.zip/a.pdf", "cases.zip/a.pdf"]
    assert path.exists()


class _Failing(HashedWords):
    """A model that is lost on the way."""

    def embed(self, texts: object, role: Role) -> Vectors:
        raise ModelUnavailable(N_("The language model is gone."))


def test_what_cannot_be_embedded_fails_file_by_file(
    library: Library, encoder: Encoder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Encoder([(_Failing(), 1.0)], encoder.centrings)
    outcomes = list(add_files(library, broken, [folder]))
    assert [outcome.status for outcome in outcomes] == ["failed"] * 30
    assert not library.records() and not list(library.check())


def test_a_bad_file_and_an_empty_document_do_not_stop_the_others(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    (folder / "05.md").write_bytes(b"")
    (folder / "06.pdf").write_bytes(b"%PDF-1.7 nothing")
    outcomes = list(add_files(library, encoder, [folder, folder / "missing.md"]))
    failed = {Path(outcome.file).name for outcome in outcomes if outcome.status == "failed"}
    assert failed == {"05.md", "06.pdf", "missing.md"}
    assert len(library.records()) == 29


def test_a_fault_of_ours_in_the_reading_thread_comes_through(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    def fail(name: str, page: int, of: int) -> None:
        raise ValueError("a fault of ours")

    hard_files.pages_pdf(folder / "00.pdf", 2)
    with pytest.raises(ValueError, match="a fault of ours"):
        list(add_files(library, encoder, [folder], on_page=fail))


def test_times_are_added_up(library: Library, encoder: Encoder, folder: Path) -> None:
    times = Times()
    list(add_files(library, encoder, [folder], times=times))
    assert min(times.reading, times.embedding, times.keeping) > 0


def test_many_threads_leave_no_connection_open(
    library: Library, encoder: Encoder, folder: Path
) -> None:
    outcomes: list[Outcome] = []
    for path in sorted(folder.iterdir())[:12]:
        thread = threading.Thread(
            target=lambda path=path: outcomes.append(add_file(library, encoder, path))
        )
        thread.start()
        thread.join()
    assert {outcome.status for outcome in outcomes} == {"added"}
    assert len(library._connections) <= 3  # type: ignore[attr-defined]


def test_the_embedder_of_these_tests_is_a_fair_one() -> None:
    vectors = HashedWords().embed(["one two", "one two", "three"], "passage")
    assert vectors.shape == (3, DIMENSION)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[0], vectors[1])
