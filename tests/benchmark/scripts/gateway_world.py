# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: a bank app for this machine; RESULT_PATH gets who can be asked.

Made for gateway_latency.py. The accounts are those that a bill run bills: their
members pay while it writes their next bills.
"""

import json
import os
from pathlib import Path

SLUG = "latency"

Gateway = env["telecom.payment.gateway"]  # noqa: F821, given by the shell
if not Gateway.search([("slug", "=", SLUG)]):
    journal = env["account.journal"].create(  # noqa: F821
        {"name": "Bank app of the benchmark", "code": "BAPP", "type": "bank"}
    )
    Gateway.create(
        {
            "name": "Benchmark",
            "slug": SLUG,
            "journal_id": journal.id,
            "protocol": "osmp",
            "auth_kind": "none",
            "networks": "127.0.0.1",
            "is_sandbox": False,
            "calls_per_minute": 1_000_000,
            "calls_per_identifier": 1_000_000,
            "identifier_ids": [(0, 0, {"kind": "account"})],
        }
    )
env.cr.commit()  # noqa: F821
billed = env["account.move"]._read_group(  # noqa: F821
    [
        ("move_type", "=", "out_invoice"),
        ("state", "=", "posted"),
        ("telecom_billing_account_id.active", "=", True),
    ],
    ["telecom_billing_account_id"],
)
codes = [account.code for (account,) in billed]
Path(os.environ["RESULT_PATH"]).write_text(
    json.dumps({"slug": SLUG, "codes": codes}), encoding="utf-8"
)
