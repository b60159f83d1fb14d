# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: rate some subscriptions' events one by one, with the ORM.

What a straightforward addon would do: for each event search the tariff line, the
destination, the rate and the allowance, work the amount out, and create a record for it
(an analytic line), a thousand at a time. Searches that repeat are remembered. The rules
are those that the demo's tariffs use; how many events cost what the suite says is
written to RESULT_PATH, with what it took. Everything is rolled back.
"""

import json
import os
import time
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

EVENT_COUNT, BATCH = 2_000, 1_000
UTC = ZoneInfo("UTC")

env = env(context={**env.context, "tracking_disable": True})  # noqa: F821
run = env["telecom.bill.run"].search([], order="id desc", limit=1)
zone = ZoneInfo(run.company_id.telecom_timezone)
account = env["account.analytic.account"].create(
    {
        "name": "Usage",
        "plan_id": env["account.analytic.plan"].create({"name": "Usage"}).id,
    }
)
used = Counter()


def sample():
    """Return rated events of whole subscriptions: EVENT_COUNT of them, or some more."""
    events = env["telecom.usage.event"]
    groups = env["telecom.rated.usage"]._read_group(
        [("bill_run_id", "=", run.id), ("is_late", "=", False)],
        ["subscription_id"],
        ["event_id:array_agg"],
        limit=200,
    )
    for _subscription, ids in groups:
        events |= events.browse(ids)
        if len(events) >= EVENT_COUNT:
            break
    return events.sorted(lambda event: (event.started_at, event.event_key))


def find_destination(number):
    """Return the destination of the longest prefix of a number."""
    Prefix = env["telecom.destination.prefix"]
    for length in range(len(number), 0, -1):
        found = Prefix.search([("prefix", "=", number[:length])], limit=1)
        if found:
            return found.destination_id
    return env["telecom.destination"]


def find_line(event, day):
    """Return the tariff line of an event's subscription on a day."""
    return env["contract.line"].search(
        [
            ("contract_id", "=", event.subscription_id.id),
            ("telecom_line_kind", "=", "tariff"),
            ("date_start", "<=", day),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", day),
        ],
        limit=1,
    )


def find_rate(tariff, event, destination, place):
    """Return the rate that names the destination, or the one for any."""
    common = [
        ("tariff_id", "=", tariff.id),
        ("usage_type_id", "=", event.usage_type_id.id),
        ("direction", "=", event.direction),
        ("zone_id", "=", place.id),
    ]
    Rate = env["telecom.tariff.rate"]
    return Rate.search(
        [*common, ("destination_id", "=", destination.id)], limit=1
    ) or Rate.search([*common, ("destination_id", "=", False)], limit=1)


def find_allowance(line, event, destination, place):
    """Return the first allowance that fits."""
    found = env["telecom.allowance"].search(
        [
            ("product_tmpl_id", "=", line.product_id.product_tmpl_id.id),
            ("usage_type_id", "=", event.usage_type_id.id),
            ("direction", "=", event.direction),
        ],
        order="priority, sequence, id",
    )
    for allowance in found:
        destinations = allowance.destination_ids
        is_there = place in allowance.zone_ids if place else allowance.include_home
        if is_there and (not destinations or destination in destinations):
            return allowance
    return found.browse()


def count_units(rate, quantity):
    """Return the chargeable quantity."""
    first = Decimal(str(rate.first_increment))
    following = Decimal(str(rate.next_increment))
    if quantity <= 0:
        return Decimal(0)
    if quantity <= first:
        return first
    steps = -((quantity - first) // -following)
    return first + following * steps


def price(event):
    """Return the amount of an event, None when it has no price."""
    day = event.started_at.replace(tzinfo=UTC).astimezone(zone).date()
    line = find_line(event, day)
    tariff = line.product_id.telecom_tariff_id
    outgoing = event.direction == "outgoing" and event.other_number
    destination = find_destination(event.other_number if outgoing else "")
    Zone = env["telecom.roaming.zone"]
    country = event.visited_country
    place = Zone.search([("country_ids.code", "=", country)]) if country else Zone
    rate = find_rate(tariff, event, destination, place)
    if not rate:
        return None
    units = count_units(rate, Decimal(str(event.quantity)))
    allowance = find_allowance(line, event, destination, place)
    covered = cover(event, allowance, units, (day.year, day.month))
    charged = units - covered
    if not charged:
        return Decimal(0)
    unit_price, unit = Decimal(str(rate.unit_price)), Decimal(str(rate.price_unit))
    amount = Decimal(str(rate.setup_fee)) + charged * unit_price / unit
    step = Decimal(1).scaleb(-tariff.amount_digits)
    return amount.quantize(step, ROUND_HALF_UP)


def cover(event, allowance, units, month):
    """Return how much of an event its allowance covers, and take it."""
    if not allowance or allowance.is_unlimited:
        return units if allowance else Decimal(0)
    key = (event.subscription_id.id, allowance.id, month)
    left = max(Decimal(str(allowance.quantity)) - used[key], Decimal(0))
    covered = min(left, units)
    used[key] += covered
    return covered


def store(batch):
    """Create a record for each priced event."""
    env["account.analytic.line"].create(
        [
            {
                "name": event.external_id or str(event.id),
                "account_id": account.id,
                "unit_amount": event.quantity,
                "amount": -float(amount),
            }
            for event, amount in batch
            if amount is not None
        ]
    )
    env.flush_all()


events = sample()
env.invalidate_all()
amounts = {}
started = time.monotonic()
for start in range(0, len(events), BATCH):
    batch = [(event, price(event)) for event in events[start : start + BATCH]]
    amounts.update((event.id, amount) for event, amount in batch)
    store(batch)
seconds = time.monotonic() - started
rated = env["telecom.rated.usage"].browse(events.ids)
agreeing = sum(amounts[usage.id] == Decimal(str(usage.amount)) for usage in rated)
env.cr.rollback()
result = {"seconds": seconds, "sample": len(events), "agreeing": agreeing}
Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
