"""The cases on a plane: neighbours are alike by meaning; colour and shape say the topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.topics import topics
from pages import choices, names, picture, state
from pages.picture import element
from pages.show import Markup, escape
from pages.texts import _
from search.overview import Case, Chosen

_COLOURS: Final = 7
"""Colours that the colour-blind tell apart, each in two shapes."""


def draw_meaning(cases: Sequence[Case], left: Sequence[Case], chosen: Chosen) -> Markup:
    """A point for each case, those that the filters leave in front; below, what the marks mean.

    Parameters
    ----------
    cases : all; left : those that the filters leave.
    """
    within = {case.record.document for case in left}
    behind = [case for case in cases if case.record.document not in within]
    points = [_point(case, False) for case in behind] + [_point(case, True) for case in left]
    return element(
        "div",
        # West and east mean nothing here, but the points keep their places in every language.
        element("div", *points, class_="plane", dir="ltr"),
        _legend(chosen),
    )


def _mark(topic: str) -> str:
    known = list(topics())
    number = known.index(topic) if topic in known else -1
    if number < 0:
        return "none"
    return f"colour-{number % _COLOURS} " + ("round" if number < _COLOURS else "square")


def _point(case: Case, within: bool) -> Markup:
    where = f"left:{2 + 96 * case.place[0]:.1f}%;top:{3 + 94 * case.place[1]:.1f}%"
    if not within:
        return element("span", class_="point behind", style=where, aria_hidden="true")
    said = f"{names.title(case.record)} · {_topic(case.topic)}"
    return picture.link(
        "document",
        state.link(document=case.record.document),
        class_=f"point {_mark(case.topic)}",
        style=where,
        title=said,
        aria_label=said,
        data_name=f"point-{case.record.document}",
    )


def _topic(topic: str) -> str:
    return names.topic_name(topic) if topic else _("No topic")


def _legend(chosen: Chosen) -> Markup:
    rows = [
        element(
            "li",
            picture.link(
                "explore",
                choices.choosing(topics=topic),
                element("span", class_=f"point {_mark(topic)}", aria_hidden="true"),
                escape(names.topic_name(topic)),
                class_="chosen" if topic in chosen.topics else "",
                data_name=f"legend-{topic}",
            ),
        )
        for topic in topics()
    ]
    return element("ul", *rows, class_="legend")
