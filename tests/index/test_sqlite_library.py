"""The library keeps its word: whole documents or none, whatever happens."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import LibraryDamaged, LibraryMismatch, LibraryUnavailable, NotInLibrary
from index.library import Added, DocumentVectors, Filters
from index.recipe import Ingredient, Recipe
from index.sqlite_library import SQLiteLibrary
from ingest.document import Document, Page, Passage

RECIPE = Recipe((Ingredient("test", "1", 16, 1.0),), "none")
Make = Callable[..., Added]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[SQLiteLibrary]:
    opened = SQLiteLibrary(folder, RECIPE)
    yield opened
    opened.close()


def document_of(content: bytes, texts: dict[str, str] | None = None) -> Document:
    passages = tuple(
        Passage(1, text, language) for language, text in (texts or {"en": content.decode()}).items()
    )
    return Document(
        sha256=hashlib.sha256(content).hexdigest(),
        filename="case.txt",
        media_type="text/plain",
        title=f"Case {content.decode()}",
        year=2019,
        registries=("tw", "fr"),
        languages=tuple(passage.language for passage in passages),
        pages=(Page(1, " ".join(passage.text for passage in passages), "Heading"),),
        passages=passages,
    )


def vectors_of(document: Document) -> DocumentVectors:
    seed = int(document.sha256[:8], 16)
    made = np.random.default_rng(seed).normal(size=(len(document.passages), 16))
    vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    spans = tuple(((0, len(passage.text)),) for passage in document.passages)
    return DocumentVectors(vectors, spans, vectors)


@pytest.fixture
def make(library: SQLiteLibrary, tmp_path: Path) -> Make:
    """Add a small document of the given text."""

    def add(content: str, texts: dict[str, str] | None = None) -> Added:
        file = tmp_path / "deposit.txt"
        file.write_bytes(content.encode())
        document = document_of(content.encode(), texts)
        return library.add(document, file, vectors_of(document))

    return add


def test_a_document_comes_back_as_it_was_kept(library: SQLiteLibrary, make: Make) -> None:
    added = make("one", {"en": "Names in English.", "zh": "中文名称。"})
    record = library.record(added.document)
    assert (record.title, record.year, record.registries) == ("Case one", 2019, ("tw", "fr"))
    assert record.languages == ("en", "zh")
    assert library.file(added.document) == b"one"
    assert [page.heading for page in library.pages(added.document)] == ["Heading"]
    passages = library.passages_of(added.document)
    assert [passage.text for passage in passages] == ["Names in English.", "中文名称。"]
    assert list(library.check()) == []


def test_the_same_bytes_twice_are_one_document(library: SQLiteLibrary, make: Make) -> None:
    first, second = make("one"), make("one")
    assert second == Added(first.document, duplicate=True)
    assert len(library.records()) == 1


def test_removing_takes_everything_out(library: SQLiteLibrary, make: Make, folder: Path) -> None:
    added = make("secret zebra")
    make("other")
    library.nearest(np.ones(16, np.float32), 5)
    library.remove(added.document)
    assert [record.title for record in library.records()] == ["Case other"]
    assert len(library.with_words(["zebra"], 5)[0]) == 0
    assert len(library.nearest(np.ones(16, np.float32), 5)[0]) == 1
    assert list(library.check()) == []
    library.close()
    left = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"zebra" not in left


def test_an_unknown_document_is_said_to_be_unknown(library: SQLiteLibrary, make: Make) -> None:
    make("one")
    for name in ("0000000000000000", "", "zzz", "' OR 1=1 --", "../.."):
        with pytest.raises(NotInLibrary):
            library.record(name)


def test_a_beginning_of_its_name_is_enough(library: SQLiteLibrary, make: Make) -> None:
    added = make("one")
    assert library.record(added.document[:8]).document == added.document


def test_search_sees_what_another_process_added(folder: Path, make: Make) -> None:
    other = SQLiteLibrary(folder, RECIPE)
    assert len(other.nearest(np.ones(16, np.float32), 5)[0]) == 0
    make("one")
    assert len(other.nearest(np.ones(16, np.float32), 5)[0]) == 1
    other.close()


def test_filters_narrow_exactly(library: SQLiteLibrary, make: Make) -> None:
    for number in range(30):
        make(f"en {number}")
    make("zh", {"zh": "中文。"})
    query = np.ones(16, np.float32)
    ids, _ = library.nearest(query, 10, Filters(languages=("zh",)))
    assert [passage.language for passage in library.passages(list(ids)).values()] == ["zh"]
    assert len(library.nearest(query, 10, Filters(registries=("jp",)))[0]) == 0
    assert len(library.nearest(query, 50, Filters(registries=("tw",), first_year=2019))[0]) == 31
    assert len(library.nearest(query, 10, Filters(last_year=2018))[0]) == 0


def test_words_rank_by_rarity_and_frequency(library: SQLiteLibrary, make: Make) -> None:
    make("anycast anycast anycast cloud for islands")
    make("one anycast site among many other things that a registry does all the year long")
    for number in range(30):
        make(f"a registry writes report {number}")
    ids, scores = library.with_words(["anycast", "registry"], 3)
    texts = [library.passages([int(number)])[int(number)].text for number in ids]
    assert texts[0].startswith("anycast anycast")
    assert texts[1].startswith("one anycast site")
    assert scores[0] > scores[1] > scores[2] > 0


def test_language_means_are_kept_in_step(library: SQLiteLibrary, make: Make) -> None:
    added = [make(f"case {number}") for number in range(25)]
    library.remove(added[3].document)
    ids = [
        passage.passage
        for record in library.records()
        for passage in library.passages_of(record.document)
    ]
    expected = library.vectors_of(ids).mean(axis=0)
    assert np.allclose(library.language_means()["en"], expected, atol=1e-3)


def test_a_library_of_another_recipe_is_not_opened(library: SQLiteLibrary, folder: Path) -> None:
    with pytest.raises(LibraryMismatch, match="reembed"):
        SQLiteLibrary(folder, Recipe((Ingredient("other", "1", 16, 1.0),), "none"))


def test_without_a_recipe_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable, match="add a file"):
        SQLiteLibrary(tmp_path / "new", None)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryUnavailable, match="cannot be read or written"):
        SQLiteLibrary(tmp_path / "file" / "library", RECIPE)


def test_a_file_that_is_no_database_is_one_sentence(folder: Path) -> None:
    folder.mkdir()
    (folder / "library.sqlite3").write_bytes(b"this is not a database" * 100)
    with pytest.raises(LibraryDamaged, match="backup"):
        SQLiteLibrary(folder, RECIPE)


def test_a_lost_or_broken_index_is_made_anew(
    library: SQLiteLibrary, make: Make, folder: Path
) -> None:
    make("one")
    library.mend()
    library.close()
    (folder / "index" / "passages.faiss").write_bytes(b"broken")
    again = SQLiteLibrary(folder, None)
    assert len(again.nearest(np.ones(16, np.float32), 5)[0]) == 1
    again.close()


def test_check_finds_a_changed_and_a_missing_file(
    library: SQLiteLibrary, make: Make, folder: Path
) -> None:
    changed, missing = make("one"), make("two")
    library.files.path(library.record(changed.document).sha256).write_bytes(b"ONE")
    library.files.path(library.record(missing.document).sha256).unlink()
    whats = " ".join(finding.what for finding in library.check())
    assert "has changed" in whats
    assert "is missing" in whats


def test_mending_deletes_files_that_belong_to_no_document(
    library: SQLiteLibrary, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger"
    stranger.write_bytes(b"left by a killed process")
    library.files.put(hashlib.sha256(stranger.read_bytes()).hexdigest(), stranger)
    assert any("belongs to no document" in finding.what for finding in library.check())
    library.mend()
    assert list(library.check()) == []


def test_a_damaged_page_of_the_database_is_found(
    library: SQLiteLibrary, make: Make, folder: Path
) -> None:
    for number in range(40):
        make(f"case {number} " + "x" * 400)
    library.close()
    path = folder / "library.sqlite3"
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 2048] = b"\xff" * 2048
    path.write_bytes(content)
    again = SQLiteLibrary(folder, None)
    assert list(again.check())
    again.close()


def test_threads_add_and_search_together(library: SQLiteLibrary, tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for number in range(10):
                content = f"worker {worker} case {number}".encode()
                file = tmp_path / f"{worker}-{number}"
                file.write_bytes(content)
                document = document_of(content)
                library.add(document, file, vectors_of(document))
                library.nearest(np.ones(16, np.float32), 5)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(library.records()) == 40
    assert list(library.check()) == []


ADDING = """
import os, sys
from pathlib import Path
from index.sqlite_library import SQLiteLibrary
from tests.index.test_sqlite_library import RECIPE, document_of, vectors_of

