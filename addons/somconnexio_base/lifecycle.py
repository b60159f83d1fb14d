# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The life of a subscription, as a table.

``pending -> active <-> suspended -> terminated``; a pending subscription may also
be terminated, which cancels it. Terminated is final.

>>> can_move("pending", "active"), can_move("terminated", "active")
(True, False)
>>> next_states("active")
('suspended', 'terminated')
"""

PENDING = "pending"
ACTIVE = "active"
SUSPENDED = "suspended"
TERMINATED = "terminated"

STATES = (
    (PENDING, "Pending"),
    (ACTIVE, "Active"),
    (SUSPENDED, "Suspended"),
    (TERMINATED, "Terminated"),
)

NEXT_STATES = {
    PENDING: (ACTIVE, TERMINATED),
    ACTIVE: (SUSPENDED, TERMINATED),
    SUSPENDED: (ACTIVE, TERMINATED),
    TERMINATED: (),
}

#: Verb of the business -> the states it starts from.
VERB_SOURCES = {
    "activate": (PENDING,),
    "suspend": (ACTIVE,),
    "resume": (SUSPENDED,),
    "terminate": (PENDING, ACTIVE, SUSPENDED),
    "change_offering": (PENDING, ACTIVE, SUSPENDED),
}


def next_states(state):
    """Return the states that may follow ``state``, in the order people expect.

    :param str state: one of the keys of ``NEXT_STATES``
    :return: tuple of state names, empty when the state is final
    :raise KeyError: when the state does not exist
    """
    return NEXT_STATES[state]


def can_move(from_state, to_state):
    """Tell whether a subscription may go from one state to the other.

    :param str from_state: state the subscription is in
    :param str to_state: state it should reach
    :return: bool
    :raise KeyError: when ``from_state`` does not exist
    """
    return to_state in NEXT_STATES[from_state]
