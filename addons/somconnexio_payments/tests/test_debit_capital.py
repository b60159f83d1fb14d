# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.somconnexio_base.tests.membership_common import MembershipCommon

from ..mandate_paper import texts
from .debit_common import NOW, DebitCommon
from .payments_common import IBANS


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDebitCapital(DebitCommon, MembershipCommon):
    """Instalments of share capital are collected by the same runs as bills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member(paid=False)
        bank = cls._create_bank_account(cls.member.partner_id, IBANS[0])
        cls.member.partner_bank_id = bank
        cls.mandate = cls.Mandate.create(
            {
                "partner_id": cls.member.partner_id.id,
                "partner_bank_id": bank.id,
                "membership_id": cls.member.id,
                "signature_date": "2026-09-01",
            }
        )
        cls.mandate.validate()
        cls.call = cls.member.call_ids

    def test_instalment_is_debited_paid_returned_and_debited_again(self):
        self.company.cooperative_call_attempts = 3
        self.assertTrue(self.call.is_collected_by_debit)
        run = self._create_run()
        line = run.line_ids
        self.assertEqual(
            (line.capital_call_id, line.debit_kind), (self.call, "capital")
        )
        self._bring_to(run, "booked")
        self.assertEqual((self.call.state, self.member.state), ("paid", "active"))
        self.assertEqual(self._account_balances(self.member.partner_id), {"100": -100})
        self.call.instalment_failed(date(2026, 10, 20), "AM04")
        self.call.action_call_again()
        second = self.Run.search([("is_automatic", "=", True)])
        self.assertEqual(second.line_ids.capital_call_id, self.call)
        self._bring_to(second, "booked")
        self.assertEqual(self.call.state, "paid")

    def test_refused_file_leaves_the_instalment_unpaid_and_the_books_even(self):
        self.company.cooperative_call_attempts = 3
        run = self._bring_to(self._create_run(), "booked")
        run._undo("RJCT")
        self.assertEqual(self.call.state, "failed")
        self.assertEqual(
            self._account_balances(self.member.partner_id), {"100": -100, "558": 100}
        )
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.account_outstanding.id)]
        )
        self.assertEqual(sum(lines.mapped("balance")), 0)

    def test_member_without_a_mandate_is_listed(self):
        self.mandate._stop("revoked")
        self.assertFalse(self.call.is_collected_by_debit)
        run = self._create_run()
        self.assertEqual(run.left_out_ids.reason, "no_mandate")
        self.assertEqual(run.left_out_ids.capital_call_id, self.call)

    def test_capital_goes_to_its_own_account_and_file_if_the_company_wishes(self):
        self.company.telecom_debit_capital_journal_id = self.bank_journal.copy(
            {"name": "Capital bank", "code": "TBN2"}
        )
        self.company.telecom_debit_capital_journal_id.bank_acc_number = IBANS[4]
        payer = self._create_debtor("Payer", IBANS[1])
        self._create_bill(payer, 12)
        run = self._bring_to(self._create_run(), "filed")
        orders = run.order_ids
        self.assertEqual(len(orders), 2)
        self.assertEqual(len(set(orders.mapped("sepa_message_id"))), 2)
        self.assertEqual(sorted(orders.mapped("total_company_currency")), [12, 100])
        self.assertEqual(len(run._collection_files()), 2)

    def _submit(self, key, **consent):
        """Hand in a request to join with a consent to the debit of its share."""
        shown = self.Mandate.text_to_agree("ca_ES")
        answer = self.Request.submit(
            {
                "name": "Pau Web",
                "vat": self._next_vat(),
                "email": "pau@example.org",
                "street": "Carrer Major 1",
                "zip": "08820",
                "city": "el Prat de Llobregat",
                "country": "ES",
                "lang": "ca_ES",
                "share_class": "T-MAND",
                "iban": IBANS[2],
                "accepted_at": NOW,
                "external_key": key,
                "mandate": {
                    "signer": "Pau Web",
                    "ip": "203.0.113.9",
                    "lang": "ca_ES",
                    "version": shown["version"],
                    **consent,
                },
            }
        )
        return self.Request.browse(answer["id"]), shown

    def test_who_joins_on_the_web_agrees_to_the_debit_of_the_share_with_proof(self):
        self.mandate._stop("not part of this")
        request, shown = self._submit("form-1")
        with freeze_time("2026-10-06 10:00:00"):
            self.assertEqual(self._submit("form-1")[0], request)
            request.action_approve()
        mandate = request.membership_id.mandate_ids
        self.assertEqual((mandate.state, mandate.origin), ("valid", "web"))
        self.assertEqual(mandate.signature_date, date(2026, 10, 5))
        self.assertEqual(
            (mandate.consent_name, mandate.consent_iban, mandate.consent_text),
            ("Pau Web", IBANS[2], shown["text"]),
        )
        self.assertIn("vuit setmanes", shown["text"])
        self.assertEqual(mandate.consent_hash, mandate._consent_fingerprint())
        run = self.Run.search([("is_automatic", "=", True)])
        self.assertEqual(run.line_ids.mandate_id, mandate)
        self.assertEqual(run.line_ids.amount_currency, 100)

    def test_consent_without_its_proof_or_for_another_iban_makes_no_mandate(self):
        with self.assertRaisesRegex(UserError, "has changed since"):
            self._submit("form-2", version="2019-1")
        with self.assertRaisesRegex(UserError, "signer, ip, lang, version"):
            self._submit("form-2", browser="x")
        for consent in (
            {"ip": ""},
            {"ip": "my house"},
            {"ip": 5},
            {"signer": " "},
            {"signer": ["x"]},
        ):
            with self.subTest(consent), self.assertRaisesRegex(UserError, "who agrees"):
                self._submit("form-2", **consent)
        with self.assertRaisesRegex(UserError, "such as ca_ES"):
            self._submit("form-2", lang=5)
        self.assertEqual(texts.VERSION, self.Mandate.text_to_agree()["version"])
        request, _shown = self._submit("form-2")
        with self.assertRaisesRegex(UserError, "use the buttons"):
            request.mandate_iban = IBANS[3]
        request.iban = IBANS[3]
        request.action_approve()
        self.assertFalse(request.membership_id.mandate_ids)
