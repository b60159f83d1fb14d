# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re
from decimal import Decimal

from bank_simulator.model import Movement, Part
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.desk.close_checks import CHECKS
from .bank_common import DAY, RETURN, BankCommon
from .desk_common import DeskCommon
from .payments_common import IBANS

NOW = "2026-10-20 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMonthClose(BankCommon, DeskCommon):
    """October: two debits of which one came back, and something of every kind.

    Anna's debit of 24.20 was returned, Joan's of 40 was not; 7 came without a word.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_debtor("Anna Puig", IBANS[1])
        cls.joan = cls._create_debtor("Joan Mas", IBANS[2])
        with freeze_time("2026-10-05 08:00:00"):
            cls.bill = cls._create_bill(cls.anna, 24.2)
            cls._create_bill(cls.joan, 40)
            cls.run_ = cls._create_run()
            cls._bring_to(cls.run_, "sent")
        cls.run_.slice_ids._job_book()
        cls.run_._job_close()
        line = cls.run_.line_ids.filtered(lambda one: one.debit_move_id == cls.bill)
        back = [Part(Decimal("-24.20"), line.name, reason="AM04")]
        cls._book(
            Movement(DAY, Decimal("-24.20"), RETURN, f"RET{line.name}", back),
            cls._movement("7.00", "thank you"),
        )
        cls._register()
        cls.anna._receive_payment(Decimal("50"), DAY, cls.bank_journal, "T1")
        with freeze_time("2026-10-31 22:30:00"):  # half past eleven in Madrid
            cls._take_by_card("10", cls.joan)
        with freeze_time("2026-10-31 23:30:00"):  # November already
            cls._take_by_card("11", cls.joan)

    @classmethod
    def _register(cls):
        """Write down a bank's register that lacks 3 of what we have."""
        gateway = cls.env["telecom.payment.gateway"].create(
            {
                "name": "App",
                "slug": "close-test",
                "protocol": "plain_pair",
                "auth_kind": "none",
                "networks": "127.0.0.1/32",
                "journal_id": cls.bank_journal.id,
                "is_sandbox": False,
            }
        )
        cls.env["telecom.payment.gateway.register"].create(
            {
                "gateway_id": gateway.id,
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "day": DAY,
                "digest": "test",
                "our_amount": 15,
                "bank_amount": 12,
            }
        )

    @classmethod
    def _take_by_card(cls, amount, account):
        """Write down money that a provider took and nobody booked."""
        transaction = cls.env["payment.transaction"].create(
            {
                "provider_id": cls.env["payment.provider"].search([], limit=1).id,
                "payment_method_id": cls.env.ref("payment.payment_method_unknown").id,
                "reference": f"card {amount}",
                "amount": amount,
                "currency_id": cls.company.currency_id.id,
                "partner_id": account.partner_id.id,
                "operation": "online_redirect",
            }
        )
        transaction._set_done()

    def _close(self, month="2026-10-01"):
        return self._as("accountant", self.env["telecom.month.close"]).create(
            {"month_date": month, "company_id": self.company.id}
        )

    def _figures(self, close):
        """Return {code: (figure, expected)} of what is to be looked at."""
        return {
            line.code: (line.figure, line.expected)
            for line in close.line_ids
            if line.state == "look"
        }

    def _sum(self, action, rows):
        """Return what the rows of a link add up to, row by row."""
        found = self._as("accountant", self.env[action["res_model"]]).search(
            action["domain"]
        )
        if not rows.measure:
            return len(found)
        total = sum(Decimal(f"{row[rows.measure]:.2f}") for row in found)
        if rows.less:
            total -= sum(Decimal(f"{row[rows.less]:.2f}") for row in found)
        return float(total * rows.sign)

    def test_rows_of_each_figure_add_up_to_it(self):
        member = self._create_member("Núria")
        self._left_member("Pau", IBANS[3]).action_refund()
        close = self._close()
        self.assertTrue(member)
        for check, line in zip(CHECKS, close.line_ids, strict=True):
            with self.subTest(check.code):
                self.assertEqual(line.code, check.code)
                self.assertTrue(line.name and line.remedy and line.is_figure_open)
                self.assertEqual(
                    line.figure, self._sum(line.action_open_rows(), check.figure)
                )
                if check.expected:
                    found = self._sum(line.action_open_expected(), check.expected)
                    self.assertEqual(line.expected, found)
                else:
                    self.assertEqual(line.expected, 0)
                    with self.assertRaisesRegex(UserError, "should be nothing"):
                        line.action_open_expected()

    def test_figures_are_those_of_the_files_that_went_out_and_came_in(self):
        close = self._close()
        lines = {line.code: line for line in close.line_ids}
        content = self.run_.order_ids.payment_file_id.raw
        told = float(re.search(rb"<CtrlSum>([\d.]+)</CtrlSum>", content)[1])
        self.assertEqual(told, 64.2)
        for code, figure, expected, state in (
            ("debits_filed", told, 64.2, "right"),
            ("debits_booked", 64.2, 64.2, "right"),
            ("returns_booked", 24.2, 24.2, "right"),
            ("bank_exceptions", 1, 0, "look"),
            ("gateway_registers", 15, 12, "look"),
            ("online_unbooked", 10, 0, "look"),
            ("credit_left", 25.8, 0, "look"),
            ("bills_receivable", 64.2, 64.2, "right"),
        ):
            with self.subTest(code):
                line = lines[code]
                self.assertEqual((line.figure, line.expected), (figure, expected))
                self.assertEqual(line.state, state)

    def test_a_file_that_says_another_sum_and_a_debit_that_is_not_booked_are_found(
        self,
    ):
        order = self.run_.order_ids
        line = self.run_.line_ids.filtered(lambda one: one.amount_currency == 40)
        self.env.cr.execute(
            "UPDATE account_payment_order SET sepa_control_sum = 46.2 WHERE id = %s",
            [order.id],
        )
        self.env.cr.execute(
            "UPDATE account_payment_line SET debit_booked_date = NULL WHERE id = %s",
            [line.id],
        )
        self.env.invalidate_all()
        figures = self._figures(self._close())
        self.assertEqual(figures["debits_filed"], (46.2, 64.2))
        self.assertEqual(figures["debits_booked"], (24.2, 64.2))

    def test_another_month_has_none_of_it(self):
        figures = self._figures(self._close("2026-09-01"))
        self.assertFalse(
            {"bank_exceptions", "gateway_registers", "credit_left"} & set(figures)
        )

    def test_figures_are_written_as_money_or_as_a_number(self):
        lines = {line.code: line for line in self._close().line_ids}
        self.assertRegex(lines["debits_booked"].figure_text, r"64[.,]20")
        self.assertEqual(lines["bank_exceptions"].figure_text, "1")

    def test_who_may_not_see_rows_gets_no_link_to_them(self):
        close = self._close()
        line = close.line_ids.filtered(lambda one: one.code == "bank_balance")
        seen = self._as("billing_manager", line)
        self.assertEqual(seen.figure, line.figure)
        self.assertEqual(
            seen.is_figure_open,
            self._as("billing_manager", self.env["account.move.line"]).has_access(
                "read"
            ),
        )

    def test_checklist_takes_a_few_queries_for_each_line(self):
        close = self._close()
        self.env.flush_all()
        before = self.cr.sql_log_count
        close._refresh()
        self.assertLess(self.cr.sql_log_count - before, 4 * len(CHECKS))

    def test_debited_bill_is_expected_on_the_day_of_its_debit(self):
        debit = self.run_.line_ids.filtered(lambda one: one.debit_move_id == self.bill)
        self.assertNotEqual(debit.date, self.bill.invoice_date_due)
        items = self.env["telecom.cash.item"].search([("move_id", "=", self.bill.id)])
        self.assertEqual((items.day, items.amount), (debit.date, 24.2))
        came = self.env["telecom.cash.item"].search(
            [("way", "=", "direct_debit"), ("side", "=", "received")]
        )
        self.assertEqual(sorted(came.mapped("amount")), [-24.2, 24.2, 40])
        self.assertEqual({row.day for row in came if row.amount < 0}, {DAY})

    def test_ageing_of_the_last_day_is_one_click_away(self):
        action = self._close().action_open_ageing()
        self.assertEqual(action["context"]["ageing_date"], "2026-10-31")
