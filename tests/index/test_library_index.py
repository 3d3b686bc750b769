"""What a library finds by vectors, in whatever way its index searches them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index import rows
from index.library import Filters, Ids, Vectors
from index.sqlite_library import SQLiteLibrary
from index.vector_index import VectorIndex
from ingest.document import Passage
from tests.index.test_sqlite_library import RECIPE, document_of, vectors_of

LANGUAGES = ("en", "zh", "en", "ar", "ar", "en", "zh")
DOCUMENTS = 200
QUERIES = np.random.default_rng(4).normal(size=(20, 16)).astype(np.float32)


def fill(library: SQLiteLibrary, folder: Path, numbers: range) -> None:
    """Documents of seven passages in three languages by turns."""
    for number in numbers:
        content = f"case {number}".encode()
        (folder / "deposit").write_bytes(content)
        document = dataclasses.replace(
            document_of(content),
            passages=tuple(
                Passage(1, f"Passage {number} {place} common", language)
                for place, language in enumerate(LANGUAGES)
            ),
            year=2000 + number % 20,
        )
        library.add(document, folder / "deposit", vectors_of(document))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def large(folder: Path) -> Iterator[SQLiteLibrary]:
    """A library that holds more than it searches one by one."""
    opened = SQLiteLibrary(folder / "library", RECIPE, exact_up_to=400)
    fill(opened, folder, range(DOCUMENTS))
    yield opened
    opened.close()


def everything(library: SQLiteLibrary) -> tuple[Ids, Vectors, list[str]]:
    """All passages with their vectors and languages."""
    passages = [one for record in library.records() for one in library.passages_of(record.document)]
    ids = [passage.passage for passage in passages]
    return np.array(ids), library.vectors_of(ids), [passage.language for passage in passages]


def recall(library: SQLiteLibrary, limit: int = 20) -> float:
    """Share of the really nearest that is found; vectors without any structure are the hardest."""
    ids, vectors, _ = everything(library)
    found = [
        len(
            set(map(int, library.nearest(query, limit)[0]))
            & set(map(int, ids[np.argsort(-(vectors @ query))[:limit]]))
        )
        for query in QUERIES
    ]
    return float(np.mean(found)) / limit


def test_scores_of_a_large_library_are_those_of_its_stored_vectors(large: SQLiteLibrary) -> None:
    for query in QUERIES:
        ids, scores = large.nearest(query, 10)
        assert len(ids) == 10
        assert np.allclose(scores, large.vectors_of(list(ids)) @ query, atol=1e-5)
        assert np.all(np.diff(scores) <= 0)
    assert recall(large) > 0.8


def test_filters_of_a_large_library_are_exact(large: SQLiteLibrary) -> None:
    ids, vectors, languages = everything(large)
    chosen = np.array([language == "zh" for language in languages])
    for query in QUERIES:
        found, _ = large.nearest(query, 20, Filters(languages=("zh",), first_year=1999))
        right = ids[chosen][np.argsort(-(vectors[chosen] @ query))[:20]]
        assert list(found) == list(right)


def test_every_passage_that_passes_is_found_where_languages_take_turns(
    large: SQLiteLibrary,
) -> None:
    ids, _, languages = everything(large)
    for wanted in (("en",), ("ar",), ("en", "ar"), ("en", "ar", "zh"), ("fr",)):
        filters = Filters(languages=wanted)
        right = {int(n) for n, language in zip(ids, languages, strict=True) if language in wanted}
        assert set(map(int, large.nearest(QUERIES[0], 5000, filters)[0])) <= right
        among = large.nearest(QUERIES[0], 5000, Filters(languages=wanted, last_year=2000))[0]
        assert len(among) == len(right) // 20


def test_filters_follow_what_changes(large: SQLiteLibrary, folder: Path) -> None:
    filters = Filters(first_year=2019, languages=("zh",))
    before = large.nearest(QUERIES[0], 100, filters)[0]
    assert len(before) == 2 * DOCUMENTS // 20
    fill(large, folder, range(DOCUMENTS + 19, DOCUMENTS + 20))
    assert len(large.nearest(QUERIES[0], 100, filters)[0]) == len(before) + 2
    old = large.records(Filters(last_year=2000))[0]
    large.correct(old.document, "year", 2020, "a librarian")
    assert len(large.nearest(QUERIES[0], 100, filters)[0]) == len(before) + 4


def test_words_are_found_within_the_filters_only(large: SQLiteLibrary) -> None:
    ids, _ = large.with_words(["100"], 50)
    assert len(ids) == len(LANGUAGES)
    among, _ = large.with_words(["100"], 50, Filters(languages=("zh",)))
    assert {one.language for one in large.passages(list(among)).values()} == {"zh"}
    assert len(among) == 2
    assert len(large.with_words(["100"], 50, Filters(first_year=2025))[0]) == 0


def test_a_library_that_grows_large_and_changes_is_searched_whole(folder: Path) -> None:
    library = SQLiteLibrary(folder / "grows", RECIPE, exact_up_to=400)
    fill(library, folder, range(50))
    assert recall(library) == 1
    fill(library, folder, range(50, 150))
    assert recall(library) > 0.8
    gone = library.records()[3].document
    numbers = {passage.passage for passage in library.passages_of(gone)}
    library.remove(gone)
    fill(library, folder, range(150, 152))
    found = set(map(int, library.nearest(QUERIES[0], 5000)[0]))
    assert not found & numbers
    assert recall(library) > 0.8
    library.close()
    again = SQLiteLibrary(folder / "grows", RECIPE, exact_up_to=400)
    assert recall(again) > 0.8
    assert list(again.check()) == []
    again.close()


def test_an_index_that_has_become_large_is_kept_so_and_not_made_again(folder: Path) -> None:
    library = SQLiteLibrary(folder / "grows", RECIPE, exact_up_to=400)
    fill(library, folder, range(57))
    library.nearest(QUERIES[0], 1)
    fill(library, folder, range(57, 59))
    library.nearest(QUERIES[0], 1)
    library.close()
    kept = VectorIndex.read(folder / "grows" / "index", 16, recipe=RECIPE.digest)
    assert kept is not None
    assert (kept.exact, len(kept)) == (False, 59 * len(LANGUAGES))


def test_a_library_that_has_outgrown_its_index_says_so_and_is_mended(folder: Path) -> None:
    library = SQLiteLibrary(folder / "grows", RECIPE, exact_up_to=100)
    fill(library, folder, range(20))
    library.nearest(QUERIES[0], 1)
    assert list(library.check()) == []
    fill(library, folder, range(20, 100))
    assert [finding.what for finding in library.check()] == [
        "The search index was made for a much smaller library."
    ]
    library.mend()
    assert list(library.check()) == []
    library.close()


def test_words_that_many_passages_hold_are_found_where_no_rarer_one_is_asked(
    large: SQLiteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(large.with_words(["77", "88"], 100)[0]) == 2 * len(LANGUAGES)
    monkeypatch.setattr(rows, "_MATCHES", len(LANGUAGES) - 1)
    assert len(large.with_words(["77", "88"], 100)[0]) == len(LANGUAGES)
    assert len(large.with_words(["common"], 100)[0]) == 0
