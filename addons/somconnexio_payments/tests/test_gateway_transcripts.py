# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Every profile's calls and answers, byte for byte, over HTTP.

After a wanted change write them anew: ``GATEWAY_GOLDEN=write`` in the environment of
this test, look at the difference, and run ``python setup/gateway_docs.py``.
"""

import json
import os
import re
from datetime import date, datetime
from pathlib import Path

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.somconnexio_base.tests.common import NOW

from ..gateway_protocols.osmp import Osmp
from ..gateway_protocols.values import read_amount, write_amount
from .gateway_common import NIF, PROFILES, GatewayCommon, url_of
from .gateway_scenario import STEPS

GOLDEN = Path(__file__).parent / "golden" / "gateway"
IS_WRITTEN = os.environ.get("GATEWAY_GOLDEN") == "write"
PAID_AT = datetime(2026, 10, 15, 11, 59, 30)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayTranscripts(GatewayCommon, HttpCase):
    maxDiff = None

    def _steps(self, gateway):
        """Yield the steps that a protocol knows: name, action, values, is signed."""
        layout = gateway._layout()
        for name, action, values, is_signed in STEPS:
            if action == "pay":
                values = {"identifier": NIF, "transaction_id": "1001"} | values
            if action == "check" and isinstance(gateway._protocol(), Osmp):
                values = {"transaction_id": "9001"} | values
            unknown = action not in layout.words and action != "dance"
            if unknown or (gateway.auth_kind == "none" and not is_signed):
                continue
            asks = layout.asks
            yield name, action, self._written(layout, asks, action, values), is_signed

    def _written(self, layout, asks, action, values):
        """Return the values in the bank's formats."""
        written = dict(values)
        if values.get("amount", "x") != "x":
            exact = read_amount(values["amount"], "decimal_2")
            written["amount"] = write_amount(exact, layout.amount_format)
        for name, pattern in (("day", layout.day_format), ("month", "%Y%m")):
            if name in values:
                written[name] = date.fromisoformat(values[name]).strftime(pattern)
        if action == "pay" and "paid_at" in asks:
            written["paid_at"] = layout.write_instant(PAID_AT)
        if action == "status" and "status" in asks:
            written["status"] = "YES"
        return written

    def _call(self, gateway, action, values, is_signed):
        """Call over HTTP and return what went there and came back."""
        call = self._bank_call(gateway, action, signed=is_signed, **values)
        headers = dict(call.headers)
        if call.body:
            headers["Content-Type"] = call.content_type
        response = self.url_open(
            url_of(gateway, call),
            data=call.body or None,
            headers=headers,
            method=call.method,
        )
        return {
            "method": call.method,
            "address": url_of(gateway, call),
            "headers": headers,
            "body": call.body.decode(),
            "status": response.status_code,
            "content_type": response.headers["Content-Type"],
            "reply": response.content.decode(),
        }

    def _transcript(self, name):
        gateway = self._create_profile(name, amount_min=1)
        steps = [
            {"name": step, **self._call(gateway, action, values, is_signed)}
            for step, action, values, is_signed in self._steps(gateway)
        ]
        return self._with_stable_numbers(gateway, steps)

    def _with_stable_numbers(self, gateway, steps):
        """Put names in place of our numbers of payments."""
        name = gateway._layout().tells["receipt"]
        pattern = re.compile(rf'({name}"?[>:]"?)\d+')
        for step in steps:
            step["reply"] = pattern.sub(r"\1RECEIPT", step["reply"])
        return steps

    def test_transcripts_are_those_that_are_kept(self):
        for name in PROFILES:
            with self.subTest(name), mute_logger("odoo.http"):
                savepoint = self.env.cr.savepoint(flush=False)
                found = self._transcript(name)
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                path = GOLDEN / f"{name}.json"
                text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
                if IS_WRITTEN:
                    path.write_text(text)
                self.assertEqual(text, path.read_text())
