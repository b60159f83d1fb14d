# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who is calling: password, token, signature, network. Compared in constant time.

>>> secret = Secret("bearer", hash_secret("t0ken"))
>>> is_bearer("Bearer t0ken", [secret]), is_bearer("Bearer other", [secret])
(True, False)
>>> md5_signature(["79012345678"], "Qwerty123")
'dd32ecdcef74640cad316dc8b24c83c1'
"""

import base64
import binascii
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

KINDS = ("none", "basic", "bearer", "hmac_sha256", "md5")
#: Kinds whose secrets need not be known again, only recognised.
HASHED_KINDS = frozenset({"basic", "bearer"})


@dataclass(frozen=True)
class Secret:
    """A secret in force: its hash for passwords and tokens, itself for signatures."""

    user: str
    value: str


def hash_secret(text):
    """Return the hash under which a password or token is kept.

    They are made by us of 256 random bits, so that no slow hash is needed.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def is_basic(header, secrets):
    """Tell whether an Authorization header carries a user and password in force."""
    user, _, password = _decoded(header, "basic").partition(":")
    return _matches(hash_secret(password), [s for s in secrets if s.user == user])


def is_bearer(header, secrets):
    """Tell whether an Authorization header carries a token in force."""
    scheme, _, token = header.partition(" ")
    known = _matches(hash_secret(token.strip()), secrets)
    return known and scheme.lower() == "bearer"


def _matches(digest, secrets):
    """Compare with every secret, so that time says nothing."""
    found = False
    for secret in secrets:
        found |= hmac.compare_digest(digest, secret.value)
    return found


def _decoded(header, wanted):
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != wanted:
        return ""
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def md5_signature(values, secret):
    """Return the signature over concatenated values and the secret, lowercase hex.

    MD5 is what these banks ask for; with it a network or token is advisable.
    """
    signed = "".join(values) + secret
    return hashlib.md5(signed.encode(), usedforsecurity=False).hexdigest()


def hmac_signature(signed, secret):
    """Return the HMAC-SHA256 over bytes, lowercase hex."""
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(given, expected):
    """Tell whether a signature is one of the expected ones."""
    found = False
    for signature in expected:
        found |= hmac.compare_digest(
            given.strip().encode("utf-8", "replace"), signature.encode()
        )
    return found


def read_networks(text):
    """Return the networks of a text, one per line or parted by commas.

    :raise ValueError: naming what is no network
    """
    return [ipaddress.ip_network(word) for word in text.replace(",", " ").split()]


def client_of(address):
    """Return what calls of one client are counted by.

    Whoever has an IPv6 address has all of its /64.

    >>> client_of("2001:db8:1:2:3:4:5:6"), client_of("::ffff:192.0.2.1")
    ('2001:db8:1:2::/64', '192.0.2.1')
    """
    try:
        client = ipaddress.ip_address(address)
    except ValueError:
        return address
    client = getattr(client, "ipv4_mapped", None) or client
    if client.version == 4:
        return str(client)
    return str(ipaddress.ip_network((client, 64), strict=False))


def is_inside(address, networks):
    """Tell whether an address lies in one of the networks; an odd address doesn't."""
    try:
        client = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(client, "ipv4_mapped", None)
    return any((mapped or client) in network for network in networks)
