"""Explore: the whole library in pictures, each of which narrows all the others."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from index.correcting import REGIONS
from index.topics import topics
from pages import choices, columns, kept, library_access, names, picture, show, state
from pages.matrix import draw_matrix
from pages.meaning_map import draw_meaning
from pages.picture import element
from pages.show import Markup, escape
from pages.texts import LANGUAGES, _, n_
from pages.timeline import MOST_LINES, draw_periods, draw_years, title_of
from pages.world_map import draw_world
from search import overview
from search.overview import Case, Chosen
from search.side_by_side import MOST

_SHEET = Path(__file__).with_name("explore.css")
LISTED = 12
"""Cases listed on the page; the library's own page has all of them."""


def draw() -> None:
    """Draw the page."""
    st.html(_SHEET)
    with st.container(key="explore"):
        show.heading(_("Explore"))
        show.lead(
            _(
                "The whole library in pictures. Choose a region, a registry, a topic or a year in "
                "one picture: all the others follow."
            )
        )
        if not library_access.records():
            st.info(_("The library is empty: deposit a first document."))
            return
        cases = kept.overview()
        _filters(cases)
        chosen = choices.chosen()
        left = overview.chosen_from(cases, chosen)
        choices.draw(chosen)
        show.note(_counted(len(left), len(cases)), role="status")
        _nothing(cases, chosen, left)
        _world(cases, chosen)
        _matrix(cases, chosen)
        _timeline(cases, chosen, left)
        _meaning(cases, chosen, left)
        _cases(left)
        _side_by_side(cases, chosen, left)


def _counted(left: int, count: int) -> str:
    if left == count:
        return n_("{count} case", "{count} cases", count)
    return n_(
        "{found} of {count} case", "{found} of {count} cases", count, found=names.number(left)
    )


def _filters(cases: Sequence[Case]) -> None:
    """The same choices as lists, for those who rather choose from lists."""
    told = sorted({y for c in cases if c.period for y in range(c.period.first, c.period.last + 1)})
    options = {
        "topics": list(topics()),
        "regions": list(REGIONS),
        "registries": sorted({code for case in cases for code in case.registries}),
        "languages": [
            code for code in LANGUAGES if any(code in case.record.languages for case in cases)
        ],
        "years": [str(year) for year in told],
    }
    labels = {
        "topics": _("Topic"),
        "regions": _("Region"),
        "registries": _("Registry"),
        "languages": _("Language of the text"),
        "years": _("Years it tells of"),
    }
    for kind, parameter in choices.PARAMETERS.items():
        state.follow_several(parameter, options[kind])
    with st.expander(_("Filters")), st.container(key="choices", horizontal=True):
        for kind, parameter in choices.PARAMETERS.items():
            st.multiselect(
                labels[kind],
                options[kind],
                format_func=functools.partial(choices.name, kind),
                key=parameter,
                placeholder=_("All"),
                select_all=False,
                filter_mode="contains",
                on_change=state.keep,
                args=(parameter,),
            )


def _nothing(cases: Sequence[Case], chosen: Chosen, left: Sequence[Case]) -> None:
    """Where a region tells nothing of a topic, what comes nearest."""
    if left or len(chosen.topics) != 1 or len(chosen.regions) != 1:
        if not left:
            st.info(_("No case is left: remove one of the filters."))
        return
    found = overview.gap(cases, chosen.topics[0], chosen.regions[0])
    with st.container(key="gap"):
        picture.draw("gap-found", element("p", *_gap(found), class_="gap"))


def _gap(found: overview.Gap) -> list[Markup]:
    said = _("Nothing from {region} on {topic}.").format(
        region=names.region_name(found.region), topic=names.topic_name(found.topic)
    )
    if found.case is None:
        return [escape(said)]
    return [escape(f"{said} "), escape(_("Nearest by meaning:") + " "), title_of(found.case)]


def _world(cases: Sequence[Case], chosen: Chosen) -> None:
    show.subheading(_("Where the cases come from"))
    regions = overview.by_region(cases, chosen)
    registries = overview.by_registry(cases, chosen)
    picture.draw(
        "world",
        draw_world(
            regions,
            registries,
            (chosen.regions, chosen.registries),
            lambda kind, value: choices.choosing(**{kind: value}),
        ),
    )
    show.note(
        _(
            "A point for each registry, larger with more cases; small dots are registries without "
            "a case. The regions are ICANN's."
        )
    )

    def rows() -> Markup:
        return picture.table(
            [_("Region"), _("Cases")],
            [
                [_chosen_by("regions", code), escape(names.number(count))]
                for code, count in regions.items()
            ]
            + [
                [_chosen_by("registries", code), escape(names.number(count))]
                for code, count in registries.items()
            ],
            _("Cases by region and registry"),
        )

    picture.as_table("world", rows)


