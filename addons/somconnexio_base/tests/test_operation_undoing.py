# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import tagged

from .operation_common import DOCUMENTS, IBAN, OperationCommon


@tagged("post_install", "-at_install")
class TestOperationUndoing(OperationCommon):
    """Planned operations are called off; done ones undone where there is a way back."""

    def test_planned_change_of_tariff_called_off_leaves_no_trace_in_the_lines(self):
        before = self._lines()
        operation = self._operations(
            self.subscription.request_tariff_change(self.offering_mobile_large.id)
        )
        operation.action_cancel()
        self.assertEqual(self._lines(), before)
        self.assertEqual(operation.state, "cancelled")

    def test_done_change_of_tariff_undone_gives_the_old_line_back(self):
        before = self._lines()
        operation = self._operations(
            self.subscription.request_tariff_change(
                self.offering_mobile_large.id, "2026-10-10"
            )
        )
        operation.action_undo()
        self.assertEqual(self._lines(), before)
        self.assertEqual(operation.state, "undone")
        self.assertEqual(self.subscription.telecom_offering_id, self.offering_mobile)

    def test_change_followed_by_another_is_not_undone(self):
        first = self._operations(
            self.subscription.request_tariff_change(
                self.offering_mobile_large.id, "2026-10-10"
            )
        )
        self.subscription.request_tariff_change(self.offering_mobile.id, "2026-10-14")
        with self.assertRaisesRegex(UserError, "came after it"):
            first.action_undo()

    def test_line_changed_by_hand_since_is_not_overwritten(self):
        operation = self._operations(self.subscription.request_addon(self.addon.id))
        self.subscription.contract_line_ids[-1:].specific_price = 4
        with self.assertRaisesRegex(UserError, "has been changed again"):
            operation.action_undo()

    def test_addon_bond_and_removal_are_undone(self):
        before = self._lines()
        for request in (
            lambda s: s.request_bond(self.one_shot.id),
            lambda s: s.request_addon(self.addon.id),
        ):
            operation = self._operations(request(self.subscription))
            operation.action_undo()
            self.assertEqual(self._lines(), before)
        self.subscription.request_addon(self.addon.id, "2026-10-01")
        removal = self._operations(
            self.subscription.request_addon_removal(self.addon.id, "2026-10-12")
        )
        removal.action_undo()
        self.assertEqual(self._lines()[1], ("Fixed IP", "2026-10-01", False))

    def test_number_is_given_back_while_it_rests(self):
        old = self._held().resource_id
        operation = self._operations(
            self.subscription.request_number_change(
                self._create_resource("msisdn").id, "2026-10-10"
            )
        )
        operation.action_undo()
        self.assertEqual(self._held()[-1:].resource_id, old)
        self.assertEqual(old.state, "active")

    def test_address_and_account_are_written_back(self):
        old_address = self.subscription.service_partner_id
        self._create_subscription(account=self.account, state="active")
        address = self._operations(
            self.subscription.request_address_change({"street": "x", "city": "y"})
        )
        split = self._operations(
            self.subscription.request_account_change({"iban": IBAN})
        )
        (address | split).action_undo()
        self.assertEqual(self.subscription.service_partner_id, old_address)
        self.assertEqual(self.subscription.telecom_billing_account_id, self.account)

    def test_payment_of_an_account_is_written_back(self):
        operation = self._operations(
            self.account.request_payment_change(iban=IBAN, bill_email="a@example.org")
        )
        operation.action_undo()
        self.assertFalse(self.account.partner_bank_id)
        self.assertEqual(self.account.collection_method, "transfer")
        self.assertEqual(self.account.bill_email, "maria@example.org")

    def test_planned_termination_is_taken_back_by_either_way(self):
        before = self._lines()
        for take_back in (
            lambda own: own.action_cancel(),
            lambda own: own.subscription_id.request_termination_cancel(),
        ):
            operation = self._operations(
                self.subscription.request_termination("price", "2026-10-31")
            )
            take_back(operation)
            self.assertEqual(operation.state, "cancelled")
            self.assertFalse(self.subscription.termination_date)
            self.assertEqual(self._lines(), before)

    def test_termination_that_was_not_planned_here_is_cancelled_too(self):
        self.subscription.terminate(self.reason_terminate, "2026-10-31")
        self.subscription.action_cancel_termination()
        self.assertFalse(self.subscription.termination_date)

    def test_what_has_no_way_back_says_what_to_do_instead(self):
        holder = self._operations(
            self.subscription.request_holder_change(
                self.new_holder.id, terms={"documents": DOCUMENTS}
            )
        )
        other = self._create_subscription(state="active")
        cases = (
            (holder, "change the holder of"),
            (self._operations(other.request_suspension("fraud")), "resume it"),
            (self._operations(other.request_resumption()), "suspend it again"),
            (
                self._operations(other.request_termination("debt", "2026-10-15")),
                "open a new",
            ),
        )
        for operation, text in cases[:1] + cases[3:]:
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                operation.action_undo()
        for operation, text in cases[1:3]:
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                operation._kind().take_back(operation)

    def test_operations_are_neither_deleted_nor_done_twice(self):
        operation = self._operations(self.subscription.request_bond(self.one_shot.id))
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            operation.unlink()
        with self.assertRaisesRegex(UserError, "not planned any more"):
            operation.action_cancel()
        operation.action_undo()
        with self.assertRaisesRegex(UserError, "nothing to undo"):
            operation.action_undo()
