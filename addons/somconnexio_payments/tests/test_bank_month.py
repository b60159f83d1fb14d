# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal
from random import Random

from bank_simulator.model import Movement
from freezegun import freeze_time

from .bank_common import COLLECTION, DAY, BankCommon
from .payments_common import IBANS

SEED = 20261020
PEOPLE = 30
BILLS = 150
#: How the payers of a month write: with the number of the bill, each in their way.
WRITINGS = (
    "{name}",
    "Factura {name}",
    "pago fra. {small} gracias",
    "{dashed} quota telèfon",
    "TRANSF {plain} SOM",
    "num {name}, de l'Anna 12/10 24,20€",
)
#: What nobody can allocate: it must wait, not be guessed.
HOPELESS = ("quota", "gracias", "telefono octubre", "12/2026")


@freeze_time("2026-10-21 09:00:00")
class TestBankMonth(BankCommon):
    """A month of mixed payments against what their generator knows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chance = Random(SEED)
        cls.accounts = [
            cls._create_payer(f"Payer {number}", IBANS[number] if number < 5 else None)
            for number in range(PEOPLE)
        ]
        cls.bills = cls.env["account.move"].create(
            [
                cls._bill_vals(cls.accounts[number % PEOPLE], 10 + number)
                for number in range(BILLS)
            ]
        )
        cls.bills.action_post()

    @classmethod
    def _bill_vals(cls, account, amount):
        return {
            "move_type": "out_invoice",
            "journal_id": cls.sale_journal.id,
            "partner_id": account.partner_id.id,
            "telecom_billing_account_id": account.id,
            "invoice_date": "2026-10-03",
            "invoice_line_ids": [
                (
                    0,
                    0,
                    {
                        "name": "Services",
                        "price_unit": amount,
                        "tax_ids": False,
                        "account_id": cls.account_income.id,
                    },
                )
            ],
        }

    def _payment_of(self, bill):
        """Return a movement that pays a bill, written as people write."""
        name = bill.name
        text = self.chance.choice(WRITINGS).format(
            name=name,
            small=name.lower(),
            dashed=name.replace("/", "-"),
            plain=name.replace("/", ""),
        )
        return self._movement(f"{bill.amount_total:.2f}", text)

    def _month(self):
        """Return movements, and for each what it is for: bills, or None to wait."""
        rows = [(self._payment_of(bill), bill) for bill in self.bills[:-12]]
        for bill in self.bills[-12:-8]:
            account = bill.telecom_billing_account_id
            text = f"client {account.code}"
            rows.append((self._movement(f"{bill.amount_total:.2f}", text), None))
        for number in range(5):
            amount = Decimal(f"{number + 7}.45")
            account = self.accounts[number]
            account._receive_payment(
                amount, DAY, self.journal, f"APP-{number:06d}", key=f"a:{number}"
            )
            rows.append((self._movement(amount, f"cobro APP-{number:06d}"), None))
        self._expect(500, "ORDER-MONTH")
        order = Movement(
            DAY, Decimal(500), COLLECTION, "ORD", [], message_id="ORDER-MONTH"
        )
        rows.append((order, None))
        return rows

    def test_month_is_allocated_without_a_person_and_never_wrongly(self):
        rows = self._month()
        hopeless = self._movement("3.33", self.chance.choice(HOPELESS))
        self.chance.shuffle(rows)
        file = self._book(*(movement for movement, _bill in rows), hopeless)
        parts = self._parts(file)
        self.assertEqual(len(parts), len(rows) + 1)
        allocated = parts.filtered(lambda part: part.state == "matched")
        self.assertGreaterEqual(len(allocated) / len(parts), 0.99)
        self.assertEqual(parts[-1].reason, "no_candidate")
        for part, (_movement, bill) in zip(parts, rows, strict=False):
            if bill:
                self.assertEqual(part.line_ids.move_id, bill, part.remittance)
                self.assertEqual(bill.amount_residual, 0)
        statement = file.statement_ids
        self.assertTrue(statement.is_complete)
        self.assertEqual(len(statement.line_ids), len(parts))
        suspense = self.journal.suspense_account_id
        left = statement.line_ids.move_id.line_ids.filtered(
            lambda item: item.account_id == suspense
        )
        self.assertEqual(left.mapped("credit"), [3.33])
