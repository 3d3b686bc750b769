"""The librarian's desk: what waits, what was decided, the log, and the catalogue for others."""

from __future__ import annotations

import streamlit as st

from desk import queue
from desk.people import Person
from desk.stores import Desk
from pages import decided, desk_access, desk_log, desk_queue, show, signing_in, state
from pages.texts import _

PARTS = ("waiting", "rejected", "withdrawn", "published", "log", "export")


def draw() -> None:
    """Draw the page."""
    person = desk_access.who()
    desk = desk_access.desk()
    if not person.is_librarian or desk is None:
        signing_in.draw()
        return
    show.heading(_("The librarian’s desk"))
    signing_in.draw_sign_out(person)
    decided.tell()
    _parts(desk, person)


def _parts(desk: Desk, person: Person) -> None:
    counts = queue.counts(desk, person)
    labels = {
        "waiting": desk_queue.with_count(_("Waiting"), counts["waiting"]),
        "rejected": desk_queue.with_count(_("Not taken in"), counts["rejected"]),
        "withdrawn": desk_queue.with_count(_("Withdrawn"), counts["withdrawn"]),
        "published": _("In the library"),
        "log": _("Log"),
        "export": _("Export"),
    }
    state.follow_one("part", PARTS)
    st.session_state["part"] = st.session_state["part"] or "waiting"
    part = st.segmented_control(
        _("Part of the desk"),
        PARTS,
        format_func=labels.__getitem__,
        key="part",
        label_visibility="collapsed",
        required=True,
        on_change=state.keep,
        args=("part",),
    )
    if part == "log":
        desk_log.draw(desk, person)
    elif part == "export":
        desk_log.draw_export(desk)
    elif part == "published":
        desk_queue.draw_published(desk)
    else:
        desk_queue.draw(desk, person, part or "waiting")


draw()
