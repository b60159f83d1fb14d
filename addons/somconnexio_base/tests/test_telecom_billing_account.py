# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestTelecomBillingAccount(SomconnexioCommon):
    def test_code_is_drawn_from_the_sequence(self):
        first, second = self._create_billing_account(), self._create_billing_account()
        self.assertRegex(first.code, r"^BA\d{5}$")
        self.assertNotEqual(first.code, second.code)

    def test_code_of_a_no_gap_sequence_is_drawn_one_by_one(self):
        sequence = self._ref("sequence_telecom_billing_account")
        sequence.write({"implementation": "no_gap", "number_next": 700})
        accounts = self.env["telecom.billing.account"].create(
            [{"partner_id": self.partner.id} for _number in range(3)]
        )
        self.assertEqual(accounts.mapped("code"), ["BA00700", "BA00701", "BA00702"])

    @mute_logger("odoo.sql_db")
    def test_same_code_twice_in_a_company_is_refused(self):
        account = self._create_billing_account()
        with self.assertRaisesRegex(IntegrityError, "code_company_unique"):
            self._create_billing_account(code=account.code)

    def test_address_and_language_are_taken_from_the_payer(self):
        partner = self._create_partner(email="Pau Serra <Pau@Example.org>")
        account = self._create_billing_account(partner)
        self.assertEqual(account.bill_email, "pau@example.org")
        self.assertEqual(account.lang, "en_US")

    def test_address_of_the_bill_stays_when_the_payer_changes_theirs(self):
        account = self._create_billing_account()
        self.partner.email = "other@example.org"
        self.assertEqual(account.bill_email, "maria@example.org")

    def test_several_addresses_are_written_in_one_manner(self):
        account = self._create_billing_account(
            bill_email="One@example.org;two@example.org  three@example.org"
        )
        self.assertEqual(
            account.bill_email, "one@example.org, two@example.org, three@example.org"
        )

    def test_bad_address_is_refused_by_name(self):
        account = self._create_billing_account()
        with self.assertRaisesRegex(ValidationError, "not-an-address in the bill"):
            account.bill_email = "one@example.org, not-an-address"

    def test_direct_debit_without_iban_gives_a_warning(self):
        account = self._create_billing_account()
        self.assertIn("no IBAN", account.collection_warning)

    def test_transfer_or_iban_gives_no_warning(self):
        account = self._create_billing_account(collection_method="transfer")
        self.assertFalse(account.collection_warning)
        bank_account = self._create_bank_account()
        account.write(
            {"collection_method": "direct_debit", "partner_bank_id": bank_account.id}
        )
        self.assertFalse(account.collection_warning)

    def test_subscriptions_are_counted_per_account_in_one_query(self):
        accounts = self._create_billing_account() | self._create_billing_account()
        for _number in range(2):
            self._create_subscription(account=accounts[0], with_resources=False)
        accounts.invalidate_recordset()
        self.assertEqual(accounts.mapped("subscription_count"), [2, 0])
        accounts.invalidate_recordset()
        with self.assertQueryCount(1):
            accounts.mapped("subscription_count")

    def test_bills_are_counted_and_opened(self):
        account = self._create_billing_account()
        journal = self.env["account.journal"].search([("type", "=", "sale")], limit=1)
        if not journal:
            journal = self.env["account.journal"].create(
                {"name": "Sales", "code": "TSAL", "type": "sale"}
            )
        bill = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "journal_id": journal.id,
                "telecom_billing_account_id": account.id,
            }
        )
        self.assertEqual(account.bill_count, 1)
        found = self.env["account.move"].search(account.action_view_bills()["domain"])
        self.assertEqual(found, bill)

    def test_account_is_found_by_code_name_and_nif(self):
        self.partner.write({"name": "Núria Camps", "vat": "ES40001111V"})
        account = self._create_billing_account()
        for typed in (account.code, "Núria", "40001111V"):
            with self.subTest(typed):
                found = self.env["telecom.billing.account"].name_search(typed)
                self.assertIn(account.id, [record_id for record_id, _name in found])

    def test_opened_subscriptions_are_those_of_the_account(self):
        account = self._create_billing_account()
        subscription = self._create_subscription(account=account)
        domain = account.action_view_subscriptions()["domain"]
        self.assertEqual(self.env["contract.contract"].search(domain), subscription)

    def test_account_is_archived_only_when_it_pays_for_nothing(self):
        subscription = self._create_subscription(state="active")
        account = subscription.telecom_billing_account_id
        with self.assertRaisesRegex(UserError, f"still pays for {subscription.code}"):
            account.action_archive()
        subscription.terminate(self.reason_terminate)
        account.action_archive()
        self.assertFalse(account.active)
