# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.somconnexio_billing import sql_steps

from ..models.bill_run import checks
from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunControls(BillRunCommon):
    """What the controls find, whom they hold, and how an account is let go."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def _check(self, run, code):
        return run.check_ids.filtered(lambda check: check.code == code)

    def _sql(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(SQL(query, *params))
        self.env.invalidate_all()

    def test_every_control_has_its_file_and_every_file_its_control(self):
        folder = sql_steps.SQL_FOLDER / "checks"
        files = {path.stem for path in folder.glob("*.sql")}
        self.assertEqual(files, set(checks.BY_CODE))

    def test_month_in_order_passes_every_control(self):
        self._add_usage(self.subscription, "0.1234", "0")
        run = self._go(self._create_run())
        failed = run.check_ids.filtered(lambda check: check.state == "fail")
        self.assertEqual(failed.mapped("code"), [])
        self.assertEqual(set(run.check_ids.mapped("code")), set(checks.BY_CODE))

    def test_bill_shock_holds_the_account_and_not_the_others(self):
        shocked = self._create_subscriber(name="Pere Pons")
        self._add_usage(shocked, "150")
        run = self._go(self._create_run(), "post")
        held = self._account(run, shocked)
        self.assertEqual((held.state, held.hold_code), ("held", "bill_shock"))
        self.assertFalse(held.move_id)
        self.assertEqual(self._account(run, self.subscription).state, "posted")
        self.assertEqual((run.held_count, run.billed_count), (1, 1))

    def test_released_account_is_billed_by_the_same_run(self):
        shocked = self._create_subscriber(name="Pere Pons")
        self._add_usage(shocked, "150")
        run = self._go(self._create_run())
        account = self._account(run, shocked)
        account.action_release()
        self.assertEqual((account.state, account.hold_reason), ("pending", False))
        self.assertEqual(account.released_by_id, self.env.user)
        for code in ("invoice", "post", "deliver"):
            getattr(run, f"action_{code}")()
        self.assertEqual(account.state, "delivered")
        self.assertEqual(account.move_id.amount_untaxed, 160)
        self.assertEqual(run.difference, 0)

    def test_released_account_is_not_held_again_by_the_controls(self):
        self._add_usage(self.subscription, "150")
        run = self._go(self._create_run(), "preview")
        account = self._account(run, self.subscription)
        account.action_release()
        run.action_preview()
        self.assertEqual(account.state, "pending")

    def test_hold_ends_by_itself_when_its_cause_is_gone(self):
        self._add_usage(self.subscription, "150")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._account(run, self.subscription).state, "held")
        self.company.telecom_bill_shock_amount = 1000
        run.action_preview()
        self.assertEqual(self._account(run, self.subscription).state, "pending")

    def test_account_held_by_hand_waits_until_it_is_released(self):
        run = self._go(self._create_run(), "preview")
        account = self._account(run, self.subscription)
        account.action_hold()
        run.action_preview()
        run.action_invoice()
        self.assertEqual((account.state, account.hold_code), ("held", "manual"))
        account.action_release()
        run.action_invoice()
        self.assertEqual(account.state, "invoiced")

    def test_hold_of_a_billed_account_is_refused(self):
        run = self._go(self._create_run(), "invoice")
        with self.assertRaisesRegex(UserError, "waits for its bill"):
            self._account(run, self.subscription).action_hold()
        with self.assertRaisesRegex(UserError, "Only a held account"):
            self._account(run, self.subscription).action_release()

    def test_usage_changed_after_the_preview_holds_the_account(self):
        self._add_usage(self.subscription, "1")
        run = self._go(self._create_run(), "preview")
        self._sql("UPDATE telecom_rated_usage SET amount = 2")
        run.action_invoice()
        account = self._account(run, self.subscription)
        self.assertEqual((account.state, account.hold_code), ("held", "stale"))
        self.assertFalse(run.move_ids)

    def test_bill_that_odoo_refuses_is_held_and_the_others_are_made(self):
        others = [self._create_subscriber(name=f"Member {n}") for n in range(4)]
        run = self._go(self._create_run(), "preview")
        payer = others[2].telecom_billing_account_id.partner_id
        payer.property_account_receivable_id = self.env["account.account"].search(
            [("account_type", "=", "income")], limit=1
        )
        run.action_invoice()
        states = [self._account(run, other).state for other in others]
        self.assertEqual(states, ["invoiced", "invoiced", "held", "invoiced"])
        held = self._account(run, others[2])
        self.assertEqual(held.hold_code, "error")
        self.assertTrue(held.hold_reason)

    def test_negative_bill_is_held(self):
        self.env["contract.line"].create(
            {
                "contract_id": self.subscription.id,
                "product_id": self.discount.id,
                "date_start": "2026-10-12",
                "specific_price": 40,
            }
        )
        run = self._go(self._create_run(), "invoice")
        account = self._account(run, self.subscription)
        self.assertEqual((account.state, account.hold_code), ("held", "bill_negative"))

    def test_subscription_without_tariff_holds_its_account(self):
        self._sql(
            "UPDATE contract_line SET date_end = '2026-09-30' WHERE contract_id = %s",
            self.subscription.id,
        )
        self._add_usage(self.subscription, "1")
        run = self._go(self._create_run(), "check")
        self.assertEqual(
            self._account(run, self.subscription).hold_code,
            "subscription_without_tariff",
        )

    def test_fee_that_is_lost_holds_the_account(self):
        run = self._go(self._create_run(), "preview")
        self._sql("UPDATE telecom_bill_run_line SET period_to = '2026-10-20'")
        run._run_checks("preview")
        account = self._account(run, self.subscription)
        self.assertEqual(account.hold_code, "fee_missing")
        self.assertIn("19 / 31", self._check(run, "fee_missing").sample_text)

    def test_usage_missing_on_the_bill_stops_the_run(self):
        self._add_usage(self.subscription, "1", "2")
        run = self._go(self._create_run(), "preview")
        self._sql("DELETE FROM telecom_bill_run_line WHERE kind = 'usage'")
        run._run_checks("preview")
        self.assertTrue(run.is_blocked)
        with self.assertRaisesRegex(UserError, "stopped by its controls"):
            run.action_invoice()
        run.action_preview()
        self.assertFalse(run.is_blocked)
        run.action_invoice()

    def test_bill_changed_by_hand_stops_the_posting(self):
        run = self._go(self._create_run(), "invoice")
        bill = self._account(run, self.subscription).move_id
        bill.invoice_line_ids.price_unit = 11
        run._run_checks("invoice")
        with self.assertRaisesRegex(UserError, "equal to its preview"):
            run.action_post()
        bill.invoice_line_ids.price_unit = 10
        run._run_checks("invoice")
        run.action_post()
        self.assertEqual(bill.state, "posted")

    def test_draft_cancelled_by_hand_is_held_not_posted(self):
        run = self._go(self._create_run(), "invoice")
        account = self._account(run, self.subscription)
        account.move_id.button_cancel()
        run.action_post()
        self.assertEqual(account.state, "held")
        self.assertIn("cancelled", account.hold_reason)

    def test_direct_debit_without_iban_only_warns(self):
        payer = self.subscription.telecom_billing_account_id
        payer.collection_method = "direct_debit"
        run = self._go(self._create_run(), "post")
        check = self._check(run, "direct_debit_without_iban")
        self.assertEqual((check.state, check.row_count), ("fail", 1))
        self.assertEqual(self._account(run, self.subscription).state, "posted")

    def test_days_of_the_month_before_without_bill_are_warned_of(self):
        september = self._go(self._create_run(period_start="2026-09-01"), "post")
        self._create_subscription(
            self.offering_fibre,
            self.subscription.telecom_billing_account_id,
            state="active",
            start="2026-09-25",
        )
        run = self._go(self._create_run(), "preview")
        check = self._check(run, "earlier_days_unbilled")
        self.assertEqual((check.state, check.row_count), ("fail", 1))
        self.assertIn("0 / 6", check.sample_text)
        self.assertEqual(september.state, "posted")

    def test_failed_control_opens_the_records_that_break_it(self):
        shocked = self._create_subscriber(name="Pere Pons")
        self._add_usage(shocked, "150")
        run = self._go(self._create_run(), "preview")
        action = self._check(run, "bill_shock").action_view_rows()
        records = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(records, self._account(run, shocked))

    def test_controls_speak_the_language_of_the_reader(self):
        run = self._go(self._create_run(), "check")
        for check in run.check_ids:
            self.assertTrue(check.name and check.remedy)
            self.assertNotEqual(check.name, check.code)
