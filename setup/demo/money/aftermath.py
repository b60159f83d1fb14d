# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people do about the month's money, so that each screen has something to show."""

import secrets

from freezegun import freeze_time

from odoo import Command

from odoo.addons.somconnexio_payments.models.gateway.payment_gateway import PATH

from .bank_app import BankApp, served_odoo

APP_DAY = "2026-11-21"
PLAN_DAY = "2026-11-22"
CLOSE_DAY = "2026-12-02"
#: How many of the debtors pay in their bank's app.
APP_PAYERS = 3
#: What the bank's list of the day says too much of, or knows alone.
STRANGE_PAYMENT = ("80000099", "W999999", "12.00")


class Aftermath:
    """What members, agents and the accountant do once the debits are back.

    :param Story story: told until the reminders
    """

    def __init__(self, story):
        self.env = story.env
        self.company = story.env.company
        self.debtors = self._debtors()

    def _debtors(self):
        """Return the billing accounts that were reminded, by their code."""
        cases = self.env["telecom.dunning.case"].search([("state", "=", "open")])
        return cases.billing_account_id.sorted("code")

    def pay_in_app(self, url):
        """Let some pay in their bank's app, then compare the bank's list of the day.

        Commits: what the gateway booked in transactions of its own is to be seen.

        :param str url: of the Odoo that the bank calls
        :return: the telecom.payment.gateway.register
        """
        gateway, app = self._open_app(url)
        payers, self.debtors = self.debtors[:APP_PAYERS], self.debtors[APP_PAYERS:]
        told = [STRANGE_PAYMENT]
        with freeze_time(f"{APP_DAY} 18:00:00"):
            for place, account in enumerate(payers, start=1):
                number, amount = f"{80000000 + place}", app.owed(account.code)
                app.pay(account.code, amount, number, f"{APP_DAY}T18:00:00")
                told.append((number, account.code, amount))
        self.env.cr.commit()
        self.env.invalidate_all()
        with freeze_time(f"{PLAN_DAY} 07:00:00"):
            return self.env["telecom.payment.gateway.register"]._compare_file(
                gateway, APP_DAY, _register(told), f"register_{APP_DAY}.csv"
            )

    def _open_app(self, url):
        """Make the profile of a bank's app; commits, as the bank calls from outside."""
        journal = self.env["account.journal"].create(
            {"name": "Bank app", "code": "APP1", "type": "bank"}
        )
        gateway = self.env["telecom.payment.gateway"].create(
            {
                "name": "Bank app",
                "slug": "demo-app",
                "journal_id": journal.id,
                "is_sandbox": False,
                "protocol": "plain_pair",
                "auth_kind": "bearer",
                "identifier_ids": [
                    Command.clear(),
                    Command.create({"kind": "account"}),
                ],
            }
        )
        token = secrets.token_urlsafe(24)
        self.env["telecom.payment.gateway.secret"]._make(
            gateway, user="bank", text=token
        )
        self.env.cr.commit()
        return gateway, BankApp(f"{url}{PATH}/{gateway.slug}", token)

    def decide(self):
        """Let a debtor claim a part of the bill, and another pay in parts."""
        claimant, planner = self.debtors[0], self.debtors[1]
        with freeze_time(f"{PLAN_DAY} 09:00:00"):
            bill = self._open_bills(claimant)[:1]
            self.env["telecom.payment.dispute"].create(
                {
                    "bill_id": bill.id,
                    "amount": self.company.currency_id.round(bill.amount_residual / 2),
                    "reason": "Says the data bonus was not asked for.",
                }
            )
            plan = self.env["telecom.payment.plan"].create(
                {
                    "billing_account_id": planner.id,
                    "instalment_count": 3,
                    "first_date": CLOSE_DAY,
                }
            )
            plan.action_agree()

    def refund(self):
        """Write down refunds of what was paid twice, for another person to approve."""
        paid_too_much = self.env["account.move.line"].search(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("amount_residual", "<", 0),
            ]
        )
        payers = self.env["telecom.billing.account"].search(
            [("partner_id", "in", paid_too_much.partner_id.ids)], order="code"
        )
        with freeze_time(f"{PLAN_DAY} 10:00:00"):
            for account in payers:
                if not self._open_bills(account):
                    account.action_refund_credit()

    def close_month(self):
        """Begin the checklist of the month that has ended."""
        with freeze_time(f"{CLOSE_DAY} 09:00:00"):
            self.env["telecom.month.close"].create({"month_date": "2026-11-01"})

    def _open_bills(self, account):
        return account.move_ids.filtered(
            lambda move: move.state == "posted" and move.amount_residual > 0
        )


def tell_aftermath(env, story):
    """Let all of it happen; commits.

    :param env: Odoo environment whose server the bank's app calls
    :return: the telecom.payment.gateway.register of the app's day
    """
    aftermath = Aftermath(story)
    with served_odoo(env) as url:
        register = aftermath.pay_in_app(url)
    aftermath.decide()
    aftermath.refund()
    aftermath.close_month()
    env.cr.commit()
    return register


def _register(told):
    """Return a bank's list of a day, as CSV bytes."""
    rows = ["txn_id;account;sum", *(";".join(row) for row in told)]
    return "\n".join(rows).encode()
