# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: rate the month of the latest bill run once more.

What it took and what came out is written to RESULT_PATH.
"""

import json
import os
import time
from pathlib import Path

run = env["telecom.bill.run"].search([], order="id desc", limit=1)  # noqa: F821
started = time.monotonic()
counters = env["telecom.rated.usage"]._rate(  # noqa: F821
    run.company_id, run.period_start, run.period_end, bill_run=run
)
env.cr.commit()  # noqa: F821
result = {
    "seconds": time.monotonic() - started,
    "rated": counters["rated_count"],
    "amount": str(counters["amount"]),
    "amount_before": str(run.charged_amount),
}
Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
