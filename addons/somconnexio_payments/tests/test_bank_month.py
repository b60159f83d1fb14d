# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import Counter
from decimal import Decimal

from bank_simulator.model import Movement
from bank_simulator.payers import Expected, Judgement, Month, Owed
from freezegun import freeze_time
from schwifty import IBAN
from stdnum.es import dni

from odoo import Command

from .bank_common import COLLECTION, DAY, BankCommon

SEED = 20261020
PEOPLE = 120
#: Some people owe two bills and pay them together.
WITH_TWO = 4
#: Rare ways of paying are more frequent here, so that a small month has them all.
KINDS = {
    "bill": 40,
    "bill_by_partner": 10,
    "member": 8,
    "tax_id": 8,
    "account": 8,
    "iban": 10,
    "cents_off": 5,
    "twice": 5,
    "too_much": 5,
    "mistyped": 4,
    "nothing": 3,
    "iban_other_amount": 3,
}


@freeze_time("2026-10-21 09:00:00")
class TestBankMonth(BankCommon):
    """A month of payments as people make them, against what their generator knows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = [cls._create_person(number) for number in range(PEOPLE)]
        cls.bills = cls.env["account.move"].create(
            [
                # Few amounts for many people: a mistyped number is another's bill.
                cls._bill_vals(account, 20 + number % 7)
                for number, account in enumerate(cls.accounts + cls.accounts[:WITH_TWO])
            ]
        )
        cls.bills.action_post()
        cls.code_of = {
            bill.name: bill.telecom_billing_account_id.code for bill in cls.bills
        }

    @classmethod
    def _create_person(cls, number):
        account = cls._create_payer(
            f"Payer Number {number} Puig", cls._iban(number), vat=_tax_id(number)
        )
        cls.env["cooperative.membership"]._create_guarded(
            [
                {
                    "partner_id": account.partner_id.id,
                    "company_id": cls.company.id,
                    "kind": "member",
                    "number": str(7000 + number),
                    "state": "active",
                    "joined_date": "2026-01-01",
                }
            ]
        )
        return account

    @staticmethod
    def _iban(number):
        account = f"{number:010d}"
        return str(
            IBAN.generate(
                "ES", bank_code="2100", branch_code="0418", account_code=account
            )
        )

    @classmethod
    def _bill_vals(cls, account, amount):
        return {
            "move_type": "out_invoice",
            "journal_id": cls.sale_journal.id,
            "partner_id": account.partner_id.id,
            "telecom_billing_account_id": account.id,
            "invoice_date": "2026-10-03",
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Services",
                        "price_unit": amount,
                        "tax_ids": False,
                        "account_id": cls.account_income.id,
                    }
                )
            ],
        }

    def _owed(self):
        """Return what people owe, as they know it."""
        return [
            Owed(
                number=bill.name,
                amount=Decimal(f"{bill.amount_total:.2f}"),
                account=account.code,
                member=str(7000 + self.accounts.index(account)),
                tax_id=account.partner_id.vat.removeprefix("ES"),
                name=account.partner_id.name.upper(),
                iban=account.partner_bank_id.sanitized_acc_number,
                partner_iban=self._iban(5000 + account.id),
            )
            for bill in self.bills
            for account in bill.telecom_billing_account_id
        ]

    def _expected(self):
        """Return money on its way: of a bank app, and of debits booked one by one."""
        apps = []
        for number in range(5):
            account = self._create_payer(f"App {number}")
            amount = Decimal(f"{number + 7}.45")
            reference = f"APP-{number:06d}"
            account._receive_payment(
                amount, DAY, self.journal, reference, key=f"a:{number}"
            )
            apps.append(Expected(reference, amount))
        self._expect(12, "DEBIT-000017")
        return [*apps, Expected("DEBIT-000017", Decimal(12))]

    def _judge(self, part, paid, judgement):
        """Count what became of one transaction."""
        if paid.reference:
            named = {paid.reference} & {*self._names(part.line_ids)}
            judgement.add(paid, part.state == "matched", "", named, part.reason)
        else:
            judgement.add(
                paid,
                part.state == "matched",
                part.billing_account_id.code,
                set(part.line_ids.move_id.mapped("name")),
                part.reason,
            )

    @staticmethod
    def _names(items):
        return [
            name
            for item in items
            for name in (item.name, item.payment_id.payment_reference)
        ]

    def test_month_is_allocated_without_a_person_and_never_wrongly(self):
        month = Month(SEED, DAY).payments(self._owed(), self._expected(), KINDS)
        self.assertEqual(len(Counter(paid.kind for paid in month)), len(KINDS) + 2)
        file = self._book(*(paid.movement for paid in month))
        parts = self._parts(file)
        judgement = Judgement()
        for part, paid in zip(parts, month, strict=True):
            self.assertEqual(part.remittance or "", paid.movement.parts[0].text)
            self._judge(part, paid, judgement)
        self.assertEqual(judgement.wrong, [])
        self.assertGreaterEqual(judgement.clear_share, Decimal("0.99"))
        self.assertEqual(judgement.clear_share, 1, judgement.waiting)
        self._check_books(file, parts, month)

    def _check_books(self, file, parts, month):
        """Bills are paid, the statement is complete, suspense is what waits."""
        by_name = {bill.name: bill for bill in self.bills}
        exact = [paid for paid in month if paid.kind in ("bill", "tax_id", "two_bills")]
        for paid in exact:
            for number in paid.bills:
                self.assertEqual(by_name[number].amount_residual, 0, paid)
        statement = file.statement_ids
        self.assertTrue(statement.is_complete)
        self.assertEqual(len(statement.line_ids), len(parts))
        suspense = statement.line_ids.move_id.line_ids.filtered(
            lambda item: item.account_id == self.journal.suspense_account_id
        )
        waiting = parts.filtered(lambda part: part.state == "exception")
        self.assertTrue(waiting)
        self.assertEqual(
            sorted(suspense.mapped("credit")), sorted(waiting.mapped("amount"))
        )
        self.assertEqual(set(waiting.mapped("by_hand_share")), {1})


@freeze_time("2026-10-21 09:00:00")
class TestBankOrder(BankCommon):
    """A debit order among a month's payments."""

    def test_order_with_payments_around_it_settles_its_expected_line(self):
        self._expect(500, "ORDER-MONTH")
        order = Movement(
            DAY, Decimal(500), COLLECTION, "ORD", [], message_id="ORDER-MONTH"
        )
        file = self._book(self._movement("3.33", "quota"), order)
        self.assertEqual(
            [(part.state, part.rule) for part in self._parts(file)],
            [("exception", False), ("matched", "batch")],
        )


def _tax_id(number):
    digits = f"{40_000_000 + number * 37:08d}"
    return f"ES{digits}{dni.calc_check_digit(digits)}"
