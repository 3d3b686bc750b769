"""What the reader has chosen on Explore; it stands in the link, as everything does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from index.correcting import REGIONS
from index.topics import topics
from ingest.registry_list import registries
from pages import names, picture, show, state
from pages.picture import element
from pages.texts import LANGUAGES, _
from search.overview import Chosen

PARAMETERS: Final = {
    "topics": "topics",
    "regions": "regions",
    "registries": "registries",
    "languages": "languages",
    "years": "told",
}
"""By kind of choice, its name in the link; `told` is not the year in which a case was written."""


def chosen() -> Chosen:
    """What the link says; values that do not exist are left out."""
    return Chosen(
        topics=tuple(one for one in _said("topics") if one in topics()),
        regions=tuple(one for one in _said("regions") if one in REGIONS),
        registries=tuple(one for one in _said("registries") if one in registries()),
        languages=tuple(one for one in _said("languages") if one in LANGUAGES),
        years=tuple(int(one) for one in _said("years") if one.isascii() and one.isdigit()),
    )


def _said(kind: str) -> list[str]:
    return list(dict.fromkeys(st.query_params.get_all(PARAMETERS[kind])))


def choosing(**values: str) -> state.Params:
    """The link's parameters with these chosen, or let go where they are all that is chosen."""
    params = state.current() | state.link()
    wanted = {PARAMETERS[kind]: [value] for kind, value in values.items()}
    if all(params.get(name) == value for name, value in wanted.items()):
        wanted = {name: [] for name in wanted}
    return {name: found for name, found in (params | wanted).items() if any(found)}


def clear() -> None:
    """Let everything go."""
    state.change(**dict.fromkeys(PARAMETERS.values(), ""))


def draw(what: Chosen) -> None:
    """The choices as marks, each of which lets itself go."""
    if not what:
        return
    marks = [
        picture.link(
            "explore",
            _without(kind, value),
            show.escape(name(kind, value)),
            element("span", show.escape(" ×"), aria_hidden="true"),
            class_="mark",
            title=_("Remove the filter: {name}").format(name=name(kind, value)),
            aria_label=_("Remove the filter: {name}").format(name=name(kind, value)),
        )
        for kind in PARAMETERS
        for value in map(str, getattr(what, kind))
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="chosen"):
        picture.draw("marks", element("div", *marks, class_="marks"))
        st.button(_("Clear the filters"), key="clear-choices", type="tertiary", on_click=clear)


def _without(kind: str, value: str) -> state.Params:
    params = state.current() | state.link()
    left = [one for one in params.get(PARAMETERS[kind], []) if one != value]
    return {name: found for name, found in (params | {PARAMETERS[kind]: left}).items() if found}


_NAMED: Final[dict[str, Callable[[str], str]]] = {
    "topics": names.topic_name,
    "regions": names.region_name,
    "registries": names.registry_name,
    "languages": names.language_name,
    "years": str,
}


def name(kind: str, value: str) -> str:
    """A choice as the reader reads it."""
    return _NAMED[kind](value)
