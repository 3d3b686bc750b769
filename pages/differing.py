"""Cases that differ: one practice with opposite outcomes, both sides quoted and neither judged."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from index.encoding import Encoder
from index.library import Library
from pages import names, show, state, texts
from pages.texts import _
from search.answers import Quotation
from search.disagreement import SIDES, Disagreement, Experience, disagreements_about
from search.find import Results

MOST = 2
"""Disagreements shown for one question."""


def draw(library: Library, encoder: Encoder, results: Results, narrowed: str) -> None:
    """Draw the disagreements on what was asked; nothing where there is none.

    Parameters
    ----------
    narrowed : the filters of the search, as text, by which what was found is kept.
    """
    found = _about(
        library.url, library.version(), results.query, narrowed, library, encoder, results
    )
    if not found:
        return
    show.subheading(_("Cases differ on this"))
    for number, disagreement in enumerate(found[:MOST]):
        show.note(disagreement.name(texts.language()))
        hoped, other = SIDES[disagreement.thing]
        left, right = st.columns(2, gap="medium")
        with left:
            _side(f"side-{number}-hoped", _(hoped), disagreement.hoped)
        with right:
            _side(f"side-{number}-other", _(other), disagreement.other)


@st.cache_resource(max_entries=200, show_spinner=False)
def _about(
    url: str,
    version: int,
    query: str,
    narrowed: str,
    _library: Library,
    _encoder: Encoder,
    _results: Results,
) -> Sequence[Disagreement]:
    question = _results.question
    if question is None:
        return ()
    return disagreements_about(
        _library, _encoder, question.text, question.language, _results.evidence
    )


def _side(key: str, heading: str, experiences: Sequence[Experience]) -> None:
    with st.container(key=key, gap="xsmall"):
        show.side(heading)
        for experience in experiences:
            quoted = [experience.done]
            if experience.outcome.text != experience.done.text:
                quoted.append(experience.outcome)
            for quotation in quoted:
                show.quotation(quotation.text, quotation.passage.language)
            _source(quoted[-1])


def _source(quotation: Quotation) -> None:
    record, passage = quotation.record, quotation.passage
    st.page_link(
        "pages/document.py",
        label=show.label(
            " · ".join(
                [
                    names.title(record),
                    *(names.registry_name(code) for code in record.registries[:2]),
                    *([str(record.year)] if record.year else []),
                    _("page {number}").format(number=names.number(passage.page)),
                ]
            )
        ),
        query_params=state.link(
            search=True, document=record.document, page=passage.page, passage=passage.passage
        ),
    )
