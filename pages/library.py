"""Library: all documents, to be sorted and narrowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from index.library import Record
from index.tokens import fold
from pages import filters, library_access, names, show, state
from pages.texts import _, n_

PER_PAGE = 25

_ORDERS: dict[str, tuple[Callable[[], str], Callable[[Record], Any]]] = {
    "added": (lambda: _("Last deposited first"), lambda record: 0),
    "year": (lambda: _("Newest year first"), lambda record: -(record.year or 0)),
    "title": (lambda: _("By title"), lambda record: fold(names.title(record))),
    "registry": (
        lambda: _("By registry"),
        lambda record: (not record.registries, record.registries[:1]),
    ),
}


def draw() -> None:
    """Draw the page."""
    show.heading(_("Library"))
    records = library_access.records()
    if not records:
        st.info(_("The library is empty: deposit a first document."))
        st.page_link("pages/deposit.py", label=_("Deposit documents"), query_params=state.link())
        return
    narrowed = filters.draw()
    state.follow_one("sort", _ORDERS)
    left, right = st.columns([2, 1])
    with left:
        state.follow_text("title")
        st.text_input(
            _("Words in the title or the file's name"),
            key="title",
            on_change=state.keep,
            args=("title",),
        )
    with right:
        st.selectbox(
            _("Order"),
            list(_ORDERS),
            format_func=lambda order: _ORDERS[order][0](),
            key="sort",
            index=None,
            placeholder=_ORDERS["added"][0](),
            filter_mode=None,
            on_change=state.keep,
            args=("sort",),
        )
    found = library_access.records(narrowed) if narrowed else records
    found = _with_words(found, state.value("title"))
    found.sort(key=_ORDERS[st.session_state["sort"] or "added"][1])
    _list(found, len(records))


def _with_words(records: list[Record], words: str) -> list[Record]:
    wanted = fold(words).split()
    return [
        record
        for record in records
        if all(word in fold(f"{record.title} {record.filename}") for word in wanted)
    ]


def _list(found: list[Record], count: int) -> None:
    if not found:
        st.info(_("No document is left: clear the filters, or use other words."))
        return
    show.note(
        n_("{count} document", "{count} documents", count)
        if len(found) == count
        else n_(
            "{found} of {count} document",
            "{found} of {count} documents",
            count,
            found=names.number(len(found)),
        ),
        role="status",
    )
    last_sheet = (len(found) - 1) // PER_PAGE
    sheet = min(max(state.whole_number("sheet", 1) - 1, 0), last_sheet)
    for number, record in enumerate(found[sheet * PER_PAGE : (sheet + 1) * PER_PAGE]):
        with st.container(key=f"row-{number}", gap=None):
            st.page_link(
                "pages/document.py",
                label=show.label(names.title(record)),
                query_params=state.link(document=record.document),
            )
            show.facts(
                [
                    *(names.registry_name(code) for code in record.registries),
                    str(record.year or ""),
                    names.language_name(record.language),
                    n_("{count} page", "{count} pages", record.pages),
                    names.format_name(record.media_type),
                    names.waiting(len(record.pictures)),
                ]
            )
    if last_sheet:
        _turn(sheet, last_sheet)


def _turn(sheet: int, last: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="turn-below"):
        _turn_button(_("Earlier in the list"), sheet, sheet > 0, "earlier")
        _turn_button(_("Further in the list"), sheet + 2, sheet < last, "further")


def _turn_button(label: str, sheet: int, possible: bool, key: str) -> None:
    st.button(
        label, key=key, disabled=not possible, on_click=state.change, kwargs={"sheet": str(sheet)}
    )


draw()
