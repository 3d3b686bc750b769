"""The administrator signs in with a password, and guessing it takes for ever."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk import accounts, log
from desk.accounts import NotSignedIn
from desk.database import Database
from tests.desk.conftest import LIBRARIAN

PASSWORD = "a long password of ours"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path)
    yield opened
    opened.close()


def _password_is_set(database: Database) -> str:
    return accounts.set_first_password(database, accounts.make_first_code(database), PASSWORD)


def test_the_first_password_needs_the_code_that_the_server_shows(database: Database) -> None:
    assert not accounts.has_first_code(database)
    for guess in ("", "0", "None"):
        with pytest.raises(NotSignedIn, match="code"):
            accounts.set_first_password(database, guess, PASSWORD, "192.0.2.1")
    old = accounts.make_first_code(database)
    code = accounts.make_first_code(database)
    with pytest.raises(NotSignedIn, match="code"):
        accounts.set_first_password(database, old, PASSWORD)
    with pytest.raises(NotSignedIn, match="12 letters"):
        accounts.set_first_password(database, code, "short")
    token = accounts.set_first_password(database, f" {code}\n", PASSWORD)
    person = accounts.person_of(database, token)
    assert person is not None and (person.name, person.is_librarian) == ("administrator", True)
    with pytest.raises(NotSignedIn):
        accounts.set_first_password(database, code, "another password of ours")
    assert accounts.make_first_code(database) == ""
    assert accounts.sign_in(database, PASSWORD)


def test_neither_password_nor_code_nor_token_is_kept_as_it_is(database: Database) -> None:
    code = accounts.make_first_code(database)
    kept = (database.folder / "desk.sqlite3-wal").read_bytes()
    token = accounts.set_first_password(database, code, PASSWORD)
    database.close()
    kept += b"".join(path.read_bytes() for path in database.folder.iterdir())
    for secret in (code, PASSWORD, token):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept


def test_a_session_lasts_over_a_restart_and_ends_when_it_is_signed_out(
    database: Database,
) -> None:
    token = _password_is_set(database)
    again = Database(database.folder)
    assert accounts.person_of(again, token) == accounts.person_of(database, token) is not None
    accounts.sign_out(again, token)
    assert accounts.person_of(database, token) is None
    again.close()


def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(database: Database) -> None:
    _password_is_set(database)
    token = accounts.sign_in(database, PASSWORD, at=0.0)
    day = 24 * 3600
    assert accounts.person_of(database, token, at=6 * day)
    assert accounts.person_of(database, token, at=12 * day)
    assert accounts.person_of(database, token, at=20 * day) is None
    token = accounts.sign_in(database, PASSWORD, at=0.0)
    for days in range(5, 31, 5):
        assert accounts.person_of(database, token, at=days * day)
    assert accounts.person_of(database, token, at=31 * day) is None


def test_tokens_that_nobody_was_given_belong_to_nobody(database: Database) -> None:
    token = _password_is_set(database)
    for guess in ("", "x", token[:-1], token + "x", token.swapcase(), "' OR 1=1 --"):
        assert accounts.person_of(database, guess) is None


def test_wrong_tries_wait_longer_and_longer_over_a_restart_too(database: Database) -> None:
    _password_is_set(database)
    for _ in range(3):
        with pytest.raises(NotSignedIn, match="wrong"):
            accounts.sign_in(database, "wrong password", "192.0.2.1", at=1000.0)
    again = Database(database.folder)
    with pytest.raises(NotSignedIn, match="wait 4 seconds"):
        accounts.sign_in(again, PASSWORD, "192.0.2.1", at=1000.0)
    with pytest.raises(NotSignedIn, match="wrong"):
        accounts.sign_in(again, "wrong password", "192.0.2.1", at=1004.0)
    with pytest.raises(NotSignedIn, match="wait 8 seconds"):
        accounts.sign_in(again, PASSWORD, "192.0.2.1", at=1004.0)
    assert accounts.sign_in(again, PASSWORD, "192.0.2.2", at=1004.0)
    assert accounts.sign_in(again, PASSWORD, "192.0.2.1", at=1012.0)
    with pytest.raises(NotSignedIn, match="wrong"):
        accounts.sign_in(again, "wrong password", "192.0.2.1", at=1012.0)
    again.close()


def test_many_addresses_together_have_no_more_tries(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _password_is_set(database)
    monkeypatch.setattr(accounts, "_MOST_AN_HOUR", 5)
    said = []
    for number in range(8):
        with pytest.raises(NotSignedIn) as refused:
            accounts.sign_in(database, "", f"192.0.2.{number}", at=1000.0)
        said.append(str(refused.value))
    assert sum("wrong" in sentence for sentence in said) == 5
    assert all("wait 900 seconds" in sentence for sentence in said[5:])
    accounts.set_password(database, PASSWORD, "root")
    assert accounts.sign_in(database, PASSWORD, "192.0.2.1", at=1000.0)


def test_tries_at_the_same_time_are_all_counted(database: Database) -> None:
    _password_is_set(database)

    def attempt(_number: int) -> str:
        with pytest.raises(NotSignedIn) as refused:
            accounts.sign_in(database, "wrong password", "192.0.2.1", at=1000.0)
        return str(refused.value)

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(attempt, range(16)))
    assert sum("wrong" in sentence for sentence in said) == 3


def test_a_new_password_from_the_command_line_ends_all_sessions(database: Database) -> None:
    token = _password_is_set(database)
    accounts.set_password(database, "quite another password", "root")
    assert accounts.person_of(database, token) is None
    with pytest.raises(NotSignedIn):
        accounts.sign_in(database, PASSWORD)
    assert accounts.sign_in(database, "quite another password")
    assert [(line.act, line.who) for line in log.lines(database, LIBRARIAN)] == [
        ("password", "root")
    ]
