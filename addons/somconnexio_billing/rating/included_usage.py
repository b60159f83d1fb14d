# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The usage that an offering includes, written in one cell of a table.

Parts are separated by semicolons. A part names the usage type, the quantity in the unit
that people read (minutes, MB, messages) or ``unlimited``, ``account`` or ``pooled``
where subscriptions share it, ``>`` with destinations and ``@`` with roaming zones.

>>> read_included("data 20480 @eu; voice unlimited >ES-mobile,ES-fixed")[0]
Included(usage_type='data', quantity=Decimal('20480'), sharing='subscription', \
destinations=(), zones=('eu',))
>>> write_included(read_included("voice unlimited >B,A @eu;data 1.50"))
'data 1.5; voice unlimited >A,B @eu'
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

UNLIMITED = "unlimited"
SHARINGS = ("subscription", "account", "pooled")
MOST_PARTS = 20


class IncludedError(ValueError):
    """What is wrong with a part, and how to write it."""


@dataclass(frozen=True, order=True)
class Included:
    """One part.

    :ivar str usage_type: its code
    :ivar quantity: Decimal in the unit that people read; None: unlimited
    :ivar str sharing: one of ``SHARINGS``
    :ivar tuple destinations: codes; empty: any
    :ivar tuple zones: codes of the roaming zones in which it is valid too
    """

    usage_type: str
    quantity: Decimal | None
    sharing: str = "subscription"
    destinations: tuple = ()
    zones: tuple = ()


def read_included(text):
    """Return the parts of a cell, sorted by usage type.

    :raise IncludedError: naming the part that can't be read
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if len(parts) > MOST_PARTS:
        raise IncludedError(f"more than {MOST_PARTS} parts")
    found = [_read_part(part) for part in parts]
    return tuple(sorted(found, key=_order))


def write_included(parts):
    """Return the cell of parts."""
    return "; ".join(_write_part(part) for part in sorted(parts, key=_order))


def _order(part):
    return (part.usage_type, part.destinations, part.zones, part.sharing)


def _read_part(text):
    words = text.split()
    sharing, destinations, zones = SHARINGS[0], (), ()
    for word in words[2:]:
        if word in SHARINGS:
            sharing = word
        elif word.startswith(">"):
            destinations = _codes(word)
        elif word.startswith("@"):
            zones = _codes(word)
        else:
            raise IncludedError(_advice(text))
    if len(words) < 2:
        raise IncludedError(_advice(text))
    return Included(words[0], _quantity(words[1], text), sharing, destinations, zones)


def _quantity(word, text):
    if word == UNLIMITED:
        return None
    try:
        quantity = Decimal(word)
    except InvalidOperation:
        quantity = Decimal(0)
    if not quantity.is_finite() or not 0 < quantity < Decimal(10) ** 12:
        raise IncludedError(_advice(text))
    return quantity


def _codes(word):
    return tuple(sorted({code for code in word[1:].split(",") if code}))


def _advice(text):
    return f"{text!r}: write it such as voice 150 >ES-mobile,ES-fixed @eu"


def _write_part(part):
    words = [part.usage_type, UNLIMITED]
    if part.quantity is not None:
        words[1] = format(part.quantity.normalize(), "f")
    if part.sharing != SHARINGS[0]:
        words.append(part.sharing)
    if part.destinations:
        words.append(f">{','.join(part.destinations)}")
    if part.zones:
        words.append(f"@{','.join(part.zones)}")
    return " ".join(words)
