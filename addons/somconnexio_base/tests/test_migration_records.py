# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..takeover.sample import make_delivery
from ..takeover.sample.delivery import EXPORT_DATE
from .common import NOW
from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationRecords(MigrationCommon):
    """What the rows of a delivery without defects become."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delivery = make_delivery(60, has_defects=False)
        cls.told_before = cls._count_told()
        cls.run_done = cls._take_over(cls.delivery, sheet_kinds=("partner", "line"))

    @classmethod
    def _count_told(cls):
        names = ("telecom.notice", "telecom.outbox", "mail.mail")
        return {name: cls.env[name].search_count([]) for name in names}

    def _by_state(self, state):
        """Return the rows of subscriptions in a state."""
        return [
            (row, self._found("subscription", row["ID"]))
            for row in self.delivery.rows["subscription"]
            if row["ESTADO"] == state
        ]

    def test_delivery_without_defects_leaves_no_fault(self):
        self.assertFalse(self.run_done.issue_ids)
        self.assertTrue(self.run_done.is_reconciled)

    def test_nobody_is_told_anything(self):
        self.assertEqual(self._count_told(), self.told_before)

    def test_records_that_come_along_have_no_notes(self):
        links = self.env["telecom.external.id"].search(
            [("system", "=like", f"{self.profile.code}%")]
        )
        for model_name, group in links.grouped("res_model").items():
            notes = [
                ("model", "=", model_name),
                ("res_id", "in", group.mapped("res_id")),
            ]
            with self.subTest(model_name):
                self.assertFalse(self.env["mail.message"].search_count(notes))

    def test_person_and_company_come_with_address_and_identifiers(self):
        row = self.delivery.rows["partner"][0]
        partner = self._found("partner", "1")
        self.assertEqual(partner.name, row["NOMBRE"])
        self.assertEqual(partner.vat.removeprefix("ES"), row["NIF"])
        self.assertEqual(partner.city, row["POBLACIÓN"])
        self.assertEqual(partner.state_id.code, row["PROVINCIA"])
        self.assertEqual(partner.country_id.code, "ES")
        self.assertFalse(partner.is_company)
        self.assertTrue(self._found("partner", "12").is_company)

    def test_address_hangs_below_its_customer(self):
        address = self._found("partner", "10-D")
        self.assertEqual(address.parent_id, self._found("partner", "10"))
        self.assertEqual(address.type, "delivery")

    def test_note_keeps_its_lines(self):
        self.assertIn("matins", str(self._found("partner", "25").comment))

    def test_billing_account_has_bank_account_and_mandate(self):
        row = self.delivery.rows["billing_account"][0]
        account = self._found("billing_account", "C1")
        self.assertEqual(account.partner_bank_id.sanitized_acc_number, row["IBAN"])
        self.assertEqual(account.partner_id, self._found("partner", "1"))
        self.assertEqual(account.collection_method, "direct_debit")
        self.assertEqual(account.bill_email, "facturas1@example.org")
        mandate = self._found("mandate", "MND00000001")
        self.assertEqual(mandate, account)
        self.assertEqual(account.mandate_reference, "MND00000001")
        self.assertEqual(account.mandate_scheme, "CORE")
        self.assertTrue(account.mandate_signed_date)
        by_transfer = self._found("billing_account", "C9")
        self.assertEqual(by_transfer.collection_method, "transfer")

    def test_membership_has_number_and_paid_capital(self):
        membership = self._found("membership", "S2")
        self.assertEqual(membership.number, "000002")
        self.assertEqual(membership.state, "active")
        self.assertEqual(self._found("membership", "S1").state, "left")

    def test_active_subscription_runs_since_its_activation(self):
        row, subscription = self._by_state("Activo")[0]
        self.assertEqual(subscription.telecom_state, "active")
        self.assertEqual(f"{subscription.activation_date:%d/%m/%Y}", row["ALTA"])
        [transition] = subscription.transition_ids
        self.assertEqual(transition.to_state, "active")
        self.assertEqual(transition.effective_date, subscription.activation_date)
        self.assertEqual(
            subscription.assignment_ids.resource_id.mapped("state"),
            ["active"] * len(subscription.assignment_ids),
        )

    def test_terminated_subscription_has_its_history_and_freed_numbers(self):
        _row, subscription = self._by_state("Baja")[0]
        self.assertEqual(subscription.telecom_state, "terminated")
        self.assertEqual(subscription.termination_reason_id.code, "ported_out")
        states = self._history(subscription).mapped("to_state")
        self.assertEqual(states, ["active", "terminated"])
        last_day = subscription.termination_date
        line = subscription.contract_line_ids.sorted("date_start")[-1]
        self.assertEqual(line.date_end, last_day)
        self.assertEqual(
            set(subscription.assignment_ids.resource_id.mapped("state")), {"quarantine"}
        )

    def test_suspended_and_pending_subscriptions_are_so(self):
        for _row, subscription in self._by_state("Suspendido"):
            self.assertEqual(subscription.telecom_state, "suspended")
            self.assertEqual(subscription.suspension_reason_id.code, "non_payment")
        for _row, subscription in self._by_state("Pendiente"):
            self.assertEqual(subscription.telecom_state, "pending")
            self.assertFalse(subscription.activation_date)

    def test_change_of_tariff_leaves_two_dated_lines(self):
        subscription = self._found("subscription", "K1")
        first, second = subscription.contract_line_ids.sorted("date_start")
        self.assertEqual((second.date_start - first.date_end).days, 1)
        self.assertEqual(first.specific_price, 5.79)
        self.assertFalse(second.date_end)
        self.assertEqual(subscription.telecom_offering_id, second.product_id)

    def test_number_is_stored_in_normal_form_and_known_by_the_subscription(self):
        resource = self._found("resource", "699 00 00 01")
        self.assertEqual(resource.name, "34699000001")
        subscription = self._found("subscription", "K1")
        self.assertEqual(subscription.main_resource_name, "34699000001")
        assignment = subscription.assignment_ids.filtered(
            lambda found: found.resource_id == resource
        )
        day = self.company._telecom_civil_date(assignment.start_at)
        self.assertEqual(day, subscription.activation_date)

    def test_bill_is_history_and_no_journal_entry(self):
        before = self.env["account.move"].search_count([])
        bill = self._found("bill", "F2026/08/000001")
        row = self.delivery.rows["bill"][0]
        self.assertEqual(f"{bill.amount_total:.2f}".replace(".", ","), row["TOTAL"])
        self.assertEqual(bill.issue_date, date(2026, 8, 1))
        self.assertEqual(bill.payment_state, "paid")
        self.assertEqual(bill.billing_account_id, self._found("billing_account", "C1"))
        self.assertEqual(self._found("bill", "F2026/09/000008").payment_state, "open")
        self.assertEqual(self._found("bill", "F2026/08/000049").bill_type, "refund")
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_bill_has_its_tax_by_rate(self):
        bill = self._found("bill", "F2026/08/000001")
        [tax] = bill.tax_ids
        self.assertEqual(tax.rate, 21)
        self.assertEqual(tax.amount_base, bill.amount_untaxed)
        self.assertEqual(tax.amount_tax, bill.amount_tax)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            tax.amount_tax = 0
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            tax.unlink()

    def test_records_are_found_by_the_other_systems_ids(self):
        [found] = self.env["telecom.external.id"].find_record("K1", "sample_erp")
        self.assertEqual(found["id"], self._found("subscription", "K1").id)

    def test_export_day_lies_before_the_tests_day(self):
        self.assertLess(EXPORT_DATE, self.company._telecom_today())