def _chosen_by(kind: str, value: str) -> Markup:
    return picture.link(
        "explore", choices.choosing(**{kind: value}), escape(choices.name(kind, value))
    )


def _matrix(cases: Sequence[Case], chosen: Chosen) -> None:
    show.subheading(_("Topics and regions"))
    picture.draw("matrix", draw_matrix(overview.matrix(cases, chosen), chosen))
    found = overview.gaps(cases, chosen.without("topics", "regions"))
    if found:
        with st.expander(n_("{count} gap", "{count} gaps", len(found))):
            lines = [element("li", *_gap(one)) for one in found]
            picture.draw("gaps", element("ul", *lines, class_="gaps"))


def _timeline(cases: Sequence[Case], chosen: Chosen, left: Sequence[Case]) -> None:
    counts = overview.by_year(cases, chosen)
    if not counts:
        return
    show.subheading(_("The years they tell of"))
    picture.draw("years", draw_years(counts, chosen))
    show.note(
        _(
            "A case counts for every year of the period that it tells of, as it says itself or by "
            "the years that it names most; not for the year in which it was written."
        )
    )
    if 0 < len(left) <= MOST_LINES:
        picture.draw("periods", draw_periods(left))

    def rows() -> Markup:
        return picture.table(
            [_("Year"), _("Cases")],
            [
                [_chosen_by("years", str(year)), escape(names.number(count))]
                for year, count in counts.items()
            ],
            _("Cases by the years they tell of"),
        )

    picture.as_table("years", rows)


def _meaning(cases: Sequence[Case], chosen: Chosen, left: Sequence[Case]) -> None:
    show.subheading(_("By meaning"))
    picture.draw("meaning", draw_meaning(cases, left, chosen))
    show.note(
        _(
            "Cases close to one another are about similar things, whatever their language; long "
            "distances mean nothing. Colour and shape show the main topic; a point opens its case."
        )
    )
    picture.as_table("meaning", lambda: _table_of(left))


def _table_of(cases: Sequence[Case]) -> Markup:
    return picture.table(
        [_("Title"), _("Topic"), _("Registry"), _("Years it tells of")],
        [
            [
                title_of(case),
                escape(names.listed([names.topic_name(one) for one in case.record.topics])),
                escape(names.listed([names.registry_name(one) for one in case.registries])),
                escape(names.years(case.period.first, case.period.last) if case.period else ""),
            ]
            for case in cases
        ],
        _("Cases"),
    )


def _cases(left: Sequence[Case]) -> None:
    if not left:
        return
    show.subheading(_("The cases"))
    picture.draw("cases", _table_of(left[:LISTED]))
    if len(left) > LISTED:
        st.page_link(
            "pages/library.py",
            label=_("All of them in the library"),
            icon=":material/list:",
            query_params=state.link(search=True),
        )


def _side_by_side(cases: Sequence[Case], chosen: Chosen, left: Sequence[Case]) -> None:
    show.subheading(_("Side by side"))
    by_name = {case.record.document: case for case in cases}
    # What is compared stays to be chosen from, whatever the filters leave.
    asked = [name for name in st.query_params.get_all("compare") if name in by_name]
    state.follow_several("compare", list(by_name))
    state.follow_several("beside", REGIONS)
    state.follow_one("on", list(topics()))
    options = list(dict.fromkeys([*asked, *(case.record.document for case in left)]))
    first, second = st.columns(2)
    with first:
        st.multiselect(
            _("Cases"),
            options,
            format_func=lambda name: show.plain(names.title(by_name[name].record)),
            key="compare",
            max_selections=MOST,
            placeholder=_("Choose two to four cases"),
            select_all=False,
            filter_mode="contains",
            on_change=state.keep,
            args=("compare",),
        )
    with second:
        st.multiselect(
            _("Regions"),
            list(REGIONS),
            format_func=names.region_name,
            key="beside",
            max_selections=MOST,
            placeholder=_("Or regions on one topic"),
            select_all=False,
            on_change=state.keep,
            args=("beside",),
        )
    regions = st.session_state["beside"]
    topic = _topic_of_regions(cases, chosen) if regions else ""
    records = [by_name[name].record for name in st.session_state["compare"]]
    shown = kept.columns(records[:MOST], regions[: MOST - len(records[:MOST])], topic)
    if shown:
        picture.draw("columns", columns.draw_columns(shown))


def _topic_of_regions(cases: Sequence[Case], chosen: Chosen) -> str:
    """On which topic regions are compared: the reader's, the one chosen, or the first."""
    known = list(topics())
    st.selectbox(
        _("Topic"),
        known,
        format_func=names.topic_name,
        key="on",
        index=None,
        placeholder=names.topic_name((*chosen.topics, *known)[0]),
        filter_mode=None,
        on_change=state.keep,
        args=("on",),
    )
    return str(st.session_state["on"] or (*chosen.topics, *known)[0])


draw()
