"""A language model behind an OpenAI-compatible endpoint, where the administrator has set one.

`httpx2` speaks to it: sentence-transformers brings it along already, and of the protocol one
request and one stream of events are needed. The `openai` package would add a second HTTP client
and seven other packages for the same.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2

from ingest.errors import N_, CaselibError

URL, MODEL, KEY = "CASELIB_LLM_URL", "CASELIB_LLM_MODEL", "CASELIB_LLM_KEY"

_MOST_CHARACTERS: Final = 400_000
"""Characters that are read of one response, its framing included."""
_log = logging.getLogger("caselib.search")

UNREACHABLE = N_("The language model cannot be reached: it is down, or its address is wrong.")
TOO_SLOW = N_("The language model is too slow: it has not answered in time.")
REFUSED = N_("The language model refuses the key that is set for it.")
NO_MODEL = N_("The language model that is set is not known at its address.")
BUSY = N_("The language model is busy: ask again later.")
FAILED = N_("The language model has failed at this question.")
BROKEN_OFF = N_("The language model broke off in the middle.")
GARBLED = N_("What came back from the language model's address is no answer of a language model.")


class EndpointFailed(CaselibError):
    """The language model did not answer, or not to the end; what is quoted stands."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a connection, for the next piece of text, and for all of it."""

    connection: float = 5.0
    piece: float = 60.0
    whole: float = 180.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a language model answers.

    Attributes
    ----------
    url : its base, such as http://127.0.0.1:11434/v1.
    model : its name there, `` where the server has one only.
    """

    url: str
    model: str = ""
    key: str = field(default="", repr=False)
    patience: Patience = Patience()

    @property
    def name(self) -> str:
        """What a reader is told it is."""
        return self.model.rsplit("/", 1)[-1] or httpx2.URL(self.url).host

    @property
    def completions(self) -> str:
        """The address that is asked."""
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def configured() -> Endpoint | None:
    """The endpoint of the settings; None where no address is set."""
    url = os.environ.get(URL, "").strip()
    if not url:
        return None
    return Endpoint(url, os.environ.get(MODEL, "").strip(), os.environ.get(KEY, "").strip())


def stream(endpoint: Endpoint, messages: Sequence[dict[str, str]], most: int) -> Iterator[str]:
    """Pieces of the model's text as they come.

    Parameters
    ----------
    messages : `role` and `content` each, as in OpenAI's chat completions.
    most : tokens at most.

    Raises
    ------
    EndpointFailed : it does not answer, or breaks off; what came before that has been given.
    """
    wanted = {"model": endpoint.model or "default", "messages": list(messages), "stream": True}
    usual = {**wanted, "max_tokens": most, "temperature": 0}
    until = time.monotonic() + endpoint.patience.whole
    try:
        with httpx2.Client(timeout=_timeout(endpoint.patience), headers=_headers(endpoint)) as http:
            # Some models take neither a temperature nor this name for the number of tokens.
            for body in (usual, wanted):
                with http.stream("POST", endpoint.completions, json=body) as response:
                    if response.status_code == httpx2.codes.BAD_REQUEST and body is usual:
                        continue
                    _raise_for(response)
                    yield from _pieces(response, until)
                    return
    except httpx2.TimeoutException as error:
        raise _failed(TOO_SLOW, error) from error
    except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.DecodingError) as error:
        raise _failed(BROKEN_OFF, error) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _failed(UNREACHABLE, error) from error
    except UnicodeEncodeError as error:
        # A key that no header can carry.
        raise _failed(REFUSED, error) from error


def complete(endpoint: Endpoint, messages: Sequence[dict[str, str]], most: int) -> str:
    """All of the model's text; errors as for `stream`."""
    return "".join(stream(endpoint, messages, most))


def _timeout(patience: Patience) -> httpx2.Timeout:
    return httpx2.Timeout(patience.piece, connect=patience.connection)


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
    return {**headers, "Authorization": f"Bearer {endpoint.key}"} if endpoint.key else headers


def _raise_for(response: httpx2.Response) -> None:
    status = response.status_code
    if status == httpx2.codes.OK:
        return
    known = {401: REFUSED, 403: REFUSED, 404: NO_MODEL, 408: TOO_SLOW, 429: BUSY, 503: BUSY}
    raise _failed(known.get(status, FAILED), f"HTTP status {status}")


def _pieces(response: httpx2.Response, until: float) -> Iterator[str]:
    """The text in a response: a stream of events, or one object from a server without streams."""
    if "json" in response.headers.get("content-type", ""):
        body = "".join(_chunks(response, until))
        yield _text_of(_parsed(body), "message")
        return
    ended = False
    for data in _events(response, until):
        if data == "[DONE]":
            ended = True
            break
        found = _parsed(data)
        if piece := _text_of(found, "delta"):
            yield piece
        ended = ended or any(choice.get("finish_reason") for choice in found.get("choices") or ())
    if not ended:
        raise _failed(BROKEN_OFF, "the stream of events has no end")


def _events(response: httpx2.Response, until: float) -> Iterator[str]:
    """The data of server-sent events, one line each, as OpenAI sends them (WHATWG HTML, 9.2)."""
    pending, seen = "", False
    for chunk in _chunks(response, until):
        *lines, pending = (pending + chunk).split("\n")
        for line in lines:
            if line.startswith("data:"):
                seen = True
                yield line.removeprefix("data:").strip()
    if pending.startswith("data:"):
        seen = True
        yield pending.removeprefix("data:").strip()
    if not seen:
        raise _failed(GARBLED, "no event in the response")


def _chunks(response: httpx2.Response, until: float) -> Iterator[str]:
    """A response's text as it comes, for so long and so much only."""
    read = 0
    for chunk in response.iter_text():
        read += len(chunk)
        if time.monotonic() > until:
            raise _failed(TOO_SLOW, "the whole took too long")
        if read > _MOST_CHARACTERS:
            raise _failed(GARBLED, "the response has no end")
        yield chunk


def _parsed(data: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError as error:
        raise _failed(GARBLED, "an event is no JSON") from error
    if not isinstance(found, dict):
        raise _failed(GARBLED, "an event is no object")
    if found.get("error"):
        raise _failed(FAILED, str(found["error"])[:300])
    return found


def _text_of(found: dict[str, Any], part: str) -> str:
    """The text of the first choice; `` where it has none, as in an event about usage."""
    try:
        choices = found.get("choices") or ()
        return str(choices[0].get(part, {}).get("content") or "") if choices else ""
    except (AttributeError, KeyError, TypeError, IndexError) as error:
        raise _failed(GARBLED, "an event of another shape") from error


def _failed(template: str, cause: object) -> EndpointFailed:
    """The error for the reader; its cause is for the administrator, in the log."""
    _log.warning("%s (%s)", template, cause)
    return EndpointFailed(template)
