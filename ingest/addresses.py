"""Where a link may lead: hosts of the public internet, by the addresses that they have now."""

import ipaddress
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from ingest.errors import N_, NotFetched

PORTS = {"http": 80, "https": 443}

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Ways to write an IPv4 address as an IPv6 one (RFC 6052 and, given up since, RFC 3056).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
# Not public, and not known to `ipaddress` here as such: protocols' own (RFC 6890), relays of
# 6to4 (RFC 7526), documentation (RFC 9637), and the host that a machine at Azure runs on.
_NOT_PUBLIC = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20"))
)


@dataclass(frozen=True, slots=True)
class Target:
    """A link, taken apart and checked.

    Attributes
    ----------
    host : in ASCII, an international name as IDNA 2008 writes it.
    path : with the query, percent-encoded, as it goes into a request.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """Value of the Host header (RFC 9110, section 7.2)."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if PORTS[self.scheme] == self.port else f"{name}:{self.port}"


def target_of(url: str, loopback_port: int | None = None) -> Target:
    """Take a link apart.

    Parameters
    ----------
    url : an http or https address, international characters and all.
    loopback_port : a port that is allowed beside 80 and 443; for tests.

    Raises
    ------
    NotFetched : it is no such address, carries a password, or names another port.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:
        raise _no_link(url) from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not host or parts.username is not None or not url.isprintable():
        raise _no_link(url)
    port = PORTS[scheme] if port is None else port
    if port not in PORTS.values() and (loopback_port is None or port != loopback_port):
        raise NotFetched(
            N_("Links to port {port} are not followed: only the web's own, 80 and 443, are."),
            port=port,
        )
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(url.strip(), scheme, host, port, f"{path}?{query}" if query else path)


def addresses_of(target: Target, seconds: float, loopback_port: int | None = None) -> list[str]:
    """The addresses of a host, every one of them checked.

    Parameters
    ----------
    seconds : time for the name servers to answer.
    loopback_port : a port of this machine that may be reached; for tests.

    Raises
    ------
    NotFetched : there is no such host, or one of its addresses is not on the public internet.
    """
    found = _resolved(target, seconds)
    allowed = loopback_port is not None and target.port == loopback_port
    for address in found:
        if not is_public(address) and not (allowed and ipaddress.ip_address(address).is_loopback):
            raise NotFetched(
                N_("{host} is not on the public internet; only documents from there are fetched."),
                host=target.host[:100],
            )
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Loopback, link-local, private, shared, reserved, multicast and documentation addresses are not;
    an IPv4 address inside an IPv6 one is judged by itself.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if any(found in network for network in _NOT_PUBLIC):
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast
    if found.ipv4_mapped is not None:
        return is_public(str(found.ipv4_mapped))
    if found in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found in _GLOBAL_UNICAST and found not in _SIX_TO_FOUR and found.is_global


def _ascii_host(host: str) -> str:
    if not host or host.isascii():
        return host
    return idna.encode(host, uts46=True).decode("ascii")


def _resolved(target: Target, seconds: float) -> list[str]:
    """Ask the system's resolver, which knows no time limit of its own."""
    answers: list[str] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        answers.extend(dict.fromkeys(str(address[4][0]) for address in found))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(seconds, 0))
    if not answers:
        raise NotFetched(
            N_("There is no server of the name {host}, or it cannot be found now."),
            host=target.host[:100],
        )
    return list(answers)


def _no_link(url: str) -> NotFetched:
    shown = "".join(character for character in url if character.isprintable())[:200]
    return NotFetched(
        N_("{url} cannot be fetched: give the http or https address of one document."), url=shown
    )
