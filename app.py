"""The app: `streamlit run app.py`. It chooses the language, wires the pages and does no more.

Streamlit runs this file as a script for every view of a page; the server imports it once, for
what happens at its start.
"""

from __future__ import annotations

import streamlit as st

from ingest.errors import CaselibError
from pages import desk_access, menu, page_pictures, server, show, state, style, texts
from pages.texts import _


def main() -> None:
    """Draw the frame and the page within it."""
    texts.use(state.chosen_language())
    st.set_page_config(page_title=_("ccTLD Case Library"), page_icon=style.ICON)
    style.apply()
    pages = [
        st.Page("pages/ask.py", title=_("Ask"), url_path="ask", default=True),
        st.Page("pages/explore.py", title=_("Explore"), url_path="explore"),
        st.Page("pages/start.py", title=_("Start here"), url_path="start"),
        st.Page("pages/library.py", title=_("Library"), url_path="library"),
        st.Page("pages/deposit.py", title=_("Deposit"), url_path="deposit"),
        st.Page("pages/about.py", title=_("About"), url_path="about"),
        st.Page("pages/document.py", title=_("Document"), url_path="document"),
        st.Page("pages/deposited.py", title=_("Your deposit"), url_path="deposited"),
        st.Page("pages/desk_document.py", title=_("Desk"), url_path="desk-document"),
        st.Page("pages/desk.py", title=_("Desk"), url_path="desk"),
    ]
    page = st.navigation(pages, position="hidden")
    # Shown to librarians; what is done there is checked for each act, whoever opens the page.
    _bar(pages[:6] + (pages[-1:] if desk_access.is_librarian() else []), page)
    with st.container(key="content"):
        try:
            page.run()
        except CaselibError as error:
            st.error(show.label(texts.sentence(error)))


def _bar(pages: list[st.Page], here: st.Page) -> None:
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        show.brand(_("ccTLD Case Library"))
        with st.container(key="navigation", horizontal=True, gap="small", width="content"):
            for page in pages:
                st.page_link(page, label=page.title, query_params=state.link())
        with st.container(key="menu-box", width="content"):
            menu.draw(pages, here)
        state.follow_one("lang", texts.LANGUAGES)
        st.session_state["lang"] = texts.language()
        st.selectbox(
            _("Language of the interface"),
            list(texts.LANGUAGES),
            format_func=texts.LANGUAGES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            filter_mode=None,
            width=124,
            on_change=state.keep,
            args=("lang",),
        )


if __name__ == "__main__":
    main()
else:
    app = st.App(
        "app.py",
        lifespan=server.lifespan,
        routes=(*server.ROUTES, *page_pictures.ROUTES),
        middleware=server.MIDDLEWARE,
        on_script_error=server.explain,
    )
