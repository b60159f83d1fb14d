# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rating of a usage file by a document, one event after the other."""

from collections import defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction

from .document import Document
from .grants import Grants, month_share, plan_days
from .price import event_price, part_price, to_digits
from .usage import Part, find_parts, rate_at, read_event, whole_quantity

WORKING_DIGITS = 60
CENTS = 2


def rate(document, rows, closed_rows=()):
    """Rate usage rows as the rule says.

    :param dict document: JSON object of the format telecom-tariff/1
    :param list rows: dicts with the columns of the usage file
    :param list closed_rows: usage rated and billed before the others came
    :return: (rows of results in the order of the input, minimum usage due by
        (subscription, plan, number of the month))
    """
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        return _Rating(Document(document), rows, closed_rows).run()


class _Rating:
    def __init__(self, document, rows, closed_rows):
        self.document = document
        self.closed = [read_event(row, document) for row in closed_rows]
        self.events = [read_event(row, document) for row in rows]
        numbers = {row.get("served_number") for row in (*closed_rows, *rows)}
        self.on_net_numbers = document.on_net_numbers | (numbers - {None, ""})
        self.grants = Grants(document)
        self.charged = defaultdict(Decimal)
        self.spent = defaultdict(Decimal)
        self.results = {}

    def run(self):
        """Rate what is closed, then what is open, each in turn."""
        self._rate(self.closed)
        self.grants.close()
        self._rate(self.events)
        in_order = (*self.closed, *self.events)
        return [self.results[event.key] for event in in_order], self._shortfalls()

    def _rate(self, events):
        """Count what is charged of events, then price them."""
        in_turn = sorted(events, key=lambda event: (event.started_at, event.key))
        for event in in_turn:
            find_parts(event, self.document, self.on_net_numbers)
            self.results[event.key] = {"event_id": event.key, "reason": event.reason}
            for part in event.parts:
                self._cover(event, part)
        for event in in_turn:
            if event.parts:
                self._price(event)

    def _cover(self, event, part):
        """Let the grants that fit cover a part; what is left is charged."""
        result = self.results[event.key]
        allowances = result.setdefault("allowances", {})
        part.charged = part.quantity
        for grant in self.grants.usable(event, part, "quantity"):
            taken = grant.draw(part.charged)
            part.charged -= taken
            if taken:
                code = grant.allowance.code
                allowances[code] = allowances.get(code, Decimal(0)) + taken
        key = self._rate_month(event, part)
        part.before = self.charged[key]
        self.charged[key] += part.charged

    def _price(self, event):
        exact = sum(
            (
                part_price(part, self.charged[self._rate_month(event, part)])
                for part in event.parts
            ),
            Fraction(0),
        )
        plan = event.plan
        fee, exact, amount = event_price(event.parts, exact, plan.digits, plan.rounding)
        covered = self._cover_money(event, amount)
        capped = self._cap(event, amount - covered)
        self._write(event, fee, exact, (covered, capped, amount - covered - capped))

    def _cover_money(self, event, amount):
        """Return how much of an amount the money allowances pay."""
        open_amount = amount
        for grant in self.grants.usable(event, event.parts[0], "money"):
            open_amount -= grant.draw(open_amount)
        return amount - open_amount

    def _cap(self, event, amount):
        """Return what the maximum spend cuts off an amount."""
        key = (event.subscription, event.plan.code, event.month)
        limit = event.plan.maximum_spend
        capped = max(amount - (limit - self.spent[key]), Decimal(0)) if limit else 0
        self.spent[key] += amount - capped
        return Decimal(capped)

    def _write(self, event, fee, exact, amounts):
        rate_of_start = event.parts[0].rate
        quantity = sum(part.quantity for part in event.parts)
        charged = sum(part.charged for part in event.parts)
        covered, capped, amount = amounts
        cost = self._wholesale_cost(event)
        self.results[event.key] |= {
            "plan": event.plan.code,
            "destination": event.destination,
            "zone": event.place,
            "network": event.network,
            "time_band": rate_of_start.band.code if rate_of_start.band else None,
            "quantity": event.quantity,
            "chargeable_quantity": quantity,
            "allowance_quantity": quantity - charged,
            "charged_quantity": charged,
            "setup_fee": fee,
            "amount_exact": exact,
            "allowance_amount": covered,
            "capped_amount": capped,
            "amount": amount,
            "wholesale_cost": cost,
            "margin": None if cost is None else amount - cost,
            "category": rate_of_start.category or self.document.category,
        }

    def _wholesale_cost(self, event):
        """Return the file's cost, else that by the wholesale rates, else None."""
        tariff = self.document.wholesale
        if event.wholesale_cost is not None or tariff is None:
            return event.wholesale_cost
        found = rate_at(event, tariff.rates, event.started_at, self.document.zone)
        if found is None:
            return None
        quantity = whole_quantity(event.quantity, found)
        part = Part(found, event.started_at, quantity, charged=quantity)
        price = part_price(part, quantity)
        return event_price([part], price, tariff.digits, tariff.rounding)[2]

    def _shortfalls(self):
        """Return the minimum usage that is due beyond what was spent."""
        due = {}
        for (code, plan_code, month), spent in self.spent.items():
            plan = self.document.plans[plan_code]
            subscription = self.document.subscription(code)
            days = len(plan_days(subscription, plan, month))
            share = month_share(days, month, plan.proration_method)
            minimum = to_digits(Fraction(plan.minimum_spend) * share, CENTS, "half_up")
            if minimum > spent:
                due[code, plan_code, month] = minimum - spent
        return due

    def _rate_month(self, event, part):
        return (event.subscription, event.plan.code, part.rate.index, event.month)
