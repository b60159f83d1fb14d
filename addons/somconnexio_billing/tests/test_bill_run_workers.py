# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..models.bill_run import stages

MONTH = "2019-02-01"


@tagged("post_install", "-at_install")
class TestBillRunWorkers(BaseCase):
    """Two people at one button, two workers on one slice: one wins, one is told.

    Both need connections of their own: the test commits a run and removes it again.
    """

    def setUp(self):
        super().setUp()
        self.database = db_connect(get_db_name())
        with self.database.cursor() as cr:
            self._make_run(self._env(cr))
        self.addCleanup(self._remove_run)

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _make_run(self, env):
        partner = env["res.partner"].create({"name": "Worker test"})
        account = env["telecom.billing.account"].create(
            {"partner_id": partner.id, "collection_method": "transfer"}
        )
        run = env["telecom.bill.run"].create(
            {
                "kind": "off_cycle",
                "period_start": MONTH,
                "only_account_ids": account.ids,
            }
        )
        slice_ = env["telecom.bill.run.slice"].create(
            {"run_id": run.id, "number": 1, "account_count": 1}
        )
        env["telecom.bill.run.account"].create(
            {
                "run_id": run.id,
                "company_id": run.company_id.id,
                "billing_account_id": account.id,
                "period_start": run.period_start,
                "kind": "off_cycle",
                "slice_id": slice_.id,
            }
        )
        run.state = "previewed"
        self.run_id, self.slice_id = run.id, slice_.id
        self.account_id, self.partner_id = account.id, partner.id

    def _remove_run(self):
        with self.database.cursor() as cr:
            for table, id_ in (
                ("telecom_bill_run_account", None),
                ("telecom_bill_run", self.run_id),
                ("telecom_billing_account", self.account_id),
                ("res_partner", self.partner_id),
            ):
                column = "id" if id_ else "run_id"
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = %s",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        id_ or self.run_id,
                    )
                )

    def _run(self, cr):
        return self._env(cr)["telecom.bill.run"].browse(self.run_id)

    def _slice(self, cr):
        return self._env(cr)["telecom.bill.run.slice"].browse(self.slice_id)

    def test_second_person_at_a_button_is_told_and_changes_nothing(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            self._run(first)._lock()
            for code in ("preview", "invoice"):
                with self.assertRaisesRegex(UserError, "Somebody else"):
                    self._run(second).run_stage(code)
            with self.assertRaisesRegex(UserError, "Somebody else"):
                self._run(second).account_ids.action_hold()
            self.assertFalse(self._run(second).step_ids.filtered("started_at"))

    def test_second_worker_on_a_slice_comes_back_later(self):
        stage = stages.BY_CODE["invoice"]
        with self.database.cursor() as first, self.database.cursor() as second:
            self.assertEqual(len(self._slice(first)._lock_accounts(stage)), 1)
            with self.assertRaises(RetryableJobError) as caught:
                self._slice(second)._work("invoice")
            self.assertTrue(caught.exception.seconds)
            second.rollback()
            first.rollback()
            self.assertEqual(len(self._slice(second)._lock_accounts(stage)), 1)

    def test_run_at_work_cannot_be_taken_back(self):
        stage = stages.BY_CODE["invoice"]
        with self.database.cursor() as first, self.database.cursor() as second:
            self.assertTrue(self._slice(first)._share_run(stage))
            for button in ("action_back", "action_cancel"):
                with self.assertRaisesRegex(UserError, "background job"):
                    getattr(self._run(second), button)()
            first.rollback()
            self._run(second)._lock()

    def test_two_workers_share_a_run(self):
        stage = stages.BY_CODE["invoice"]
        with self.database.cursor() as first, self.database.cursor() as second:
            self.assertTrue(self._slice(first)._share_run(stage))
            self.assertTrue(self._slice(second)._share_run(stage))
