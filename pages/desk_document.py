"""One document at the desk, at an address of its own."""

from __future__ import annotations

import streamlit as st

from pages import decided, desk_access, desk_case, signing_in, state
from pages.texts import _


def draw() -> None:
    """Draw the page."""
    person = desk_access.who()
    desk = desk_access.desk()
    if not person.is_librarian or desk is None:
        signing_in.draw()
        return
    with st.container(key="back"):
        st.page_link(
            "pages/desk.py",
            label=_("Back to the desk"),
            icon=":material/arrow_back:",
            query_params=state.link(part=state.value("part")),
        )
    decided.tell()
    desk_case.draw(desk, person, state.value("document"))


draw()
