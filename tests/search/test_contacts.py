"""Whom to ask: the registries that documents tell of, and only the contacts that they give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.adding import add_file
from index.encoding import Encoder
from index.library import Library
from search.contacts import contacts_in, whom_to_ask

REPORT = (
    "# How .nz signs its zone\n\nInternetNZ runs .nz, the domain of New Zealand. The registry of "
    ".nz signed its zone in 2011.\n\nFor questions about .nz write to dns@internetnz.net.nz. "
    "Phishing mails came from someone@bank-login.com. Contact us: registry@internetnz.org.\n"
)
SURVEY = (
    "# Four registries on DNSSEC\n\nThe registries of .nz, .tw, .br, .ca and .ke answered the same "
    "questions. In .nz, .tw, .br, .ca and .ke keys are kept offline. Write to info@survey.tw.\n"
)


def test_registries_are_named_with_their_documents_and_contacts(
    library: Library, encoder: Encoder, put: Callable[[str, str], Path]
) -> None:
    for name, text in (("report.md", REPORT), ("survey.md", SURVEY)):
        assert add_file(library, encoder, put(name, text)).status == "added"
    asked = whom_to_ask(library, library.records())
    assert [one.registry for one in asked] == ["nz"]
    assert [record.title for record in asked[0].documents] == ["How .nz signs its zone"]
    assert asked[0].languages == ("en",)
    assert asked[0].organisation
    assert [one.address for one in asked[0].contacts] == [
        "dns@internetnz.net.nz",
        "registry@internetnz.org",
    ]
    assert asked[0].contacts[0].passage.page == 1


def test_a_case_that_gives_no_address_has_no_contact(priced: Library) -> None:
    asked = whom_to_ask(priced, priced.records())
    assert {one.registry for one in asked} >= {"cm", "ke", "vn", "ng"}
    for record in priced.records():
        assert all(contacts_in(priced, record, code) == [] for code in record.registries)
