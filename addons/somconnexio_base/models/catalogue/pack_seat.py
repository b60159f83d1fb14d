# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One subscription in a pack, while a change is thought through."""

from datetime import date, timedelta


class Seat:
    """A part in a pack that a subscription has, or would have.

    :ivar subscription: contract.contract
    :ivar slot: telecom.pack.slot
    :ivar member: telecom.pack.member, empty when it would be new
    :ivar start: first civil day, None while it waits for its activation
    :ivar end: first civil day on which it is out, or None
    :ivar bool is_leaving: the change thought through lets it go
    :ivar bool is_over: its service ends then
    :ivar bool is_chosen: it goes with an offering chosen for it
    :ivar int offering_id: the product.template that the change gives it; None: what
        its lines say
    :ivar extra_ids: set of product.template ids that the change leaves it; None: what
        its lines say
    """

    def __init__(self, subscription, slot, member=None, start=None, end=None):
        self.subscription = subscription
        self.slot = slot
        self.member = subscription.env["telecom.pack.member"] if not member else member
        self.start = start
        self.end = end
        self.is_leaving = self.is_over = self.is_chosen = False
        self.offering_id = None
        self.extra_ids = None
        self.earliest_day = subscription._last_change_date() or date.min

    @classmethod
    def of_member(cls, member):
        """Return the seat that a telecom.pack.member is."""
        return cls(
            member.subscription_id,
            member.slot_id,
            member,
            member.start_date or None,
            member.end_date or None,
        )

    def is_in(self, day):
        """Tell whether it counts on a civil day."""
        return bool(
            self.start and self.start <= day and (not self.end or self.end > day)
        )

    @property
    def never_is_in(self):
        """Tell whether it leaves before its first day."""
        return bool(self.start and self.end and self.end <= self.start)

    def offering_on(self, day):
        """Return the id of the offering (product.template) on a day."""
        return self.offering_id or self.planned_on(day)

    def planned_on(self, day):
        """Return the id of the offering that the lines say."""
        line = self.subscription._telecom_tariff_line_on(day)
        return line.product_id.product_tmpl_id.id

    def planned_before(self, day):
        """Return the id of the offering that the lines say on the eve of a day."""
        return self.planned_on(day - timedelta(days=1))

    def extras_on(self, day):
        """Return the ids of the products whose lines the pack gives on a day."""
        if self.extra_ids is not None:
            return self.extra_ids
        return frozenset(
            line.product_id.product_tmpl_id.id
            for line in self.member.line_ids
            if line.date_start <= day and (not line.date_end or line.date_end >= day)
        )
