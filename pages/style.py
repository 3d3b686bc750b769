"""How the app looks: one style sheet, plus what depends on the language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from ingest.limits import DEFAULT_LIMITS, MEGABYTE
from pages import names
from pages.texts import LANGUAGES, _, direction, language

ICON: Final = str(Path(__file__).with_name("icon.svg"))
_SHEET: Final = Path(__file__).with_name("style.css")


def apply() -> None:
    """Send the style sheet, the page's language and direction, and the uploader's words."""
    st.html(_SHEET)
    words = {
        "upload": _("Choose files"),
        "drop": _("Drop the files here"),
        "limit": _("up to {limit} MB per file").format(
            limit=names.number(DEFAULT_LIMITS.file_bytes // MEGABYTE)
        ),
        "too-large": _("Not uploaded: the file is too large or the connection broke."),
        "nothing": _("Nothing matches"),
        "skip": _("Skip to the content"),
        "lost": _("The server cannot be reached: wait a moment, then load the page again."),
    }
    variables = "".join(f"--text-{name}: {_css(text)};" for name, text in words.items())
    st.html(f"<style>:root {{ {variables} }}</style>")
    # Both values are ours, from LANGUAGES: screen readers and the browser's own layout need them.
    assert language() in LANGUAGES
    st.html(
        f"<script>document.documentElement.lang = {json.dumps(language())};"
        f"document.documentElement.dir = {json.dumps(direction())};</script>",
        unsafe_allow_javascript=True,
    )


def scroll_to(anchor: str, block: Literal["center", "start"] = "center") -> None:
    """Bring a part of the page into view.

    Parameters
    ----------
    anchor : an element's id or, failing that, the first element of that class.
    block : where in the window it comes to stand.
    """
    assert anchor.replace("-", "").isalnum()
    name = json.dumps(anchor)
    st.html(
        "<script>(() => { const find = (tries) => {"
        f"const there = document.getElementById({name}) || document.querySelector('.' + {name});"
        f"if (there) there.scrollIntoView({{block: '{block}'}});"
        "else if (tries) setTimeout(() => find(tries - 1), 100); }; find(30); })();</script>",
        unsafe_allow_javascript=True,
    )


def _css(text: str) -> str:
    """A text as a CSS string (CSS Syntax Level 3, 4.3.5)."""
    escaped = "".join(
        character if character.isalnum() or character == " " else f"\\{ord(character):x} "
        for character in text
    )
    return f'"{escaped}"'
