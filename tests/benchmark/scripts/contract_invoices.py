# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: bill the fees of some subscriptions as OCA contract does.

A sample of the month's subscriptions is made anew as plain contracts with the same
customers, offerings and prices, invoiced by the addon's own batch and posted, change
tracking off. Usage is no part of it. Everything is rolled back; what it took is written
to RESULT_PATH.
"""

import json
import os
import time
from pathlib import Path

SAMPLE_SIZE, WARM_UP_SIZE = 500, 20

env = env(context={**env.context, "tracking_disable": True})  # noqa: F821
run = env["telecom.bill.run"].search([], order="id desc", limit=1)
billed = [
    ("company_id", "=", run.company_id.id),
    ("telecom_state", "=", "active"),
    ("activation_date", "<", run.period_start),
]
unit_count = env["contract.contract"].search_count(billed)
subscriptions = env["contract.contract"].search(
    billed, order="id", limit=SAMPLE_SIZE + WARM_UP_SIZE
)


def is_in_force(line):
    """Tell whether a line is in force on the first day of the month."""
    first_date = run.period_start
    return line.date_start <= first_date <= (line.date_end or first_date)


def contract_vals(subscription):
    """Return values of a plain contract with the fees of a subscription."""
    due = {"recurring_next_date": run.period_start, "date_start": run.period_start}
    return {
        "name": f"Plain {subscription.code}",
        "partner_id": subscription.partner_id.id,
        "contract_type": "sale",
        "line_recurrence": True,
        "contract_line_fixed_ids": [
            (
                0,
                0,
                {
                    **due,
                    "name": line.name,
                    "product_id": line.product_id.id,
                    "quantity": line.quantity,
                    "price_unit": line.price_unit,
                    "recurring_interval": 1,
                    "recurring_rule_type": "monthly",
                },
            )
            for line in subscription.contract_line_ids
            if line.telecom_line_kind in ("tariff", "addon") and is_in_force(line)
        ],
    }


def invoice(contracts):
    """Make and post the invoices of some contracts; return them."""
    moves = contracts._recurring_create_invoice(run.period_start)
    moves.action_post()
    env.flush_all()
    return moves


plain = env["contract.contract"].create([contract_vals(row) for row in subscriptions])
env.flush_all()
invoice(plain[:WARM_UP_SIZE])
started = time.monotonic()
moves = invoice(plain[WARM_UP_SIZE:])
seconds = time.monotonic() - started
assert all(move.state == "posted" for move in moves)
result = {"seconds": seconds, "sample": len(moves), "units": unit_count}
env.cr.rollback()
Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
