# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A month's bills become money: drawn, returned, reminded, suspended, paid, restored.

The generated world, the real bill run, a bank over HTTP with returns, the ladder of
dunning, a bank's app. After each step the books balance.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from bank_simulator.bank import Bank
from bank_simulator.server import BankServer
from demo.loading import load_world
from demo.money import BankClient, Story
from freezegun import freeze_time

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.somconnexio_billing.models.bill_run.stages import STAGES
from odoo.addons.somconnexio_payments.models.gateway.payment_gateway import PATH

SETUP = Path(__file__).parents[2] / "setup"
SIZE = ("--seed", "5", "--subscriptions", "60", "--records", "2000")
PDF = "_telecom_generate_bill_pdf"
TOKEN = "a-token-for-tests-only"
#: Every fifth debit comes back for want of money: enough to see all that follows.
RETURNS = {"return_share": 0.2, "return_codes": {"AM04": 100}}
#: The ladder for Spain, from a bill due on 31 October; a suspension is never on a
#: Friday, a weekend or the eve of a holiday.
LADDER = ("2026-11-20", "2026-11-27", "2026-12-02", "2026-12-17")


@tagged("post_install", "-at_install")
class TestMoneyMonth(HttpCase):
    """One world, one month; the methods follow each other in the test below."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The gateway writes calls and limits in transactions of their own, also when
        # a call only reads.
        if not cls._registry_patched:
            cls.registry_enter_test_mode_cls()
        cls.set_registry_readonly_mode(False)
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        Move = type(cls.env["account.move"])
        cls.startClassPatcher(patch.object(Move, PDF, lambda *_args, **_kwargs: None))
        cls.startClassPatcher(patch.object(cls.env.cr, "commit", cls.env.flush_all))
        with freeze_time("2026-11-02 08:00:00"):
            cls._load_world()
            cls._bill_october()
        server = BankServer(Bank(date(2026, 11, 2), seed=3))
        cls.enterClassContext(server)
        cls.bank = BankClient(server.url)
        cls.bank.set_up(**RETURNS)
        cls.story = Story(cls.env, cls.bank)
        cls.money = cls.env.company.telecom_debit_journal_id

    @classmethod
    def _load_world(cls):
        holder = tempfile.TemporaryDirectory(prefix="money_month_")
        cls.addClassCleanup(holder.cleanup)
        folder = Path(holder.name)
        # As a program of its own: inside Odoo, stdnum can't find its own tables.
        subprocess.run(
            [sys.executable, "-m", "usage_generator", *SIZE, "--out", folder],
            cwd=SETUP,
            check=True,
            capture_output=True,
        )
        cls._load_chart()
        load_world(cls.env, folder / "world.json")
        for path in sorted((folder / "files").iterdir()):
            cls.env["telecom.usage.file"].receive(path, path.name)

    @classmethod
    def _load_chart(cls):
        """Account by the Spanish chart for cooperatives, if nothing does yet."""
        company = cls.env.company
        company.country_id = cls.env.ref("base.es")
        if company.chart_template != "es_coop_pymes":
            cls.env["account.chart.template"].try_loading(
                "es_coop_pymes", company=company, install_demo=False
            )

    @classmethod
    def _bill_october(cls):
        cls.bill_run = cls.env["telecom.bill.run"].create(
            {"period_start": "2026-10-01", "invoice_date": "2026-10-31"}
        )
        for stage in STAGES:
            cls.bill_run.run_stage(stage.code)
        cls.bills = cls.bill_run.account_ids.move_id

    def test_month_becomes_money_and_the_books_balance_at_each_step(self):
        self._bills_are_open()
        self._debits_are_drawn()
        self._bank_brings_money_and_returns()
        self._unpaid_are_reminded_until_service_stops()
        self._payment_in_a_bank_app_restores_the_service()
        self._statement_with_that_payment_leaves_nothing_unexplained()

    def _bills_are_open(self):
        self.assertEqual(self.bill_run.state, "delivered")
        self.assertGreater(len(self.bills), 15)
        self._assert_books_balance(self.bills)

    def _debits_are_drawn(self):
        ((_name, answer),) = self.story.draw()
        self.assertEqual(answer["status"], "ACCP")
        run = self.story.run
        self.assertEqual(run.state, "sent")
        debited = run.line_ids.debit_move_id
        methods = debited.telecom_billing_account_id.mapped("collection_method")
        self.assertEqual(set(methods), {"direct_debit"})
        self.assertEqual(debited & self.bills, debited)
        residuals = sum(map(_exact, debited.mapped("amount_residual")))
        self.assertEqual(_exact(run.amount_total), residuals)
        self._assert_books_balance(self.bills)

    def _bank_brings_money_and_returns(self):
        self.story.pay_by_transfer()
        files = self.story.take_statements()
        self.assertEqual(files.filtered("error_message").mapped("error_message"), [])
        self.assertEqual(self.story.run.state, "booked")
        came_back = {
            row["end_to_end_id"]
            for row in self.bank.truth()
            if row["what"] == "returned"
        }
        lines = self.story.run.line_ids
        self.returned = lines.filtered(
            lambda line: line.name in came_back
        ).debit_move_id
        self.assertTrue(self.returned)
        self.assertEqual(set(self.returned.mapped("payment_state")), {"not_paid"})
        kept = lines.debit_move_id - self.returned
        self.assertEqual(set(kept.mapped("amount_residual")), {0.0})
        self._assert_books_balance(self.bills)

    def _unpaid_are_reminded_until_service_stops(self):
        for day in LADDER:
            self.story.remind(day)
            self._hand_over_notices(day)
        self.debtor = self._suspended_debtor()
        states = self.debtor.subscription_ids.mapped("telecom_state")
        self.assertIn("suspended", states)
        paid = self.bills.filtered(lambda bill: not bill.amount_residual)
        others = paid.telecom_billing_account_id.subscription_ids
        cases = self.env["telecom.dunning.case"].search(
            [("billing_account_id", "in", paid.telecom_billing_account_id.ids)]
        )
        self.assertFalse(cases.filtered(lambda one: one.state == "open"), others)
        self._assert_books_balance(self.bills)

    def _hand_over_notices(self, day):
        """Let the mail server take what waits to be told about cases."""
        Attempt = self.env["telecom.notice.attempt"]
        waiting = self.env["telecom.dunning.case"].search([]).notice_id
        told = Attempt.search([("notice_id", "in", waiting.ids)]).notice_id
        Attempt.create(
            [
                {
                    "notice_id": notice.id,
                    "channel": "mail",
                    "state": "sent",
                    "answered_at": f"{day} 12:00:00",
                }
                for notice in waiting - told
            ]
        )

    def _suspended_debtor(self):
        """Return a billing account whose bill came back and whose service stands."""
        accounts = self.returned.telecom_billing_account_id
        return accounts.filtered(
            lambda account: (
                "suspended" in account.subscription_ids.mapped("telecom_state")
            )
        )[:1]

    def _payment_in_a_bank_app_restores_the_service(self):
        account = self.debtor
        stopped = account.subscription_ids.filtered(
            lambda one: one.telecom_state == "suspended"
        )
        self._open_bank_app()
        with freeze_time("2026-12-18 11:00:00"):
            found = self._ask_bank_app(account)
            self.assertIn("sum", found, found)
            self.assertEqual(Decimal(found["sum"]), _owed(account))
            reply = self._pay_in_bank_app(account, found["sum"])
            again = self._pay_in_bank_app(account, found["sum"])
        self.assertEqual(reply["code"], 0)
        self.assertEqual(again, reply)
        self.env.invalidate_all()
        self.assertEqual(_owed(account), 0)
        self.assertEqual(set(stopped.mapped("telecom_state")), {"active"})
        self.assertEqual(account.dunning_case_ids.mapped("state"), ["clear"])
        self._assert_books_balance(self.bills)

    def _open_bank_app(self):
        gateway = self.env["telecom.payment.gateway"].create(
            {
                "name": "Bank app",
                "slug": "flow-app",
                "journal_id": self.money.id,
                "is_sandbox": False,
                "protocol": "plain_pair",
                "auth_kind": "bearer",
            }
        )
        gateway.identifier_ids.unlink()
        gateway.identifier_ids = [Command.create({"kind": "account"})]
        self.env["telecom.payment.gateway.secret"]._make(
            gateway, user="bank", text=TOKEN
        )
        self.env.flush_all()

    def _ask_bank_app(self, account):
        path = f"/GetCustomerInfo?iin={account.code}"
        return self._call_bank_app(path)

    def _pay_in_bank_app(self, account, amount):
        body = {
            "iin": account.code,
            "sum": amount,
            "txn_id": "70000001",
            "date": "2026-12-18T12:00:00",
        }
        return self._call_bank_app("/PostCustomersInfo", data=json.dumps(body))

    def _call_bank_app(self, path, **kwargs):
        headers = {
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": "application/json",
        }
        response = self.url_open(f"{PATH}/flow-app{path}", headers=headers, **kwargs)
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()

    def _statement_with_that_payment_leaves_nothing_unexplained(self):
        payment = self.env["account.payment"].search(
            [("partner_id", "=", self.debtor.partner_id.id)]
        )
        self.bank.plan_transfers(
            [
                {
                    "iban": self.money.bank_account_id.sanitized_acc_number,
                    "day": "2026-12-21",
                    "amount": f"{payment.amount:.2f}",
                    "text": "70000001",
                    "name": "Bank app",
                    "payer_iban": "",
                }
            ]
        )
        files = self.story.take_statements("2026-12-22")
        self.assertEqual(files.filtered("error_message").mapped("error_message"), [])
        self.assertTrue(payment.is_matched)
        self._assert_books_balance(self.bills)
        self._assert_bank_is_ledger()

    def _assert_books_balance(self, bills):
        """What customers owe in the ledger is what their bills are open for.

        Money that nobody could attribute yet is not on their account.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        open_items = self.env["account.move.line"].search(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        owed = sum(map(_exact, open_items.mapped("balance")))
        residual = sum(map(_exact, open_items.mapped("amount_residual")))
        self.assertEqual(owed, residual)
        of_bills = sum(map(_exact, bills.mapped("amount_residual")))
        others = open_items.filtered(lambda line: line.move_id not in bills)
        credit = sum(map(_exact, others.mapped("amount_residual")))
        self.assertEqual(owed, of_bills + credit)

    def _assert_bank_is_ledger(self):
        """The bank's closing balance is the ledger's; nothing waits in between."""
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.money.id)]
        )
        exceptions = lines.filtered(lambda line: not line.is_reconciled)
        on_account = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.money.default_account_id.id),
                ("parent_state", "=", "posted"),
            ]
        )
        balance = sum(map(_exact, on_account.mapped("balance")))
        self.assertEqual(balance, sum(map(_exact, lines.mapped("amount"))))
        self.assertEqual(
            set(exceptions.mapped("payment_ref")) - {""}, set(), "only the forgetful"
        )


def _exact(amount):
    """Return an amount of euros in cents, exactly."""
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def _owed(account):
    """Return what a billing account has not paid of its bills."""
    return sum(map(_exact, account.move_ids.mapped("amount_residual")))
