"""Endpoints answer, or fail in one clear sentence; none of them hangs."""

from __future__ import annotations

import pytest

from search import endpoint as module
from search.endpoint import Endpoint, EndpointFailed, Patience, complete, configured, stream
from tests import endpoints
from tests.language_model import KEY

QUESTION = [{"role": "user", "content": "Say hello."}]
IMPATIENT = Patience(connection=1, piece=0.3, whole=0.6)


def _answers(behaviour: endpoints.Behaviour) -> str:
    with endpoints.endpoint(behaviour) as (url, _):
        return complete(Endpoint(url, patience=IMPATIENT), QUESTION, 20)


def test_a_real_server_streams_its_text_in_pieces(language_model: str) -> None:
    pieces = list(stream(Endpoint(language_model, "smollm2", KEY), QUESTION, 8))
    assert len(pieces) > 1
    assert "".join(pieces).strip()


def test_a_real_server_refuses_a_wrong_key(language_model: str) -> None:
    with pytest.raises(EndpointFailed, match="refuses the key"):
        complete(Endpoint(language_model, "smollm2", "wrong"), QUESTION, 8)


def test_pieces_come_together_and_the_key_is_sent() -> None:
    with endpoints.endpoint(endpoints.saying("Grüße, 世界! مرحبا")) as (url, asked):
        assert complete(Endpoint(url, "m", "secret"), QUESTION, 20) == "Grüße, 世界! مرحبا"
    path, headers, request = asked[0]
    assert path == "/v1/chat/completions"
    assert headers["authorization" if "authorization" in headers else "Authorization"] == (
        "Bearer secret"
    )
    assert (request["model"], request["stream"], request["max_tokens"]) == ("m", True, 20)


def test_a_server_without_streams_is_understood() -> None:
    assert _answers(endpoints.whole("All at once.")) == "All at once."


def test_a_model_that_takes_no_temperature_is_asked_without() -> None:
    assert _answers(endpoints.particular) == "Yes."


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (endpoints.failing(401), module.REFUSED),
        (endpoints.failing(403), module.REFUSED),
        (endpoints.failing(404), module.NO_MODEL),
        (endpoints.failing(429), module.BUSY),
        (endpoints.failing(500), module.FAILED),
        (endpoints.failing(400), module.FAILED),
        (endpoints.failing(302), module.FAILED),
        (endpoints.breaking_off("The registry"), module.BROKEN_OFF),
        (endpoints.silent(5), module.TOO_SLOW),
        (endpoints.dribbling, module.TOO_SLOW),
        (endpoints.sending("<html>Welcome to nginx!</html>", "text/html"), module.GARBLED),
        (endpoints.sending("data: not json\n\n"), module.GARBLED),
        (endpoints.sending("data: [1, 2]\n\n"), module.GARBLED),
        (endpoints.sending('data: {"choices": [5]}\n\n'), module.GARBLED),
        (endpoints.sending("\x00\xff" * 300_000), module.GARBLED),
        (endpoints.sending("{", "application/json"), module.GARBLED),
        (endpoints.sending('data: {"error": {"message": "out of memory"}}\n\n'), module.FAILED),
    ],
)
def test_each_fault_is_one_sentence(behaviour: endpoints.Behaviour, said: str) -> None:
    with pytest.raises(EndpointFailed) as failed:
        _answers(behaviour)
    assert failed.value.template == said


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "http://no-such-host.invalid/v1", "nonsense", "ftp://a/b"]
)
def test_an_address_where_nothing_is_is_said_to_be_unreachable(url: str) -> None:
    with pytest.raises(EndpointFailed) as failed:
        complete(Endpoint(url, patience=IMPATIENT), QUESTION, 20)
    assert failed.value.template == module.UNREACHABLE


def test_a_key_that_no_header_can_carry_is_refused() -> None:
    with pytest.raises(EndpointFailed, match="refuses the key"):
        complete(Endpoint("http://127.0.0.1:9/v1", key="ключ"), QUESTION, 20)


def test_three_settings_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CASELIB_LLM_URL", "CASELIB_LLM_MODEL", "CASELIB_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert configured() is None
    monkeypatch.setenv("CASELIB_LLM_URL", "http://127.0.0.1:11434/v1/")
    assert configured() == Endpoint("http://127.0.0.1:11434/v1/")
    monkeypatch.setenv("CASELIB_LLM_MODEL", "org/qwen")
    monkeypatch.setenv("CASELIB_LLM_KEY", "secret")
    found = configured()
    assert found is not None
    assert (found.name, found.key) == ("qwen", "secret")
    assert found.completions == "http://127.0.0.1:11434/v1/chat/completions"
    assert "secret" not in repr(found)
