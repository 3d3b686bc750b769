"""Deposit: files are read and kept one by one, each with its progress and its outcome."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from index.adding import Outcome, add_source
from index.deposits import NamedFile, Source
from ingest.document import Document
from ingest.fetching import is_link
from ingest.limits import DEFAULT_LIMITS, MEGABYTE
from pages import library_access, names, show, state
from pages.texts import _, n_, sentence

OUTCOMES = "outcomes"


def draw() -> None:
    """Draw the page."""
    show.heading(_("Deposit documents"))
    show.lead(
        _(
            "Papers and presentations in PDF, PowerPoint, Word, OpenDocument, EPUB, HTML, Markdown "
            "or plain text, up to {limit} MB each. The file is kept as it is."
        ).format(limit=names.number(DEFAULT_LIMITS.file_bytes // MEGABYTE))
    )
    with st.form("deposit", clear_on_submit=True, border=False):
        files = st.file_uploader(
            _("Files"), accept_multiple_files=True, key="files", label_visibility="collapsed"
        )
        link = st.text_input(
            _("Or the link of one document on the web"),
            key="link",
            placeholder="https://",
            icon=":material/link:",
        ).strip()
        asked = st.form_submit_button(_("Add to the library"), type="primary", key="add")
    if asked and not files and not link:
        st.info(_("Choose a file or give a link first."))
    elif asked:
        _add(files or (), link if is_link(link) or not link else f"https://{link}")
    else:
        for number, outcome in enumerate(st.session_state.get(OUTCOMES, ())):
            _outcome(outcome, st.container(key=f"file-{number}", gap="xsmall"))


def _add(files: Sequence[UploadedFile], link: str) -> None:
    """Add files and a link one after another, each with a row that shows how far it has come."""
    names_ = [*(file.name for file in files), *([link] if link else [])]
    rows = [st.empty() for _name in names_]
    for row, name in zip(rows, names_, strict=True):
        row.progress(0.0, _progress(name, _("waiting")))
    outcomes: list[Outcome] = []
    st.session_state[OUTCOMES] = outcomes
    with tempfile.TemporaryDirectory(prefix="caselib-") as folder:
        path = Path(folder) / "deposit"
        for row, file in zip(rows, files, strict=False):
            path.write_bytes(file.getbuffer())
            _add_one(NamedFile(path, file.name), row, outcomes)
    if link:
        _add_one(link, rows[-1], outcomes)


def _add_one(source: Source, row: DeltaGenerator, outcomes: list[Outcome]) -> None:
    """Add a source; an archive has an outcome for each of its documents."""
    library, encoder = library_access.searchable()
    first = len(outcomes)
    outcomes.extend(
        add_source(
            library,
            encoder,
            source,
            on_page=_on_page(row),
            on_embedding=_on_embedding(row),
        )
    )
    with row.container():
        for number, outcome in enumerate(outcomes[first:], first):
            _outcome(outcome, st.container(key=f"file-{number}", gap="xsmall"))


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


def _outcome(outcome: Outcome, place: DeltaGenerator) -> None:
    name = show.label(outcome.file)
    with place:
        if outcome.status == "failed" and outcome.error is not None:
            said = _("not added.")
            st.error(f"**{name}** — {said} {show.label(sentence(outcome.error))}")
            return
        if outcome.status == "duplicate":
            said = _("already here.")
            st.info(f"**{name}** — {said}")
        else:
            said = n_("added, {count} page.", "added, {count} pages.", outcome.pages)
            st.success(f"**{name}** — {said}")
        if waiting := names.waiting(len(outcome.pictures)):
            show.note(waiting)
        st.page_link(
            "pages/document.py",
            label=show.label(outcome.title or outcome.file),
            icon=":material/description:",
            query_params=state.link(document=outcome.document),
        )


draw()
