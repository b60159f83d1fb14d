# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which state may follow which, for everything that has a state in a cooperative.

>>> can_move(REQUEST, "received", "approved"), can_move(REQUEST, "refused", "approved")
(True, False)
>>> next_states(MEMBERSHIP, "active")
('leaving', 'left')
"""

#: draft -> received -> approved; what was refused or withdrawn can be received again.
REQUEST = {
    "draft": ("received", "cancelled"),
    "received": ("approved", "refused", "cancelled"),
    "approved": (),
    "refused": ("received",),
    "cancelled": ("received",),
}

#: A membership waits for its first payment, is in force, leaves, has left.
MEMBERSHIP = {
    "pending": ("active", "cancelled"),
    "active": ("leaving", "left"),
    "leaving": ("active", "left"),
    "left": (),
    "cancelled": (),
}

#: One instalment. Paid money may come back: a debit returned by the bank.
CALL = {
    "planned": ("called", "cancelled"),
    "called": ("paid", "failed", "cancelled"),
    "paid": ("failed",),
    "failed": ("called", "paid", "cancelled"),
    "cancelled": (),
}

#: Leaving: asked for, resolved by the board, in effect, paid back.
LEAVING = {
    "requested": ("resolved", "cancelled"),
    "resolved": ("effective", "cancelled"),
    "effective": ("closed",),
    "closed": (),
    "cancelled": (),
}

ASSEMBLY = {
    "draft": ("called",),
    "called": ("draft", "closed"),
    "closed": (),
}


def next_states(table, state):
    """Return the states that may follow ``state`` in one of the tables above.

    :raise KeyError: when the table has no such state
    """
    return table[state]


def can_move(table, from_state, to_state):
    """Tell whether something may go from one state to the other.

    :raise KeyError: when the table has no ``from_state``
    """
    return to_state in table[from_state]
