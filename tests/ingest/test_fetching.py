"""A link is fetched with limits, and leads nowhere but to the public internet."""

import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ingest.addresses import addresses_of, is_public, target_of
from ingest.errors import NotFetched
from ingest.fetching import Fetched, FetchLimits, fetch, is_link

BODY = b"# A case\n\nThe registry of the islands signed its zone."


class Pages(BaseHTTPRequestHandler):
    """A server of good and bad documents."""

    protocol_version = "HTTP/1.1"
    seen: list[str]

    def do_GET(self) -> None:
        Pages.seen.append(self.path)
        name = self.path.strip("/").partition("?")[0].partition(".")[0]
        getattr(self, f"send_{name}", self.send_nothing)()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for field, value in headers.items():
            self.send_header(field.replace("_", "-"), value)
        if "Transfer_Encoding" not in headers and "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_nothing(self) -> None:
        self.send(b"nothing here", 404)

    def send_case(self) -> None:
        self.send(BODY, Content_Type="text/markdown")

    def send_named(self) -> None:
        value = "attachment; filename*=UTF-8''%D0%B4%D0%BE%D0%BC%D0%B5%D0%BD.pdf"
        self.send(BODY, Content_Disposition=value)

    def send_escaping(self) -> None:
        self.send(BODY, Content_Disposition='attachment; filename="../../etc/cron.d/x.md"')

    def send_raw(self) -> None:
        # A name in UTF-8 as it is, which many servers send and no standard knows.
        value = 'attachment; filename="案例.pdf"'.encode().decode("latin-1")
        self.send(BODY, Content_Disposition=value)

    def send_article(self) -> None:
        self.send(b"<!doctype html><title>x</title>", Content_Type="text/html; charset=utf-8")

    def send_moved(self) -> None:
        self.send(b"", 302, Location="/case.md")

    def send_elsewhere(self) -> None:
        self.send(b"", 302, Location=unquote(self.path.partition("?")[2]))

    def send_round(self) -> None:
        self.send(b"", 301, Location="/round")

    def send_large(self) -> None:
        self.send(b"x" * 3_000_000)

    def send_claimed(self) -> None:
        self.send(b"x", Content_Length=str(10**12))

    def send_endless(self) -> None:
        self.send(b"", Transfer_Encoding="chunked")
        block = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        for _ in range(1000):
            self.wfile.write(block)

    def send_packed(self) -> None:
        self.send(gzip.compress(BODY), Content_Encoding="gzip", Content_Type="text/markdown")

    def send_bomb(self) -> None:
        self.send(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def send_short(self) -> None:
        self.send(b"half of", Content_Length="5000")
        self.close_connection = True

    def send_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"x")

    def send_head(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nX-A: a\r\nX-B: b\r\nX-C: c\r\nX-D: d\r\nX-E: e\r\n")

    def drip(self, content: bytes) -> None:
        for place in range(200):
            self.wfile.write(content[place % len(content) :][:1])
            self.wfile.flush()
            time.sleep(0.05)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    Pages.seen = []
    yield from _serving(ThreadingHTTPServer(("127.0.0.1", 0), Pages))


def _serving(server: ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads = True
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def get(port: int, path: str, folder: Path, limits: FetchLimits = FetchLimits()) -> Fetched:
    return fetch(f"http://127.0.0.1:{port}{path}", folder, limits, loopback_port=port)


def test_a_document_is_fetched_with_its_name(port: int, tmp_path: Path) -> None:
    found = get(port, "/case.md?year=2019#top", tmp_path)
    assert found.filename == "case.md"
    assert found.path.read_bytes() == BODY
    assert Pages.seen[-1] == "/case.md?year=2019"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/named", "домен.pdf"),
        ("/raw", "案例.pdf"),
        ("/escaping", "x.md"),
        ("/article", "article.html"),
        ("/article.php", "article.php.html"),
        ("/moved", "case.md"),
        ("/packed", "packed.md"),
    ],
)
def test_the_name_is_the_servers_or_the_addresss(
    port: int, tmp_path: Path, path: str, name: str
) -> None:
    found = get(port, path, tmp_path)
    assert found.filename == name
    assert found.path.parent == tmp_path
    assert found.path.stat().st_size > 20


def test_what_was_packed_on_the_way_is_unpacked(port: int, tmp_path: Path) -> None:
    assert get(port, "/packed", tmp_path).path.read_bytes() == BODY


