# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Ageing, and expected against received, against a ledger kept in plain Python."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo.tests import tagged

from .payments_common import PaymentsCommon

NOW = "2026-10-16 08:00:00"
TODAY = date(2026, 10, 16)
FIRST = date(2026, 3, 1)
BILLS = 24
SEED = 5
#: The longest that each age lasts, in days overdue.
AGES = ((30, "2_30"), (60, "3_60"), (90, "4_90"), (180, "5_180"), (9999, "6_more"))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDeskFigures(PaymentsCommon):
    """Bills of eight months, some paid late, in parts or given back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = random.Random(SEED)
        cls.accounts = [cls._create_payer(f"Payer {number}") for number in range(4)]
        for account in cls.accounts:
            account.collection_method = chance.choice(["transfer", "direct_debit"])
        #: Rows of (bill day, due day, cents, [(day, cents settled)]).
        cls.ledger = [cls._live(chance) for _number in range(BILLS)]
        cls.company_ids = [account.id for account in cls.accounts]

    @classmethod
    def _live(cls, chance):
        """Let a bill be written and perhaps settled; return what happened."""
        account = chance.choice(cls.accounts)
        day = FIRST + timedelta(days=chance.randrange(220))
        due, cents = day + timedelta(days=chance.choice([7, 20])), chance.randrange(999)
        cents += 1000
        bill = cls._create_bill(account, cents / 100, str(day), str(due))
        settled, left = [], cents
        for part in chance.choice([(), (), (1,), (0.4,), (0.3, 0.3), (0.5, 1)]):
            some = min(left, round(cents * part))
            paid_on = min(due + timedelta(days=chance.randrange(-5, 60)), TODAY)
            if some:
                cls._settle(bill, some, paid_on, f"{bill.name} {len(settled)}")
                settled.append((paid_on, some))
                left -= some
        return account.collection_method, day, due, cents, settled

    @classmethod
    def _settle(cls, bill, cents, day, reference):
        """Pay a part of a bill, and nothing else."""
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": bill.partner_id.id,
                "amount": cents / 100,
                "date": day,
                "journal_id": cls.bank_journal.id,
                "memo": reference,
                "telecom_billing_account_id": bill.telecom_billing_account_id.id,
            }
        )
        payment.action_post()
        lines = (payment.move_id | bill).line_ids
        lines.filtered(
            lambda line: (
                line.account_id == cls.account_receivable and not line.reconciled
            )
        ).reconcile()

    def _aged(self, day):
        """Return {(month, age): cents owed on a day}, by the ledger kept here."""
        owed = defaultdict(int)
        for _method, billed_on, due, cents, settled in self.ledger:
            left = cents - sum(some for paid_on, some in settled if paid_on <= day)
            if billed_on > day or not left:
                continue
            overdue = (day - due).days
            age = next(age for most, age in AGES if overdue <= most)
            owed[billed_on.replace(day=1), age if overdue > 0 else "1_not_due"] += left
        return dict(owed)

    def _told(self, **context):
        """Return {(month, age): cents owed} as the report says."""
        groups = (
            self.env["telecom.receivable.ageing"]
            .with_context(**context)
            ._read_group(
                [
                    ("billing_account_id", "in", self.company_ids),
                    ("open_amount", "!=", 0),
                ],
                ["bill_month_date:month", "bucket"],
                ["open_amount:sum"],
            )
        )
        return {
            (month, age): int((Decimal(str(amount)) * 100).to_integral_value())
            for month, age, amount in groups
        }

    def test_ageing_of_today_is_that_of_a_ledger_kept_by_hand(self):
        told = self._told()
        self.assertEqual(told, self._aged(TODAY))
        self.assertGreater(len({age for _month, age in told}), 3)

    def test_ageing_of_a_past_day_is_what_was_owed_then(self):
        for named, day in (
            ("last_month", date(2026, 9, 30)),
            ("month_before", date(2026, 8, 31)),
            ("2026-06-15", date(2026, 6, 15)),
            ("2030-01-01", TODAY),
        ):
            with self.subTest(named):
                self.assertEqual(self._told(ageing_date=named), self._aged(day))
        self.assertNotEqual(self._aged(TODAY), self._aged(date(2026, 9, 30)))

    def test_expected_and_received_by_day_are_those_of_a_ledger_kept_by_hand(self):
        mine = defaultdict(lambda: [0, 0])
        for _method, _day, due, cents, settled in self.ledger:
            mine[due][0] += cents
            for paid_on, some in settled:
                mine[paid_on][1] += some
        groups = self.env["telecom.cash.item"]._read_group(
            [("billing_account_id", "in", self.company_ids)],
            ["day:day"],
            ["expected_amount:sum", "received_amount:sum", "difference_amount:sum"],
        )
        told = {
            day: [round(expected * 100), round(received * 100)]
            for day, expected, received, _difference in groups
        }
        self.assertEqual(told, dict(mine))
        for _day, expected, received, difference in groups:
            self.assertAlmostEqual(difference, received - expected, 2)

    def test_each_row_is_opened_by_its_own_number(self):
        Item = self.env["telecom.cash.item"]
        rows = Item.search([("billing_account_id", "in", self.company_ids)])
        self.assertEqual(len(set(rows.ids)), len(rows))
        self.assertEqual(Item.browse(rows[0].id).amount, rows[0].amount)
        by_way = {row.way for row in rows if row.side == "expected"}
        self.assertEqual(by_way, {method for method, *_rest in self.ledger})
