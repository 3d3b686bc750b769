"""The filters over documents, on the pages that search and list, with counts beside each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from index.library import Filters
from index.topics import topics
from pages import library_access, names, state
from pages.texts import _, n_

SEVERAL = {
    "languages": "language",
    "topics": "topic",
    "registries": "registry",
    "regions": "region",
    "kinds": "kind",
    "formats": "format",
}
"""Filters of several choices, by their name in the link: the facet that they choose from."""

NAMES = (*SEVERAL, "from", "to")

Counts = Mapping[str, Mapping[str, int]]
"""Documents by facet and value."""


def draw() -> Filters:
    """Draw the filters, folded away until one is set, and say what they narrow to."""
    library = library_access.catalogue()
    there: Counts = library.facets() if library else {}
    for name, facet in SEVERAL.items():
        state.follow_several(name, there.get(facet, {}))
    for name in ("from", "to"):
        state.follow_one(name, there.get("year", {}))
    narrowed = chosen_filters()
    counts: Counts = library.facets(narrowed) if library and narrowed else there
    count = sum(bool(st.session_state[name]) for name in NAMES)
    with st.expander(
        n_("Filters: {count} set", "Filters: {count} set", count) if count else _("Filters")
    ):
        _choices(there, counts)
        if count:
            st.button(_("Clear the filters"), key="clear", on_click=clear)
    return narrowed


def chosen_filters() -> Filters:
    """What the widgets show, as search takes it."""
    first, last = st.session_state.get("from"), st.session_state.get("to")
    chosen = {name: tuple(st.session_state.get(name, ())) for name in SEVERAL}
    return Filters(
        languages=chosen["languages"],
        topics=chosen["topics"],
        registries=chosen["registries"],
        regions=chosen["regions"],
        kinds=chosen["kinds"],
        media_types=chosen["formats"],
        first_year=int(first) if first else None,
        last_year=int(last) if last else None,
    )


def clear() -> None:
    """Take all filters out of the link; the widgets follow."""
    state.change(**dict.fromkeys(NAMES, ""))


def _choices(there: Counts, counts: Counts) -> None:
    """The filters themselves: a choice counts what it would give under the other filters."""
    listed = there.get("topic", {})
    _pills("languages", _("Language of the text"), there, counts, names.language_name)
    _several(
        "topics",
        _("Topic"),
        _("All topics"),
        [topic for topic in topics() if topic in listed],
        _counted(counts.get("topic", {}), names.topic_name),
    )
    _several(
        "registries",
        _("Registry"),
        _("All registries"),
        sorted(there.get("registry", {})),
        _counted(counts.get("registry", {}), names.registry_name),
    )
    _pills("regions", _("Region"), there, counts, names.region_name)
    _pills("kinds", _("Kind of document"), there, counts, names.kind_name)
    _pills("formats", _("Format"), there, counts, names.format_name)
    left, right = st.columns(2)
    years = there.get("year", {})
    counted = _counted(counts.get("year", {}), str)
    with left:
        _year("from", _("From year"), years, counted)
    with right:
        _year("to", _("To year"), years, counted)


def _counted(counts: Mapping[str, int], name: Callable[[str], str]) -> Callable[[str], str]:
    """Choices as they are shown: with the documents that each would give."""

    def shown(value: str) -> str:
        return f"{name(value)} ({names.number(counts.get(value, 0))})"

    return shown


def _pills(
    name: str, label: str, there: Counts, counts: Counts, called: Callable[[str], str]
) -> None:
    facet = SEVERAL[name]
    st.pills(
        label,
        sorted(there.get(facet, {}), key=called),
        selection_mode="multi",
        format_func=_counted(counts.get(facet, {}), called),
        key=name,
        on_change=state.keep,
        args=(name,),
    )


def _several(
    name: str,
    label: str,
    placeholder: str,
    options: Iterable[str],
    shown: Callable[[str], str],
) -> None:
    st.multiselect(
        label,
        list(options),
        format_func=shown,
        key=name,
        placeholder=placeholder,
        select_all=False,
        filter_mode="contains",
        on_change=state.keep,
        args=(name,),
    )


def _year(name: str, label: str, years: Iterable[str], shown: Callable[[str], str]) -> None:
    st.selectbox(
        label,
        list(years),
        index=None,
        format_func=shown,
        key=name,
        placeholder=_("Any year"),
        filter_mode="prefix",
        on_change=state.keep,
        args=(name,),
    )
