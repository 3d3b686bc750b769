"""About: what this is, what it rests on, where it ends, and how it is."""

from __future__ import annotations

import streamlit as st

from index.library import Library
from ingest.limits import DEFAULT_LIMITS, MEGABYTE
from pages import library_access, names, show, texts
from pages.texts import LANGUAGES, _, n_
from search.endpoint import configured
from search.translating import engines

MOST_FINDINGS = 20
"""Faults that are listed; the command line lists all."""


def draw() -> None:
    """Draw the page."""
    show.heading(_("About this library"))
    show.prose(
        _(
            "This is a library of case studies of country-code domain registries: what one "
            "registry tried, what came of it, and what others can take from it."
        ),
        _(
            "A question is compared with every passage by its meaning, whatever the language of "
            "either; words that both share count besides. What you read here is quoted from the "
            "documents, not written by a machine."
        )
        if configured() is None
        else _(
            "A question is compared with every passage by its meaning, whatever the language of "
            "either; words that both share count besides. What you read here is quoted from the "
            "documents, except where it says that a language model wrote it."
        ),
    )
    _machines()
    _starter_cases()
    _limits()
    _health()


def _machines() -> None:
    """What a language model and machine translation do here, or how they are had."""
    endpoint = configured()
    if endpoint is not None:
        show.subheading(_("Answers written by a language model"))
        show.prose(
            _(
                "The language model {model} may write an answer from the passages that were found. "
                "Each of its sentences names its sources and was compared with them, and what did "
                "not hold was left out; it can still be wrong. The quoted answer always stands "
                "below it."
            ).format(model=show.clean(endpoint.name))
        )
    show.subheading(_("Reading in your language"))
    if installed := engines(texts.language(), list(LANGUAGES)):
        show.prose(
            _(
                "Passages in other languages can be translated here by machine ({engines}). A "
                "translation is marked as one and stands beside the original, which alone counts."
            ).format(engines=names.listed(list(installed)))
        )
    else:
        show.prose(
            _(
                "No machine translation is installed here. Whoever runs this library can install "
                "Argos Translate with models for its languages, or set a language model "
                "(CASELIB_LLM_URL); each passage in another language can then be translated."
            )
        )


def _starter_cases() -> None:
    show.subheading(_("The cases it starts with"))
    show.prose(
        _(
            "The starter cases are summaries written for this project from public sources, which "
            "each of them names at its end. They are not publications of the registries that "
            "they tell about; for decisions, read the sources."
        )
    )


def _limits() -> None:
    show.subheading(_("Where it ends"))
    languages = names.listed([names.language_name(code) for code in LANGUAGES])
    show.prose(
        _("Languages: {languages}. Other languages are kept, but found less well.").format(
            languages=languages
        ),
        _(
            "A file may have up to {megabytes} MB and {pages} pages. Scanned pages need text "
            "recognition before they are deposited."
        ).format(
            megabytes=names.number(DEFAULT_LIMITS.file_bytes // MEGABYTE),
            pages=names.number(DEFAULT_LIMITS.pages),
        ),
        _(
            "Title, year and registry of a document are found by rule and may be wrong; each "
            "document says why they were chosen. A passage that is near in meaning is not yet a "
            "right answer: read the page around it."
        ),
    )


def _health() -> None:
    show.subheading(_("How it is"))
    library = library_access.catalogue()
    records = library.records() if library else []
    ready = library_access.model_is_ready()
    show.definitions(
        [
            (_("Documents"), show.escape(names.number(len(records))), ""),
            (_("Pages"), show.escape(names.number(sum(record.pages for record in records))), ""),
            (_("Passages"), show.escape(names.number(sum(r.passages for r in records))), ""),
            (
                _("Language models"),
                show.isolated(library.recipe.name) if library else show.escape(""),
                "",
            ),
            (_("Search engine"), show.escape(_("ready") if ready else _("waking up")), ""),
        ]
    )
    if library is not None and st.button(_("Check the library"), key="check"):
        with st.spinner(_("Every document is being checked.")):
            _checked(library)


def _checked(library: Library) -> None:
    findings = list(library.check())
    if not findings:
        st.success(_("The library is whole."))
        return
    found = n_(
        "{count} fault was found: run `caselib check` on the server, it says what mends it.",
        "{count} faults were found: run `caselib check` on the server, it says what mends them.",
        len(findings),
    )
    st.warning(found)
    for finding in findings[:MOST_FINDINGS]:
        said = (_(each).format(**finding.values) for each in (finding.template, finding.mending))
        show.note(" ".join(said))


draw()
