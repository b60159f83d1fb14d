# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to walk unpaid bills up the ladder, day by day."""

from datetime import timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo import Command, fields

from .payments_common import PaymentsCommon

#: A bill of 1 October falls due on the 5th, a Monday.
BILL_DATE, DUE_DATE = "2026-10-01", "2026-10-05"


class DunningCommon(PaymentsCommon):
    """One payer with two mobiles; ``cls.policy`` is the one for Spain.

    ``cls.mobile`` and ``cls.other`` are in service since September.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env.ref("somconnexio_payments.dunning_policy_spain")
        cls.policy.write({"minimum_amount": 5, "charges_fees": False})
        cls.Case = cls.env["telecom.dunning.case"]
        cls.account = cls._create_payer("Laia Puig", vat="40005555E")
        with freeze_time("2026-09-01 10:00:00"):
            cls.mobile = cls._create_subscription(account=cls.account, state="active")
            cls.other = cls._create_subscription(account=cls.account, state="active")

    @classmethod
    def _step(cls, name):
        """Return a step of the Spanish policy by the end of its xml id."""
        return cls.env.ref(f"somconnexio_payments.dunning_step_spain_{name}")

    @classmethod
    def _create_service_bill(
        cls, charges, bill_date=BILL_DATE, due_date=DUE_DATE, account=None
    ):
        """Return a posted bill whose lines charge subscriptions.

        :param dict charges: amount by subscription, the empty one for what is of none
        """
        account = account or cls.account
        lines = [
            Command.create(
                {
                    "name": f"Fee of {subscription.code or 'nobody'}",
                    "quantity": 1,
                    "price_unit": amount,
                    "tax_ids": [Command.clear()],
                    "account_id": cls.account_income.id,
                    "telecom_subscription_id": subscription.id,
                }
            )
            for subscription, amount in charges.items()
        ]
        bill = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "journal_id": cls.sale_journal.id,
                "partner_id": account.partner_id.id,
                "telecom_billing_account_id": account.id,
                "invoice_date": bill_date,
                "invoice_date_due": due_date,
                "invoice_line_ids": lines,
            }
        )
        bill.action_post()
        return bill

    @classmethod
    def _act(cls, day, account=None):
        """Do what is due on a day for an account; return the outcome."""
        account = account or cls.account
        with freeze_time(f"{day} 09:00:00"):
            outcomes = cls.Case._act_on(
                cls.company, fields.Date.to_date(day), account.ids
            )
        return outcomes[account.id]

    @classmethod
    def _hand_over(cls, day, account=None):
        """Let the mail server take what waits to be told about a case, on a day."""
        notice = cls._case(account).notice_id
        return cls.env["telecom.notice.attempt"].create(
            {
                "notice_id": notice.id,
                "channel": "mail",
                "state": "sent",
                "answered_at": f"{day} 12:00:00",
            }
        )

    @classmethod
    def _case(cls, account=None):
        """Return the case of an account."""
        case = (account or cls.account).dunning_case_ids
        case.invalidate_recordset()
        return case

    def _walk(self, first, last, account=None, every_days=1):
        """Act on every day from one to another, notices being handed over.

        :return: dict: step's name -> day on which it was taken
        """
        taken = {}
        day, last = fields.Date.to_date(first), fields.Date.to_date(last)
        while day <= last:
            before = self._case(account).step_id
            self._act(day, account)
            case = self._case(account)
            if case.step_id != before and case.step_id:
                taken[case.step_id.name] = fields.Date.to_string(day)
                self._hand_over(day, account)
            day += timedelta(days=every_days)
        return taken

    @classmethod
    def _reach_notice(cls, hands_over=True):
        """Bring the account to the notice of suspension, of 21 October."""
        cls._reach(("2026-10-08", "2026-10-17", "2026-10-21"), hands_over)

    @classmethod
    def _reach_suspension(cls):
        """Bring the account to 5 November, when its services are suspended."""
        cls._reach_notice()
        cls._reach(("2026-11-05",))

    @classmethod
    def _reach(cls, days, hands_over=True):
        """Take a step on each of some days."""
        for day in days:
            assert cls._act(day) == "done", day
            if hands_over:
                cls._hand_over(day)

    def _receive(self, amount, day, account=None, **options):
        """Book money as the bank's app does."""
        with freeze_time(f"{day} 11:00:00"):
            return (account or self.account)._receive_payment(
                Decimal(amount), day, self.bank_journal, "APP 1", **options
            )

    def _kinds(self, account=None):
        """Return the kinds of events of a case, oldest first."""
        return self._case(account).event_ids.sorted("id").mapped("kind")

    def _told(self, code):
        """Return the notices of a kind to the payer."""
        return self.env["telecom.notice"].search(
            [
                ("kind_id.code", "=", code),
                ("partner_id", "=", self.account.partner_id.id),
            ]
        )
