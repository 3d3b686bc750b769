"""A desk on a library of one public case, and the people who come to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import depositing
from desk.opening import open_desk
from desk.people import STRANGER, Person, Role
from desk.settings import Settings
from desk.stores import Desk
from index.adding import add_file
from index.deposits import NamedFile
from index.encoding import Encoder
from index.opening import open_library
from tests.index.letters import hashing_encoder

LIBRARIAN = Person("ada@registry.example", Role.LIBRARIAN)
DEPOSITOR = Person("", Role.DEPOSITOR)
NOBODY = STRANGER

PUBLIC = "# Anycast for an island\n\nThe registry of an island put its servers into a cloud."
SECRET = "# Zebra tender\n\nThe registry of Kenya (.ke) tendered its zebracorn backend in 2019."

Put = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="session")
def letters() -> Encoder:
    """An encoder that takes no time: what is tested here is who may see what, not the ranking."""
    return hashing_encoder()


@pytest.fixture
def desk(tmp_path: Path, letters: Encoder, put: Put) -> Iterator[Desk]:
    """A desk on a library of one case."""
    library = open_library(str(tmp_path / "library"), letters.recipe)
    assert add_file(library, letters, put("public.md", PUBLIC)).status == "added"
    opened = open_desk(library)
    yield opened
    opened.library.close()
    opened.deposits.close()
    opened.database.close()


@pytest.fixture
def deposited(desk: Desk, letters: Encoder, put: Put) -> Callable[..., tuple[str, str]]:
    """Deposits a text and, unless told otherwise, sends it; gives its document and token."""

    def deposit(text: str = SECRET, name: str = "secret.md", sent: bool = True) -> tuple[str, str]:
        source = NamedFile(put(name, text), name)
        (received,) = depositing.receive(desk, DEPOSITOR, letters, source)
        assert received.status == "read", received
        if sent:
            depositing.send(desk, DEPOSITOR, received.token, "CC BY 4.0", True, Settings())
        return received.outcome.document, received.token

    return deposit
