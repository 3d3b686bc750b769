"""The menu on narrow screens, where the pages' names do not fit beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pages import picture, state
from pages.picture import element
from pages.show import escape
from pages.texts import _

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def draw(pages: Sequence[StreamlitPage], here: StreamlitPage) -> None:
    """Draw the menu, closed; the style sheet shows it where there is no room for all names."""
    links = [
        element(
            "li",
            picture.link(
                page.url_path or "ask",
                state.link(),
                escape(page.title),
                aria_current="page" if page is here else "",
            ),
        )
        for page in pages
    ]
    picture.draw(
        "menu",
        element(
            "details",
            element("summary", element("span", escape(_("Menu")), class_="word")),
            element("nav", element("ul", *links), aria_label=_("Menu")),
            class_="menu",
        ),
    )
