# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

from bank_simulator.model import Movement, Part
from freezegun import freeze_time

from odoo.tests import Form

from .bank_common import DAY, TRANSFER, BankCommon
from .payments_common import IBANS


@freeze_time("2026-10-21 09:00:00")
class TestBankPayers(BankCommon):
    """Who paid is looked at too, and whoever paid is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joan = cls._create_payer("Joan Mas", IBANS[1], vat="ES40002222R")
        cls.webhook = cls.env["telecom.webhook"].create(
            {
                "name": "shop",
                "base_url": "https://shop.example/hook",
                "event_type_ids": cls._ref("webhook_event_payment_received").ids,
            }
        )
        cls.Notice = cls.env["telecom.notice"]

    def _told(self, file):
        """Return (state, rule or reason) of the transactions of a file."""
        return [(part.state, part.rule or part.reason) for part in self._parts(file)]

    def _notices_of(self, record):
        return self.Notice.search(
            [("kind_id.code", "=", "transfer_received"), ("res_id", "in", record.ids)]
        )

    def test_number_without_zeros_or_letters_is_the_bill(self):
        bill = self._create_bill(self.payer, 24.2)
        letters, *rest = bill.name.split("/")
        short = "/".join([letters, *(part.lstrip("0") for part in rest)])
        self.assertEqual(
            self._told(self._book(self._movement("24.20", f"fra {short}"))),
            [("matched", "bill")],
        )
        bill = self._create_bill(self.payer, 24.2)
        bare = "/".join(bill.name.split("/")[1:])
        file = self._book(
            self._movement("24.00", bare), self._movement("24.20", f"fra {bare}")
        )
        self.assertEqual(
            self._told(file), [("exception", "no_candidate"), ("matched", "bill")]
        )

    def test_tax_id_of_the_payer_pays_what_the_account_owes(self):
        bill = self._create_bill(self.joan, 24.2)
        file = self._book(self._movement("24.20", "DNI 40002222-r, telèfon"))
        self.assertEqual(self._told(file), [("matched", "account")])
        self.assertEqual(bill.amount_residual, 0)

    def test_number_of_a_line_pays_what_its_account_owes(self):
        bill = self._create_bill(self.joan, 24.2)
        subscription = self._create_subscription(
            self.offering_mobile, account=self.joan, state="active"
        )
        number = subscription.assignment_ids.resource_id.filtered(
            lambda resource: resource.kind_id == self.kind_msisdn
        ).name
        text = f"mòbil {number.removeprefix('34')} octubre"
        file = self._book(self._movement("24.20", text))
        self.assertEqual(self._told(file), [("matched", "account")])
        self.assertEqual(bill.amount_residual, 0)

    def test_two_persons_named_wait(self):
        self._create_bill(self.joan, 24.2)
        text = f"40002222R per {self.payer.code}"
        file = self._book(self._movement("24.20", text))
        self.assertEqual(self._told(file), [("exception", "ambiguous")])

    def test_mistyped_number_of_somebody_else_s_bill_waits(self):
        """By the IBAN, and by the name where the IBAN is unknown."""
        other = self._create_bill(self.payer, 24.2)
        self._create_bill(self.joan, 24.2)
        for day, known in ((0, {"iban": IBANS[1]}), (1, {"name": "MAS, JOAN"})):
            with self.subTest(known):
                movement = self._movement(
                    "24.20", other.name, day=DAY + timedelta(days=day), **known
                )
                with freeze_time("2026-10-23 09:00:00"):
                    file = self._book(movement, day=DAY + timedelta(days=day))
                self.assertEqual(self._told(file), [("exception", "other_payer")])
        self.assertEqual(other.amount_residual, 24.2)

    def test_other_amount_from_somebody_of_another_name_waits(self):
        bill = self._create_bill(self.payer, 24.2)
        stranger = self._movement("20.00", bill.name, name="Pere Font")
        own = self._movement("4.00", bill.name, name="PUIG SERRA ANNA")
        file = self._book(stranger, own)
        self.assertEqual(
            self._told(file), [("exception", "amount_differs"), ("matched", "bill")]
        )
        self.assertAlmostEqual(bill.amount_residual, 20.2)

    def test_iban_that_paid_for_somebody_before_is_known(self):
        iban = IBANS[4]
        first = self._create_bill(self.payer, 24.2)
        self._book(self._movement("24.20", first.name, iban=iban, name="Pere Font"))
        second = self._create_bill(self.payer, 31)
        later = DAY + timedelta(days=1)
        with freeze_time("2026-10-22 09:00:00"):
            file = self._book(
                self._movement("31.00", "quota", iban=iban, day=later),
                opening="1024.20",
                day=later,
            )
        self.assertEqual(self._told(file), [("matched", "iban_amount")])
        self.assertEqual(second.amount_residual, 0)

    def test_iban_of_more_than_a_household_tells_nothing(self):
        iban = IBANS[4]
        for number in range(4):
            account = self._create_payer(f"Payer {number}", iban)
            self._create_bill(account, 50 + number)
        file = self._book(self._movement("50.00", "quota", iban=iban))
        self.assertEqual(self._told(file), [("exception", "no_candidate")])

    def test_bill_paid_twice_from_the_payer_s_iban_is_credit_on_account(self):
        bill = self._create_bill(self.payer, 24.2)
        self._book(self._movement("24.20", bill.name, iban=IBANS[0]))
        later = DAY + timedelta(days=1)
        with freeze_time("2026-10-22 09:00:00"):
            file = self._book(
                self._movement("24.20", bill.name, iban=IBANS[0], day=later),
                opening="1024.20",
                day=later,
            )
        self.assertEqual(self._told(file), [("matched", "account")])
        self.assertEqual(self.payer.payment_ids.amount, 24.2)
        self.assertEqual(self.payer._free_credit_items().amount_residual, -24.2)

    def test_what_is_more_than_the_bill_named_pays_the_next(self):
        named = self._create_bill(self.payer, 10, due_date="2026-10-20")
        other = self._create_bill(self.payer, 12, due_date="2026-10-10")
        file = self._book(self._movement("25.00", named.name))
        self.assertEqual(self._told(file), [("matched", "bill")])
        self.assertEqual((named.amount_residual, other.amount_residual), (0, 0))
        credit = self.payer._free_credit_items()
        self.assertAlmostEqual(credit.amount_residual, -3)

    def test_credit_by_transfer_is_that_account_s_and_no_other_s(self):
        second = self._create_billing_account(self.payer.partner_id)
        bill = self._create_bill(self.payer, 10)
        self._book(self._movement("15.00", bill.name))
        self.assertAlmostEqual(self.payer._free_credit_items().amount_residual, -5)
        self.assertFalse(second._free_credit_items())

    def test_payer_and_systems_are_told_of_a_transfer_as_of_any_payment(self):
        bill = self._create_bill(self.payer, 24.2)
        file = self._book(
            self._movement("24.20", bill.name), self._movement("5.00", "unknown")
        )
        known, unknown = self._parts(file)
        self.assertEqual((known.is_told, unknown.is_told), (True, False))
        (message,) = self.webhook.call_ids
        data = json.loads(message.body)["data"]
        self.assertEqual(data["billing_account"], self.payer.code)
        self.assertEqual(data["bill_ids"], bill.ids)
        notice = self._notices_of(known | unknown)
        self.assertEqual(notice.kind_id.code, "transfer_received")
        self.assertEqual(notice.partner_id, self.payer.partner_id)

    def test_payer_is_not_told_where_the_company_does_not_want_it(self):
        self.company.telecom_tells_payments = False
        bill = self._create_bill(self.payer, 24.2)
        part = self._parts(self._book(self._movement("24.20", bill.name)))
        self.assertFalse(self._notices_of(part))
        self.assertEqual(len(self.webhook.call_ids), 1)

    def _allocate(self, line, bill):
        """Allocate a statement line to a bill in OCA's view, as a person does."""
        item = bill.line_ids.filtered(
            lambda one: one.account_id == self.account_receivable
        )
        with Form(
            line,
            view="account_reconcile_oca.bank_statement_line_form_reconcile_view",
        ) as form:
            form.add_account_move_line_id = item
        line.reconcile_bank_line()

    def test_money_that_a_person_allocates_is_told_alike_and_only_once(self):
        bill = self._create_bill(self.payer, 24.2)
        part = self._parts(self._book(self._movement("24.20", "unknown")))
        line = part.statement_line_id
        self._allocate(line, bill)
        self.assertEqual((part.state, part.is_told), ("by_hand", True))
        self.assertEqual(part.line_ids.move_id, bill)
        self.assertEqual(part.billing_account_id, self.payer)
        self.assertEqual(self._notices_of(part).partner_id, self.payer.partner_id)
        line.unreconcile_bank_line()
        self.assertEqual((part.state, part.billing_account_id.id), ("exception", False))
        self.assertEqual(bill.amount_residual, 24.2)
        line.clean_reconcile()
        self._allocate(line, bill)
        self.assertEqual(len(self._notices_of(part)), 1)
        self.assertEqual(len(self.webhook.call_ids), 1)

    def test_rest_of_an_entry_allocated_by_hand_leaves_the_other_bill_paid(self):
        known = self._create_bill(self.payer, 10)
        other = self._create_bill(self.joan, 7)
        parts = [
            Part(Decimal(10), "E1", text=known.name),
            Part(Decimal(7), "E2", text="?"),
        ]
        file = self._book(Movement(DAY, Decimal(17), TRANSFER, "MULTI", parts))
        self.assertEqual(
            self._told(file), [("matched", "bill"), ("exception", "no_candidate")]
        )
        self._allocate(file.statement_ids.line_ids, other)
        self.assertEqual((known.amount_residual, other.amount_residual), (0, 0))
        first, second = self._parts(file)
        self.assertEqual((first.state, second.state), ("matched", "by_hand"))
        self.assertEqual(second.billing_account_id, self.joan)
        self.assertEqual(first.line_ids.move_id, known)

    def test_allocation_that_a_person_undoes_waits_for_a_person(self):
        bill = self._create_bill(self.payer, 24.2)
        part = self._parts(self._book(self._movement("24.20", bill.name)))
        part.statement_line_id.unreconcile_bank_line()
        self.assertEqual((part.state, part.reason), ("exception", "undone"))
        self.assertEqual(bill.amount_residual, 24.2)
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            part._cron_try_again()
        self.assertEqual((part.state, part.reason), ("exception", "undone"))
        part.action_try_again()
        self.assertEqual(part.state, "matched")
        self.assertEqual(bill.amount_residual, 0)

    def test_exception_tells_who_has_paid_it_where_only_one_can_have(self):
        self._create_bill(self.joan, 24.2)
        file = self._book(self._movement("11.00", "?", iban=IBANS[1]))
        part = self._parts(file)
        self.assertEqual(part.reason, "amount_differs")
        self.assertEqual(part.partner_id, self.joan.partner_id)
        self.assertEqual(part.statement_line_id.partner_id, self.joan.partner_id)
