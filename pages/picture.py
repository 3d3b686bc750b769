"""Pictures: HTML and SVG built from escaped parts, whose links change the page without a reload.

Everything in a picture that can be chosen is a link with an address, so that it can be reached by
keyboard, read out, opened in another tab and sent.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages import state
from pages.show import Markup, clean, escape
from pages.texts import _

_PAGES = ("about", "ask", "deposit", "desk", "document", "explore", "library", "start")
_FIRST = "ask"
_SCRIPT = """
export default function({ parentElement, data }) {
  const root = parentElement.querySelector(".picture");
  if (root.dataset.shown !== data.markup) {
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.name;
    root.dataset.shown = data.markup;
    root.innerHTML = data.markup;
    if (focused) root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }
  root.onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    // As if the reader had come back to that address: Streamlit then shows it, and the step stands
    // in the browser's history. (st.switch_page overwrites the step before it.)
    history.pushState({}, "", new URL(link.getAttribute("href"), document.baseURI));
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
}
"""


def element(tag: str, *parts: Markup, **attributes: str | int | float | bool) -> Markup:
    """An element with its attributes and parts, all of them escaped.

    Parameters
    ----------
    attributes : underscores stand for hyphens, one at the end for none; True gives a bare name,
        False and `` leave it out.
    """
    said = "".join(
        f" {name}" if value is True else f' {name}="{html.escape(clean(str(value)), quote=True)}"'
        for written, value in attributes.items()
        if value is not False and value != ""
        for name in (written.rstrip("_").replace("_", "-"),)
    )
    return Markup(f"<{tag}{said}>{joined(*parts)}</{tag}>")


def joined(*parts: Markup) -> Markup:
    """Parts after one another."""
    return Markup("".join(parts))


def link(page: str, params: state.Params, *parts: Markup, **attributes: str | int | bool) -> Markup:
    """A link to a page of the app; the first one has no name in its address."""
    assert page in _PAGES
    address = f"{'./' if page == _FIRST else page}?{urlencode(params, doseq=True)}"
    return element("a", *parts, href=address, target="_self", **attributes)


def table(heads: Sequence[str], rows: Sequence[Sequence[Markup]], caption: str) -> Markup:
    """A table whose first column names the rows."""
    head = element("tr", *(element("th", escape(name), scope="col") for name in heads))
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", cell) for cell in row[1:]),
        )
        for row in rows
    ]
    return element(
        "table",
        element("caption", escape(caption), class_="hidden"),
        element("thead", head),
        element("tbody", *body),
        class_="plain",
    )


def draw(name: str, markup: Markup) -> None:
    """Draw a picture.

    Parameters
    ----------
    name : its key, one of its kind on the page.
    """
    component: Callable[..., Any] = st.components.v2.component(
        "picture", html='<div class="picture"></div>', js=_SCRIPT, isolate_styles=False
    )
    component(key=name, data={"markup": markup})


def as_table(name: str, markup: Callable[[], Markup]) -> None:
    """The same as a table, folded away, for those who cannot see the picture."""
    with st.expander(_("As a table")):
        draw(f"{name}-table", markup())
