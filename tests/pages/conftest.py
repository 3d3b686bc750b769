"""The app, opened without a browser on real libraries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from index.library import Library
from pages import desk_access

ROOT = Path(__file__).resolve().parent.parent.parent

Open = Callable[..., AppTest]

_init = PagesManager.__init__


def _without_pages_directory(self: PagesManager, *args: Any, **kwargs: Any) -> None:
    """Begin each run as `pages/server.py` begins the server: AppTest forgets it between runs."""
    _init(self, *args, **kwargs)
    PagesManager.uses_pages_directory = False


@pytest.fixture
def at_url(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Open]:
    """Give a way to open pages of the app on the library of a URL."""

    def on(url: str, session: str = "") -> Open:
        monkeypatch.setenv("CASELIB_LIBRARY", url)
        monkeypatch.setattr(PagesManager, "__init__", _without_pages_directory)
        monkeypatch.chdir(ROOT)
        # AppTest sends no cookies; `session` stands for the one that a browser would send.
        monkeypatch.setattr(desk_access, "session_token", lambda: session)

        def open_page(page: str = "ask", /, **params: str) -> AppTest:
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
            app.query_params["lang"] = params.pop("lang", "en")
            app.run()
            for name, value in params.items():
                app.query_params[name] = value
            app.switch_page(f"pages/{page}.py")
            return app.run()

        return open_page

    return on


@pytest.fixture
def open_page(at_url: Callable[..., Open], seven: Library) -> Open:
    """Opens a page of the app on the library of seven cases."""
    return at_url(seven.url)


def markup(app: AppTest) -> str:
    """All HTML that a page drew for its reader, without styles and scripts."""
    drawn = [str(element.proto.body) for element in app.get("html")]
    return "\n".join(body for body in drawn if not body.startswith(("<style", "<script")))


def pictures(app: AppTest) -> str:
    """The HTML of all pictures that a page drew."""
    drawn = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return "\n".join(str(data["markup"]) for data in drawn)
