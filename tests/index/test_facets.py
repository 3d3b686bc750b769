"""Filters are exact, and what stands beside them is what they give."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.library import FACETS, Filters, Record
from index.sqlite_library import SQLiteLibrary
from ingest.document import Quote
from tests.index.test_sqlite_library import RECIPE, document_of, vectors_of

QUERY = np.ones(16, np.float32)
COUNT = 240


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SQLiteLibrary]:
    """A library of some hundred documents of every sort."""
    folder = tmp_path_factory.mktemp("facets")
    opened = SQLiteLibrary(folder / "library", RECIPE)
    chance = random.Random(7)
    for number in range(COUNT):
        content = f"case {number}".encode()
        (folder / "deposit").write_bytes(content)
        languages = chance.sample(("ar", "en", "zh"), chance.choice((1, 1, 2)))
        document = dataclasses.replace(
            document_of(content, {language: f"Text {number}" for language in languages}),
            registries=tuple(chance.sample(("tw", "台灣", "fr", "br", "рф"), chance.randint(0, 2))),
            topics=tuple(chance.sample(("legal", "csr", "idn"), chance.randint(0, 2))),
            kind=chance.choice(("paper", "report", "page")),
            year=chance.choice((None, 2019, 2020, 2024)),
            media_type=chance.choice(("application/pdf", "text/html")),
            summary=(Quote(1, "Text"),),
        )
        opened.add(document, folder / "deposit", vectors_of(document))
    yield opened
    opened.close()


CHOICES: dict[str, tuple[Filters, ...]] = {
    "language": (Filters(), Filters(languages=("zh",)), Filters(languages=("zh", "ar"))),
    "topic": (Filters(), Filters(topics=("csr",))),
    "registry": (Filters(), Filters(registries=("tw",)), Filters(registries=("台灣", "ru"))),
    "region": (Filters(), Filters(regions=("AP", "LAC"))),
    "year": (Filters(), Filters(first_year=2020), Filters(first_year=2019, last_year=2019)),
    "kind": (Filters(), Filters(kinds=("paper", "page"))),
    "format": (Filters(), Filters(media_types=("text/html",))),
}


def joined(parts: tuple[Filters, ...]) -> Filters:
    """One filter out of several."""
    changes = {
        field.name: getattr(part, field.name)
        for part in parts
        for field in dataclasses.fields(Filters)
        if getattr(part, field.name) != getattr(Filters(), field.name)
    }
    return Filters(**changes)


def expected(records: list[Record], filters: Filters) -> set[str]:
    """The documents that pass, by the meaning of the filters and without any SQL."""
    families = {"tw": {"tw", "台灣"}, "ru": {"ru", "рф"}}
    codes = set().union(*(families.get(code, {code}) for code in filters.registries))
    return {
        r.document
        for r in records
        if (not filters.languages or set(filters.languages) & set(r.languages))
        and (not codes or codes & set(r.registries))
        and (not filters.topics or set(filters.topics) & set(r.topics))
        and (not filters.regions or set(filters.regions) & set(r.regions))
        and (not filters.kinds or r.kind in filters.kinds)
        and (not filters.media_types or r.media_type in filters.media_types)
        and (filters.first_year is None or (r.year or 0) >= filters.first_year)
        and (filters.last_year is None or (r.year or 9999) <= filters.last_year)
    }


COMBINATIONS = [joined(parts) for parts in itertools.product(*CHOICES.values())]


@pytest.mark.parametrize("filters", random.Random(3).sample(COMBINATIONS, 40))
def test_a_narrowed_search_finds_exactly_what_passes(
    library: SQLiteLibrary, filters: Filters
) -> None:
    wanted = expected(library.records(), filters)
    assert {record.document for record in library.records(filters)} == wanted
    ids, _ = library.nearest(QUERY, 2 * COUNT, filters)
    passages = library.passages([int(number) for number in ids])
    assert {passage.document for passage in passages.values()} == wanted
    by_words, _ = library.with_words(["text"], 2 * COUNT, filters)
    with_all = library.with_all_words(["text"], filters)
    found = library.passages(with_all)
    assert {passage.document for passage in found.values()} == wanted
    # 'text' stands everywhere, so that it is too common to find anything by itself.
    assert len(by_words) in (0, len(with_all))


def test_the_best_hit_is_the_best_of_all_that_pass(library: SQLiteLibrary) -> None:
    everything, scores = library.nearest(QUERY, 2 * COUNT)
    passages = library.passages([int(number) for number in everything])
    narrow = Filters(topics=("idn",), regions=("LAC",), kinds=("report",))
    wanted = expected(library.records(), narrow)
    kept = [
        (int(number), score)
        for number, score in zip(everything, scores, strict=True)
        if passages[int(number)].document in wanted
    ]
    assert len(kept) > 3
    # Not among the first, so a filter over the first hits would miss it.
    assert everything.tolist().index(kept[0][0]) > 2
    ids, found = library.nearest(QUERY, 3, narrow)
    assert ids.tolist() == [number for number, _ in kept[:3]]
    assert np.allclose(found, [score for _, score in kept[:3]])


VALUE = {
    "language": "languages",
    "topic": "topics",
    "registry": "registries",
    "region": "regions",
    "kind": "kinds",
    "format": "media_types",
}


@pytest.mark.parametrize("filters", random.Random(5).sample(COMBINATIONS, 12))
def test_the_count_beside_a_choice_is_what_the_choice_gives(
    library: SQLiteLibrary, filters: Filters
) -> None:
    records = library.records()
    counts = library.facets(filters)
    assert tuple(counts) == FACETS
    for facet, values in counts.items():
        for value, count in values.items():
            chosen = (
                {"first_year": int(value), "last_year": int(value)}
                if facet == "year"
                else {VALUE[facet]: (value,)}
            )
            narrowed = dataclasses.replace(filters, **chosen)
            assert count == len(expected(records, narrowed)) == len(library.records(narrowed))


def test_a_registry_counts_its_other_cctlds_too(library: SQLiteLibrary) -> None:
    counts = library.facets()["registry"]
    records = library.records()
    assert counts["tw"] == sum(bool({"tw", "台灣"} & set(r.registries)) for r in records)
    assert counts["台灣"] == sum("台灣" in r.registries for r in records)
    # No document names .ru itself, and its registry is there to be chosen all the same.
    assert counts["ru"] == counts["рф"]


def test_most_come_first_and_years_newest_first(library: SQLiteLibrary) -> None:
    counts = library.facets()
    assert list(counts["year"]) == ["2024", "2020", "2019"]
    kinds = list(counts["kind"].values())
    assert kinds == sorted(kinds, reverse=True)


def test_an_empty_library_has_no_counts(tmp_path: Path) -> None:
    library = SQLiteLibrary(tmp_path / "library", RECIPE)
    assert library.facets() == {facet: {} for facet in FACETS}
    library.close()
