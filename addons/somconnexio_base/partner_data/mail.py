# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Mail addresses: one address, in small letters.

>>> read(" Maria.Soler@Example.ORG").normal
'maria.soler@example.org'
>>> read("maria at example.org").state, match_form("maria+bills@example.org")
('invalid', 'maria@example.org')
"""

import re

from .reading import invalid, unverified, valid

_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~\-]+@(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,}"
)
_IN_ANGLES = re.compile(r".*<([^<>]+)>\s*")


def read(value):
    """Read a mail address; ``detail`` of an invalid one is ``format``."""
    text = str(value or "").strip()
    if not text:
        return unverified(value)
    angles = _IN_ANGLES.fullmatch(text)
    address = (angles.group(1) if angles else text).strip().lower()
    if not _ADDRESS.fullmatch(address) or ".." in address:
        return invalid(value, "format")
    return valid(value, address)


def match_form(address):
    """Return an address without the part after a plus: for comparing only.

    :param str address: an address in normal form
    """
    local, _at, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}"
