"""The words of the field, explained in the reader's language, each leading to a search."""

from __future__ import annotations

import streamlit as st

from index.topics import topics
from pages import names, picture, show, state
from pages.picture import element
from pages.show import Markup, escape
from pages.texts import LANGUAGES, _, language, n_
from search.glossary import Term, find_terms

AT_ONCE = 40


def draw() -> None:
    """Draw the box, and the terms that are found."""
    state.follow_text("term")
    state.follow_one("topic", list(topics()))
    first, second = st.columns([2, 1])
    with first:
        st.text_input(
            _("A word, in any language"),
            key="term",
            icon=":material/search:",
            on_change=state.keep,
            args=("term",),
        )
    with second:
        st.selectbox(
            _("Topic"),
            list(topics()),
            format_func=names.topic_name,
            key="topic",
            index=None,
            placeholder=_("All topics"),
            filter_mode=None,
            on_change=state.keep,
            args=("topic",),
        )
    found = find_terms(state.value("term"), language(), st.session_state["topic"] or "")
    show.note(n_("{count} term", "{count} terms", len(found)), role="status")
    shown = max(state.whole_number("show", AT_ONCE), AT_ONCE)
    picture.draw("terms", element("dl", *map(_term, found[:shown]), class_="terms"))
    if len(found) > shown:
        st.button(
            _("More terms"),
            key="more-terms",
            on_click=state.change,
            kwargs={"show": str(shown + AT_ONCE)},
        )


def _term(term: Term) -> Markup:
    name = term.name(language())
    acronyms = names.listed(list(term.acronyms))
    others = [
        part
        for code in LANGUAGES
        if code != language()
        for part in (escape(" · "), element("bdi", escape(term.name(code)), lang=code))
    ][1:]
    return element(
        "div",
        element(
            "dt",
            element("bdi", escape(name)),
            *([element("bdi", escape(acronyms), class_="acronyms")] if acronyms else []),
        ),
        element(
            "dd",
            element("p", escape(term.definitions[language()])),
            element("p", *others, class_="others"),
            picture.link(
                "ask",
                state.link(q=name),
                escape(_("Search for this")),
                aria_label=_("Search for {term}").format(term=name),
            ),
        ),
    )
