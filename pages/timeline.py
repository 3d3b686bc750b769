"""Of which years cases tell: a bar for each year; a line for each case where few are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pages import choices, names, picture, state
from pages.picture import element
from pages.show import Markup, escape, isolated, language_attribute
from pages.texts import n_
from search.overview import Case, Chosen

MOST_LINES: Final = 30
_EVERY: Final = 5
"""Years between two that are written out."""


def draw_years(counts: Mapping[int, int], chosen: Chosen) -> Markup:
    """A bar for each year, as high as there are cases that tell of it."""
    most = max(counts.values(), default=1)
    bars = [
        element(
            "li",
            picture.link(
                "explore",
                choices.choosing(years=str(year)),
                element("span", class_="bar", style=f"height:{100 * count / most:.1f}%"),
                class_="year chosen" if year in chosen.years else "year",
                title=_said(year, count),
                aria_label=_said(year, count),
                data_name=f"year-{year}",
            ),
            *(
                [element("span", escape(str(year)), class_="tick", aria_hidden="true")]
                if year % _EVERY == 0
                else []
            ),
        )
        for year, count in counts.items()
    ]
    return element("ol", *bars, class_="years")


def _said(year: int, count: int) -> str:
    return f"{year}: " + n_("{count} case", "{count} cases", count)


def draw_periods(cases: Sequence[Case]) -> Markup:
    """A line for each case from its first to its last year, the earliest first."""
    told = [(case.period, case) for case in cases if case.period is not None]
    if not told:
        return element("ol", class_="periods")
    first = min(period.first for period, _case in told)
    span = max(period.last for period, _case in told) - first + 1
    ordered = sorted(told, key=lambda pair: (pair[0].first, pair[0].last))
    lines = [
        element(
            "li",
            picture.link(
                "document",
                state.link(document=case.record.document),
                element("bdi", isolated(names.title(case.record)), class_="name"),
                element(
                    "span",
                    element(
                        "span",
                        class_="span" if period.stated else "span named",
                        style=f"inset-inline-start:{100 * (period.first - first) / span:.2f}%;"
                        f"inline-size:{100 * (period.last - period.first + 1) / span:.2f}%",
                    ),
                    class_="track",
                    aria_hidden="true",
                ),
                element("span", escape(names.years(period.first, period.last)), class_="when"),
            ),
        )
        for period, case in ordered
    ]
    return element("ol", *lines, class_="periods")


def title_of(case: Case) -> Markup:
    """A case's title as a link to it."""
    title = names.title(case.record)
    return picture.link(
        "document",
        state.link(document=case.record.document),
        element("bdi", isolated(title), **_spoken(title, case.record.language)),
    )


def _spoken(title: str, language: str) -> dict[str, str]:
    said = language_attribute(title, language)
    return {"lang": said.partition('"')[2].rstrip('"')} if said else {}
