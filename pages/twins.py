"""Twins, editions and translations of a document, for who deposits it and for librarians."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from desk import linking
from desk.people import Person
from desk.stores import Desk
from index.library import Library, Record
from pages import decided, library_access, names, show, state
from pages.texts import _
from search.editions import REASONS, Edition, confirmed, proposed


def draw(desk: Desk, library: Library, record: Record, librarian: Person | None = None) -> None:
    """Draw the same document as it may be in the public library already.

    Parameters
    ----------
    library : in which the document stands.
    librarian : who looks at it, where they may say what two public documents are.
    """
    is_public = library is desk.library
    if is_public and librarian is not None:
        for edition in confirmed(library, record.document):
            _confirmed(desk, librarian, record, edition)
    for number, edition in enumerate(_proposed(desk, library, record)):
        other = edition.record
        said = _(REASONS[edition.kind]).format(
            share=names.number(round(100 * edition.score)),
            language=names.language_name(other.language),
        )
        # Not within the f-string, where Babel finds no texts.
        may_be = _("It may be in the library already:")
        st.warning(f"{may_be} {show.label(said)}")
        _to(other)
        if is_public and librarian is not None:
            _judge(desk, librarian, record, edition, number)


def _proposed(desk: Desk, library: Library, record: Record) -> tuple[Edition, ...]:
    known = st.session_state.setdefault("twins", {})
    links = tuple(desk.library.links()) if library is desk.library else ()
    key = (record.document, desk.library.version(), len(links))
    if key not in known:
        _library, encoder = library_access.searchable()
        known.clear()
        known[key] = proposed(desk.library, encoder, record.document, library)
    found: tuple[Edition, ...] = known[key]
    return found


def _to(other: Record) -> None:
    st.page_link(
        "pages/document.py",
        label=show.label(names.title(other)),
        icon=":material/description:",
        query_params=state.link(document=other.document),
    )


def _judge(desk: Desk, person: Person, record: Record, edition: Edition, number: int) -> None:
    other = edition.record.document
    newer, older = (other, record.document) if edition.newer else (record.document, other)
    label = {
        "twin": lambda: _("It is the same document"),
        "edition": lambda: _("It is another edition"),
        "translation": lambda: _("It is a translation"),
    }[edition.kind]()
    with st.container(horizontal=True, gap="small", key=f"judge-{number}"):
        if st.button(label, key=f"link-{number}", icon=":material/link:"):
            _act(lambda: linking.link(desk, person, newer, older, edition.kind))
        if st.button(_("They are different documents"), key=f"different-{number}"):
            _act(lambda: linking.link(desk, person, newer, older, "different"))


def _confirmed(desk: Desk, person: Person, record: Record, edition: Edition) -> None:
    other = edition.record
    kinds = {
        "twin": lambda: _("The same document:"),
        "edition": lambda: _("Another edition:"),
        "translation": lambda: _("A translation:"),
    }
    show.note(kinds[edition.kind]())
    _to(other)
    if st.button(_("Take back this link"), key=f"unlink-{other.document}", icon=":material/undo:"):
        _act(lambda: linking.unlink(desk, person, record.document, other.document))


def _act(work: Callable[[], Any]) -> None:
    decided.act(work, _("It is noted."))
    st.rerun()
