# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The states of a case, a claim and a payment plan: what may follow what.

>>> sorted(CASE["suspended"])
['clear', 'ended', 'open', 'restricted']
"""

OPEN, RESTRICTED, SUSPENDED = "open", "restricted", "suspended"
ENDED, CLEAR = "ended", "clear"

CASE = {
    OPEN: (RESTRICTED, SUSPENDED, ENDED, CLEAR),
    RESTRICTED: (OPEN, SUSPENDED, ENDED, CLEAR),
    SUSPENDED: (OPEN, RESTRICTED, ENDED, CLEAR),
    ENDED: (OPEN, CLEAR),
    CLEAR: (OPEN,),
}

DISPUTE = {"open": ("closed",), "closed": ()}

PLAN = {
    "draft": ("agreed", "cancelled"),
    "agreed": ("done", "broken", "cancelled"),
    "broken": ("done",),
    "done": ("agreed",),
    "cancelled": (),
}
