# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestBillHistory(SomconnexioCommon):
    """Bills of another system: read, never changed; what is unpaid opens the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_billing_account()
        Account = cls.env["account.account"]
        cls.receivable = Account.create(
            {
                "name": "Receivable",
                "code": "430999",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.opening = Account.create(
            {"name": "Opening", "code": "129999", "account_type": "equity"}
        )
        cls.partner.property_account_receivable_id = cls.receivable
        cls.journal = cls.env["account.journal"].create(
            {"name": "Opening", "code": "OPEN9", "type": "general"}
        )
        cls.paid = cls._create_bill("F1", 0)
        cls.unpaid = cls._create_bill("F2", 12.1)
        cls.refund = cls._create_bill("F3", 2.1, bill_type="refund")

    @classmethod
    def _create_bill(cls, number, residual, **vals):
        return cls.env["telecom.bill.history"].create(
            {
                "number": number,
                "partner_id": cls.partner.id,
                "billing_account_id": cls.account.id,
                "issue_date": "2026-09-01",
                "due_date": "2026-09-15",
                "amount_untaxed": 10,
                "amount_tax": 2.1,
                "amount_total": 12.1,
                "amount_residual": residual,
                **vals,
            }
        )

    def _make_entries(self):
        bills = self.paid | self.unpaid | self.refund
        return bills.make_opening_entries(self.journal, self.opening, "2026-09-30")

    def test_payment_state_follows_what_is_unpaid(self):
        states = [b.payment_state for b in (self.paid, self.unpaid, self.refund)]
        self.assertEqual(states, ["paid", "open", "partial"])

    def test_each_unpaid_bill_gets_one_posted_entry_without_revenue_or_tax(self):
        moves = self._make_entries()
        self.assertEqual(len(moves), 2)
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertFalse(self.paid.opening_move_id)
        line = self.unpaid.opening_move_id.line_ids.filtered("debit")
        self.assertEqual(line.account_id, self.receivable)
        self.assertEqual(line.partner_id, self.partner)
        self.assertEqual((line.debit, line.name), (12.1, "F2"))
        self.assertEqual(str(line.date_maturity), "2026-09-15")
        self.assertFalse(moves.line_ids.tax_ids)
        self.assertEqual(
            set(moves.line_ids.account_id.ids), {self.receivable.id, self.opening.id}
        )
        credit = self.refund.opening_move_id.line_ids.filtered("credit")
        self.assertEqual((credit.account_id, credit.credit), (self.receivable, 2.1))

    def test_entries_are_made_once(self):
        self._make_entries()
        self.assertFalse(self._make_entries())

    def test_entry_is_found_from_the_bill(self):
        move = self._make_entries()[0]
        self.assertEqual(self.unpaid.action_open_entry()["res_id"], move.id)
        self.assertEqual(move.telecom_billing_account_id, self.account)

    def test_journals_and_accounts_that_make_no_sense_are_refused(self):
        sales = self.env["account.journal"].create(
            {"name": "Sales 9", "code": "SAL9", "type": "sale"}
        )
        with self.assertRaisesRegex(UserError, "miscellaneous"):
            self.unpaid.make_opening_entries(sales, self.opening, "2026-09-30")
        with self.assertRaisesRegex(UserError, "customers or suppliers"):
            self.unpaid.make_opening_entries(
                self.journal, self.receivable, "2026-09-30"
            )

    def test_facts_of_a_bill_are_not_changed(self):
        with self.assertRaisesRegex(UserError, "posted in another system"):
            self.unpaid.amount_total = 13
        self.unpaid.amount_residual = 5
        self._make_entries()
        with self.assertRaisesRegex(UserError, "Unpaid"):
            self.unpaid.amount_residual = 6
        with self.assertRaisesRegex(UserError, "take that back"):
            self.unpaid.unlink()

    def test_amounts_must_add_up_and_numbers_are_unique(self):
        for vals in (
            {"number": "F4", "amount_total": 13},
            {"number": "F5", "amount_residual": 13},
            {"number": "F1"},
        ):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_bill(
                    **{"residual": vals.pop("amount_residual", 0), **vals}
                )

    def test_accountant_opens_the_books_and_an_agent_does_not(self):
        accountant = new_test_user(
            self.env, "hist_accountant", "somconnexio_base.group_telecom_accountant"
        )
        agent = new_test_user(
            self.env, "hist_agent", "somconnexio_base.group_telecom_agent"
        )
        vals = {
            "journal_id": self.journal.id,
            "account_id": self.opening.id,
            "date": "2026-09-30",
        }
        with self.assertRaises(AccessError):
            self.env["telecom.bill.opening"].with_user(agent).create(vals)
        wizard = (
            self.env["telecom.bill.opening"]
            .with_user(accountant)
            .with_context(
                active_model="telecom.bill.history",
                active_ids=(self.unpaid | self.refund | self.paid).ids,
            )
            .create(vals)
        )
        self.assertEqual((wizard.bill_count, wizard.amount), (2, 10))
        wizard.action_make()
        self.assertTrue(self.unpaid.opening_move_id)
