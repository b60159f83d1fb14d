# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .bill_run_checks_common import BillRunChecksCommon


@tagged("post_install", "-at_install")
class TestBillRunHolds(BillRunChecksCommon):
    """Accounts that wait while the others are billed, and how they get on."""

    def test_held_account_does_not_stop_the_others(self):
        self._add_line(self.discount, specific_price=50)
        run = self._go(self._create_run(), "post")
        self.assertEqual(run.state, "posted")
        self.assertEqual(self._account(run, self.subscription).state, "held")
        self.assertFalse(self._account(run, self.subscription).move_id)
        self.assertEqual(self._account(run, self.other).move_id.state, "posted")

    def test_released_account_joins_the_bills(self):
        self.company.telecom_bill_shock_amount = 100
        self._add_usage(self.subscription, "500")
        run = self._go(self._create_run(), "post")
        held = self._account(run, self.subscription)
        self.assertEqual(held.state, "held")
        held.release("Looked at")
        self.assertEqual(held.state, "pending")
        self.assertEqual(held.released_by_id, self.env.user)
        run.action_invoice()
        run.action_post()
        self.assertEqual(held.move_id.state, "posted")
        self.assertEqual(held.move_id.amount_untaxed, 510.00)

    def test_released_account_is_not_held_again_by_the_next_preview(self):
        self.company.telecom_bill_shock_amount = 100
        self._add_usage(self.subscription, "500")
        run = self._go(self._create_run(), "preview")
        held = self._account(run, self.subscription)
        held.release("Looked at")
        run.action_preview()
        self.assertEqual(held.state, "pending")
        self.assertEqual(self._check(run, "bill_shock").state, "fail")

    def test_corrected_account_goes_on_by_itself(self):
        discount = self._add_line(self.discount, specific_price=50)
        run = self._go(self._create_run(), "preview")
        held = self._account(run, self.subscription)
        self.assertEqual(held.state, "held")
        discount.specific_price = 5
        run.action_preview()
        self.assertEqual((held.state, held.hold_code), ("pending", False))

    def test_account_held_by_a_person_stays_out_until_released(self):
        run = self._go(self._create_run(), "preview")
        held = self._account(run, self.subscription)
        held.action_hold()
        run.action_preview()
        self.assertEqual((held.state, held.hold_code), ("held", "manual"))
        run.action_invoice()
        self.assertFalse(held.move_id)
        with self.assertRaisesRegex(UserError, "waits for its bill"):
            self._account(run, self.other).action_hold()
        with self.assertRaisesRegex(UserError, "Only a held account"):
            self._account(run, self.other).release("Looked at")

    def test_rows_of_a_control_open_the_records_at_fault(self):
        self._add_line(self.discount, specific_price=50)
        run = self._go(self._create_run(), "preview")
        action = self._check(run, "bill_negative").action_view_rows()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self._account(run, self.subscription))

    # ---- four eyes

    def _as(self, role, records):
        user = new_test_user(
            self.env, f"test_{role}", groups=f"somconnexio_base.group_telecom_{role}"
        )
        return records.with_user(user).with_context(**self.env.context)

    def test_second_person_releases_what_the_first_has_made(self):
        self._add_line(self.discount, specific_price=50)
        run = self._as("billing_manager", self.env["telecom.bill.run"]).create(
            {"period_start": "2026-10-01"}
        )
        self._go(run, "preview")
        held = run.account_ids.filtered(lambda account: account.state == "held")
        with self.assertRaisesRegex(UserError, "four eyes"):
            held.release("I am sure")
        self._as("accountant", held).release("Agreed with the member")
        self.assertEqual(held.state, "pending")
        trace = held.release_ids
        self.assertEqual(trace.hold_code, "bill_negative")
        self.assertEqual(trace.release_reason, "Agreed with the member")
        self.assertEqual(trace.amount_total, held.amount_total)
        with self.assertRaises(AccessError):
            trace.release_reason = "Something else"

    def test_company_may_do_with_two_eyes(self):
        self.company.telecom_four_eyes = False
        self._add_line(self.discount, specific_price=50)
        run = self._as("billing_manager", self.env["telecom.bill.run"]).create(
            {"period_start": "2026-10-01"}
        )
        self._go(run, "preview")
        held = run.account_ids.filtered(lambda account: account.state == "held")
        held.release("I am sure")
        self.assertEqual(held.state, "pending")

    def test_release_without_a_reason_or_a_role_is_refused(self):
        self._add_line(self.discount, specific_price=50)
        run = self._go(self._create_run(), "preview")
        held = self._account(run, self.subscription)
        with self.assertRaisesRegex(UserError, "Say why"):
            held.release("  ")
        with self.assertRaises(AccessError):
            self._as("agent", held).release("I would like to")
        wizard = self.env["telecom.bill.run.release.wizard"].create(
            {"run_account_ids": held.ids, "reason": "Looked at"}
        )
        wizard.action_release()
        self.assertEqual(held.release_reason, "Looked at")
