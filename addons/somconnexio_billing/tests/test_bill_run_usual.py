# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .bill_run_checks_common import BillRunChecksCommon
from .mediation_common import NUMBER, wholesale_line


@tagged("post_install", "-at_install")
class TestBillRunUsual(BillRunChecksCommon):
    """Controls that compare with other months, and what a company makes of controls."""

    def _months(self, *numbers):
        """Bill months of 2026 before October."""
        for number in numbers:
            self._go(self._create_run(period_start=f"2026-{number:02}-01"), "post")

    def _fee(self, price):
        self.subscription.contract_line_ids.specific_price = price

    def test_bill_far_above_the_last_three_is_held(self):
        self.subscription.contract_line_ids.date_start = "2026-07-01"
        self._months(7, 8, 9)
        self._fee(60.01)
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "bill_change"), "60.01 / 10.00")
        self._assert_held(run, "bill_change")
        self._fee(59.99)
        run.action_preview()
        self.assertEqual(self._check(run, "bill_change").state, "pass")

    def test_bill_far_below_the_last_three_is_held(self):
        self._fee(100)
        self._months(9)
        self._fee(33)
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "bill_change"), "33.00 / 100.00")
        self._fee(34)
        run.action_preview()
        self.assertEqual(self._check(run, "bill_change").state, "pass")

    def test_bill_is_never_unusual_without_a_factor_or_a_history(self):
        self._fee(500)
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._check(run, "bill_change").state, "pass")

    def test_subscription_that_always_had_usage_and_has_none_is_held(self):
        self.subscription.contract_line_ids.date_start = "2026-07-01"
        self._add_usage(self.subscription, "0")
        self._months(7)
        self._add_usage(self.subscription, "0", "0")
        self._months(8)
        self._add_usage(self.subscription, "0", "0", "0")
        self._months(9)
        type(self).usage = []
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "usage_stopped"), self.subscription.code)
        self._assert_held(run, "usage_stopped")

    def test_subscription_with_two_months_of_usage_is_not_held(self):
        self._add_usage(self.subscription, "0")
        self._months(9)
        type(self).usage = []
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._check(run, "usage_stopped").state, "pass")

    def test_account_without_mandate_is_held_once_somebody_collects(self):
        owner = type(self.env["telecom.bill.run"])
        with patch.object(owner, "_accounts_without_mandate", lambda run: self.account):
            run = self._go(self._create_run(), "check")
        self._assert_red(self._check(run, "mandate_missing"), self.account.code)
        self._assert_held(run, "mandate_missing")

    def test_usage_of_a_number_between_two_holders_holds_its_last_account(self):
        self.company.telecom_risk_count = 1
        run = self._rated_run(wholesale_line())
        self._execute(
            "UPDATE telecom_usage_event SET state = 'received', subscription_id = NULL,"
            " reason = 'number_not_in_use' WHERE id = %s",
            self._event().id,
        )
        run.action_check()
        self._assert_red(self._check(run, "usage_at_risk"), NUMBER)
        self._assert_held(run, "usage_at_risk")
        for count in (0, 2):
            self.company.telecom_risk_count = count
            self.assertEqual(self._recheck(run, "usage_at_risk").state, "pass")

    def test_control_may_only_warn_or_be_off_in_a_company(self):
        controls = self.env["telecom.bill.control"]._of_company(self.company)
        control = controls.filtered(lambda c: c.code == "bill_negative")
        self._add_line(self.discount, specific_price=50)
        control.severity = "warn"
        run = self._go(self._create_run(), "preview")
        result = self._check(run, "bill_negative")
        self.assertEqual((result.state, result.severity), ("fail", "warn"))
        self.assertEqual(self._account(run, self.subscription).state, "pending")
        control.severity = "off"
        run.action_preview()
        self.assertFalse(self._check(run, "bill_negative"))

    def test_account_held_by_a_control_turned_off_goes_on(self):
        self._add_line(self.discount, specific_price=50)
        run = self._go(self._create_run(), "preview")
        controls = self.env["telecom.bill.control"]._of_company(self.company)
        controls.filtered(lambda c: c.code == "bill_negative").severity = "off"
        run.action_preview()
        self.assertEqual(self._account(run, self.subscription).state, "pending")

    def test_control_about_no_account_cannot_hold(self):
        controls = self.env["telecom.bill.control"]._of_company(self.company)
        self.assertNotIn("usage_not_rated", controls.mapped("code"))
        with self.assertRaisesRegex(ValidationError, "can only warn"):
            controls.filtered(
                lambda c: c.code == "usage_suspended"
            ).severity = "block_account"
