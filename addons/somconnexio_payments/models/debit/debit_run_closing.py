# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The end of a run: nothing more is expected of it."""

from datetime import timedelta

from odoo import api, fields, models

from ...sepa import target2
from .debit_run import ACCOUNTANT

#: A payer may ask the money back for so long, without a reason, and the bank then has
#: so many business days to send it back (EPC016-06, time cycle of refunds).
REFUND_WEEKS = 8
SETTLEMENT_DAYS = 2


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    closing_date = fields.Date(
        compute="_compute_closing_date",
        string="Closes by itself on",
        help="When payers cannot ask their money back any more without a reason: eight"
        " weeks after the last debit, and the days that banks take.",
    )

    @api.depends("last_date")
    def _compute_closing_date(self):
        for run in self:
            run.closing_date = run.last_date and _closing_date(run.last_date)

    def action_close(self):
        """Close a run of which nothing more is expected."""
        for run in self:
            run._begin((ACCOUNTANT,), "booked").state = "closed"
        return True

    @api.model
    def _cron_close(self):
        """Close booked runs whose debits cannot come back any more without a reason.

        One that comes back later all the same is booked as any other.
        """
        runs = self.search([("state", "=", "booked")])
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(runs))
        for run in runs:
            if run._is_over() and run.try_lock_for_update():
                run.state = "closed"
            Cron._commit_progress(1)

    def _is_over(self):
        """Tell whether the day has come on which the run closes by itself."""
        today = self.company_id._telecom_today()
        return bool(self.closing_date and self.closing_date <= today)


def _closing_date(last_date):
    """Return the day from which on no refund without a reason can arrive.

    :param date last_date: day of the last debit
    """
    last_refund = last_date + timedelta(weeks=REFUND_WEEKS)
    return target2.add_business_days(last_refund, SETTLEMENT_DAYS) + timedelta(days=1)
