# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The SQL agrees with the reference rater on thousands of generated events."""

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

from psycopg2.extras import execute_values

from odoo.tests import tagged

from . import rating_reference as reference
from .rating_common import PERIOD_START, RatingCommon
from .rating_world import LIMITS, draw_event, draw_rate_values

SEPTEMBER = (date(2026, 9, 1), date(2026, 10, 1))
NEXT_PERIOD = (PERIOD_START, date(2026, 11, 1))
EVENT_COUNT = 4000
FIRST_EVENT_ID = 10**9
INSERT_EVENTS = """
    INSERT INTO telecom_usage_event (
        id, event_key, company_id, file_id, line_number, served_number, state,
        subscription_id, started_at, usage_type_id, direction, other_number,
        visited_country, quantity
    ) VALUES %s
"""


@tagged("post_install", "-at_install")
class TestRatingReference(RatingCommon):
    def _draw_world(self, seed):
        """Make records and, from the same draws, what the reference knows of them."""
        self.rng = random.Random(seed)
        self.types = {"voice": self.voice.id, "sms": self.sms.id, "data": self.data.id}
        self.destinations = [None, self.to_mobile.id, self.to_fixed.id]
        self.destinations += [self.to_france.id, self._billing_ref("destination_fr").id]
        self.zones = self.env["telecom.roaming.zone"].search([])
        offerings = [self._draw_offering(number) for number in range(5)]
        lines = {}
        for _number in range(25):
            subscription, its_lines = self._draw_subscription(offerings)
            lines[subscription.id] = its_lines
        self.rater = reference.ReferenceRater(
            lines=lines, prefixes=self._prefixes(), zones=self._zone_by_country()
        )
        self.events = [
            draw_event(self.rng, FIRST_EVENT_ID + number, list(lines), self.types)
            for number in range(EVENT_COUNT)
        ]

    def _prefixes(self):
        prefixes = self.env["telecom.destination.prefix"].search([])
        return {prefix.prefix: prefix.destination_id.id for prefix in prefixes}

    def _zone_by_country(self):
        return {
            country.code: zone.id for zone in self.zones for country in zone.country_ids
        }

    def _draw_offering(self, number):
        """Return an offering with its tariff and allowances as the reference sees them.

        One of the offerings has no tariff.
        """
        product = self._create_offering(f"Test offering {number}", 10)
        if number == 0:
            return product, None, ()
        tariff = self._draw_tariff(number)
        product.product_tmpl_id.telecom_tariff_id = tariff.id
        allowances = tuple(self._draw_allowance(product) for _ in range(4))
        return product, tariff, allowances

    def _draw_tariff(self, number):
        digits = self.rng.choice([2, 4, 6])
        method = self.rng.choice(["half_up", "half_even", "up", "down"])
        record = self._create_tariff(
            f"TEST-{number}", amount_digits=digits, rounding_method=method
        )
        rates = tuple(self._draw_rates(record))
        return reference.Tariff(record.id, digits, method, rates)

    def _draw_rates(self, tariff):
        """Yield rates for most combinations of what a rate is for."""
        for code, usage_type in self.types.items():
            for direction in ("outgoing", "incoming"):
                for zone in (None, *self.zones.ids):
                    for destination in self.destinations:
                        if self.rng.random() < 0.8:
                            yield from self._draw_dated_rates(
                                tariff, code, usage_type, direction, zone, destination
                            )

    def _draw_dated_rates(self, tariff, code, usage_type, direction, zone, destination):
        """Yield one rate for ever, or two that follow each other in the month."""
        change = self.rng.choice([None, None, date(2026, 10, 15)])
        for valid_from, valid_to in [(None, change), (change, None)][
            : 2 if change else 1
        ]:
            values = draw_rate_values(self.rng, code)
            record = self._create_rate(
                tariff=tariff,
                usage_type_id=usage_type,
                direction=direction,
                zone_id=zone,
                destination_id=destination,
                valid_from=valid_from,
                valid_to=valid_to,
                **{name: float(value) for name, value in values.items()},
            )
            yield reference.Rate(
                id=record.id,
                usage_type=usage_type,
                direction=direction,
                destination=destination,
                zone=zone,
                valid_from=valid_from or date.min,
                valid_to=valid_to or date.max,
                **{name: Decimal(value) for name, value in values.items()},
            )

    def _draw_allowance(self, product):
        code = self.rng.choice(["voice", "voice", "sms", "data"])
        limit = self.rng.choice(LIMITS) * (1024 if code == "data" else 1)
        destinations = self.rng.sample(self.destinations[1:], self.rng.randrange(3))
        zones = self.rng.sample(self.zones.ids, self.rng.randrange(3))
        values = {
            "usage_type_id": self.types[code],
            "direction": self.rng.choice(["outgoing", "outgoing", "incoming"]),
            "include_home": self.rng.random() < 0.8,
            "priority": self.rng.randrange(3),
            "sequence": self.rng.randrange(3),
        }
        record = self._create_allowance(
            limit,
            offering=product,
            destination_ids=[(6, 0, destinations)],
            zone_ids=[(6, 0, zones)],
            **values,
        )
        return reference.Allowance(
            id=record.id,
            usage_type=values["usage_type_id"],
            direction=values["direction"],
            destinations=frozenset(destinations),
            has_home=values["include_home"],
            zones=frozenset(zones),
            limit=Decimal(limit) if limit else None,
            order=(values["priority"], values["sequence"], record.id),
        )

    def _draw_subscription(self, offerings):
        """Return a subscription and its lines: one, or two that meet in the month."""
        first, second = self.rng.sample(offerings, 2)
        subscription = self._create_subscription(first[0], with_resources=False)
        line = subscription.contract_line_ids
        last_day = self.rng.choice([date.max, date(2026, 10, 9), date(2026, 9, 30)])
        lines = [reference.Line(date(2026, 9, 1), last_day, *first[1:])]
        if last_day != date.max:
            line.date_end = last_day
            first_day = last_day.replace(day=last_day.day % 30 + 1)
            first_day = first_day.replace(month=10)
            self.env["contract.line"].create(
                {
                    "contract_id": subscription.id,
                    "product_id": second[0].id,
                    "date_start": first_day,
                }
            )
            lines.append(reference.Line(first_day, date.max, *second[1:]))
        return subscription, lines

    def _store(self, events):
        """Store events, in an order of chance."""
        rows = [
            (
                *(event.id, event.key, self.company.id, 0, 1, "34699000000", "guided"),
                *(event.subscription, event.started_at, event.usage_type),
                *(event.direction, event.other_number),
                *(event.visited_country, event.quantity),
            )
            for event in self.rng.sample(events, len(events))
        ]
        self.env.flush_all()
        execute_values(self.env.cr._obj, INSERT_EVENTS, rows)

    def _compare(self, expected):
        """Assert that each event became what the reference says.

        :param dict expected: Outcome by event id
        """
        reasons = dict(
            self._rows("telecom_usage_event", "id", "reason"),
        )
        found = {
            row[0]: row[1:]
            for row in self._rows(
                "telecom_rated_usage",
                "event_id",
                "rate_id",
                "allowance_id",
                "chargeable_quantity",
                "allowance_used_before",
                "allowance_quantity",
                "charged_quantity",
                "amount",
            )
        }
        differing = []
        for event_id, outcome in expected.items():
            key = str(event_id)
            result = _outcome(reasons[key], found.get(key))
            if result != outcome:
                differing.append((event_id, result, outcome))
        self.assertFalse(differing[:3], f"{len(differing)} events differ.")

    def _assert_all_kinds_occur(self, outcomes):
        """Assert that the draws met every rule, or the comparison proves little."""
        kinds = defaultdict(int)
        for outcome in outcomes.values():
            kinds[outcome.reason or "rated"] += 1
            if outcome.covered and outcome.charged:
                kinds["partly covered"] += 1
            if outcome.amount:
                kinds["charged"] += 1
        for kind in (
            *("no_tariff", "no_destination", "no_rate"),
            *("rated", "partly covered", "charged"),
        ):
            self.assertGreater(kinds[kind], 10, kind)

    def test_generated_events_in_batches_cost_what_the_reference_says(self):
        self._draw_world(seed=20261001)
        for batch in range(3):
            self._store(self.events[batch::3])
            self._rate()
        outcomes = self.rater.rate(self.events)
        self._compare(outcomes)
        self._assert_all_kinds_occur(outcomes)

    def test_late_events_after_bills_cost_what_the_reference_says(self):
        self._draw_world(seed=20260901)
        early, late = self.events[::2], self.events[1::2]
        run = self._create_run(SEPTEMBER[0])
        self._store(early)
        self._rate(*SEPTEMBER, run=run)
        billed = [
            event for event in early if self._civil_month(event) < PERIOD_START.month
        ]
        kept = self.rater.rate(billed)
        for subscription in {event.subscription for event in billed}:
            contract = self.env["contract.contract"].browse(subscription)
            self._invoice(run, contract.telecom_billing_account_id)
        self._compare(kept)
        self._store(late)
        self._rate(*NEXT_PERIOD, run=self._create_run(NEXT_PERIOD[0]))
        suspended = {event for event in billed if kept[event.id].reason}
        open_events = set(self.events) - set(billed) | suspended
        outcomes = {**kept, **self.rater.rate(open_events)}
        self._compare(outcomes)
        self._assert_all_kinds_occur(outcomes)

    def test_events_of_a_cancelled_run_are_rated_anew_with_all_others(self):
        self._draw_world(seed=20261031)
        run = self._create_run(SEPTEMBER[0])
        self._store(self.events[::2])
        self._rate(*SEPTEMBER, run=run)
        run.state = "cancelled"
        self._store(self.events[1::2])
        self._rate(*NEXT_PERIOD)
        self._compare(self.rater.rate(self.events))

    def _civil_month(self, event):
        return self.rater._civil_day(event.started_at).month


def _outcome(reason, row):
    """Return what the SQL made of an event in the shape of the reference's answer."""
    if row is None:
        return reference.Outcome(reason=reason)
    rate, allowance, *numbers = row
    chargeable, used_before, covered, charged, amount = (
        None if number is None else Decimal(number) for number in numbers
    )
    return reference.Outcome(
        reason=reason,
        rate=int(rate),
        allowance=allowance and int(allowance),
        chargeable=chargeable,
        used_before=used_before,
        covered=covered,
        charged=charged,
        amount=amount,
    )
