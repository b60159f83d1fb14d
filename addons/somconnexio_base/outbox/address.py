# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Where a call may go: public addresses over TLS, unless said otherwise.

A webhook's address is written by people outside. Without a check it could name
this machine, its neighbours or a cloud's metadata service (server-side request
forgery). So the name is resolved here, each address is judged, and the connection
goes to an address that was judged: a name that changes meanwhile changes nothing.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import SettingError

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressError(OSError):
    """A name that can't be resolved, or leads where nothing may be sent."""


@dataclass(frozen=True)
class Target:
    """A URL taken apart. ``path`` begins with a slash and holds the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self):
        """The Host header: the port only where it is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == _DEFAULT_PORTS[self.scheme]
        return host if is_usual else f"{host}:{self.port}"


def parse(url, is_private_allowed=False):
    """Take a URL apart.

    :param bool is_private_allowed: plain http will do
    :raise SettingError: url_scheme, url_host, url_login, url_port or url_fragment
    """
    parts = urlsplit((url or "").strip())
    allowed = ("https", "http") if is_private_allowed else ("https",)
    if parts.scheme not in allowed:
        raise SettingError("url_scheme", url)
    if not parts.hostname or _has_blank(url):
        raise SettingError("url_host", url)
    if parts.username is not None or parts.password is not None:
        raise SettingError("url_login", parts.hostname)
    if parts.fragment:
        raise SettingError("url_fragment", url)
    try:
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except ValueError as error:
        raise SettingError("url_port", url) from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, path)


def join(base_url, path):
    """Return the URL of a path below an endpoint's base URL.

    :param str path: empty, or relative to the endpoint and beginning with a slash
    :raise SettingError: path, when it would leave the endpoint

    >>> join("https://api.example.org/v1/", "/orders?id=1")
    'https://api.example.org/v1/orders?id=1'
    """
    if not path:
        return base_url
    segments = path.partition("?")[0].split("/")
    if not path.startswith("/") or path.startswith("//") or ".." in segments:
        raise SettingError("path", path)
    if _has_blank(path) or "#" in path or "\\" in path:
        raise SettingError("path", path)
    return base_url.rstrip("/") + path


def resolve(target, is_private_allowed=False, getaddrinfo=socket.getaddrinfo):
    """Return the addresses of a host, all of which may be called.

    :return: list of IP addresses as text, without doubles
    :raise AddressError: when there is none, or one is not to be called
    """
    try:
        found = getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise AddressError(f"{target.host} cannot be resolved: {error}") from error
    addresses = list(dict.fromkeys(row[4][0] for row in found))
    for address in addresses:
        if not is_allowed(address, is_private_allowed):
            raise AddressError(f"{target.host} leads to {address}, which is not public")
    if not addresses:
        raise AddressError(f"{target.host} has no address")
    return addresses


def is_allowed(address, is_private_allowed=False):
    """Tell whether a call may go to an IP address.

    Link-local addresses (a cloud's metadata), multicast and those without meaning
    are never allowed; private ones and this machine where the administrator says so.

    >>> is_allowed("93.184.215.14"), is_allowed("10.0.0.1")
    (True, False)
    >>> is_allowed("10.0.0.1", is_private_allowed=True)
    True
    >>> is_allowed("::ffff:169.254.169.254", True)
    False
    """
    ip = _innermost(ipaddress.ip_address(address.partition("%")[0]))
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    if ip.is_global:
        return True
    return is_private_allowed and (ip.is_private or ip.is_loopback)


def _innermost(ip):
    """Return the IPv4 address that an IPv6 address wraps, else the address."""
    if ip.version == 4:
        return ip
    if ip in _NAT64:
        return ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _has_blank(text):
    """Tell whether a text holds blanks or control characters, such as a new line."""
    return any(char.isspace() or not char.isprintable() for char in text)
