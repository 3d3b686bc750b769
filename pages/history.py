"""The reader's earlier questions, kept in the reader's browser and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from pages import state
from pages.texts import _

_KEY: Final = "history"
_component = st.components.v2.component(
    "caselib_history",
    html='<section class="history" hidden></section>',
    js=Path(__file__).with_suffix(".js").read_text("utf-8"),
    isolate_styles=False,
)


def remember(question: str) -> None:
    """Let the browser keep a question that was asked."""
    _mount(question)


def draw() -> None:
    """Let the browser show the questions that it keeps, each to be asked again, and forget them."""
    _mount("")


def _mount(asked: str) -> None:
    _component(
        key=_KEY,
        data={
            "asked": asked,
            "shown": not asked,
            "heading": _("Your earlier questions"),
            "note": _("They are kept in this browser only."),
            "forget": _("Forget them"),
        },
        on_again_change=_ask_again,
    )


def _ask_again() -> None:
    question = str(st.session_state[_KEY].get("again") or "")
    if question:
        state.change(q=question[: state.LONGEST_QUESTION])
