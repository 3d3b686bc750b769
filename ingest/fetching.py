"""One document from the web, with limits on size and time and no way into a private network.

A host's addresses are checked and one of the checked ones is connected to, so that a name that
changes its address in between leads nowhere else; every redirect is checked as the link was.
Proxies and cookies are not used.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from ingest.addresses import Target, addresses_of, target_of
from ingest.errors import N_, NotFetched
from ingest.limits import MEGABYTE
from ingest.names import safe_filename

REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 64 * 1024
CONNECT_SECONDS = 15.0
ENCODINGS = ("gzip", "x-gzip", "deflate")
# The ending for a document whose address has none that says what it is.
SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".xhtml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/zip": ".zip",
    "application/epub+zip": ".epub",
}
OTHER_SUFFIXES = (".htm", ".odt", ".odp", ".doc", ".ppt", ".rtf", ".markdown")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds on the fetching of one document.

    Attributes
    ----------
    file_bytes : of the document, unpacked where the server packed it.
    seconds : from the first question to the last byte, redirects included.
    redirects : from one address to another.
    """

    file_bytes: int = 100 * MEGABYTE
    seconds: float = 120.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was fetched.

    Attributes
    ----------
    url : where it was found in the end.
    filename : as the server or the address names it.
    """

    url: str
    filename: str
    path: Path


def is_link(text: str) -> bool:
    """Whether a text is an http or https address, not the name of a file."""
    return text.strip().lower().startswith(("http://", "https://"))


def fetch(
    url: str,
    folder: Path,
    limits: FetchLimits = FetchLimits(),
    loopback_port: int | None = None,
) -> Fetched:
    """Fetch one document into a folder.

    Parameters
    ----------
    url : its http or https address.
    folder : where it is written, under a name of ours.
    loopback_port : a port of this machine that may be reached, for tests; nothing else private is.

    Raises
    ------
    NotFetched : the link, the server or the document is not what can be fetched; nothing is left.
    """
    deadline = time.monotonic() + limits.seconds
    target = target_of(url, loopback_port)
    for _ in range(limits.redirects + 1):
        with _answer(target, deadline, limits, loopback_port) as (answer, clock):
            if answer.status in REDIRECTS and (location := answer.getheader("Location")):
                target = target_of(urljoin(target.url, location), loopback_port)
                continue
            if answer.status != 200:
                raise NotFetched(
                    N_(
                        "{host} answered {status} instead of the document: open the link in a "
                        "browser, save the document and add the file."
                    ),
                    host=target.host,
                    status=answer.status,
                )
            path = folder / "fetched"
            try:
                _write(answer, path, limits, clock, target)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            return Fetched(target.url, _filename(target, answer), path)
    raise NotFetched(
        N_("This link leads from one address to another more than {limit} times."),
        limit=limits.redirects,
    )


class _Clock:
    """Ends a connection when its time is up, however slowly the server feeds it."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self.expired = False
        # Its own handle: TLS takes the other one over.
        self._connection = connection.dup()
        self._timer = threading.Timer(max(seconds, 0.01), self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self) -> None:
        self.expired = True
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Let the connection be."""
        self._timer.cancel()
        self._connection.close()


@contextlib.contextmanager
def _answer(
    target: Target, deadline: float, limits: FetchLimits, loopback_port: int | None
) -> Iterator[tuple[http.client.HTTPResponse, _Clock]]:
    """Ask for a document and give the answer, its body unread."""
    addresses = addresses_of(target, deadline - time.monotonic(), loopback_port)
    connection = _connected(target, addresses, deadline, limits)
    clock = _Clock(connection, deadline - time.monotonic())
    try:
        if target.scheme == "https":
            context = ssl.create_default_context()
            connection = context.wrap_socket(connection, server_hostname=target.host)
        yield _asked(target, connection), clock
    except ssl.SSLCertVerificationError as error:
        raise NotFetched(
            N_("The certificate of {host} cannot be trusted: {reason}."),
            host=target.host,
            reason=error.verify_message,
        ) from error
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if clock.expired or isinstance(error, TimeoutError):
            raise _too_slow(limits) from error
        raise _broken_off(target) from error
    finally:
        clock.stop()
        connection.close()


def _connected(
    target: Target, addresses: list[str], deadline: float, limits: FetchLimits
) -> socket.socket:
    """Connect to the first of the checked addresses that answers."""
    for address in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _too_slow(limits)
        with contextlib.suppress(OSError):
            found = socket.create_connection((address, target.port), min(left, CONNECT_SECONDS))
            found.settimeout(max(deadline - time.monotonic(), 0.01))
            return found
    raise NotFetched(N_("{host} does not answer; try again later."), host=target.host)


def _asked(target: Target, connection: socket.socket) -> http.client.HTTPResponse:
    asking = http.client.HTTPConnection(target.host, target.port)
    asking.sock = connection
    asking.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
    for name, value in (
        ("Host", target.host_header),
        ("User-Agent", _user_agent()),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ):
        asking.putheader(name, value)
    asking.endheaders()
    return asking.getresponse()


def _user_agent() -> str:
    try:
        version = metadata.version("caselib")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"Mozilla/5.0 (compatible; caselib/{version}; a reader asked for this one document)"


def _write(
    answer: http.client.HTTPResponse,
    path: Path,
    limits: FetchLimits,
    clock: _Clock,
    target: Target,
) -> None:
    """Write the body out, stopping at the limit; the length that the server states must hold."""
    stated = answer.getheader("Content-Length", "")
    if stated.isdecimal() and int(stated) > limits.file_bytes:
        raise _too_large(limits)
    received = size = 0
    unpack = _unpacking(answer)
    with path.open("wb") as file:
        while packed := answer.read1(CHUNK):
            received += len(packed)
            for content in unpack(packed):
                size += len(content)
                if size > limits.file_bytes:
                    raise _too_large(limits)
                file.write(content)
    if clock.expired:
        raise _too_slow(limits)
    if stated.isdecimal() and received != int(stated):
        raise _broken_off(target)


class _unpacking:
    """Gives what was packed piece by piece, so that a little cannot become very much at once."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        encoding = answer.getheader("Content-Encoding", "identity").strip().lower()
        if encoding not in (*ENCODINGS, "identity", ""):
            raise http.client.HTTPException(f"unknown encoding {encoding}")
        # 47: zlib or gzip, told by the header.
        self._state = zlib.decompressobj(wbits=47) if encoding in ENCODINGS else None

    def __call__(self, packed: bytes) -> Iterator[bytes]:
        if self._state is None:
            yield packed
            return
        while packed:
            yield self._state.decompress(packed, MEGABYTE)
            packed = self._state.unconsumed_tail


