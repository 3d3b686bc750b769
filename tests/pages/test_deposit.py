"""A deposit on its pages: read, corrected, sent, followed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from desk import decisions, queue
from desk.opening import open_desk
from desk.people import Person, Role
from index.library import Library
from pages import desk_access
from tests.pages.conftest import Open, markup

GOOD = "# A lock for banks\n\nThe registry of Kenya (.ke) made a lock for banks and explained it."
LIBRARIAN = Person("ada@registry.example", Role.LIBRARIAN)


def _deposit(app: AppTest, *files: tuple[str, bytes]) -> None:
    app.file_uploader(key="files").set_value(
        [(name, content, "text/markdown") for name, content in files]
    )
    app.button(key="add").click().run()
    assert not app.exception, [problem.value for problem in app.exception]


def _tokens(app: AppTest) -> list[str]:
    stated = app.query_params["deposit"]
    return [stated] if isinstance(stated, str) else list(stated)


def _send(app: AppTest) -> None:
    app.selectbox(key="licence").set_value("CC BY 4.0")
    app.checkbox(key="may-share").set_value(True)
    app.button(key="send").click().run()
    assert not app.exception, [problem.value for problem in app.exception]


@pytest.fixture(autouse=True)
def _desk_of_this_library() -> None:
    desk_access._opened.clear()


def test_each_file_is_read_or_says_why_not(at_url: Callable[..., Open], library: Library) -> None:
    app = at_url(library.url)("deposit", lang="en")
    _deposit(
        app,
        ("good.md", GOOD.encode()),
        ("again.md", GOOD.encode()),
        ("empty.pdf", b""),
        ("<i>name.md", b"# Names of schools\n\nThe registry gave names to schools."),
    )
    assert len(app.error) == 1
    assert "This file is empty" in app.error[0].value.replace("\\", "")
    assert not library.records()
    tokens = _tokens(app)
    assert len(tokens) == 2
    assert {app.text_input(key=f"d{number}-title").value for number in (0, 1)} == {
        "A lock for banks",
        "Names of schools",
    }
    assert "<i>" not in markup(app)


def test_what_was_understood_is_corrected_sent_and_followed(
    at_url: Callable[..., Open], library: Library
) -> None:
    app = at_url(library.url)("deposit", lang="en")
    _deposit(app, ("good.md", GOOD.encode()))
    assert app.multiselect(key="d0-registries").value == ["ke"]
    assert "made a lock for banks" in markup(app)
    app.text_input(key="d0-title").set_value("The lock of Kenya")
    app.button(key="send").click().run()
    assert "licence" in app.error[0].value
    app.text_input(key="contact").set_value("me@registry.example")
    _send(app)
    assert "Waiting for a librarian" in markup(app) and "The lock of Kenya" in markup(app)
    assert not library.records()
    desk = open_desk(library)
    ((deposit, record),) = queue.in_state(desk, LIBRARIAN, "waiting")
    assert (record.title, deposit.licence, deposit.contact) == (
        "The lock of Kenya",
        "CC BY 4.0",
        "me@registry.example",
    )
    assert record.corrected == ("title",)
    (token,) = _tokens(app)
    decisions.reject(desk, LIBRARIAN, record.document, "It is <b>bold</b>.")
    shown = markup(at_url(library.url)("deposited", lang="fr", deposit=token))
    assert "It is &lt;b&gt;bold&lt;/b&gt;." in shown
    assert "me@registry.example" not in shown
    decisions.restore(desk, LIBRARIAN, record.document)
    decisions.approve(desk, LIBRARIAN, record.document)
    app = at_url(library.url)("deposited", lang="en", deposit=token)
    assert "In the library" in markup(app)
    assert "me@registry.example" not in markup(app)


def test_a_reload_finds_the_deposit_where_it_was(
    at_url: Callable[..., Open], library: Library
) -> None:
    open_page = at_url(library.url)
    app = open_page("deposit", lang="en")
    _deposit(app, ("good.md", GOOD.encode()))
    (token,) = _tokens(app)
    again = open_page("deposit", lang="en", deposit=token)
    assert again.text_input(key="d0-title").value == "A lock for banks"
    again.button(key="leave-out-0").click().run()
    assert "deposit" not in again.query_params
    assert not open_desk(library).deposits.records()


def test_direct_publishing_is_a_setting(
    at_url: Callable[..., Open], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELIB_PUBLISH", "direct")
    app = at_url(library.url)("deposit", lang="en")
    _deposit(app, ("good.md", GOOD.encode()))
    _send(app)
    assert [record.filename for record in library.records()] == ["good.md"]
    assert "In the library" in markup(app)


def test_depositing_may_need_an_account(
    at_url: Callable[..., Open], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELIB_DEPOSIT", "sign-in")
    app = at_url(library.url)("deposit", lang="ar")
    assert not app.get("file_uploader")
    assert app.info[0].value and not app.exception


def test_a_setting_that_means_nothing_is_one_sentence(
    at_url: Callable[..., Open], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELIB_DEPOSIT", "everyone")
    app = at_url(library.url)("deposit", lang="en")
    assert not app.exception and "CASELIB" in app.error[0].value.replace("\\", "")
    assert not app.get("file_uploader")


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "0" * 32])
def test_a_link_that_is_wrong_shows_nothing(
    at_url: Callable[..., Open], library: Library, token: str
) -> None:
    open_desk(library)
    app = at_url(library.url)("deposited", lang="en", deposit=token)
    assert "no deposit under this link" in app.info[0].value


def test_a_waiting_document_has_no_page_for_who_guesses_its_address(
    at_url: Callable[..., Open], library: Library
) -> None:
    open_page = at_url(library.url)
    app = open_page("deposit", lang="en")
    _deposit(app, ("good.md", GOOD.encode()))
    _send(app)
    record = queue.in_state(open_desk(library), LIBRARIAN, "waiting")[0][1]
    for page in ("document", "desk_document"):
        shown = open_page(page, lang="en", document=record.document)
        assert "lock for banks" not in markup(shown)
        assert not shown.get("download_button")
