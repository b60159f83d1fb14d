# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Numbers, SIM cards and access lines, and who holds them when."""

from datetime import datetime, timedelta, timezone

from ..calendar_month import Day
from ..identifiers import Unique, draw_iccid
from ..phone_numbers import draw_fixed, draw_mobile
from ..reference_table import read_table
from ..streams import random_stream
from .records import Assignment, Resource

#: Free numbers in stock per subscription, at least ``_MIN_STOCK``.
_STOCK_SHARE = 0.02
_MIN_STOCK = 5
VOICE_KINDS = ("msisdn", "fixed_number")


def at_midnight(date):
    """Return the UTC instant at which a civil day begins at home."""
    return at_instant(Day(date).midnight)


def at_instant(seconds):
    """Return an instant given in seconds as a naive UTC datetime."""
    return datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)


def stock_inventory(settings, world):
    """Give every subscription but the pending ones what its service needs."""
    warehouse = _Warehouse(settings, world)
    for subscription in world.subscriptions:
        if subscription.state != "pending":
            warehouse.equip(subscription)
    warehouse.fill_stock()


class _Warehouse:
    def __init__(self, settings, world):
        self._world = world
        self._rng = random_stream(settings.seed, "inventory")
        self._unique = Unique()
        self._members = {member.code: member for member in world.members}
        self._accounts = {row.code: row for row in world.billing_accounts}
        self._kinds = {
            row["family"]: row["resource_kinds"].split()
            for row in read_table("families")
        }

    def equip(self, subscription):
        """Make the resources of one subscription and assign them."""
        start_at = at_midnight(subscription.activation_date)
        end_at, state = None, "active"
        if subscription.termination_date:
            end_at = at_midnight(subscription.termination_date + timedelta(days=1))
            state = "quarantine"
        for kind in self._kinds[subscription.family]:
            name = self._draw(kind, subscription)
            self._world.resources.append(Resource(kind, name, state))
            self._world.assignments.append(
                Assignment(kind, name, subscription.code, start_at, end_at)
            )

    def fill_stock(self):
        """Add numbers that nobody holds yet."""
        count = max(_MIN_STOCK, round(_STOCK_SHARE * len(self._world.subscriptions)))
        for _number in range(count):
            name = self._unique.draw(draw_mobile, self._rng)
            self._world.resources.append(Resource("msisdn", name, "available"))

    def _draw(self, kind, subscription):
        rng = self._rng
        if kind == "msisdn":
            return self._unique.draw(draw_mobile, rng)
        if kind == "iccid":
            return self._unique.draw(draw_iccid, rng)
        account = self._accounts[subscription.billing_account]
        member = self._members[account.member]
        if kind == "fixed_number":
            return self._unique.draw(draw_fixed, rng, member.area_code)
        return self._unique.draw(_draw_line_id, rng, member.zip)


def _draw_line_id(rng, zip_code):
    return f"FTTH-{zip_code}-{rng.randrange(10**7):07d}"
