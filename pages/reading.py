"""What a reader is told whose best hits are in languages that they do not read."""

from __future__ import annotations

import streamlit as st

from pages import names, state
from pages.texts import LANGUAGES, _, language, locale, n_
from search.find import Results


def reads() -> tuple[str, ...]:
    """The languages that the reader is known to read, beside that of the question."""
    return (language(),)


def draw(results: Results) -> None:
    """Say that the best evidence is in other languages, and offer what there is in the reader's."""
    best = results.best_evidence
    if best.read is not False:
        return
    with st.container(key="unread", gap="xsmall"):
        st.info(
            n_(
                "The best passages are in a language that you may not read: {languages}. "
                "They come first all the same.",
                "The best passages are in languages that you may not read: {languages}. "
                "They come first all the same.",
                len(best.languages),
                languages=_listed(best.languages),
            ),
            icon=":material/translate:",
        )
        mine = tuple(dict.fromkeys(hit.passage.language for hit in results.hits))
        mine = tuple(code for code in mine if code in results.reads and code in LANGUAGES)
        if mine:
            st.button(
                _("Only what is in: {languages}").format(languages=_listed(mine)),
                key="only-mine",
                type="tertiary",
                on_click=_only,
                args=(mine,),
            )


def _listed(codes: tuple[str, ...]) -> str:
    """Languages as a sentence names them."""
    return names.listed([locale().languages.get(code, code) for code in codes])


def _only(codes: tuple[str, ...]) -> None:
    state.go({**state.current(), "languages": list(codes)})
