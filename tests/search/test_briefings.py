"""A briefing quotes word for word, from several registries, and says nothing twice."""

from __future__ import annotations

import pytest

from index.encoding import Encoder
from index.errors import WrongValue
from index.library import Library
from search.briefings import Briefing, brief
from search.profiles import Profile
from search.statements import read_statements


@pytest.fixture(scope="module")
def growth(priced: Library, encoder: Encoder) -> Briefing:
    return brief(priced, encoder, "growth", language="fr")


def test_every_sentence_stands_on_the_page_that_is_cited(growth: Briefing, priced: Library) -> None:
    assert list(growth.quotations())
    for quotation in growth.quotations():
        pages = {page.number: page.text for page in priced.pages(quotation.record.document)}
        assert quotation.text in pages[quotation.passage.page]


def test_nothing_is_quoted_twice(growth: Briefing) -> None:
    texts = [quotation.text for quotation in growth.quotations()]
    assert len(set(texts)) == len(texts)


def test_at_least_three_registries_are_quoted(growth: Briefing) -> None:
    assert growth.problem and len(growth.cases) >= 3
    assert len(growth.quoted_registries) >= 3
    assert len({done.record.registries for done, _ in growth.cases}) == len(growth.cases)


def test_what_came_of_a_case_is_told_by_the_same_document(growth: Briefing) -> None:
    told = [(done, came) for done, came in growth.cases if came is not None]
    assert told
    assert all(done.record.document == came.record.document for done, came in told)


def test_both_sides_of_a_disagreement_are_on_the_page(growth: Briefing) -> None:
    assert [found.practice for found in growth.disagreements] == ["price-cut"]
    assert growth.disagreements[0].hoped and growth.disagreements[0].other


def test_regions_and_kinds_are_set_side_by_side(growth: Briefing) -> None:
    assert len(growth.by_region) >= 2
    assert [region for region, _ in growth.by_region] == sorted(
        (region for region, _ in growth.by_region),
        key=("AF", "AP", "EU", "LAC", "NA").index,
    )
    for region, quotation in growth.by_region:
        assert quotation.record.regions == (region,)


def test_documents_to_start_with_and_registries_to_ask_are_named(growth: Briefing) -> None:
    assert growth.start and growth.whom
    assert {record.document for record in growth.start} <= {r.document for r in growth.sources}
    assert "fr" in {record.language for record in growth.start}


def test_the_years_that_a_document_tells_of_are_read(growth: Briefing) -> None:
    by_registry = {r.registries[0]: growth.periods.get(r.document) for r in growth.sources}
    assert by_registry["cm"] == (2020, 2021)


def test_a_briefing_can_be_narrowed_to_a_region_and_to_a_registry(
    priced: Library, encoder: Encoder
) -> None:
    africa = brief(priced, encoder, "Croissance", region="af")
    assert africa.topic == "growth"
    assert {region for q in africa.quotations() for region in q.record.regions} == {"AF"}
    kenya = brief(priced, encoder, "growth", registry="Kenya")
    assert set(kenya.quoted_registries) == {"ke"}


def test_cases_of_registries_alike_come_first_with_the_reason(
    priced: Library, encoder: Encoder
) -> None:
    mine = Profile(governance="government", region="AF", names=50_000)
    given = brief(priced, encoder, "growth", profile=mine)
    first = given.cases[0][0].record
    assert first.registries == ("cm",)
    assert [str(reason) for reason in given.alike[first.document]] == [
        ".cm: run by government, like yours",
        ".cm: of a size like yours, about 54337 names",
        ".cm: in your region",
    ]


def test_what_is_not_there_is_said(priced: Library, encoder: Encoder) -> None:
    with pytest.raises(WrongValue, match="dns-abuse, security"):
        brief(priced, encoder, "weather")
    with pytest.raises(WrongValue, match="AF, AP, EU, LAC, NA"):
        brief(priced, encoder, "growth", region="Mars")
    with pytest.raises(WrongValue, match="Atlantis"):
        brief(priced, encoder, "growth", registry="Atlantis")
    empty = brief(priced, encoder, "growth", registry="is")
    assert not empty.documents and not list(empty.quotations()) and not empty.sources


def test_headings_tables_notices_and_sources_are_no_statements(priced: Library) -> None:
    statements = read_statements(priced, priced.records())
    texts = [item.text for item in statements.items]
    assert not [text for text in texts if "://" in text or " | " in text]
    assert not [text for text in texts if "CC BY 4.0" in text]
    kenya = [item for item in statements.items if item.record.registries == ("ke",)]
    assert "What came of it" in {item.heading for item in kenya}
    assert all(len(row) == statements.vectors.shape[1] for row in statements.vectors)
