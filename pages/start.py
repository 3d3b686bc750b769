"""Start here: for who is new to the field or to the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from pages import alike, briefing, glossary, library_access, show, state, tour
from pages.texts import _

_SHEET: Final = Path(__file__).with_name("explore.css")

_PARTS: Final[dict[str, tuple[Callable[[], str], Callable[[], None]]]] = {
    "tour": (lambda: _("Ten-minute tour"), tour.draw),
    "briefing": (lambda: _("Briefings"), briefing.draw),
    "alike": (lambda: _("A registry like mine"), alike.draw),
    "whom": (lambda: _("Whom to ask"), briefing.draw_whom),
    "glossary": (lambda: _("Glossary"), glossary.draw),
}


def draw() -> None:
    """Draw the page: one of its parts."""
    st.html(_SHEET)
    with st.container(key="start"):
        show.heading(_("Start here"))
        show.lead(
            _(
                "New to the field, or to this library? A tour, a page on each topic, the words of "
                "the field, and people to ask."
            )
        )
        state.follow_one("part", _PARTS)
        # A control of one choice is never without one: the tour is what opens.
        st.session_state["part"] = st.session_state["part"] or "tour"
        st.pills(
            _("What to see"),
            list(_PARTS),
            format_func=lambda part: _PARTS[part][0](),
            key="part",
            required=True,
            label_visibility="collapsed",
            on_change=state.keep,
            args=("part",),
        )
        part = st.session_state["part"] or "tour"
        if part != "glossary" and not library_access.records():
            st.info(_("The library is empty: deposit a first document."))
            return
        _PARTS[part][1]()


draw()
