# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunOnce(BillRunCommon):
    """What must exist once, the database refuses a second time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def _refuse(self, constraint, action):
        """Assert that the database refuses what ``action`` writes."""
        self.env.flush_all()
        with self.assertRaisesRegex(IntegrityError, constraint):
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                action()

    def test_second_live_run_of_a_month_is_refused(self):
        self._create_run()
        self._refuse("telecom_bill_run_one_live_cycle", self._create_run)

    def test_second_run_account_of_a_month_is_refused(self):
        run = self._go(self._create_run(), "preview")
        account = self._account(run, self.subscription)
        other = self._create_run(kind="off_cycle")
        values = account.copy_data()[0]
        self._refuse(
            "telecom_bill_run_account_one_live_bill",
            lambda: account.create({**values, "run_id": other.id}),
        )

    def test_account_twice_in_a_run_is_refused(self):
        run = self._go(self._create_run(), "preview")
        account = self._account(run, self.subscription)
        values = {**account.copy_data()[0], "period_start": "2026-09-01"}
        self._refuse(
            "telecom_bill_run_account_run_account_unique",
            lambda: account.create(values),
        )

    def test_second_bill_of_an_account_in_a_run_is_refused(self):
        run = self._go(self._create_run(), "invoice")
        bill = self._account(run, self.subscription).move_id
        self._refuse(
            "account_move_telecom_one_bill_per_run",
            lambda: bill.copy(
                {
                    "telecom_bill_run_id": run.id,
                    "telecom_billing_account_id": bill.telecom_billing_account_id.id,
                }
            ),
        )

    def test_credit_note_of_a_bill_is_allowed(self):
        run = self._go(self._create_run(), "post")
        bill = self._account(run, self.subscription).move_id
        refund = bill._reverse_moves(
            [
                {
                    "telecom_bill_run_id": run.id,
                    "telecom_billing_account_id": bill.telecom_billing_account_id.id,
                }
            ]
        )
        self.assertEqual(refund.telecom_bill_run_id, run)

    def test_copy_of_a_bill_is_outside_the_run(self):
        run = self._go(self._create_run(), "invoice")
        copy = self._account(run, self.subscription).move_id.copy()
        self.assertFalse(copy.telecom_bill_run_id)
        self.assertFalse(copy.invoice_line_ids.telecom_bill_line_id)

    def test_day_of_a_contract_line_billed_twice_is_refused(self):
        run = self._go(self._create_run(), "preview")
        line = run.line_ids
        values = {
            **line.copy_data()[0],
            "period_from": "2026-10-31",
            "period_to": "2026-11-01",
        }
        self._refuse("telecom_bill_run_line_fee_days_once", lambda: line.create(values))

    def test_one_shot_billed_twice_is_refused(self):
        self.env["contract.line"].create(
            {
                "contract_id": self.subscription.id,
                "product_id": self.one_shot.id,
                "date_start": "2026-10-12",
            }
        )
        run = self._go(self._create_run(), "preview")
        line = run.line_ids.filtered(lambda li: li.kind == "one_shot")
        self._refuse(
            "telecom_bill_run_line_one_shot_once", lambda: line.create(line.copy_data())
        )

    def test_bill_of_a_run_cannot_be_removed_behind_its_back(self):
        run = self._go(self._create_run(), "invoice")
        bill = self._account(run, self.subscription).move_id
        self._refuse("telecom_bill_run_account_move_id_fkey", bill.unlink)

    def test_cycle_run_of_half_a_month_is_refused(self):
        self._refuse(
            "telecom_bill_run_cycle_is_a_month",
            lambda: self._create_run(period_end="2026-10-16"),
        )

    def test_period_that_ends_before_it_starts_is_refused(self):
        self._refuse(
            "telecom_bill_run_period_check",
            lambda: self._create_run(kind="off_cycle", period_end="2026-09-30"),
        )
