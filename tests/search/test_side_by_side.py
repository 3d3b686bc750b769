"""What stands side by side is quoted from the cases compared, and sizes name who says so."""

from __future__ import annotations

from index.encoding import Encoder
from index.library import Library
from search.answers import Quotation
from search.side_by_side import Column, column_of_case, column_of_region


def _quotations(column: Column) -> list[Quotation]:
    known = [one.quotation for one in (*column.sizes, *column.governance) if one.quotation]
    return [*column.problem, *column.done, *column.outcome, *known]


def test_a_case_tells_its_problem_what_was_done_and_what_came_of_it(
    priced: Library, encoder: Encoder
) -> None:
    record = next(one for one in priced.records() if one.registries == ("ke",))
    column = column_of_case(priced, encoder, record)
    assert column.record == record
    assert column.problem and column.done and column.outcome
    texts = [quotation.text for quotation in (*column.problem, *column.done, *column.outcome)]
    assert len({*texts}) == len(texts)
    for quotation in _quotations(column):
        assert quotation.record.document == record.document
        assert quotation.text in quotation.passage.text


def test_a_size_is_quoted_where_its_case_writes_the_figure(
    priced: Library, encoder: Encoder
) -> None:
    record = next(one for one in priced.records() if one.registries == ("uz",))
    (size,) = column_of_case(priced, encoder, record).sizes
    assert size.names == 7000
    assert size.quotation is not None and "7 000" in size.quotation.text.replace("\u00a0", " ")


def test_governance_names_the_case_that_says_so(priced: Library, encoder: Encoder) -> None:
    record = next(one for one in priced.records() if one.registries == ("cm",))
    (governance,) = column_of_case(priced, encoder, record).governance
    assert governance.governance == "government"
    assert governance.record.filename.startswith("cm-price-campaign-2020")


def test_a_region_is_quoted_from_several_of_its_registries(
    priced: Library, encoder: Encoder
) -> None:
    column = column_of_region(priced, encoder, "AF", "growth")
    assert column.documents == 3
    assert len({quotation.record.document for quotation in column.done}) == 2
    assert all("AF" in quotation.record.regions for quotation in _quotations(column))


def test_a_region_without_a_case_says_nothing(priced: Library, encoder: Encoder) -> None:
    column = column_of_region(priced, encoder, "NA", "growth")
    assert (column.documents, column.problem, column.sizes) == (0, (), ())
