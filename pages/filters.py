"""The filters over documents, on the pages that search and list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from index.library import Filters, Record
from index.topics import topics
from pages import names, state
from pages.texts import _, n_

NAMES = ("languages", "topics", "regions", "registries", "formats", "from", "to")


def draw(records: Sequence[Record]) -> Filters:
    """Draw the filters, folded away until one is set, and say what they narrow to."""
    languages = _sorted({code for record in records for code in record.languages})
    registries = sorted({code for record in records for code in record.registries})
    there = {code for record in records for code in record.topics}
    formats = _sorted({record.media_type for record in records})
    years = sorted({record.year for record in records if record.year is not None}, reverse=True)
    chosen = {
        "languages": languages,
        "topics": [topic for topic in topics() if topic in there],
        "regions": sorted({code for record in records for code in record.regions}),
        "registries": registries,
        "formats": formats,
    }
    for name, options in chosen.items():
        state.follow_several(name, options)
    for name in ("from", "to"):
        state.follow_one(name, [str(year) for year in years])
    count = sum(bool(st.session_state[name]) for name in NAMES)
    with st.expander(
        n_("Filters: {count} set", "Filters: {count} set", count) if count else _("Filters")
    ):
        _pills("languages", _("Language of the text"), languages)
        _pills("formats", _("Format"), formats)
        _pills("regions", _("Region"), chosen["regions"])
        st.multiselect(
            _("Topic"),
            chosen["topics"],
            format_func=names.topic_name,
            key="topics",
            placeholder=_("All topics"),
            select_all=False,
            filter_mode="contains",
            on_change=state.keep,
            args=("topics",),
        )
        st.multiselect(
            _("Registry"),
            registries,
            format_func=names.registry_name,
            key="registries",
            placeholder=_("All registries"),
            select_all=False,
            filter_mode="contains",
            on_change=state.keep,
            args=("registries",),
        )
        left, right = st.columns(2)
        with left:
            _year("from", _("From year"), years)
        with right:
            _year("to", _("To year"), years)
        if count:
            st.button(_("Clear the filters"), key="clear", on_click=clear)
    return chosen_filters()


def chosen_filters() -> Filters:
    """What the widgets show, as search takes it."""
    first, last = st.session_state.get("from"), st.session_state.get("to")
    return Filters(
        languages=tuple(st.session_state.get("languages", ())),
        registries=tuple(st.session_state.get("registries", ())),
        media_types=tuple(st.session_state.get("formats", ())),
        first_year=int(first) if first else None,
        last_year=int(last) if last else None,
        topics=tuple(st.session_state.get("topics", ())),
        regions=tuple(st.session_state.get("regions", ())),
    )


def clear() -> None:
    """Take all filters out of the link; the widgets follow."""
    state.change(**dict.fromkeys(NAMES, ""))


def matches(record: Record, filters: Filters) -> bool:
    """True where a document is among those that the filters leave."""
    return (
        (not filters.languages or bool(set(filters.languages) & set(record.languages)))
        and (not filters.registries or bool(set(filters.registries) & set(record.registries)))
        and (not filters.topics or bool(set(filters.topics) & set(record.topics)))
        and (not filters.regions or bool(set(filters.regions) & set(record.regions)))
        and (not filters.media_types or record.media_type in filters.media_types)
        and (filters.first_year is None or (record.year or 0) >= filters.first_year)
        and (filters.last_year is None or (record.year or 9999) <= filters.last_year)
    )


def _sorted(codes: set[str]) -> list[str]:
    return sorted(codes, key=_name)


def _name(code: str) -> str:
    if "/" in code:
        return names.format_name(code)
    return names.region_name(code) if code in names.REGIONS else names.language_name(code)


def _pills(name: str, label: str, options: Sequence[str]) -> None:
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=_name,
        key=name,
        on_change=state.keep,
        args=(name,),
    )


def _year(name: str, label: str, years: Sequence[int]) -> None:
    st.selectbox(
        label,
        [str(year) for year in years],
        index=None,
        key=name,
        placeholder=_("Any year"),
        filter_mode="prefix",
        on_change=state.keep,
        args=(name,),
    )
