"""Where a price cut raised registrations here and not there, both sides are quoted."""

from __future__ import annotations

import pytest

from index.encoding import Encoder
from index.library import Library
from search.disagreement import Disagreement, disagreements, disagreements_about
from search.parts import examples_of, score_parts
from search.ranking import prepare, rank
from search.statements import read_statements

ROSE, DID_NOT = {"cm", "cr"}, {"ke", "vn"}


def codes(found: Disagreement, hoped: bool) -> set[str]:
    side = found.hoped if hoped else found.other
    return {code for experience in side for code in experience.record.registries}


@pytest.fixture(scope="module")
def found(priced: Library, encoder: Encoder) -> list[Disagreement]:
    statements = read_statements(priced, priced.records())
    return disagreements(statements, score_parts(statements, examples_of(encoder)))


def test_the_two_sides_of_price_cuts_are_the_right_cases(found: list[Disagreement]) -> None:
    cuts = [one for one in found if one.practice == "price-cut" and one.thing == "names"]
    assert len(cuts) == 1
    assert codes(cuts[0], hoped=True) and codes(cuts[0], hoped=True) <= ROSE
    assert codes(cuts[0], hoped=False) and codes(cuts[0], hoped=False) <= DID_NOT


def test_nothing_else_is_said_to_disagree(found: list[Disagreement]) -> None:
    assert {(one.practice, one.thing) for one in found} <= {
        ("price-cut", "names"),
        ("price-cut", "renewals"),
    }


def test_each_side_is_quoted_with_what_was_done_and_what_came_of_it(
    found: list[Disagreement], priced: Library
) -> None:
    for quotation in found[0].quotations():
        pages = {page.number: page.text for page in priced.pages(quotation.record.document)}
        assert quotation.text in pages[quotation.passage.page]


@pytest.mark.parametrize(
    "question",
    [
        "Did lowering prices raise registrations?",
        "Baisser les prix fait-il augmenter les enregistrements ?",
        "降价能让域名注册量增加吗？",
        "¿Bajar los precios aumenta los registros?",
    ],
)
def test_a_question_on_price_cuts_is_answered_from_both_sides(
    priced: Library, encoder: Encoder, question: str
) -> None:
    asked = prepare(encoder, question)
    ranked = rank(priced, encoder, asked)
    given = disagreements_about(priced, encoder, asked.text, asked.language, ranked)
    assert [one.practice for one in given] == ["price-cut"] * len(given) and given
    assert codes(given[0], hoped=True) <= ROSE and codes(given[0], hoped=False) <= DID_NOT


def test_a_question_on_something_else_has_no_sides(priced: Library, encoder: Encoder) -> None:
    asked = prepare(encoder, "Who runs the registry of Cameroon?")
    ranked = rank(priced, encoder, asked)
    assert disagreements_about(priced, encoder, asked.text, asked.language, ranked) == []