def _filename(target: Target, answer: http.client.HTTPResponse) -> str:
    """The server's name for the document (RFC 6266), else the last part of its address."""
    stated = Message()
    stated["Content-Disposition"] = answer.getheader("Content-Disposition", "")
    named = stated.get_filename() or ""
    with contextlib.suppress(UnicodeError):
        # Headers are read as Latin-1; many servers write UTF-8.
        named = named.encode("latin-1").decode("utf-8")
    last = named or unquote(PurePosixPath(urlsplit(target.url).path).name)
    name = safe_filename(last or target.host)
    if last and name.lower().endswith((*SUFFIXES.values(), *OTHER_SUFFIXES)):
        return name
    return name + SUFFIXES.get(answer.headers.get_content_type(), "")


def _too_large(limits: FetchLimits) -> NotFetched:
    return NotFetched(
        N_("The document at this link has more than {limit} MB; it was not fetched."),
        limit=limits.file_bytes // MEGABYTE,
    )


def _too_slow(limits: FetchLimits) -> NotFetched:
    return NotFetched(
        N_("Fetching this link took longer than {seconds} seconds and was stopped."),
        seconds=int(limits.seconds),
    )


def _broken_off(target: Target) -> NotFetched:
    return NotFetched(
        N_("{host} broke off, or answered in a way that is not understood; try again later."),
        host=target.host,
    )
