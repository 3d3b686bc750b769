"""A document's period is what it says it tells of, or the years that it names most."""

from __future__ import annotations

from index.library import StoredPassage
from search.periods import Period, period_of


def passages(*texts: str) -> list[StoredPassage]:
    return [
        StoredPassage(number, "one", number, 1, "en", text, False)
        for number, text in enumerate(texts, 1)
    ]


def test_a_period_that_is_stated_near_the_beginning_holds() -> None:
    told = passages("Domain .br Period 2008–2013", "In 2020 and in 2021 it was told again in 2020.")
    assert period_of(told) == Period(2008, 2013, stated=True)


def test_a_period_that_runs_backwards_is_none() -> None:
    assert period_of(passages("Phones 2013–2008. In 2011 it began.")) == Period(2008, 2013, False)


def test_otherwise_the_years_named_most_count_and_a_passing_one_does_not() -> None:
    told = passages(
        "In 1994 the domain was delegated.",
        "In 2011 the price fell; in 2011 names doubled. In 2012 the price rose.",
        "By 2012 the registry had learnt from 2011.",
    )
    assert period_of(told) == Period(2011, 2012, stated=False)


def test_lists_of_sources_say_nothing_of_the_years_told() -> None:
    told = passages(
        "The cut came in 2005.",
        "https://one.example/2019/a seen in 2024, https://two.example/b seen in 2024, in 2024",
    )
    assert period_of(told) == Period(2005, 2005, stated=False)


def test_the_year_of_writing_counts_only_where_no_other_is_named() -> None:
    assert period_of(passages("Written in 2026 and 2026 about 2010."), 2026) == Period(
        2010, 2010, False
    )
    assert period_of(passages("Written in 2026."), 2026) == Period(2026, 2026, False)


def test_a_text_without_years_has_no_period() -> None:
    assert period_of(passages("Numbers such as 2,011 or 19990 or 3.2011 are no years.")) is None
