"""Ask: a question in any language becomes documents with the passages that answer it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from index.library import Filters, Record
from pages import (
    differing,
    editions,
    filters,
    history,
    library_access,
    mine,
    names,
    reading,
    show,
    state,
    translating,
    whom,
    written,
)
from pages.texts import _, n_
from search import answers
from search.contacts import Asked, whom_to_ask
from search.find import Hit, search

HITS = 20
"""Hits asked for at first, and how many more each time."""
MOST_HITS = 200
QUOTED = 4
"""Sentences quoted above the hits."""

_WHY = {
    "meaning": lambda: _("Found by meaning"),
    "words": lambda: _("Found by words"),
    "both": lambda: _("Found by meaning and words"),
}


def draw() -> None:
    """Draw the page."""
    records = library_access.records()
    question = state.value("q")[: state.LONGEST_QUESTION].strip()
    # Always there, so that the question box keeps its place from one view to the next.
    with st.container():
        if not question:
            _welcome()
    _question_box()
    if not records:
        _empty_library()
        return
    narrowed = filters.draw()
    if question:
        _results(question, narrowed)
        history.remember(question)
    else:
        _examples(records)
        history.draw()


def _welcome() -> None:
    show.heading(_("What have other registries learnt?"))
    show.lead(
        _(
            "Ask in your own language. The answer may stand in a paper written in another: "
            "passages are found by what they mean."
        )
    )


def _question_box() -> None:
    state.follow_text("q")
    with st.form("ask", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Your question"),
            key="q",
            placeholder=_("For example: how to reduce phishing"),
            max_chars=state.LONGEST_QUESTION,
            label_visibility="collapsed",
            icon=":material/search:",
        )
        st.form_submit_button(
            _("Search"), type="primary", key="search", on_click=state.keep, args=("q",)
        )


def _empty_library() -> None:
    st.info(_("The library is empty: deposit a first document, then ask."))
    st.page_link("pages/deposit.py", label=_("Deposit documents"), query_params=state.link())


def _examples(records: list[Record]) -> None:
    questions = (
        _("How did registries win new users by lowering prices?"),
        _("How does a registry keep running through a war or a disaster?"),
        _("How can abuse of domain names be reduced without going to court?"),
        _("What helps people use domain names in their own script?"),
    )
    show.subheading(_("Questions to begin with"))
    with st.container(key="examples", gap=None):
        for number, question in enumerate(questions):
            st.button(
                show.label(question),
                key=f"example-{number}",
                type="tertiary",
                icon=":material/search:",
                on_click=state.change,
                kwargs={"q": question},
            )
    languages = len({record.language for record in records if record.language})
    show.note(
        names.listed(
            [
                n_("{count} document", "{count} documents", len(records)),
                n_("{count} language", "{count} languages", languages),
            ]
        )
    )


def _results(question: str, narrowed: Filters) -> None:
    library, encoder = library_access.searchable()
    limit = min(max(state.whole_number("show", HITS), HITS), MOST_HITS)
    with st.spinner(_("Searching…")):
        results = search(library, encoder, question, limit, narrowed, reading.reads())
    groups = results.by_document()
    show.hidden_heading(_("Results"))
    if not groups and results.waiting:
        _waiting(results.waiting)
        return
    if not groups:
        st.info(
            _("Nothing was found with these filters: clear them, or use other words.")
            if narrowed
            else _("Nothing was found: use other words, or leave the quotation marks out.")
        )
        if narrowed:
            st.button(_("Clear the filters"), key="clear-all", on_click=filters.clear)
        return
    differences = None
    reading.draw(results)
    if results.question is not None:
        given = answers.answer(library, results.question, results.evidence, QUOTED)
        written.draw(library, encoder, results, given)
        _answer(given)
        # Filled in when the hits are there: to look for differences takes a moment.
        differences = st.container(key="differences")
        _whom(whom_to_ask(library, [record for record, _hits in groups]))
        if not given.abstained:
            show.subheading(_("Where it was found"))
    show.note(n_("{count} document", "{count} documents", len(groups)), role="status")
    alike_first = mine.in_order([(record, hits[0].score) for record, hits in groups])
    for number, (place, reasons) in enumerate(alike_first):
        _card(number, *groups[place], mine.sentences(reasons))
    _waiting(results.waiting)
    if len(results.hits) >= limit < MOST_HITS:
        st.button(
            _("More results"),
            key="more",
            on_click=state.change,
            kwargs={"show": str(limit + HITS)},
        )
    if differences is not None:
        with differences:
            differing.draw(library, encoder, results, repr(narrowed))


def _whom(registries: Sequence[Asked]) -> None:
    """Registries that can be asked, whether the library says it or not."""
    if not registries:
        return
    label = _("Whom to ask: {registries}").format(registries=whom.named(registries))
    with st.expander(show.label(label), icon=":material/forum:", key="whom"):
        whom.draw(registries)


def _waiting(records: Sequence[Record]) -> None:
    """Documents that could not be read yet, found by their titles."""
    for number, record in enumerate(records):
        with st.container(border=True, key=f"waiting-{number}", gap="xsmall"):
            st.page_link(
                "pages/document.py",
                label=show.label(names.title(record)),
                query_params=state.link(search=True, document=record.document),
            )
            show.note(names.waiting(len(record.pictures)))


def _answer(given: answers.Answer) -> None:
    """What the library says in quoted sentences, or that it does not say it outright."""
    if given.abstained:
        show.note(_("The library does not say this outright. What comes nearest:"), role="status")
        return
    show.subheading(_("What the library says"))
    for number, quotation in enumerate(given.quotations):
        record = quotation.record
        with st.container(key=f"quotation-{number}", gap=None):
            show.passage(quotation.text, quotation.passage.language, [], None, cut=(False, False))
            translating.beside(f"quotation-{number}", quotation.text, quotation.passage.language)
            page = _("page {number}").format(number=names.number(quotation.passage.page))
            st.page_link(
                "pages/document.py",
                label=show.label(
                    " · ".join(
                        [
                            names.title(record),
                            *(names.registry_name(code) for code in record.registries[:2]),
                            *([str(record.year)] if record.year else []),
                            page,
                            names.language_name(quotation.passage.language),
                        ]
                    )
                ),
                query_params=state.link(
                    search=True,
                    document=record.document,
                    page=quotation.passage.page,
                    passage=quotation.passage.passage,
                ),
            )
            if quotation.passage.read_by_ocr:
                show.badge(_("Read by text recognition; there may be errors."))


def _card(number: int, record: Record, hits: list[Hit], alike: str) -> None:
    """A document with its best passage; `alike` says in what its registry is like the reader's."""
    best = hits[0]
    with st.container(border=True, key=f"hit-{number}", gap="xsmall"):
        st.page_link(
            "pages/document.py",
            label=show.label(names.title(record)),
            query_params=_link_to(best),
        )
        translating.supplied(record)
        show.facts(
            [
                *(names.registry_name(code) for code in record.registries),
                str(record.year or ""),
                names.language_name(best.passage.language),
                _("page {number}").format(number=names.number(best.passage.page)),
            ]
        )
        if alike:
            show.note(alike)
        if best.newer:
            editions.draw_newer(best.newer)
        start, end = show.excerpt(best.passage.text, best.sentence)
        show.passage(
            best.passage.text[start:end],
            best.passage.language,
            [(a - start, b - start) for a, b in best.words if start <= a and b <= end],
            (best.sentence[0] - start, best.sentence[1] - start),
            cut=(start > 0, end < len(best.passage.text)),
        )
        translating.beside(f"hit-{number}", best.passage.text[start:end], best.passage.language)
        with st.container(horizontal=True, gap="small", key=f"under-{number}"):
            show.badge(_WHY[best.why]())
            if best.passage.read_by_ocr:
                show.badge(_("Read by text recognition; there may be errors."))
            _other_pages(hits)


def _other_pages(hits: list[Hit]) -> None:
    seen = {hits[0].passage.page}
    for hit in hits[1:]:
        page = hit.passage.page
        if page not in seen:
            seen.add(page)
            st.page_link(
                "pages/document.py",
                label=_("Also on page {number}").format(number=names.number(page)),
                query_params=_link_to(hit),
            )


def _link_to(hit: Hit) -> state.Params:
    return state.link(
        search=True,
        document=hit.record.document,
        page=hit.passage.page,
        passage=hit.passage.passage,
    )


draw()
