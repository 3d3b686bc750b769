"""Topics by region, with how many cases there are of each and where there is none."""

from __future__ import annotations

from collections.abc import Mapping

from pages import choices, names, picture
from pages.picture import element
from pages.show import Markup, escape
from pages.texts import _, n_
from search.overview import Chosen

_STEPS = 5
"""Shades of a cell; the number in it says the same."""


def draw_matrix(counts: Mapping[str, Mapping[str, int]], chosen: Chosen) -> Markup:
    """The matrix, a table; a topic, a region or one of both can be chosen.

    Parameters
    ----------
    counts : by topic and region.
    """
    regions = list(next(iter(counts.values())))
    most = max((count for row in counts.values() for count in row.values()), default=0)
    heads = [
        _heading(
            "column", region, names.region_name(region), region in chosen.regions, regions=region
        )
        for region in regions
    ]
    rows = [
        element(
            "tr", _topic(topic, chosen), *(_cell(topic, r, row[r], most, chosen) for r in regions)
        )
        for topic, row in counts.items()
    ]
    return element(
        "div",
        element(
            "table",
            element("caption", escape(_("Cases by topic and region")), class_="hidden"),
            element("thead", element("tr", element("td"), *heads)),
            element("tbody", *rows),
            class_="matrix",
        ),
        class_="wide",
    )


def _topic(topic: str, chosen: Chosen) -> Markup:
    return _heading("row", topic, names.topic_name(topic), topic in chosen.topics, topics=topic)


def _heading(side: str, code: str, name: str, chosen: bool, **choice: str) -> Markup:
    """The heading of a row or a column, a link that chooses it."""
    return element(
        "th",
        picture.link(
            "explore", choices.choosing(**choice), escape(name), data_name=f"{side}-{code}"
        ),
        scope="col" if side == "column" else side,
        class_="chosen" if chosen else "",
    )


def _cell(topic: str, region: str, count: int, most: int, chosen: Chosen) -> Markup:
    both = topic in chosen.topics and region in chosen.regions
    said = f"{names.topic_name(topic)}, {names.region_name(region)}: " + n_(
        "{count} case", "{count} cases", count
    )
    shade = -(-count * _STEPS // most) if count else 0
    return element(
        "td",
        picture.link(
            "explore",
            choices.choosing(topics=topic, regions=region),
            escape(names.number(count) if count else "–"),
            class_=f"cell shade-{shade}" + (" chosen" if both else ""),
            title=said,
            aria_label=said,
            data_name=f"cell-{topic}-{region}",
        ),
    )
