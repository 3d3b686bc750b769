"""Every count of an overview is what choosing it gives, and a gap names its nearest case."""

from __future__ import annotations

import pytest

from index.encoding import Encoder
from index.library import Library
from index.topics import topics
from search.overview import (
    Case,
    Chosen,
    by_region,
    by_registry,
    by_year,
    chosen_from,
    gap,
    gaps,
    matrix,
    overview,
)


@pytest.fixture(scope="module")
def cases(priced: Library, encoder: Encoder) -> tuple[Case, ...]:
    return overview(priced, encoder)


def test_every_document_is_a_case_with_its_place_and_period(
    cases: tuple[Case, ...], priced: Library
) -> None:
    assert [case.record for case in cases] == priced.records()
    assert all(0 <= x <= 1 and 0 <= y <= 1 for case in cases for x, y in [case.place])
    kenya = next(case for case in cases if case.registries == ("ke",))
    assert kenya.period is not None and kenya.period.covers(2022)


@pytest.mark.parametrize(
    "chosen",
    [Chosen(), Chosen(regions=("AF",)), Chosen(topics=("growth",)), Chosen(years=(2020,))],
    ids=["nothing", "a region", "a topic", "a year"],
)
def test_counts_are_what_choosing_gives(cases: tuple[Case, ...], chosen: Chosen) -> None:
    for topic, row in matrix(cases, chosen).items():
        for region, count in row.items():
            both = chosen.without("topics", "regions")
            found = chosen_from(cases, Chosen((topic,), (region,), both.registries, (), both.years))
            assert len(found) == count
    for region, count in by_region(cases, chosen).items():
        found = chosen_from(cases, Chosen(chosen.topics, (region,), (), (), chosen.years))
        assert len(found) == count
    for year, count in by_year(cases, chosen).items():
        found = chosen_from(cases, Chosen(chosen.topics, chosen.regions, (), (), (year,)))
        assert len(found) == count
    assert sum(by_registry(cases, chosen).values()) >= len(chosen_from(cases, chosen))


def test_a_region_chosen_narrows_registries_and_years_but_not_regions(
    cases: tuple[Case, ...],
) -> None:
    chosen = Chosen(regions=("AF",))
    assert by_region(cases, chosen) == by_region(cases, Chosen())
    assert {*by_registry(cases, chosen)} == {"cm", "ke", "ng"}
    assert sum(by_year(cases, chosen).values()) < sum(by_year(cases, Chosen()).values())


def test_an_internationalised_registry_counts_as_its_ascii_one(cases: tuple[Case, ...]) -> None:
    assert chosen_from(cases, Chosen(registries=("台灣",))) == chosen_from(
        cases, Chosen(registries=("tw",))
    )


def test_a_gap_names_the_regions_case_that_comes_nearest(cases: tuple[Case, ...]) -> None:
    found = gap(cases, "csr", "AF")
    assert found.case is not None and "AF" in found.case.record.regions
    column = list(topics()).index("csr")
    assert found.case.likeness[column] == max(
        case.likeness[column] for case in cases if "AF" in case.record.regions
    )


def test_where_a_region_has_no_case_the_topics_own_comes_nearest(
    cases: tuple[Case, ...],
) -> None:
    found = gap(cases, "growth", "NA")
    assert found.case is not None and "growth" in found.case.record.topics
    assert {(one.topic, one.region) for one in gaps(cases, Chosen())} >= {("growth", "NA")}


def test_an_empty_library_has_nothing_and_breaks_nothing() -> None:
    assert by_year((), Chosen()) == {}
    assert gap((), "growth", "AF").case is None
    assert len(gaps((), Chosen())) == 5 * len(topics())