folder, worker, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
library = SQLiteLibrary(folder, RECIPE)
for number in range(count):
    content = f"{worker} {number % 50} ".encode() * 40
    file = folder.parent / f"{os.getpid()}.txt"
    file.write_bytes(content)
    document = document_of(content)
    print(library.add(document, file, vectors_of(document)).document, flush=True)
"""


def start_adding(folder: Path, worker: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, str(folder), worker, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def test_two_processes_adding_the_same_files_at_once_keep_each_once(
    library: SQLiteLibrary, folder: Path
) -> None:
    processes = [start_adding(folder, "same", 30) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert outputs[0] == outputs[1]
    assert len(library.records()) == 30
    assert list(library.check()) == []


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_there_by_half(
    library: SQLiteLibrary, folder: Path, moment: float
) -> None:
    process = start_adding(folder, "killed", 50)
    assert process.stdout is not None
    first = process.stdout.readline().strip()
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    acknowledged = [first, *process.stdout.read().split()]
    process.wait()
    library.mend()
    assert list(library.check()) == []
    there = {record.document for record in library.records()}
    assert set(acknowledged) <= there
    assert len(there) - len(set(acknowledged)) <= 1
    ids, _ = library.nearest(np.ones(16, np.float32), 1000)
    assert len(ids) == len(there)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no small file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_one_sentence_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    library = SQLiteLibrary(small_disk / "library", RECIPE)
    kept = []
    with pytest.raises(LibraryUnavailable, match="disk is full"):
        for number in range(100):
            content = f"case {number} ".encode() * 3000
            file = tmp_path / "deposit"
            file.write_bytes(content)
            document = document_of(content)
            kept.append(library.add(document, file, vectors_of(document)).document)
    assert kept
    assert {record.document for record in library.records()} == set(kept)
    assert list(library.check()) == []
    library.close()


def test_a_read_only_library_can_be_read_and_says_that_it_cannot_be_written(
    small_disk: Path, tmp_path: Path
) -> None:
    library = SQLiteLibrary(small_disk / "library", RECIPE)
    file = tmp_path / "deposit"
    file.write_bytes(b"one")
    document = document_of(b"one")
    library.add(document, file, vectors_of(document))
    library.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(LibraryUnavailable, match="read or written"):
        again = SQLiteLibrary(small_disk / "library", RECIPE)
        file.write_bytes(b"two")
        other = document_of(b"two")
        again.add(other, file, vectors_of(other))
