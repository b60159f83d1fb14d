# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: how long dated operations take to ask for and to carry out.

OPERATION_COUNT subscriptions are made in the helpers' small world; for a quarter each a
change of tariff, a suspension, a termination and a new SIM card are asked for, each
committed, and then the scheduler does them on their day. What is made stays, so take a
scratch database. The result goes to RESULT_PATH.
"""

import json
import os
from itertools import count
from pathlib import Path

from freezegun import freeze_time
from freezegun.api import real_perf_counter as now

from odoo.addons.somconnexio_base.tests.common import QUIET, SomconnexioCommon

COUNT = int(os.environ.get("OPERATION_COUNT", "1000"))
ASKED_AT, DONE_AT = "2026-10-15 10:00:00", "2026-11-01 05:00:00"
DAY, LAST_DAY = "2026-11-01", "2026-10-31"


class World(SomconnexioCommon):
    """The catalogue and the helpers of the tests, in this database."""

    env = env(su=True, context={**env.context, **QUIET})  # noqa: F821
    company = env.company
    _numbers = count(1)


def populate():
    """Return so many active subscriptions, each of a customer of its own."""
    World.company.write(
        {"telecom_timezone": "Europe/Madrid", "telecom_notices_held": True}
    )
    World._set_up_catalogue()
    World.partner = World._create_partner()
    subscriptions = World.env["contract.contract"]
    for number in range(COUNT):
        partner = World._create_partner(f"P{number}", email=f"p{number}@example.org")
        account = World._create_billing_account(partner)
        subscriptions |= World._create_subscription(account=account)
    subscriptions.activate("2026-09-01")
    World.env.cr.commit()
    return subscriptions


def plans():
    """Return (kind, day, how to make the terms) for each quarter."""
    large = {"product_id": World.offering_mobile_large.id}
    return [
        ("change_offering", DAY, lambda: large),
        ("suspend", DAY, lambda: {"reason_id": "non_payment"}),
        ("terminate", LAST_DAY, lambda: {"reason_id": "price"}),
        ("swap_sim", DAY, lambda: {"resource_id": World._create_resource("iccid").id}),
    ]


def ask(subscriptions, kind, day, terms):
    """Ask for an operation for each, and commit; return milliseconds for one."""
    wanted = [terms() for _one in subscriptions]
    World.env.cr.commit()
    started = now()
    for subscription, own in zip(subscriptions, wanted, strict=True):
        subscription.request_operation(kind, day, own)
        World.env.cr.commit()
    return round((now() - started) / len(subscriptions) * 1000, 1)


def carry_out():
    """Do what is due; return how many, the seconds and the queries for one."""
    Operation = World.env["telecom.subscription.operation"]
    due = Operation._due()
    World.env.invalidate_all()
    queries, started = World.env.cr.sql_log_count, now()
    Operation._cron_carry_out()
    seconds = round(now() - started, 1)
    queries = (World.env.cr.sql_log_count - queries) / len(due)
    failed = due.filtered(lambda operation: operation.state != "done")
    return {
        "operations": len(due),
        "not_done": len(failed),
        "seconds": seconds,
        "queries_each": round(queries, 1),
    }


result = {"load": os.getloadavg()[0]}
with freeze_time(ASKED_AT, tick=True):
    made = populate()
    quarter = COUNT // 4
    for position, (kind, day, terms) in enumerate(plans()):
        some = made[position * quarter : (position + 1) * quarter]
        result[f"ask_{kind}_ms"] = ask(some, kind, day, terms)
with freeze_time(DONE_AT, tick=True):
    result["carry_out"] = carry_out()
print(json.dumps(result, indent=1))
if "RESULT_PATH" in os.environ:
    Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
