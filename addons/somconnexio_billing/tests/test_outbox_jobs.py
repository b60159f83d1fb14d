# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs
from odoo.addons.somconnexio_base.tests.outbox_common import OutboxCommon

from .bill_common import BillCommon


@tagged("post_install", "-at_install")
class TestOutboxJobs(OutboxCommon):
    def test_calls_are_sent_by_one_job_per_endpoint(self):
        other = self._create_endpoint("crm")
        with trap_jobs() as trap:
            for key in ("A", "B"):
                self._enqueue(key)
            self._enqueue("C", code="crm")
            self.env.cr.precommit.run()
            trap.assert_jobs_count(2, only=self.Outbox._job_send)
            for endpoint in (self.endpoint, other):
                trap.assert_enqueued_job(
                    self.Outbox._job_send,
                    args=([endpoint.id],),
                    properties={"identity_key": f"telecom.outbox:{endpoint.id}"},
                )
            with self._clock(1), self.enter_registry_test_mode():
                trap.perform_enqueued_jobs()
        self.assertEqual(sorted(self.simulator.keys), ["A", "B", "C"])


@tagged("post_install", "-at_install")
class TestBillWebhook(BillCommon):
    def test_bill_that_is_posted_is_told_and_its_draft_is_not(self):
        event = self.env.ref("somconnexio_base.webhook_event_bill_posted")
        webhook = self.env["telecom.webhook"].create(
            {
                "name": "Warehouse",
                "base_url": "https://warehouse.example.org/hook",
                "event_type_ids": event.ids,
            }
        )
        bill = self._create_bill()
        told = {call.res_id for call in webhook.call_ids}
        self.assertEqual(told, {bill.id})
        data = json.loads(webhook.call_ids.body)["data"]
        self.assertEqual(data["number"], bill.name)
        self.assertEqual(data["amount_total"], f"{bill.amount_total:.2f}")
        self.assertEqual(data["currency"], bill.currency_id.name)
        bill.button_draft()
        self.assertEqual(len(webhook.call_ids), 1)
