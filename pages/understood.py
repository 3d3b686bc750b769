"""What was understood of deposits that are not sent yet, to be corrected and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from desk import depositing, settings
from desk.queue import Deposit
from desk.stores import Desk
from index.library import Record
from index.topics import topics
from ingest.errors import CaselibError
from ingest.registry_list import registries
from ingest.years import EARLIEST
from pages import desk_access, names, show, state, twins
from pages.texts import LANGUAGES, _, n_, sentence

PASSAGES_SHOWN = 3
OTHER_LICENCE = "other"


def is_direct() -> bool:
    """Whether this installation publishes without a librarian."""
    return settings.settings().direct


def draw(tokens: Sequence[str]) -> bool:
    """Draw the form over deposits that are not sent yet; False where there is none of them."""
    desk, _encoder = desk_access.desk_to_deposit()
    found = [(token, draft) for token in tokens if (draft := depositing.draft(desk, token))]
    if not found:
        return False
    show.subheading(_("What was understood"))
    show.note(
        _("It was found by rule and may be wrong: correct it, then send it.")
        if len(found) == 1
        else _("It was found by rule and may be wrong: open each, correct it, then send them.")
    )
    with st.form("understood", border=False):
        for number, (token, (deposit, record)) in enumerate(found):
            if _left_out(desk, deposit, record, number, len(found)):
                depositing.discard(desk, token)
                _keep([other for other, _draft in found if other != token])
        said = _conditions(len(found))
        label = _("Add to the library") if is_direct() else _("Send to the librarian")
        if st.form_submit_button(label, type="primary", key="send"):
            _send(desk, [(token, record) for token, (_deposit, record) in found], said)
    return True


def _left_out(
    desk: Desk,
    deposit: Deposit,
    record: Record,
    number: int,
    of: int,
) -> bool:
    """Draw one deposit; True where it is to be left out."""
    with st.container(border=True, key=f"understood-{number}"):
        show.facts(
            [
                show.one_line(deposit.filename),
                names.format_name(record.media_type),
                n_("{count} page", "{count} pages", record.pages),
            ]
        )
        twins.draw(desk, desk.deposits, record)
        with st.expander(show.label(names.title(record)), expanded=of == 1):
            fields(record, f"d{number}")
            _first_passages(desk, record)
        return bool(st.form_submit_button(_("Leave this one out"), key=f"leave-out-{number}"))


def fields(record: Record, prefix: str) -> None:
    """Widgets for what a depositor or a librarian may correct; `stated` reads them.

    Parameters
    ----------
    prefix : of the widgets' keys.
    """
    st.text_input(_("Title"), value=show.one_line(record.title), key=f"{prefix}-title")
    st.multiselect(
        _("Registry"),
        list(registries()),
        default=[code for code in record.registries if code in registries()],
        format_func=names.registry_name,
        key=f"{prefix}-registries",
        placeholder=_("None"),
        select_all=False,
        filter_mode="contains",
    )
    st.multiselect(
        _("Topics"),
        list(topics()),
        default=list(record.topics),
        format_func=names.topic_name,
        key=f"{prefix}-topics",
        placeholder=_("None"),
        select_all=False,
        filter_mode="contains",
    )
    left, right = st.columns(2)
    with left:
        st.multiselect(
            _("Language"),
            list(LANGUAGES),
            default=[code for code in record.languages if code in LANGUAGES],
            format_func=names.language_name,
            key=f"{prefix}-languages",
            placeholder=_("Language not known"),
            select_all=False,
        )
    with right:
        st.number_input(
            _("Year"),
            min_value=EARLIEST,
            max_value=date.today().year + 1,
            value=record.year,
            step=1,
            key=f"{prefix}-year",
        )
    st.text_input(
        _("Authors, with a semicolon between them"),
        value=show.one_line("; ".join(record.authors)),
        key=f"{prefix}-authors",
    )


def stated(record: Record, prefix: str) -> dict[str, Any]:
    """What the widgets of `fields` say, by field; only what differs from the record."""
    written = st.session_state.get(f"{prefix}-authors") or ""
    shown = {
        "title": st.session_state.get(f"{prefix}-title") or "",
        "registries": tuple(st.session_state.get(f"{prefix}-registries") or ()),
        "topics": tuple(st.session_state.get(f"{prefix}-topics") or ()),
        "languages": tuple(st.session_state.get(f"{prefix}-languages") or ()),
        "year": st.session_state.get(f"{prefix}-year"),
        "authors": tuple(part.strip() for part in written.split(";") if part.strip()),
    }
    # Compared with what was shown, so that a title is not corrected by being cleaned for show.
    before = {
        "title": show.one_line(record.title),
        "registries": tuple(code for code in record.registries if code in registries()),
        "topics": record.topics,
        "languages": tuple(code for code in record.languages if code in LANGUAGES),
        "year": record.year,
        "authors": tuple(
            part.strip()
            for part in show.one_line("; ".join(record.authors)).split(";")
            if part.strip()
        ),
    }
    return {field: value for field, value in shown.items() if value != before[field]}


def _first_passages(desk: Desk, record: Record) -> None:
    show.note(_("How it begins:"))
    for passage in desk.deposits.passages_of(record.document)[:PASSAGES_SHOWN]:
        show.passage(passage.text, passage.language, [], None, cut=(False, False))
    if waiting := names.waiting(len(record.pictures)):
        show.note(waiting)


def _conditions(count: int) -> dict[str, Any]:
    """Licence, right, contact and remark, for all deposits of the form."""
    licence = st.selectbox(
        _("Licence (required)"),
        [*depositing.LICENCES, OTHER_LICENCE],
        index=None,
        format_func=_licence_name,
        key="licence",
        placeholder=_("Choose one"),
        filter_mode=None,
    )
    other = st.text_input(
        _("Another licence, in its own words"), key="other-licence", max_chars=200
    )
    may_share = st.checkbox(
        n_(
            "I may share this document here, and its file may be downloaded. (required)",
            "I may share these documents here, and their files may be downloaded. (required)",
            count,
        ),
        key="may-share",
    )
    contact = st.text_input(
        _("How the librarian can reach you (optional, never public)"),
        key="contact",
        max_chars=200,
        autocomplete="email",
    )
    remark = st.text_area(
        _("A word to the librarian (optional, never public)"),
        key="remark",
        max_chars=depositing.LONGEST_TEXT,
        height=70,
    )
    return {
        "licence": other if licence in (None, OTHER_LICENCE) else licence,
        "may_share": may_share,
        "contact": contact,
        "remark": remark,
    }


def _licence_name(licence: str) -> str:
    return {
        "Public domain": _("Public domain"),
        "All rights reserved": _("All rights reserved, shared here with permission"),
        OTHER_LICENCE: _("Another one"),
    }.get(licence, licence)


def _send(desk: Desk, found: list[tuple[str, Record]], said: dict[str, Any]) -> None:
    person = desk_access.who()
    try:
        for number, (token, record) in enumerate(found):
            for field, value in stated(record, f"d{number}").items():
                depositing.correct(desk, person, token, field, value)
        for token, _record in found:
            depositing.send(desk, person, token, settings=settings.settings(), **said)
    except CaselibError as error:
        st.error(show.label(sentence(error)))
        return
    st.session_state.pop("outcomes", None)
    tokens = [token for token, _record in found]
    st.switch_page("pages/deposited.py", query_params={**state.link(), "deposit": tokens})


def _keep(tokens: list[str]) -> None:
    state.go({**state.current(), "deposit": tokens})
    st.rerun()
