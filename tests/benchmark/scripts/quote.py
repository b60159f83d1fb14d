# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: ask what a call would cost, of one subscription after another.

The first answers only warm up. Everything is rolled back; what it took is written to
RESULT_PATH.
"""

import json
import os
import time
from pathlib import Path

WARM_UP_COUNT, COUNT = 3, 20

run = env["telecom.bill.run"].search([], order="id desc", limit=1)  # noqa: F821
subscriptions = env["contract.contract"].search(  # noqa: F821
    [
        ("company_id", "=", run.company_id.id),
        ("telecom_service_type_id.code", "=", "mobile"),
        ("telecom_state", "=", "active"),
        ("activation_date", "<", run.period_start),
    ],
    order="id",
    limit=WARM_UP_COUNT + COUNT,
)
started = None
for number, subscription in enumerate(subscriptions):
    if number == WARM_UP_COUNT:
        started = time.monotonic()
    answer = env["telecom.tariff"].quote(  # noqa: F821
        subscription=subscription,
        other_number="+33 6 12 34 56 78",
        quantity=95,
        started_at=f"{run.period_start}T18:00:00+02:00",
    )
    assert answer["status"] == "rated", answer
seconds = time.monotonic() - started
env.cr.rollback()  # noqa: F821
result = {"seconds": seconds, "quotes": len(subscriptions) - WARM_UP_COUNT}
Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
