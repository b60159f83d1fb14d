# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What becomes of the subscriptions of one pack, day by day, after a change."""

from collections import Counter

from odoo.exceptions import UserError

from ...catalogue import packs
from .pack_seat import Seat


class PackPlan:
    """The members of a customer's pack from a day on, and what each shall have.

    First say what changes (``join``, ``leave``, ``start``, ``stay``, ``change``), then
    ask for ``effects``. Each day on which a member comes or goes is looked at, so that
    what is planned for later stays right.

    :param pack: telecom.pack
    :param group: telecom.pack.group, empty for one that is not yet there
    :param date day: first civil day that may change
    """

    def __init__(self, pack, group, day):
        self.env = pack.env
        self.pack = pack
        self.group = group
        self.slots = pack._pure_slots()
        self.rows = pack._pure_rows()
        self.seats = [
            Seat.of_member(member)
            for member in group.member_ids
            if not member.end_date or member.end_date >= day
        ]
        self.days = {day}
        for seat in self.seats:
            self.days.update(d for d in (seat.start, seat.end) if d and d > day)
        self.membership = []

    def join(self, subscription, slot, day):
        """Let a subscription take a part; one that is pending counts later."""
        start = None if subscription.telecom_state == "pending" else day
        self.seats.append(Seat(subscription, slot, start=start))
        self._note("join", subscription, start, slot=slot)

    def leave(self, subscription, day, product=None, is_over=False):
        """Let a subscription go, with an offering or with what the table says.

        :param product: product.template that it has from then on
        :param bool is_over: its service ends
        """
        seat = self._seat(subscription)
        seat.end, seat.is_over, seat.is_leaving = day, is_over, True
        if product:
            seat.offering_id = product.id
            seat.is_chosen = True
        self.days.add(day)
        self._note("leave", subscription, day, member=seat.member)

    def start(self, subscription, day):
        """Let a subscription count from the day of its activation."""
        seat = self._seat(subscription)
        seat.start = day
        self._note("start", subscription, day, member=seat.member)

    def stay(self, subscription):
        """Let a subscription stay that was to go."""
        seat = self._seat(subscription)
        self._note("stay", subscription, seat.end, member=seat.member)
        seat.end = None

    def change(self, subscription, product):
        """Let a subscription have another offering that fits its part."""
        self._seat(subscription).offering_id = product.id

    def effects(self):
        """Return what is to be done, as ``contract.contract._pack_effects`` does.

        :raise UserError: when a part would have too many members
        """
        found = list(self.membership)
        for day in sorted(self.days):
            counts = Counter(seat.slot.id for seat in self.seats if seat.is_in(day))
            self._check_room(counts)
            for seat in self.seats:
                found += self._seat_effects(seat, day, counts)
        return found

    def _check_room(self, counts):
        for slot in packs.find_overfull(self.slots, counts):
            part = self.env["telecom.pack.slot"].browse(slot.key)
            raise UserError(
                self.env._(
                    "%(pack)s has room for %(maximum)s of %(part)s, not for %(count)s.",
                    pack=self.pack.name,
                    maximum=slot.maximum,
                    part=part.name,
                    count=counts[slot.key],
                )
            )

    def _seat_effects(self, seat, day, counts):
        """Yield what changes for one member on a day."""
        wanted = self._wanted(seat, day, counts)
        if not wanted:
            return
        offering = seat.offering_on(day)
        date = max(day, seat.earliest_day)
        if wanted.offering and wanted.offering != offering:
            yield self._effect("offering", seat, date, wanted.offering, offering)
            seat.offering_id = wanted.offering
        extras = seat.extras_on(day)
        for product_id in sorted(wanted.extras - extras):
            yield self._effect("add", seat, date, product_id)
        for product_id in sorted(extras - wanted.extras):
            yield self._effect("end", seat, date, product_id)
        seat.extra_ids = wanted.extras

    def _wanted(self, seat, day, counts):
        """Return what a member shall have on a day; None where it is not asked."""
        if seat.never_is_in:
            # What was planned for it in the pack does not come.
            is_due = day == seat.start and not seat.is_over
            return packs.Wanted(seat.planned_before(day)) if is_due else None
        offering = seat.offering_on(day)
        if seat.is_in(day):
            return packs.wanted(self.rows, self.slots, counts, seat.slot.id, offering)
        if seat.is_over or not seat.end or seat.end > day or not seat.start:
            return None
        if seat.is_leaving and not seat.is_chosen and seat.end == day:
            offering = packs.left(self.rows, seat.slot.id, offering)
        elif seat.is_leaving:
            offering = seat.offering_id or offering
        else:
            # What was planned for it when it leaves, written over by an earlier change.
            offering = seat.planned_on(day)
        return packs.Wanted(offering)

    def _seat(self, subscription):
        return next(s for s in self.seats if s.subscription == subscription)

    def _effect(self, change, seat, date, product_id, before_id=None):
        Product = self.env["product.template"]
        return {
            "change": change,
            "subscription": seat.subscription,
            "date": date,
            "product": Product.browse(product_id),
            "before": Product.browse(before_id or ()),
            "member": seat.member,
            "slot": seat.slot,
            "pack": self.pack,
            "group": self.group,
        }

    def _note(self, change, subscription, date, slot=None, member=None):
        """Remember a change of who is in the pack."""
        Product = self.env["product.template"]
        member = self.env["telecom.pack.member"] if member is None else member
        self.membership.append(
            {
                "change": change,
                "subscription": subscription,
                "date": date,
                "product": Product,
                "before": Product,
                "member": member,
                "slot": slot or member.slot_id,
                "pack": self.pack,
                "group": self.group,
            }
        )
