"""Deposited: how deposits stand, for whoever has their link; no sign-in is needed."""

from __future__ import annotations

import streamlit as st

from desk import queue
from desk.queue import Deposit
from desk.stores import Desk
from pages import deposited_states, desk_access, names, show, show_desk, state
from pages.texts import _

MOST = 100


def draw() -> None:
    """Draw the page."""
    show.heading(_("Your deposit"))
    desk = desk_access.desk()
    tokens = list(dict.fromkeys(st.query_params.get_all("deposit")))[:MOST]
    found = [
        (token, deposit)
        for token in tokens
        if desk is not None and (deposit := queue.by_token(desk, token)) is not None
    ]
    if desk is None or not found:
        st.info(_("There is no deposit under this link: see that it is whole."))
        return
    for number, (token, deposit) in enumerate(found):
        with st.container(border=True, key=f"deposited-{number}", gap="xsmall"):
            _deposit(desk, token, deposit)
    if any(deposit.state == "waiting" for _token, deposit in found):
        show.note(_("Keep this link: it shows how your deposit stands. Only who has it sees this."))
        if address := st.context.url:
            st.code(_whole_link(address, tokens), language=None, wrap_lines=True)
    st.page_link(
        "pages/deposit.py",
        label=_("Deposit more"),
        icon=":material/add:",
        query_params=state.link(),
    )


def _deposit(desk: Desk, token: str, deposit: Deposit) -> None:
    record = queue.record_of(desk, deposit)
    show.subheading(names.title(record) if record else _("Document"))
    show.badge(deposited_states.name(deposit.state))
    if deposit.state == "waiting":
        show.prose(_("It waits for a librarian. Until one approves it nobody else can see it."))
    elif deposit.state == "published":
        st.page_link(
            "pages/document.py",
            label=_("Read it in the library"),
            icon=":material/description:",
            query_params=state.link(document=deposit.document),
        )
    elif deposit.state == "rejected":
        show.prose(_("A librarian did not take it in, for this reason:"))
        show_desk.quoted(deposit.reason)
    elif deposit.state == "withdrawn":
        show.prose(_("It was in the library and is not public any more."))
    elif deposit.state == "deleted":
        show.prose(_("It was deleted."))
    else:
        st.page_link(
            "pages/deposit.py",
            label=_("Correct and send it"),
            icon=":material/edit:",
            query_params=state.link(deposit=token),
        )


def _whole_link(address: str, tokens: list[str]) -> str:
    return address.partition("?")[0] + "?" + "&".join(f"deposit={token}" for token in tokens)


draw()
