"""A library moves to another model whole, however often it is stopped, and serves meanwhile."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.encoding import Encoder
from index.errors import LibraryMismatch
from index.opening import open_library
from index.reembedding import reembed
from index.sqlite_library import DATABASE, SQLiteLibrary
from ingest.document import Passage
from tests.index.letters import hashing_encoder
from tests.index.test_sqlite_library import document_of

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = 20261126
OLD, NEW = hashing_encoder(), hashing_encoder(revision="2")
LANGUAGES = ("en", "fr", "zh")


def put(library: SQLiteLibrary, folder: Path, number: int, encoder: Encoder = OLD) -> str:
    """Add a document of eleven passages; each has a word of its own."""
    content = f"case {number}".encode()
    (folder / "deposit").write_bytes(content)
    passages = tuple(
        Passage(1, f"A first sentence of word{number}x{place}. Another of word{number}.", language)
        for place, language in zip(range(11), LANGUAGES * 4, strict=False)
    )
    document = dataclasses.replace(document_of(content), passages=passages)
    vectors = encoder.encode_passages(passages)
    return library.add(document, folder / "deposit", vectors).document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def library(folder: Path) -> SQLiteLibrary:
    """A library of 40 documents, 440 passages."""
    made = SQLiteLibrary(folder / "library", OLD.recipe)
    for number in range(40):
        put(made, folder, number)
    made.nearest(OLD.encode_query("word1x1", "en"), 1)
    return made


def tables(library: SQLiteLibrary) -> set[str]:
    with sqlite3.connect(library.folder / DATABASE) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def kept_words(folder: Path) -> set[str]:
    """Words of the passages whose new vectors are on the disk."""
    with sqlite3.connect(folder / DATABASE) as connection:
        try:
            found = connection.execute(
                "SELECT text FROM passages JOIN next_vectors USING (passage)"
            )
        except sqlite3.OperationalError:
            return set()
        return {word for (text,) in found for word in text.split() if "x" in word}


def check_moved(folder: Path, encoder: Encoder) -> SQLiteLibrary:
    """All vectors, sums and the index are what adding with the new encoder would have made."""
    library = SQLiteLibrary(folder, encoder.recipe)
    assert list(library.check()) == []
    passages = [one for record in library.records() for one in library.passages_of(record.document)]
    ids = [passage.passage for passage in passages]
    made = encoder.encode_passages([Passage(1, p.text, p.language) for p in passages])
    assert np.allclose(library.vectors_of(ids), made.passages, atol=1e-3)
    sentences = library.sentences_of(ids)
    assert tuple(sentences[number][0] for number in ids) == made.sentence_spans
    stored = np.concatenate([sentences[number][1] for number in ids])
    assert np.allclose(stored, made.sentences, atol=1e-3)
    means = library.language_means()
    for language in LANGUAGES:
        own = [place for place, p in enumerate(passages) if p.language == language]
        assert np.allclose(means[language], made.passages[own].mean(axis=0), atol=1e-3)
    for place in range(0, len(ids), 37):
        scores = np.sort(made.passages @ made.passages[place])[::-1]
        assert np.allclose(library.nearest(made.passages[place], 20)[1], scores[:20], atol=1e-3)
    assert tables(library) & {"next_vectors", "old_vectors"} == set()
    return library


def test_old_vectors_serve_until_the_new_ones_take_their_place(
    library: SQLiteLibrary, folder: Path
) -> None:
    told = []

    def on_kept(kept: int, of: int) -> None:
        told.append((kept, of))
        query = OLD.encode_query("word7x3", "en")
        ids, _ = library.nearest(query, 5)
        assert len(library.sentences_of(list(ids))) == 5
        assert library.recipe == OLD.recipe

    mover = open_library(str(library.folder))
    assert reembed(mover, NEW, on_kept) == 440
    assert (told[0], told[-1]) == ((0, 440), (440, 440))
    assert len(told) > 5
    check_moved(library.folder, NEW).close()
    assert reembed(mover, NEW) == 0


def test_documents_that_come_go_or_change_meanwhile_are_taken_into_account(
    library: SQLiteLibrary, folder: Path
) -> None:
    first, last = (put(library, folder, number) for number in (100, 101))
    changes = {
        2: lambda: library.remove(first),
        3: lambda: put(library, folder, 102),
        4: lambda: library.correct(library.records()[-1].document, "languages", ["fr"], "me"),
        # When all seem to be done.
        8: lambda: (library.remove(last), put(library, folder, 103)),
    }
    calls = 0

    def on_kept(kept: int, of: int) -> None:
        nonlocal calls
        calls += 1
        changes.pop(calls, lambda: None)()

    reembed(open_library(str(library.folder)), NEW, on_kept)
    assert not changes
    moved = SQLiteLibrary(library.folder, NEW.recipe)
    assert len(moved.records()) == 42
    assert list(moved.check()) == []
    text = "A first sentence of word103x1. Another of word103."
    found, _ = moved.nearest(NEW.encode([text], ["en"], "passage")[0], 5)
    assert text in {passage.text for passage in moved.passages(list(found)).values()}
    means = moved.language_means()
    for language in LANGUAGES:
        own = [
            passage.passage
            for record in moved.records()
            for passage in moved.passages_of(record.document)
            if passage.language == language
        ]
        assert np.allclose(means[language], moved.vectors_of(own).mean(axis=0), atol=1e-4)


def test_who_has_the_library_open_when_it_is_moved_is_told_and_nothing_is_mixed(
    library: SQLiteLibrary, folder: Path
) -> None:
    reembed(open_library(str(library.folder)), NEW)
    query = OLD.encode_query("word7x3", "en")
    for use in (
        lambda: library.nearest(query, 5),
        lambda: library.vectors_of([1]),
        lambda: library.sentences_of([1]),
        lambda: library.language_means(),
        lambda: put(library, folder, 200),
    ):
        with pytest.raises(LibraryMismatch, match="caselib reembed"):
            use()
    with pytest.raises(LibraryMismatch, match="caselib reembed"):
        SQLiteLibrary(library.folder, OLD.recipe)
    check_moved(library.folder, NEW).close()


def test_another_model_chosen_half_way_begins_anew(library: SQLiteLibrary) -> None:
    class Enough(Exception):
        pass

    def stop(kept: int, of: int) -> None:
        if kept > 100:
            raise Enough

    third = hashing_encoder(revision="3")
    with pytest.raises(Enough):
        reembed(open_library(str(library.folder)), third, stop)
    assert reembed(open_library(str(library.folder)), NEW) == 440
    check_moved(library.folder, NEW).close()
    with pytest.raises(Enough):
        reembed(open_library(str(library.folder)), third, stop)
    # To stay after all leaves nothing behind.
    assert reembed(open_library(str(library.folder)), NEW) == 0
    check_moved(library.folder, NEW).close()


def test_what_served_is_deleted_by_the_next_command_where_the_last_was_killed_before(
    library: SQLiteLibrary,
) -> None:
    move = library.move_to(NEW.recipe)
    while passages := move.following(64):
        move.keep(passages, NEW.encode_passages([Passage(1, p.text, p.language) for p in passages]))
    assert move.finish()
    assert "old_vectors" in tables(library)
    SQLiteLibrary(library.folder, NEW.recipe).close()
    assert reembed(open_library(str(library.folder)), NEW) == 0
    check_moved(library.folder, NEW).close()


def test_killed_at_any_moment_it_goes_on_and_embeds_nothing_twice(
    library: SQLiteLibrary, folder: Path
) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    library.close()
    log = folder / "embedded"
    progress = []
    for turn in range(12):
        kept = kept_words(library.folder)
        log.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.index.reembedding_child", library.folder, log, "2"],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None and process.stdout is not None
        if turn < 11:
            process.stdout.readline()
            # Every other time it is killed at work, otherwise with what it has kept so far.
            if turn % 2:
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.write("\n")
                    process.stdin.flush()
                time.sleep(chance.uniform(0, 0.02))
            process.send_signal(signal.SIGKILL)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.read()
        process.wait()
        process.stdout.close()
        words = log.read_text().split() if log.exists() else []
        assert not kept & set(words)
        progress.append(len(kept))
    print(f"passages kept before each turn: {progress}")
    assert any(0 < number < 440 for number in progress)
    check_moved(library.folder, NEW).close()
