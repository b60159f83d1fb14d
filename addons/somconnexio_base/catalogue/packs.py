# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a pack gives each of its members: a table, and how it is read.

A pack has slots. It is complete on a day when each slot has at least its minimum of
members. The rows of the table say what the members of a slot get: another offering,
or an extra line (a discount, an add-on). A row counts the members of one slot, maybe
another than the one it is for; fallback rows hold while the pack is not complete.

>>> mobile = Slot(1, minimum=2, maximum=3)
>>> rows = [
...     Row(slot=1, counted_slot=1, count_from=2, count_to=2, offering="TWO"),
...     Row(slot=1, counted_slot=1, count_from=3, count_to=3, offering="THREE"),
...     Row(slot=1, offering="ALONE", is_fallback=True),
... ]
>>> wanted(rows, [mobile], {1: 3}, 1, "TWO").offering
'THREE'
>>> wanted(rows, [mobile], {1: 1}, 1, "THREE").offering
'ALONE'
"""

from collections.abc import Hashable
from dataclasses import dataclass

NO_LIMIT = 0


@dataclass(frozen=True)
class Slot:
    """A part in a pack; ``maximum`` 0: no limit."""

    key: Hashable
    minimum: int = 0
    maximum: int = NO_LIMIT


@dataclass(frozen=True)
class Row:
    """One row of the table: what the members of a slot get.

    :ivar slot: key of the slot it is for
    :ivar counted_slot: key of the slot whose members are counted; None: any number
    :ivar count_from: least number counted
    :ivar count_to: most number counted; 0: no limit
    :ivar from_offering: only for members with this offering; None: with any
    :ivar offering: the offering they get; None when the row gives an extra
    :ivar extra: the product of a line they get while the row holds, or None
    :ivar is_fallback: holds while the pack isn't complete, and for who leaves it
    """

    slot: Hashable
    counted_slot: Hashable = None
    count_from: int = 0
    count_to: int = NO_LIMIT
    from_offering: Hashable = None
    offering: Hashable = None
    extra: Hashable = None
    is_fallback: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a member is to have: its offering, and the extras of the pack."""

    offering: Hashable
    extras: frozenset = frozenset()


def is_complete(slots, counts):
    """Tell whether each slot has at least its minimum.

    :param slots: iterable of Slot
    :param counts: mapping of slot key -> number of members
    """
    return all(counts.get(slot.key, 0) >= slot.minimum for slot in slots)


def find_overfull(slots, counts):
    """Return the slots that have more members than they may.

    :return: list of Slot
    """
    return [
        slot
        for slot in slots
        if slot.maximum != NO_LIMIT and counts.get(slot.key, 0) > slot.maximum
    ]


def wanted(rows, slots, counts, slot_key, offering):
    """Return what a member of a slot is to have.

    A member whose offering is one of those that the rows in force give keeps it.
    Else the first row for its offering counts, else the first row for any offering.

    :param rows: iterable of Row, in order
    :param slots: iterable of Slot
    :param counts: mapping of slot key -> number of members
    :param slot_key: slot of the member
    :param offering: what the member has
    :return: Wanted
    """
    fallback = not is_complete(slots, counts)
    held = [
        row
        for row in rows
        if row.slot == slot_key
        and row.is_fallback == fallback
        and _is_counted(row, counts)
    ]
    extras = frozenset(row.extra for row in held if row.extra is not None)
    return Wanted(_offering(held, offering), frozenset() if fallback else extras)


def left(rows, slot_key, offering):
    """Return the offering of a member that leaves without having chosen another.

    :return: key of the offering; the one it has where no fallback row says otherwise
    """
    return _offering(
        [row for row in rows if row.slot == slot_key and row.is_fallback], offering
    )


def _is_counted(row, counts):
    if row.counted_slot is None:
        return True
    count = counts.get(row.counted_slot, 0)
    is_low = row.count_to == NO_LIMIT or count <= row.count_to
    return row.count_from <= count and is_low


def _offering(rows, offering):
    """Return the offering that rows give to who has one."""
    giving = [row for row in rows if row.offering is not None]
    if any(row.offering == offering for row in giving):
        return offering
    for from_offering in (offering, None):
        for row in giving:
            if row.from_offering == from_offering:
                return row.offering
    return offering
