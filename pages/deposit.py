"""Deposit: files are read one by one, what was understood is corrected, then it is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from desk import depositing
from desk.depositing import Received
from index.deposits import NamedFile, Source
from ingest.document import Document
from ingest.fetching import is_link
from ingest.limits import DEFAULT_LIMITS, MEGABYTE
from pages import desk_access, names, show, state, understood
from pages.texts import _, n_, sentence

OUTCOMES = "outcomes"
AT_ONCE = 30
"""Documents that are corrected and sent together, at most."""


def draw() -> None:
    """Draw the page."""
    show.heading(_("Deposit documents"))
    if not desk_access.who().may_deposit:
        _asks_to_sign_in()
        return
    tokens = list(dict.fromkeys(st.query_params.get_all("deposit")))[:AT_ONCE]
    for number, received in enumerate(st.session_state.get(OUTCOMES, ())):
        _outcome(received, st.container(key=f"file-{number}", gap="xsmall"))
    if tokens and understood.draw(tokens):
        return
    show.lead(
        _(
            "Papers and presentations in PDF, PowerPoint, Word, OpenDocument, EPUB, HTML, Markdown "
            "or plain text, up to {limit} MB each. The file is kept as it is."
        ).format(limit=names.number(DEFAULT_LIMITS.file_bytes // MEGABYTE))
    )
    _form()


def _asks_to_sign_in() -> None:
    st.info(_("Depositing needs an account here: sign in first."))
    st.page_link(
        "pages/desk.py", label=_("Sign in"), icon=":material/login:", query_params=state.link()
    )


def _form() -> None:
    with st.form("deposit", clear_on_submit=True, border=False):
        files = st.file_uploader(
            _("Files"), accept_multiple_files=True, key="files", label_visibility="collapsed"
        )
        pasted = st.text_area(
            _("Or links of documents on the web, one a line"),
            key="links",
            placeholder="https://",
            height=70,
        )
        asked = st.form_submit_button(_("Read them"), type="primary", key="add")
    show.note(
        _(
            "What you deposit is read here and shown to you first. Nothing of it is public before "
            "a librarian has approved it."
        )
        if not understood.is_direct()
        else _("What you deposit is read here and shown to you first.")
    )
    links = [link if is_link(link) else f"https://{link}" for link in pasted.split()]
    if asked and not files and not links:
        st.info(_("Choose a file or give a link first."))
    elif asked and len(files or ()) + len(links) > AT_ONCE:
        st.info(_("Deposit at most {count} documents at once.").format(count=names.number(AT_ONCE)))
    elif asked:
        _receive(files or (), links)


def _receive(files: Sequence[UploadedFile], links: Sequence[str]) -> None:
    """Read files and links one after another, each with a row that shows how far it has come."""
    rows = [st.empty() for _name in (*files, *links)]
    for row, name in zip(rows, [*(file.name for file in files), *links], strict=True):
        row.progress(0.0, _progress(name, _("waiting")))
    done: list[Received] = []
    st.session_state[OUTCOMES] = done
    with tempfile.TemporaryDirectory(prefix="caselib-") as folder:
        path = Path(folder) / "deposit"
        for row, file in zip(rows, files, strict=False):
            path.write_bytes(file.getbuffer())
            _receive_one(NamedFile(path, file.name), row, done)
    for row, link in zip(rows[len(files) :], links, strict=True):
        _receive_one(link, row, done)
    # The same file twice has one deposit: that of the last.
    last = {received.outcome.document: received.token for received in done if received.token}
    if tokens := list(last.values())[:AT_ONCE]:
        state.go({**state.current(), "deposit": tokens})
        st.rerun()


def _receive_one(source: Source, row: DeltaGenerator, done: list[Received]) -> None:
    """Read a source; an archive has an outcome for each of its documents."""
    desk, encoder = desk_access.desk_to_deposit()
    first = len(done)
    done.extend(
        depositing.receive(
            desk,
            desk_access.who(),
            encoder,
            source,
            on_page=_on_page(row),
            on_embedding=_on_embedding(row),
        )
    )
    with row.container():
        for number, received in enumerate(done[first:], first):
            _outcome(received, st.container(key=f"file-{number}", gap="xsmall"))


def _progress(name: str, doing: str) -> str:
    return f"{show.label(name)} — {doing}"


class _on_page:
    """Shows how far the reading of a file has come."""

    def __init__(self, row: DeltaGenerator) -> None:
        self.row, self.shown = row, ("", -1)

    def __call__(self, name: str, page: int, of: int) -> None:
        """Show a page's number; steps that the eye would not see are left out."""
        step = (name, 50 * page // max(of, 1))
        if step == self.shown:
            return
        self.shown = step
        doing = _("reading page {page} of {count}").format(
            page=names.number(page), count=names.number(of)
        )
        self.row.progress(min(0.8 * page / max(of, 1), 0.8), _progress(name, doing))


class _on_embedding:
    """Shows that a file has been read and is being taken into the index."""

    def __init__(self, row: DeltaGenerator) -> None:
        self.row = row

    def __call__(self, name: str, document: Document) -> None:
        """Show how many passages there are to embed."""
        doing = n_("indexing {count} passage", "indexing {count} passages", len(document.passages))
        self.row.progress(0.85, _progress(name, doing))


def _outcome(received: Received, place: DeltaGenerator) -> None:
    outcome = received.outcome
    name = show.label(outcome.file)
    with place:
        if received.status == "failed":
            assert outcome.error is not None
            said = _("not added.")
            st.error(f"**{name}** — {said} {show.label(sentence(outcome.error))}")
        elif received.status == "known":
            said = _("was deposited before and is with the librarians.")
            st.info(f"**{name}** — {said}")
        elif received.status == "public":
            said = _("already here.")
            st.info(f"**{name}** — {said}")
            st.page_link(
                "pages/document.py",
                label=show.label(outcome.title or outcome.file),
                icon=":material/description:",
                query_params=state.link(document=outcome.document),
            )


draw()
