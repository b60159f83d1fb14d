# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What subscriptions have included: grants by month, what rolls over, bonds."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .clock import days_in, month_end_at, month_start
from .price import to_digits

CENTS = 2
COMMERCIAL_MONTH = 30


@dataclass
class Grant:
    """An amount of units or money to draw on; ``size`` None has no end.

    ``later`` is what billed usage took of it from this month on: it is not there for
    others, though it may yet roll over.
    """

    allowance: object
    origin: int
    expires: object | None
    size: Decimal | None
    used: Decimal = Decimal(0)
    later: Decimal = Decimal(0)
    month: int = 0
    used_in: Counter = field(default_factory=Counter)

    @property
    def rest(self):
        """What nobody has used up to this month."""
        return max(self.size - self.used, Decimal(0))

    @property
    def left(self):
        """What it still gives."""
        return max(self.size - self.used - self.later, Decimal(0))

    def turn(self):
        """Return what decides which grant is drawn on first."""
        return (
            self.allowance.priority,
            self.expires is None,
            self.expires or 0,
            self.allowance.sequence,
            self.allowance.index,
            self.origin,
        )

    def draw(self, wanted):
        """Take up to what is wanted and return what was taken."""
        taken = wanted if self.size is None else min(wanted, self.left)
        self.used += taken
        self.used_in[self.month] += taken
        return taken


class Pool:
    """One monthly allowance of one owner, walked through month by month.

    :param allowance: the Allowance
    :param plan: its Plan
    :param tuple members: the subscriptions that draw on it
    :param zone: ZoneInfo of civil months
    """

    def __init__(self, allowance, plan, members, zone):
        self.allowance = allowance
        self.plan = plan
        self.members = members
        self.zone = zone
        self.by_origin = {}
        self.closed = {}
        self.start_again()

    def start_again(self):
        """Begin anew; what was used so far is used before all that comes."""
        for origin, grant in self.by_origin.items():
            self.closed.setdefault(origin, Counter()).update(grant.used_in)
        self.by_origin = {}
        self.month = None
        self.grants = []

    def at(self, month):
        """Return the grants usable in a month, what rolled into it included."""
        if self.month is None:
            self.month = month - self.allowance.rollover_months - 1
        while self.month < month:
            self._settle()
            self.month += 1
            self.grants = [*self._rolled(), self._own_grant()]
            for grant in self.grants:
                grant.month = self.month
        return self.grants

    def _settle(self):
        """Count what billed usage took in the month that ends."""
        for grant in self.grants:
            taken = self.closed.get(grant.origin, Counter())[self.month]
            grant.used += taken
            grant.later -= taken

    def _rolled(self):
        """Keep what has not expired, up to the limit, the newest first."""
        months, limit = self.allowance.rollover_months, self.allowance.rollover_limit
        if self.allowance.size is None:
            return []
        kept = [grant for grant in self.grants if grant.origin + months >= self.month]
        room = limit
        for grant in sorted(kept, key=lambda grant: -grant.origin):
            if limit:
                kept_rest = min(grant.rest, room)
                grant.size = grant.used + kept_rest
                room -= kept_rest
        return kept

    def _own_grant(self):
        last_month = self.month + self.allowance.rollover_months
        expires = month_end_at(last_month, self.zone)
        grant = Grant(self.allowance, self.month, expires, self._own_size())
        grant.later = Decimal(sum(self.closed.get(self.month, Counter()).values()))
        self.by_origin[self.month] = grant
        return grant

    def _own_size(self):
        size = self.allowance.size
        if size is None:
            return None
        days = [plan_days(member, self.plan, self.month) for member in self.members]
        if self.allowance.sharing != "pooled":
            days = [set().union(*days)]
        return sum((self._share(len(each)) for each in days), Decimal(0))

    def _share(self, days):
        """Return what so many days of the month bring."""
        size = self.allowance.size
        if days == 0:
            return Decimal(0)
        if self.allowance.proration == "full":
            return size
        digits = CENTS if self.allowance.kind == "money" else 0
        method = "half_up" if self.allowance.kind == "money" else "up"
        factor = month_share(days, self.month, self.plan.proration_method)
        return to_digits(Fraction(size) * factor, digits, method)


def month_share(days, month, method):
    """Return the part of a month that some of its days are, by a tariff's method."""
    if method == "full_month" or days == days_in(month):
        return Fraction(1)
    if method == "thirty_days":
        return Fraction(min(days, COMMERCIAL_MONTH), COMMERCIAL_MONTH)
    return Fraction(days, days_in(month))


def plan_days(subscription, plan, month):
    """Return the set of days of a month on which a subscription has a plan."""
    first = month_start(month)
    days = (first + timedelta(days=offset) for offset in range(days_in(month)))
    return {day for day in days if _has_plan(subscription, plan, day)}


def _has_plan(subscription, plan, day: date):
    return any(
        line.plan is plan and line.first <= day < line.end
        for line in subscription.lines
    )


class Grants:
    """All grants of all subscriptions of a document."""

    def __init__(self, document):
        self.document = document
        self.pools = {}
        self.bonds = {}

    def close(self):
        """Let what was drawn so far count before all that comes."""
        for pool in self.pools.values():
            pool.start_again()

    def usable(self, event, part, kind):
        """Return the grants of a kind that fit a part of an event, in turn."""
        found = []
        for allowance in event.plan.allowances:
            if not allowance.one_shot and allowance.kind == kind:
                if fits(allowance, event, part):
                    found += self._pool(allowance, event).at(event.month)
        for grant, bond in self._bonds_of(event.subscription):
            is_over = bond.expires is not None and bond.expires <= event.started_at
            is_current = bond.valid_from <= event.started_at and not is_over
            if is_current and bond.allowance.kind == kind:
                if fits(bond.allowance, event, part):
                    found.append(grant)
        return sorted(found, key=Grant.turn)

    def _pool(self, allowance, event):
        subscription = self.document.subscription(event.subscription)
        is_own = allowance.sharing == "subscription"
        owner = subscription.code if is_own else subscription.account
        key = (allowance.plan, allowance.index, is_own, owner)
        if key not in self.pools:
            members = (subscription,)
            if not is_own:
                everybody = self.document.subscriptions.values()
                members = tuple(each for each in everybody if each.account == owner)
            self.pools[key] = Pool(allowance, event.plan, members, self.document.zone)
        return self.pools[key]

    def _bonds_of(self, code):
        if code not in self.bonds:
            self.bonds[code] = [
                (Grant(bond.allowance, bond.index, bond.expires, bond.quantity), bond)
                for bond in self.document.subscription(code).bonds
            ]
        return self.bonds[code]


def fits(allowance, event, part):
    """Tell whether an allowance is for a part of an event."""
    is_home = event.place is None
    return (
        allowance.usage_type in (None, event.usage_type)
        and allowance.direction in (None, event.direction)
        and (not allowance.destinations or event.destination in allowance.destinations)
        and (allowance.include_home if is_home else event.place in allowance.zones)
        and allowance.network in ("any", event.network)
        and (allowance.band is None or allowance.band.holds(part.started_at))
    )
