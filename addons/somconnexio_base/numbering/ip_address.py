# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Fixed IP address given to a subscriber, version 4 or 6.

Stored in the canonical form. Source: RFC 791, RFC 5952.

>>> validate(" 203.0.113.7 ")
'203.0.113.7'
>>> validate("2001:DB8:0:0:0:0:0:1")
'2001:db8::1'
>>> is_valid("203.0.113.300"), is_valid("127.0.0.1"), is_valid("203.0.113.0/24")
(False, False, False)
"""

import ipaddress

from stdnum.exceptions import InvalidComponent, InvalidFormat

from .verbs import tell_by


def compact(value):
    """Return the value without the spaces around it."""
    return str(value or "").strip()


def validate(value):
    """Return the address in its canonical form.

    :raise InvalidFormat: when it is no IPv4 or IPv6 address
    :raise InvalidComponent: when no subscriber can hold it (loopback, multicast,
        link-local, unspecified)
    """
    try:
        address = ipaddress.ip_address(compact(value))
    except ValueError as error:
        raise InvalidFormat() from error
    unusable = (
        address.is_loopback,
        address.is_multicast,
        address.is_link_local,
        address.is_unspecified,
    )
    if any(unusable):
        raise InvalidComponent()
    return address.compressed


is_valid = tell_by(validate)


def format(value):
    """Write the address: the canonical form is the readable one."""
    return compact(value)