@pytest.mark.parametrize("path", ["/large", "/claimed", "/endless", "/bomb"])
def test_too_large_is_stopped_and_nothing_is_left(port: int, tmp_path: Path, path: str) -> None:
    with pytest.raises(NotFetched, match="more than 2 MB"):
        get(port, path, tmp_path, FetchLimits(file_bytes=2 * 2**20))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/drip", "/head"])
def test_a_server_that_drips_is_stopped_in_time(port: int, tmp_path: Path, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(NotFetched, match="longer than 1 seconds"):
        get(port, path, tmp_path, FetchLimits(seconds=1))
    assert time.monotonic() - started < 4
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_off_is_no_document(port: int, tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="broke off"):
        get(port, "/short", tmp_path)
    with pytest.raises(NotFetched, match="answered 404"):
        get(port, "/missing", tmp_path)
    with pytest.raises(NotFetched, match="more than 5 times"):
        get(port, "/round", tmp_path)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "https://192.168.1.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0/",
    ],
)
def test_no_way_leads_into_the_private_network(port: int, tmp_path: Path, target: str) -> None:
    with pytest.raises(NotFetched, match="not on the public internet"):
        fetch(target, tmp_path)
    with pytest.raises(NotFetched, match="not on the public internet"):
        get(port, f"/elsewhere?{target}", tmp_path)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("http://example.org:22/", "port 22"),
        ("http://127.0.0.1:6379/", "port 6379"),
        ("file:///etc/passwd", "cannot be fetched"),
        ("ftp://example.org/a.pdf", "cannot be fetched"),
        ("gopher://127.0.0.1:70/", "cannot be fetched"),
        ("http://user:word@example.org/", "cannot be fetched"),
        ("http://example.org:99999/", "cannot be fetched"),
    ],
)
def test_other_schemes_and_ports_are_refused(
    port: int, tmp_path: Path, target: str, sentence: str
) -> None:
    with pytest.raises(NotFetched, match=sentence):
        fetch(target, tmp_path)
    with pytest.raises(NotFetched, match=r"cannot be fetched|port|not on the public"):
        get(port, f"/elsewhere?{target}", tmp_path)


def test_the_address_that_was_checked_is_the_one_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    connected: list[str] = []

    def rebinding(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotFetched, match="does not answer"):
        fetch("http://rebinding.example/", tmp_path)
    assert (asked, connected) == (["rebinding.example"], ["93.184.216.34"])


def test_one_private_address_among_public_ones_is_one_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_, **__: [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
            for address in ("93.184.216.34", "10.1.2.3")
        ],
    )
    with pytest.raises(NotFetched, match="not on the public internet"):
        addresses_of(target_of("http://both.example/"), 5)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::a00:1", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::", False),
        ("::7f00:1", False),
        ("::1", False),
        ("::ffff:169.254.169.254", False),
        ("::ffff:8.8.8.8", True),
        ("169.254.169.254", False),
        ("fd00:ec2::254", False),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),
        ("192.0.0.192", False),
        ("100.100.100.200", False),
        ("168.63.129.16", False),
        ("192.88.99.1", False),
        ("2001:0:4136::1", False),
        ("3fff::1", False),
        ("64:ff9b:1::a00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
    ],
)
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_link_names_a_host() -> None:
    with pytest.raises(NotFetched, match="cannot be fetched"):
        target_of("http:///a.pdf")


def test_international_links_become_ascii() -> None:
    target = target_of("https://пример.рф/дом ен?q=а&b=%20")
    assert target.host == "xn--e1afmkfd.xn--p1ai"
    assert target.path == "/%D0%B4%D0%BE%D0%BC%20%D0%B5%D0%BD?q=%D0%B0&b=%20"
    assert target.host_header == "xn--e1afmkfd.xn--p1ai"


def test_links_are_told_from_files() -> None:
    assert is_link("HTTPS://example.org/a.pdf")
    assert not is_link("reports/https.pdf")


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path / "own.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    for port in _serving(server):
        with pytest.raises(NotFetched, match=r"certificate of 127\.0\.0\.1 cannot be trusted"):
            fetch(f"https://127.0.0.1:{port}/case.md", tmp_path, loopback_port=port)


def _certificate(path: Path) -> Path:
    """A key and the certificate that it signed for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
