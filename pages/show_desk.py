"""What the desk and the forms draw that no other page does; escaped by `pages/show.py`."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import streamlit as st

from pages import show


def quoted(text: str) -> None:
    """What somebody wrote here, with its lines, in its own direction."""
    st.html(f'<blockquote class="passage" dir="auto">{show.escape(text)}</blockquote>')


def source(text: str) -> None:
    """A file that is text, letter by letter as it came."""
    st.html(f'<pre class="source" dir="auto" tabindex="0">{show.escape(text)}</pre>')


def picture(content: bytes, media_type: str, name: str) -> None:
    """A picture within the page itself: it has no address that somebody else could open."""
    encoded = base64.b64encode(content).decode("ascii")
    st.html(
        f'<img class="page-picture" alt="{show.escape(name)}" '
        f'src="data:{show.escape(media_type)};base64,{encoded}">'
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[show.Markup]]) -> None:
    """A table of short cells; on a narrow screen it is moved sideways within itself."""
    head = "".join(f'<th scope="col">{show.escape(name)}</th>' for name in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in rows
    )
    st.html(
        f'<div class="wide" tabindex="0"><table class="lines"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def form(
    action: str,
    fields: Sequence[tuple[str, str, str]],
    button: str,
    hidden: dict[str, str],
) -> None:
    """A form of the browser's own, sent to an address of this server.

    Parameters
    ----------
    fields : (label, name, what the browser may fill in) of each; `password` in a name or
        in what is filled in hides what is typed.
    hidden : further values, by name; no name that HTML elements have a property of, such as
        `lang`, for the browser's side takes those away.
    """
    rows = "".join(
        f'<label>{show.escape(label)}<input name="{show.escape(name)}" required '
        f'type="{"password" if "password" in name else "text"}" '
        f'autocomplete="{show.escape(filled)}" dir="auto" maxlength="1000"></label>'
        for label, name, filled in fields
    )
    kept = "".join(
        f'<input type="hidden" name="{show.escape(name)}" value="{show.escape(value)}">'
        for name, value in hidden.items()
    )
    st.html(
        f'<form class="plain-form" method="post" action="{show.escape(action)}">{rows}{kept}'
        f'<button type="submit">{show.escape(button)}</button></form>'
    )
