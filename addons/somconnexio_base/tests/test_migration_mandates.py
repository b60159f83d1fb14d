# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from copy import deepcopy
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationMandates(MigrationCommon):
    """Mandates reach an addon that draws money, whole and in batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delivery = make_delivery(12, has_defects=False)
        cls._take_over(cls.delivery)
        cls.account = cls._found("billing_account", "C1")

    def setUp(self):
        super().setUp()
        self.calls = []
        Account = type(self.env["telecom.billing.account"])

        def taken_over(accounts):
            self.calls.append(accounts.taken_mandates())
            return accounts

        self.patch(Account, "_mandates_taken_over", taken_over)

    def _later(self, first=100, **cells):
        """Return a delivery of other customers, the first mandate changed."""
        delivery = make_delivery(12, has_defects=False, first=first)
        delivery.rows["mandate"][0].update(cells)
        return delivery

    def _profile_with(self, **columns):
        """Let more columns of the mandates be read."""
        layout = self.profile.layout_ids.filtered(lambda item: item.kind == "mandate")
        for column in layout.column_ids:
            if column.target in columns:
                column.write(columns[column.target])

    def test_batch_is_handed_over_once_with_all_that_a_mandate_needs(self):
        delivery = self._later()
        self._take_over(delivery)
        [mandates] = self.calls
        self.assertEqual(len(mandates), len(delivery.rows["mandate"]))
        mandate, row = mandates[0], delivery.rows["mandate"][0]
        self.assertEqual(
            mandate.billing_account, self._found("billing_account", "C101")
        )
        self.assertEqual(mandate.reference, row["REFERENCIA"])
        self.assertEqual(f"{mandate.signed_date:%d/%m/%Y}", row["FIRMA"])
        self.assertEqual(f"{mandate.last_debit_date:%d/%m/%Y}", row["ÚLTIMO"])
        self.assertEqual((mandate.scheme, mandate.is_used), ("CORE", True))
        iban = delivery.rows["billing_account"][0]["IBAN"]
        self.assertEqual(mandate.partner_bank.sanitized_acc_number, iban)

    def test_mandate_that_was_never_debited_begins_with_its_first_collection(self):
        self._take_over(self._later(ÚLTIMO=""))
        mandate = self.calls[0][0]
        self.assertFalse(mandate.is_used)
        self.assertIsNone(mandate.last_debit_date)

    def test_source_may_say_itself_whether_a_mandate_was_used(self):
        self._profile_with(
            last_debit_date={"source": False},
            is_used={"source": "ÚLTIMO", "value_map": "RCUR=1\nFRST=0"},
        )
        delivery = self._later(ÚLTIMO="RCUR")
        for row in delivery.rows["mandate"][1:]:
            row["ÚLTIMO"] = "FRST"
        self._take_over(delivery)
        used = [mandate.is_used for mandate in self.calls[0]]
        self.assertEqual(used, [True] + [False] * (len(used) - 1))

    def test_refusal_of_who_draws_money_costs_that_row_only(self):
        def taken_over(accounts):
            for mandate in accounts.taken_mandates():
                if mandate.reference == "MND00000102":
                    raise UserError(mandate.reference)
            return accounts

        Account = type(self.env["telecom.billing.account"])
        self.patch(Account, "_mandates_taken_over", taken_over)
        delivery = self._later()
        run = self._take_over(delivery)
        [issue] = self._issues(run, kind="mandate")
        self.assertEqual(issue.external_id, "MND00000102")
        self.assertIn("says: MND00000102", issue.reason)
        self.assertFalse(self._found("billing_account", "C102").mandate_reference)
        taken = self._steps(run, "created")["mandate"]
        self.assertEqual(taken, len(delivery.rows["mandate"]) - 1)
        self.assertTrue(run.is_reconciled)

    def test_later_debit_of_a_known_mandate_is_handed_over_again(self):
        delivery = deepcopy(self.delivery)
        delivery.rows["mandate"][0]["ÚLTIMO"] = "05/10/2026"
        self._take_over(delivery)
        [[mandate]] = self.calls
        self.assertEqual(mandate.billing_account, self.account)
        self.assertEqual(mandate.last_debit_date, date(2026, 10, 5))

    def test_mandate_of_another_iban_is_refused(self):
        self._profile_with(iban={"source": "IBAN"})
        delivery = self._later()
        for row in delivery.rows["mandate"]:
            row["IBAN"] = ""
        other = self.delivery.rows["billing_account"][0]["IBAN"]
        own = delivery.rows["billing_account"][1]["IBAN"]
        delivery.rows["mandate"][0]["IBAN"] = other
        delivery.rows["mandate"][1]["IBAN"] = own
        run = self._take_over(delivery)
        [issue] = self._issues(run, code="other_iban")
        self.assertEqual((issue.column_name, issue.value), ("IBAN", other))
        self.assertEqual(self._steps(run, "refused")["mandate"], 1)

    def test_mandate_of_an_account_without_iban_is_told(self):
        delivery = self._later()
        delivery.rows["billing_account"][0].update(IBAN="", COBRO="Transferencia")
        run = self._take_over(delivery)
        [issue] = self._issues(run, code="no_iban")
        self.assertEqual((issue.kind, issue.severity), ("mandate", "warning"))

    def test_reference_that_no_bank_takes_is_refused(self):
        for number, reference in enumerate(("M" * 36, "MNDÑ1", "A//B")):
            with self.subTest(reference):
                first = 200 + 20 * number
                run = self._take_over(self._later(first, REFERENCIA=reference))
                [issue] = self._issues(run, code="bad_reference")
                self.assertEqual(issue.value, reference)
                self.assertIn("35 characters", issue.reason)
