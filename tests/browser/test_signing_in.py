"""Signing in with an identity provider, a real one of our own: roles come from what it verified."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, SECONDS_TO_START, Server, free_port

SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "a secret of this test, and long enough"
client_id = "caselib"
client_secret = "of no importance"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address."""
    port = free_port()
    url = f"http://localhost:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.identity_provider", str(port)],
        cwd=ROOT,
        start_new_session=True,
    )
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{url}/jwks", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    yield url
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def app(
    library_folder: Path, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an app that signs people in with the provider."""
    folder = tmp_path_factory.mktemp("signing-in")
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(provider=provider), encoding="utf-8")
    running = Server(
        library_folder,
        folder / "app.log",
        options=[f"--secrets.files={secrets}"],
        environment={"CASELIB_LIBRARIANS": "ada@registry.example"},
    )
    try:
        running.wait()
        yield running.url
    finally:
        running.stop()


def _signed_in(browser: Browser, app: str, name: str) -> Page:
    page = browser.new_context(locale="en-US").new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{app}/desk?lang=en")
    page.locator(".st-key-sign-in button").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"{app}/**")
    expect(page.locator(".st-key-navigation")).to_be_visible()
    page.goto(f"{app}/desk?lang=en")
    return page


def test_a_verified_librarian_is_let_in_and_out_again(browser: Browser, app: str) -> None:
    page = _signed_in(browser, app, "librarian")
    expect(page.get_by_text("Signed in as ada@registry.example")).to_be_visible()
    expect(page.locator("h1")).to_have_text("The librarian’s desk")
    page.reload()
    expect(page.locator("h1")).to_have_text("The librarian’s desk")
    page.locator(".st-key-sign-out button").click()
    page.wait_for_url(lambda url: "/desk" not in url)
    expect(page.locator(".st-key-q")).to_be_visible()
    page.goto(f"{app}/desk?lang=en")
    expect(page.locator(".st-key-sign-in button")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("name", ["unverified", "depositor"])
def test_the_same_address_unverified_or_another_one_is_no_librarian(
    browser: Browser, app: str, name: str
) -> None:
    page = _signed_in(browser, app, name)
    expect(page.get_by_text("this account is not a librarian’s here")).to_be_visible()
    expect(page.locator(".st-key-navigation a")).to_have_count(6)
    page.goto(f"{app}/deposit?lang=en")
    expect(page.locator("[data-testid=stFileUploaderDropzone]")).to_be_visible()
    page.context.close()


def test_with_a_provider_depositing_needs_an_account_and_the_password_is_no_way_in(
    browser: Browser, app: str
) -> None:
    page = browser.new_context(locale="en-US").new_page()
    page.goto(f"{app}/deposit?lang=en")
    expect(page.get_by_text("Depositing needs an account here")).to_be_visible()
    answer = page.request.post(
        f"{app}/account/sign-in", form={"password": "x"}, headers={"origin": app}
    )
    assert answer.status == 403
    page.context.close()
