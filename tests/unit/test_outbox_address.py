# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Calls go where they may, and nowhere else."""

import socket

import pytest
from outbox import address
from outbox.errors import SettingError


def resolver(*ips):
    """Return a resolver that knows these addresses only."""
    return lambda _host, port, **_kw: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips
    ]


@pytest.mark.parametrize(
    ("ip", "is_public", "is_private"),
    [
        ("93.184.215.14", True, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("10.1.2.3", False, True),
        ("172.16.0.1", False, True),
        ("192.168.1.1", False, True),
        ("fd00::1", False, True),
        ("100.64.0.1", False, False),
        ("169.254.169.254", False, False),
        ("fe80::1", False, False),
        ("fe80::1%eth0", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("::ffff:127.0.0.1", False, True),
        ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::a00:1", False, True),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("2002:7f00:1::", False, True),
    ],
)
def test_address_is_allowed_by_where_it_really_leads(ip, is_public, is_private):
    assert address.is_allowed(ip) is is_public
    assert address.is_allowed(ip, is_private_allowed=True) is is_private


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "url_scheme"),
        ("ftp://example.org/", "url_scheme"),
        ("file:///etc/passwd", "url_scheme"),
        ("", "url_scheme"),
        ("https://", "url_host"),
        ("https://exa mple.org/", "url_host"),
        ("https://example.org/a\r\nHost: b", "url_host"),
        ("https://user:word@example.org/", "url_login"),
        ("https://example.org/#a", "url_fragment"),
        ("https://example.org:99999/", "url_port"),
    ],
)
def test_address_that_cannot_be_used_is_told_why(url, code):
    with pytest.raises(SettingError) as raised:
        address.parse(url)
    assert raised.value.code == code


def test_login_in_an_address_is_not_repeated():
    with pytest.raises(SettingError) as raised:
        address.parse("https://user:word@example.org/")
    assert "word" not in str(raised.value)


def test_host_header_names_an_unusual_port_only():
    assert address.parse("https://example.org:443/a?b=1").host_header == "example.org"
    assert address.parse("https://example.org:8443").host_header == "example.org:8443"
    assert address.parse("https://[2001:db8::1]/").host_header == "[2001:db8::1]"


@pytest.mark.parametrize(
    "path",
    ["a", "//evil.example/", "/a/../../b", "/a#b", "/a b", "/a\r\nX: 1", "/\\evil"],
)
def test_path_that_leaves_the_endpoint_is_refused(path):
    with pytest.raises(SettingError):
        address.join("https://example.org/v1", path)


def test_name_with_one_private_address_is_not_called_at_all():
    target = address.parse("https://example.org/")
    with pytest.raises(address.AddressError, match="not public"):
        address.resolve(target, False, resolver("93.184.215.14", "10.0.0.1"))


def test_addresses_that_were_judged_are_the_ones_returned():
    target = address.parse("https://example.org/")
    found = address.resolve(target, False, resolver("93.184.215.14", "93.184.215.14"))
    assert found == ["93.184.215.14"]


def test_name_without_address_is_told():
    def fail(*_args, **_kw):
        raise socket.gaierror("Name or service not known")

    target = address.parse("https://nowhere.invalid/")
    with pytest.raises(address.AddressError, match="cannot be resolved"):
        address.resolve(target, False, fail)
    with pytest.raises(address.AddressError, match="no address"):
        address.resolve(target, False, resolver())
