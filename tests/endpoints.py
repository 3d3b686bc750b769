"""Real HTTP servers on this machine that behave as endpoints of language models may, and worse."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]
Behaviour = Callable[["Handler", Request], None]


class Handler(BaseHTTPRequestHandler):
    """Reads a request and leaves the rest to the server's behaviour."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.close_connection = True
        self.server.asked.append((self.path, dict(self.headers), request))  # type: ignore[attr-defined]
        with suppress(BrokenPipeError, ConnectionResetError):
            self.server.behave(self, request)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def head(self, status: int = 200, kind: str = "text/event-stream") -> None:
        """Begin a response."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, piece: str, ended: bool = False) -> None:
        """Send one event with a piece of text."""
        choice = {"delta": {"content": piece}, "finish_reason": "stop" if ended else None}
        self.send(f"data: {json.dumps({'choices': [choice]})}\n\n")

    def send(self, text: str) -> None:
        """Send text as it is."""
        self.wfile.write(text.encode())
        self.wfile.flush()


@contextmanager
def endpoint(
    behaviour: Behaviour,
) -> Iterator[tuple[str, list[tuple[str, dict[str, str], Request]]]]:
    """Serve a behaviour; give the base URL and the list of what is asked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.behave = behaviour  # type: ignore[attr-defined]
        server.asked = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", server.asked  # type: ignore[attr-defined]
        server.shutdown()


def saying(text: str, size: int = 7) -> Behaviour:
    """Says a text, in pieces of a few characters."""

    def behave(handler: Handler, request: Request) -> None:
        handler.head()
        for at in range(0, len(text), size):
            handler.event(text[at : at + size])
        handler.event("", ended=True)
        handler.send("data: [DONE]\n\n")

    return behave


def obeying(reply: Callable[[str], str]) -> Behaviour:
    """Says what a function makes of the whole prompt: the most gullible model that there can be."""

    def behave(handler: Handler, request: Request) -> None:
        prompt = "\n".join(message["content"] for message in request["messages"])
        saying(reply(prompt))(handler, request)

    return behave


def whole(text: str) -> Behaviour:
    """Answers in one object, as servers without streams do."""

    def behave(handler: Handler, request: Request) -> None:
        handler.head(kind="application/json")
        handler.send(json.dumps({"choices": [{"message": {"content": text}}]}))

    return behave


def failing(status: int) -> Behaviour:
    """Answers with an HTTP status and nothing else."""

    def behave(handler: Handler, request: Request) -> None:
        handler.head(status, "text/plain")
        handler.send("no")

    return behave


def breaking_off(text: str) -> Behaviour:
    """Says a text and hangs up without an end."""

    def behave(handler: Handler, request: Request) -> None:
        handler.head()
        handler.event(text)

    return behave


def sending(body: str, kind: str = "text/event-stream") -> Behaviour:
    """Sends some text of whatever kind."""

    def behave(handler: Handler, request: Request) -> None:
        handler.head(kind=kind)
        handler.send(body)

    return behave


def silent(seconds: float) -> Behaviour:
    """Accepts a question and says nothing for a while."""

    def behave(handler: Handler, request: Request) -> None:
        time.sleep(seconds)

    return behave


def dribbling(handler: Handler, request: Request) -> None:
    """Sends signs of life for ever, and never a word."""
    handler.head()
    while True:
        handler.send(": still here\n\n")
        time.sleep(0.05)


def particular(handler: Handler, request: Request) -> None:
    """Takes neither `max_tokens` nor a temperature, as some models do."""
    if {"max_tokens", "temperature"} & set(request):
        failing(400)(handler, request)
    else:
        saying("Yes.")(handler, request)
