"""One document at the desk: what is known of it, the decision, corrections, and both its sides."""

from __future__ import annotations

from typing import Any

import streamlit as st

from desk import decisions, log, queue
from desk.people import Person
from desk.queue import Deposit, State
from desk.stores import Desk
from index.errors import NotInLibrary
from index.library import Library, Record
from ingest.errors import CaselibError
from ingest.kinds import KINDS
from pages import (
    decided,
    deposited_states,
    desk_log,
    desk_sides,
    names,
    show,
    state,
    twins,
    understood,
)
from pages.texts import _, n_, sentence


def draw(desk: Desk, person: Person, document: str) -> None:
    """Draw a document, public or not."""
    try:
        library, record, standing = queue.standing(desk, person, document)
    except NotInLibrary:
        show.heading(_("Document"))
        st.info(_("This document is neither in the library nor at the desk."))
        return
    deposit = queue.by_document(desk, person, record.document)
    show.heading(names.title(record), record.language)
    show.badge(deposited_states.name(standing))
    _about(record, deposit)
    twins.draw(desk, library, record, person)
    _decide(desk, person, record, standing)
    with st.expander(_("Correct what was guessed")):
        _correct(desk, person, library, record)
    desk_sides.draw(library, person, record)
    with st.expander(_("What was done with it")):
        desk_log.table(log.lines(desk.database, person, record.document), with_title=False)


def _about(record: Record, deposit: Deposit | None) -> None:
    show.facts(
        [
            names.format_name(record.media_type),
            names.size(record.size),
            n_("{count} page", "{count} pages", record.pages),
            *(names.registry_name(code) for code in record.registries),
            names.language_name(record.language),
            *(names.topic_name(topic) for topic in record.topics),
        ]
    )
    if deposit is None:
        return
    show.definitions(
        [
            (_("File"), show.isolated(record.filename), ""),
            (_("Deposited"), show.escape(names.date(deposit.deposited)), ""),
            (_("By"), show.isolated(deposit.depositor), ""),
            (_("Contact"), show.isolated(deposit.contact), ""),
            (_("Licence"), show.isolated(deposit.licence), ""),
            (_("Came from"), show.isolated(deposit.source), ""),
            (_("Remark"), show.escape(deposit.remark), ""),
            (_("Reason"), show.escape(deposit.reason), ""),
        ]
    )


# -- deciding -----------------------------------------------------------------------------


def _decide(desk: Desk, person: Person, record: Record, standing: State) -> None:
    with st.container(horizontal=True, gap="small", key="decide"):
        if standing == "waiting":
            _approve(desk, person, record)
            _with_reason(
                _("Do not take it in…"),
                _("Why? The depositor reads it."),
                _("Do not take it in"),
                "reject",
                lambda reason: decisions.reject(desk, person, record.document, reason),
                _("It is kept with its reason; you can restore it."),
            )
        elif standing == "published":
            _with_reason(
                _("Withdraw…"),
                _("Why? (optional; stands in the log)"),
                _("Withdraw it from the library"),
                "unpublish",
                lambda reason: decisions.unpublish(desk, person, record.document, reason),
                _("It is not public any more; you can restore it."),
            )
            st.page_link(
                "pages/document.py",
                label=_("Read it in the library"),
                icon=":material/description:",
                query_params=state.link(document=record.document),
            )
        elif standing in ("rejected", "withdrawn"):
            _restore(desk, person, record, standing)
            _delete(desk, person, record)


def _approve(desk: Desk, person: Person, record: Record) -> None:
    if not st.button(_("Approve"), type="primary", key="approve", icon=":material/check:"):
        return
    with st.spinner(_("They are moved into the library.")):
        decided.act(
            lambda: decisions.approve(desk, person, record.document),
            _("It is in the library now. You can withdraw it again."),
        )
    st.rerun()


def _with_reason(label: str, question: str, button: str, key: str, work: Any, said: str) -> None:
    """A button that asks for a reason before anything happens."""
    with st.popover(label, key=f"{key}-box"), st.form(f"{key}-form", border=False):
        reason = st.text_area(
            question, key=f"{key}-reason", max_chars=decisions.LONGEST_REASON, height=100
        )
        if st.form_submit_button(button, type="primary", key=key):
            decided.act(lambda: work(reason), said)
            st.rerun()


def _restore(desk: Desk, person: Person, record: Record, standing: State) -> None:
    said = _("It waits again.") if standing == "rejected" else _("It is in the library again.")
    if st.button(_("Restore"), type="primary", key="restore", icon=":material/undo:"):
        decided.act(lambda: decisions.restore(desk, person, record.document), said)
        st.rerun()


def _delete(desk: Desk, person: Person, record: Record) -> None:
    with st.popover(_("Delete…"), key="delete-box"):
        show.prose(
            _(
                "The file, its text and who deposited it are deleted for good. Only the log keeps "
                "that it was here."
            )
        )
        if st.button(_("Delete it for good"), type="primary", key="delete"):
            decided.act(
                lambda: decisions.delete(desk, person, record.document), _("It was deleted.")
            )
            st.switch_page("pages/desk.py", query_params=state.link(part=state.value("part")))


# -- correcting ---------------------------------------------------------------------------


def _correct(desk: Desk, person: Person, library: Library, record: Record) -> None:
    prefix = f"c-{record.document}-{library.version()}"
    with st.form("correct", border=False):
        understood.fields(record, prefix)
        st.selectbox(
            _("Kind"),
            KINDS,
            index=KINDS.index(record.kind) if record.kind in KINDS else None,
            format_func=names.kind_name,
            key=f"{prefix}-kind",
            placeholder=_("None"),
            filter_mode=None,
        )
        if st.form_submit_button(_("Save the corrections"), type="primary", key="save"):
            stated = understood.stated(record, prefix)
            kind = st.session_state.get(f"{prefix}-kind") or ""
            if kind != record.kind:
                stated["kind"] = kind
            _save(desk, person, record, stated)
    for field in record.corrected:
        label = _("Take back the correction: {field}").format(field=desk_log.field_name(field))
        if st.button(label, key=f"put-back-{field}", icon=":material/undo:"):
            decided.act(
                _put_back(desk, person, record.document, field), _("What was guessed holds again.")
            )
            st.rerun()


def _put_back(desk: Desk, person: Person, document: str, field: str) -> Any:
    return lambda: decisions.put_back(desk, person, document, field)


def _save(desk: Desk, person: Person, record: Record, stated: dict[str, Any]) -> None:
    try:
        for field, value in stated.items():
            decisions.correct(desk, person, record.document, field, value)
    except CaselibError as error:
        st.error(show.label(sentence(error)))
        return
    if stated:
        decided.tell_next("success", _("The corrections hold now."))
    st.rerun()
