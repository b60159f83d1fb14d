# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunVoid(BillRunCommon):
    """Bills taken back whole and made anew, or credited in part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()
        cls.other = cls._create_subscriber(name="Pere Pons")
        cls.charge = cls.env["contract.line"].create(
            {
                "contract_id": cls.subscription.id,
                "product_id": cls.one_shot.id,
                "date_start": "2026-10-05",
            }
        )

    def setUp(self):
        super().setUp()
        self._add_usage(self.subscription, "1.50")
        self.run_ = self._go(self._create_run(), "post")
        self.account = self._account(self.run_, self.subscription)
        self.bill = self.account.move_id

    def _void(self, is_rebill_wanted=True, **context):
        wizard = self.env["telecom.bill.void"].create(
            {
                "run_account_id": self.account.id,
                "reason": "Wrong tariff",
                "is_rebill_wanted": is_rebill_wanted,
            }
        )
        action = wizard.action_void()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_bill_made_anew_charges_the_same_and_names_the_voided_one(self):
        run = self._void()
        self.assertEqual(run.state, "previewed")
        self.assertEqual(self._lines(run), self._lines(self.run_, self.subscription))
        run.action_invoice()
        run.action_post()
        self.assertEqual(run.move_ids.amount_total, self.bill.amount_total)
        self.assertEqual(run.move_ids.telecom_replaced_bill_id, self.bill)

    def test_voided_bill_stays_as_history_with_its_credit_note(self):
        before = self._lines(self.run_, self.subscription)
        credit = self._void(is_rebill_wanted=False)
        self.assertEqual(credit.amount_total, self.bill.amount_total)
        self.assertEqual(credit.reversed_entry_id, self.bill)
        self.assertEqual(credit.telecom_correction_reason, "Wrong tariff")
        self.assertEqual(
            (self.bill.state, self.bill.payment_state), ("posted", "reversed")
        )
        self.assertEqual(
            (self.account.state, self.account.move_id), ("cancelled", self.bill)
        )
        self.assertEqual(self.account.credit_move_id, credit)
        self.assertEqual(self._lines(self.run_, self.subscription), before)
        self.run_._engine()._refresh_totals()
        self.assertEqual(self.run_.difference, 0)

    def test_voided_usage_left_alone_is_on_the_bill_of_the_next_month(self):
        self._void(is_rebill_wanted=False)
        self.usage.clear()
        november = self._go(self._create_run(period_start="2026-11-01"), "rate")
        rows = self.env["telecom.rated.usage"].search(
            [("subscription_id", "=", self.subscription.id)]
        )
        self.assertFalse(rows.filtered(lambda row: row.bill_run_id == self.run_))
        self.assertEqual(november.state, "rated")

    def test_bill_is_voided_once(self):
        self._void()
        with self.assertRaisesRegex(UserError, "has been taken back"):
            self.account.void_bills("Again")
        with self.assertRaisesRegex(UserError, "bills it anew already"):
            self.account.rebill()

    def test_rebill_without_voiding_is_refused(self):
        with self.assertRaisesRegex(UserError, "charged twice"):
            self.account.rebill()

    def test_only_accountants_void(self):
        manager = new_test_user(
            self.env, "test_m", groups="somconnexio_base.group_telecom_billing_manager"
        )
        with self.assertRaises(AccessError):
            self.account.with_user(manager).void_bills("No")

    def test_accountant_voids_and_bills_anew(self):
        accountant = new_test_user(
            self.env, "test_a", groups="somconnexio_base.group_telecom_accountant"
        )
        context = {"queue_job__no_delay": True}
        env = self.env(user=accountant, context=context)
        wizard = env["telecom.bill.void"].create(
            {"run_account_id": self.account.id, "reason": "Wrong tariff"}
        )
        action = wizard.action_void()
        self.assertEqual(action["res_model"], "telecom.bill.run")
        self.assertEqual(
            self.env["telecom.bill.run"].browse(action["res_id"]).state, "previewed"
        )

    # ---- a part

    def _credit(self, amounts):
        """Return the wizard that credits these amounts, line by line."""
        wizard = self.env["telecom.bill.credit"].create(
            {"move_id": self.bill.id, "reason": "Goodwill"}
        )
        for line, amount in zip(wizard.line_ids, amounts, strict=True):
            line.amount = amount
        return wizard

    def test_part_of_a_bill_is_credited_and_not_billed_again(self):
        wizard = self._credit([4.0, 3.0, 0])
        credit = self.env["account.move"].browse(wizard.action_credit()["res_id"])
        self.assertEqual(credit.amount_untaxed, 7.0)
        self.assertEqual(credit.amount_tax, 1.47)
        self.assertEqual(credit.reversed_entry_id, self.bill)
        credit.action_post()
        account = self.subscription.telecom_billing_account_id
        extra = self._create_run(kind="off_cycle", only_account_ids=account.ids)
        self._go(extra, "preview")
        self.assertFalse(extra.line_ids)
        with self.assertRaisesRegex(UserError, "has a credit note already"):
            self.account.void_bills("Now all of it")

    def test_line_is_credited_no_more_than_it_cost(self):
        first = self._credit([4.0, 0, 0])
        self.env["account.move"].browse(first.action_credit()["res_id"]).action_post()
        with self.assertRaisesRegex(ValidationError, "between 0 and"):
            self._credit([6.01, 0, 0])
        self.assertEqual(self._credit([6.0, 0, 0]).line_ids[0].credited_amount, 4.0)
        with self.assertRaisesRegex(UserError, "one line at least"):
            self._credit([0, 0, 0]).action_credit()
