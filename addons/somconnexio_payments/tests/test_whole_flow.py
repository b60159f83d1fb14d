# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from decimal import Decimal

from bank_simulator.model import Movement, Part
from freezegun import freeze_time

from odoo.tests import tagged

from .bank_common import COLLECTION, RETURN, BankCommon
from .dunning_common import DunningCommon
from .gateway_common import GatewayCommon
from .payments_common import IBANS

PAYER_NIF = "40002222R"


@tagged("post_install", "-at_install")
class TestWholeFlow(GatewayCommon, DunningCommon, BankCommon):
    """One bill: debited, returned, dunned, paid in the bank's app, reconciled.

    After each step the books say where the money is.
    """

    _receive = BankCommon.__dict__["_receive"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = cls._create_profile("plain")
        cls.payer = cls._create_debtor("Núria Font", IBANS[3], vat=PAYER_NIF)
        with freeze_time("2026-09-01 10:00:00"):
            cls.line = cls._create_subscription(account=cls.payer, state="active")
        cls.bill = cls._create_service_bill({cls.line: 30}, account=cls.payer)

    def assertWhere(self, owed, under_way, bank):
        """Assert what the payer owes, what is on its way, and what the bank has."""
        found = []
        for account in (
            self.account_receivable,
            self.account_outstanding,
            self.account_bank,
        ):
            lines = self.env["account.move.line"].search(
                [("account_id", "=", account.id), ("parent_state", "=", "posted")]
            )
            if account == self.account_receivable:
                lines = lines.filtered(self._is_payers)
                residual = sum(lines.mapped("amount_residual"))
                self.assertAlmostEqual(residual, sum(lines.mapped("balance")))
            found.append(round(sum(lines.mapped("balance")), 2))
        self.assertEqual(found, [owed, under_way, bank])

    def _is_payers(self, item):
        return item.partner_id == self.payer.partner_id

    def _tell(self, day, movement, opening):
        """Book the bank's statement of a day; return its transaction."""
        with freeze_time(f"{day} 20:00:00"):
            file = self._book(movement, day=day, opening=opening)
        return self._parts(file)

    def test_money_is_where_the_books_say_from_the_debit_to_the_end(self):
        self.assertWhere(30, 0, 0)
        with freeze_time("2026-10-05 08:00:00"):
            run = self._create_run()
            run.line_ids.filtered(
                lambda one: one.debit_move_id != self.bill
            )._leave_out("another story")
            self._bring_to(run, "booked")
        self.assertWhere(0, 30, 0)
        debit = run.line_ids
        message = run.order_ids.sepa_message_id
        part = self._tell(
            date(2026, 10, 8),
            Movement(
                date(2026, 10, 8),
                Decimal("30.00"),
                COLLECTION,
                "SETTLED",
                [],
                message_id=message,
                payment_info_id=f"{message}-1",
            ),
            "0",
        )
        self.assertEqual(part.state, "matched")
        self.assertWhere(0, 0, 30)
        back = Part(Decimal("-30.00"), debit.name, reason="MD06")
        self._tell(
            date(2026, 10, 12),
            Movement(date(2026, 10, 12), back.amount, RETURN, "BACK", [back]),
            "30",
        )
        self.assertWhere(30, 0, 0)
        self._walk("2026-10-13", "2026-11-16", self.payer)
        self.assertEqual(self.line.telecom_state, "suspended")
        self.assertEqual(self._case(self.payer).state, "suspended")
        self.assertWhere(30, 0, 0)
        with freeze_time("2026-11-17 11:00:00"):
            reply = self._pay(self.profile, "APP778899", "30.00", identifier=PAYER_NIF)
            again = self._pay(self.profile, "APP778899", "30.00", identifier=PAYER_NIF)
        self.assertEqual(again.body, reply.body)
        self.assertEqual(self.line.telecom_state, "active")
        self.assertEqual(self._case(self.payer).state, "clear")
        self.assertWhere(0, 30, 0)
        part = self._tell(
            date(2026, 11, 18),
            self._movement("30.00", "APP778899", day=date(2026, 11, 18)),
            "0",
        )
        self.assertEqual((part.state, part.rule), ("matched", "gateway"))
        self.assertWhere(0, 0, 30)
        self.assertEqual(self.bill.payment_state, "paid")
