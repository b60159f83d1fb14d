# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: create and post customer invoices as Odoo does by itself.

Batches of 500 at 21 % VAT, change tracking off, with LINES_PER_BILL lines each on
average; what the bill run does for as many bills is compared with it. Everything is
rolled back; what it took is written to RESULT_PATH. The first, smaller batch only
warms up.
"""

import json
import os
import time
from itertools import cycle, islice
from pathlib import Path

BATCH_SIZE, WARM_UP_SIZE, BATCH_COUNT = 500, 50, 2
PRICES = (9.92, 26.03, 3.31)
LINES_PER_BILL = float(os.environ["LINES_PER_BILL"])

Move = env["account.move"].with_context(tracking_disable=True)  # noqa: F821
partners = env["res.partner"].search(  # noqa: F821
    [("customer_rank", ">", 0)], limit=BATCH_SIZE
)
product = env["product.product"].create(  # noqa: F821
    {"name": "Plain fee", "type": "service"}
)


def line_vals(number):
    """Return values of the lines of the bill of this number, from 0."""
    count = int(LINES_PER_BILL * (number + 1)) - int(LINES_PER_BILL * number)
    return [
        (0, 0, {"product_id": product.id, "quantity": 1, "price_unit": price})
        for price in islice(cycle(PRICES), count)
    ]


def vals_list(size):
    """Return values of ``size`` invoices for as many customers."""
    return [
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_line_ids": line_vals(number),
        }
        for number, partner in enumerate(islice(cycle(partners), size))
    ]


def timed(action):
    """Return (seconds, result) of a call, its writes included."""
    started = time.monotonic()
    result = action()
    env.flush_all()  # noqa: F821
    return time.monotonic() - started, result


timed(lambda: Move.create(vals_list(WARM_UP_SIZE)).action_post())
create_seconds = post_seconds = move_count = line_count = 0
for _number in range(BATCH_COUNT):
    vals = vals_list(BATCH_SIZE)
    seconds, moves = timed(lambda vals=vals: Move.create(vals))
    create_seconds += seconds
    post_seconds += timed(moves.action_post)[0]
    move_count += len(moves)
    line_count += len(moves.invoice_line_ids)
taxed = sum(bool(move.amount_tax) for move in moves)
env.cr.rollback()  # noqa: F821
Path(os.environ["RESULT_PATH"]).write_text(
    json.dumps(
        {
            "moves": move_count,
            "lines": line_count,
            "create_seconds": create_seconds,
            "post_seconds": post_seconds,
            "taxed_moves": taxed,
        }
    ),
    encoding="utf-8",
)
