"""What a page shows stands in its link, so that links can be sent and the back button works.

The link is the truth. A widget follows it when it has changed by itself (a link was opened, the
back button pressed), and writes to it when the reader has changed the widget.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages import texts

KEPT = (
    "q", "languages", "topics", "registries", "regions", "kinds", "formats", "from", "to",
)  # fmt: skip
"""Parameters of a search, carried to a document and back."""
CARRIED = ("mine",)
"""Parameters that go along to every page: what the reader's registry is like."""

LONGEST_QUESTION = 500

Params = dict[str, list[str]]


def value(name: str) -> str:
    """A parameter of the link, `` where it has none."""
    return st.query_params.get(name, "")


def whole_number(name: str, default: int = 0) -> int:
    """A parameter of the link that is a number up to nine digits long."""
    text = value(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def chosen_language() -> str:
    """The link's language, else the browser's."""
    asked = value("lang")
    if asked in texts.LANGUAGES:
        return asked
    return texts.from_browser(st.context.headers.get("Accept-Language") or "")


def follow_text(name: str) -> None:
    """Let a text box show what the link says, where the link has changed."""
    if _changed(name):
        st.session_state[name] = value(name)[:LONGEST_QUESTION]


def follow_one(name: str, options: Collection[str]) -> None:
    """Let a box of one choice show what the link says, where the link has changed."""
    if _changed(name) or st.session_state[name] not in options:
        st.session_state[name] = value(name) if value(name) in options else None


def follow_several(name: str, options: Collection[str]) -> None:
    """Let a box of several choices show what the link says, where the link has changed."""
    stated = st.query_params.get_all(name) if _changed(name) else st.session_state[name]
    st.session_state[name] = [option for option in dict.fromkeys(stated) if option in options]


def _changed(name: str) -> bool:
    stated = tuple(st.query_params.get_all(name))
    changed = name not in st.session_state or st.session_state.get(f"link {name}") != stated
    st.session_state[f"link {name}"] = stated
    return changed


def keep(*names: str) -> None:
    """Write what widgets show to the link, as one step of the browser's history."""
    params = current()
    for name in names:
        shown = st.session_state.get(name)
        params[name] = list(map(str, shown)) if isinstance(shown, list) else [str(shown or "")]
        params.pop("show", None)
    go(params)


def go(params: Params) -> None:
    """Put parameters into the link, the language among them."""
    # Asked anew: a widget's callback runs before the script has chosen the language.
    params = {"lang": [chosen_language()], **params}
    kept = {name: values for name, values in params.items() if any(values)}
    if kept != current():
        st.query_params.from_dict(kept)


def change(**params: str) -> None:
    """Change some parameters of the link; an empty one goes."""
    go({**current(), **{name: [text] for name, text in params.items()}})


def current() -> Params:
    """All parameters of the link."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def link(search: bool = False, **params: str | int) -> Params:
    """Parameters for a link to another page, with the language and, if asked, the search."""
    kept = {name: st.query_params.get_all(name) for name in KEPT} if search else {}
    stated = {name: [str(given)] for name, given in params.items() if given not in ("", 0)}
    carried = {name: st.query_params.get_all(name) for name in CARRIED}
    merged = {"lang": [texts.language()], **carried, **kept, **stated}
    return {name: values for name, values in merged.items() if any(values)}
