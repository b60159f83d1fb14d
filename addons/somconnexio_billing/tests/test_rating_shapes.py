# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How amounts move when usage, prices, allowances or prefixes are moved."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from odoo.tests import tagged

from .rating_property_case import PropertyCase

STARTED_AT = "2026-10-05T17:59:30Z"
QUANTITIES = (1, 2, 29, 30, 31, 59, 60, 61, 100, 600, 601, 3600, 7300)
PRICE_FIELDS = ("unit_price", "setup_fee", "minimum_charge", "maximum_charge")


@tagged("post_install", "-at_install")
class TestRatingShapes(PropertyCase):
    def _plans(self, *unwanted_modes):
        """Return the generated plans without rates of some price modes."""
        for plan in self.world.document["plans"]:
            rates = [r for r in plan["rates"] if r["price_mode"] not in unwanted_modes]
            yield {**plan, "rates": rates}

    def _document(self, plans, subscriptions):
        return {
            **self.world.document,
            "plans": list(plans),
            "subscriptions": subscriptions,
        }

    def test_a_longer_call_never_costs_less(self):
        plans = [p for p in self._plans("volume") if not p.get("maximum_spend")]
        subscriptions, rows = [], []
        for plan in plans:
            for quantity in QUANTITIES:
                code = f"{plan['code']}/{quantity:05d}"
                subscriptions.append({"code": code, "plan": plan["code"]})
                rows.append(_call(code, quantity))
        found = self._rate(self._document(plans, subscriptions), rows)
        amounts = defaultdict(list)
        for row in rows:
            result = found[row["event_id"]]
            if result["status"] == "rated":
                amounts[result["plan"]].append(result["amount"])
        self.assertTrue(any(len(set(each)) > 3 for each in amounts.values()))
        for plan, each in amounts.items():
            self.assertEqual(each, sorted(each), plan)

    def test_what_is_priced_at_nothing_costs_nothing(self):
        plans = []
        for plan in self._plans():
            rates = [_free(rate) for rate in plan["rates"]]
            plans.append({**plan, "rates": rates})
        document = {**self.world.document, "plans": plans}
        found = self._rate(document, self.world.rows)
        rated = [row for row in found.values() if row["status"] == "rated"]
        self.assertEqual({row["amount"] for row in rated}, {0})

    def test_parts_of_a_call_cost_what_the_call_costs_where_prices_add_up(self):
        plans = [
            {
                "code": mode,
                "amount_digits": 12,
                "band_rule": "split",
                "rates": [_additive(mode), _additive(mode, time_band="second")],
            }
            for mode in ("per_unit", "graduated")
        ]
        generator = random.Random(self.seed)
        subscriptions, rows, calls = [], [], []
        for number in range(40):
            plan = plans[number % 2]["code"]
            whole, parts = f"{number}w", f"{number}p"
            subscriptions += [{"code": c, "plan": plan} for c in (whole, parts)]
            pieces = [generator.randrange(1, 4000) for _piece in range(3)]
            calls.append((whole, parts))
            rows.append(_call(whole, sum(pieces)))
            rows += _pieces(parts, pieces)
        found = self._rate(self._document(plans, subscriptions), rows)
        totals = defaultdict(Decimal)
        for row in found.values():
            totals[row["subscription"]] += row["amount"]
        for whole, parts in calls:
            self.assertEqual(totals[whole], totals[parts])
            self.assertGreater(totals[whole], 0)

    def test_thirds_of_a_cent_in_three_parts_make_whole_cents(self):
        noon = {
            "code": "noon",
            "name": "Noon",
            "windows": [{"days": [1], "from": "12:00", "to": "12:01"}],
        }
        for method, seconds, unit, expected in (
            ("down", 1, "180", "0.01"),
            ("up", 2, "90", "0.02"),
        ):
            document = {
                "format": "telecom-tariff/1",
                "code": "THIRDS",
                "name": "Thirds",
                "time_zone": "UTC",
                "band_rule": "split",
                "amount_digits": 2,
                "rounding_method": method,
                "time_bands": [noon],
                "rates": [_third("3"), _third(unit, time_band="noon")],
                "destinations": [{"code": "es", "name": "Spain", "prefixes": ["34"]}],
            }
            start = f"2026-10-05T11:59:{60 - seconds}Z"
            [row] = self._rate(document, [_call("A", 60 + 2 * seconds, start)]).values()
            self.assertEqual(row["amount"], Decimal(expected), method)

    def test_both_sides_of_a_change_of_plan_get_their_days(self):
        size, days = 1000, 31
        plans = [_prorated("before", size), _prorated("after", size)]
        subscriptions, rows = [], []
        for day in range(2, days + 1):
            change = f"2026-10-{day:02d}"
            code = f"{day:02d}"
            lines = [
                {"plan": "before", "to": change},
                {"plan": "after", "from": change},
            ]
            subscriptions.append({"code": code, "lines": lines})
            rows.append(_call(code, size * 2, "2026-10-01T10:00:00Z"))
            rows.append(_call(code, size * 2, "2026-10-31T10:00:00Z"))
        found = self._rate(self._document(plans, subscriptions), rows)
        for day in range(2, days + 1):
            shares = [
                row["allowance_quantity"]
                for row in found.values()
                if row["subscription"] == f"{day:02d}"
            ]
            expected = -(-size * (day - 1) // days), -(-size * (days - day + 1) // days)
            self.assertEqual(sorted(shares), sorted(expected), day)

    def test_the_longest_prefix_is_what_a_naive_scan_finds(self):
        generator = random.Random(self.seed)
        prefixes = {
            "".join(generator.choices("12", k=generator.randrange(1, 7)))
            for _prefix in range(60)
        }
        numbers = ["".join(generator.choices("123", k=9)) for _number in range(400)]
        document = {
            "format": "telecom-tariff/1",
            "code": "PREFIXES",
            "name": "Prefixes",
            "rates": [{"usage_type": "voice"}],
            "destinations": [
                {"code": prefix, "name": prefix, "prefixes": [prefix]}
                for prefix in sorted(prefixes)
            ],
        }
        rows = [_call("A", 1, other_number=number) for number in numbers]
        rows = [row | {"event_id": f"{i:03d}"} for i, row in enumerate(rows)]
        found = self._rate(document, rows)
        for row in rows:
            fitting = [p for p in prefixes if row["other_number"].startswith(p)]
            expected = max(fitting, key=len, default=None)
            result = found[row["event_id"]]
            reason = None if expected else "no_destination"
            self.assertEqual(result["reason"], reason, row)
            if expected:
                self.assertEqual(result["destination"], expected, row)


def _call(subscription, quantity, started_at=STARTED_AT, other_number="34612345678"):
    return {
        "event_id": f"{subscription}/{started_at}",
        "subscription": subscription,
        "usage_type": "voice",
        "started_at": started_at,
        "quantity": str(quantity),
        "other_number": other_number,
    }


def _pieces(subscription, quantities):
    """Return a call as several that follow each other without a gap."""
    start, rows = datetime.fromisoformat(STARTED_AT), []
    for quantity in quantities:
        rows.append(_call(subscription, quantity, start.strftime("%Y-%m-%dT%H:%M:%SZ")))
        start += timedelta(seconds=quantity)
    return rows


def _free(rate):
    """Return a rate at the price of nothing."""
    kept = {name: value for name, value in rate.items() if name not in PRICE_FIELDS}
    if "tiers" in kept:
        kept["tiers"] = [{**tier, "unit_price": "0"} for tier in kept["tiers"]]
    return kept


def _third(price_unit, **vals):
    """Return a rate of a cent for so many seconds."""
    return {
        "usage_type": "voice",
        "unit_price": "0.01",
        "price_unit": price_unit,
        **vals,
    }


def _additive(mode, **vals):
    """Return a rate of which parts add up: by the second, without set-up fee."""
    tiers = [{"up_to": "900", "unit_price": "0.5"}, {"unit_price": "0.125"}]
    return {
        "usage_type": "voice",
        "unit_price": "0.25",
        "price_mode": mode,
        "tiers": tiers if mode == "graduated" else [],
        **vals,
    }


def _prorated(code, size):
    """Return a plan that includes seconds by day."""
    allowance = {
        "code": code,
        "name": code,
        "usage_type": "voice",
        "quantity": str(size),
        "proration": "by_day",
    }
    return {
        "code": code,
        "proration_method": "days_of_month",
        "rates": [{"usage_type": "voice"}],
        "allowances": [allowance],
    }
