# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: simulate the month of the latest bill run with its own tariffs.

The only tariff in which all of a month can be priced is the one that each offering has:
every offering is replaced by itself. Everything is rolled back; what it took and what
came out is written to RESULT_PATH.
"""

import json
import os
import time
from pathlib import Path

run = env["telecom.bill.run"].search([], order="id desc", limit=1)  # noqa: F821
Simulation = env["telecom.rating.simulation"].with_context(  # noqa: F821
    queue_job__no_delay=True
)
product = env["product.product"].search(  # noqa: F821
    [("telecom_tariff_id.company_id", "=", run.company_id.id)], limit=1
)
# Its replacement touches no subscription: each keeps its own offering.
unused = product.copy({"name": "Unused"})
simulation = Simulation.create(
    {
        "name": "Benchmark",
        "company_id": run.company_id.id,
        "month_date": run.period_start,
        "target": "offering",
        "product_id": product.id,
        "from_product_ids": [(6, 0, unused.ids)],
    }
)
started = time.monotonic()
simulation.action_start()
env.flush_all()  # noqa: F821
seconds = time.monotonic() - started
env.cr.execute(  # noqa: F821
    "SELECT sum(event_count), sum(old_amount)::text, sum(new_amount)::text"
    " FROM telecom_rating_simulation_line WHERE simulation_id = %s",
    [simulation.id],
)
events, old_amount, new_amount = env.cr.fetchone()  # noqa: F821
env.cr.rollback()  # noqa: F821
result = {
    "seconds": seconds,
    "events": events,
    "old_amount": old_amount,
    "new_amount": new_amount,
}
Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
