"""The desk's lists: what waits, what was not taken in, what was withdrawn, what is public."""

from __future__ import annotations

from typing import cast

import streamlit as st

from desk import decisions, queue
from desk.people import Person
from desk.queue import Deposit, State
from desk.stores import Desk
from index.library import Record
from index.tokens import fold
from ingest.errors import CaselibError
from pages import decided, names, show, state
from pages.texts import _, n_, sentence

PER_PAGE = 50


def with_count(name: str, count: int) -> str:
    """A list's name with how many are in it."""
    return _("{name} ({count})").format(name=name, count=names.number(count)) if count else name


def draw(desk: Desk, person: Person, part: str) -> None:
    """Draw one list of deposits."""
    found = queue.in_state(desk, person, cast(State, part))
    if not found:
        st.info(_("Nothing is here."))
        return
    shown = found[:PER_PAGE]
    for number, (deposit, record) in enumerate(shown):
        with st.container(key=f"row-{number}", gap=None):
            with st.container(horizontal=True, key=f"pick-row-{number}", gap="small"):
                if part == "waiting":
                    st.checkbox(
                        _("Choose “{title}”").format(title=show.label(names.title(record))),
                        key=f"pick-{record.document}",
                        label_visibility="collapsed",
                        width="content",
                    )
                _link(record, part)
            _facts(deposit, record)
    if len(found) > PER_PAGE:
        show.note(
            _("The first {count} are shown; decide them, and the next come up.").format(
                count=names.number(PER_PAGE)
            )
        )
    if part == "waiting":
        _several(desk, person, [record for _deposit, record in shown])


def _link(record: Record, part: str) -> None:
    st.page_link(
        "pages/desk_document.py",
        label=show.label(names.title(record)),
        query_params=state.link(part=part, document=record.document),
    )


def _facts(deposit: Deposit, record: Record) -> None:
    show.facts(
        [
            names.date(deposit.deposited),
            *(names.registry_name(code) for code in record.registries),
            names.language_name(record.language),
            n_("{count} page", "{count} pages", record.pages),
            names.format_name(record.media_type),
            deposit.licence,
        ]
    )


def _several(desk: Desk, person: Person, records: list[Record]) -> None:
    with st.container(horizontal=True, gap="small", key="several"):
        st.button(
            _("Choose all"),
            key="choose-all",
            on_click=st.session_state.update,
            args=({f"pick-{record.document}": True for record in records},),
        )
        chosen = [
            record.document for record in records if st.session_state.get(f"pick-{record.document}")
        ]
        if st.button(
            _("Approve the chosen ones"),
            type="primary",
            key="approve-chosen",
            disabled=not chosen,
        ):
            _approve(desk, person, chosen)


def _approve(desk: Desk, person: Person, chosen: list[str]) -> None:
    with st.spinner(_("They are moved into the library.")):
        done = decisions.approve_all(desk, person, chosen)
    approved = sum(isinstance(outcome, Record) for _document, outcome in done)
    if approved:
        decided.tell_next(
            "success",
            n_(
                "{count} document is in the library now. It can be withdrawn again.",
                "{count} documents are in the library now. They can be withdrawn again.",
                approved,
            ),
        )
    for _document, outcome in done:
        if isinstance(outcome, CaselibError):
            decided.tell_next("error", sentence(outcome))
    st.rerun()


def draw_published(desk: Desk) -> None:
    """Draw what is public, to be corrected or withdrawn."""
    state.follow_text("title")
    st.text_input(
        _("Words in the title or the file's name"),
        key="title",
        on_change=state.keep,
        args=("title",),
    )
    wanted = fold(state.value("title")).split()
    found = [
        record
        for record in desk.library.records()
        if all(word in fold(f"{record.title} {record.filename}") for word in wanted)
    ]
    for number, record in enumerate(found[:PER_PAGE]):
        with st.container(key=f"row-{number}", gap=None):
            _link(record, "published")
            show.facts(
                [
                    *(names.registry_name(code) for code in record.registries),
                    str(record.year or ""),
                    names.language_name(record.language),
                    *(names.topic_name(topic) for topic in record.topics),
                ]
            )
    if not found:
        st.info(_("No document is left: clear the filters, or use other words."))
    elif len(found) > PER_PAGE:
        show.note(
            _("The first {count} are shown: use words of the title to find others.").format(
                count=names.number(PER_PAGE)
            )
        )
