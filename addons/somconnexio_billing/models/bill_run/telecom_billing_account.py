# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bill of one account as it would be now, worked out and thrown away."""

from contextlib import contextmanager

from dateutil.relativedelta import relativedelta
from psycopg2.errors import LockNotAvailable

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.somconnexio_base.trial import thrown_away

from ... import sql_steps

LOCK_WAIT = "5s"
LINE_FIELDS = (
    "subscription_id",
    "kind",
    "name",
    "period_from",
    "period_to",
    "event_count",
    "amount_untaxed",
)


class TelecomBillingAccount(models.Model):
    _inherit = "telecom.billing.account"

    def action_preview_bill(self):
        """Show the bill that this account would get for the month at hand."""
        self.ensure_one()
        preview = self.env["telecom.bill.preview"].create(
            {"billing_account_id": self.id}
        )
        return preview.action_compute()

    def action_bill_now(self):
        """Make an off-cycle run for this account: after a termination, a correction."""
        self.ensure_one()
        today = self.company_id._telecom_today()
        run = self.env["telecom.bill.run"].create(
            {
                "kind": "off_cycle",
                "company_id": self.company_id.id,
                "only_account_ids": self.ids,
                "period_start": today + relativedelta(day=1),
                "period_end": today + relativedelta(days=1),
                "invoice_date": today,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "telecom.bill.run",
            "res_id": run.id,
            "view_mode": "form",
        }

    @api.private
    def preview_bill(self, period_start, period_end, with_document=True):
        """Work out the bill of a period by the very steps of a bill run.

        All happens in a savepoint that is rolled back: rows, usage and numbers are
        as before.

        :param date period_start: first civil day
        :param date period_end: first civil day after the period
        :param bool with_document: draw the bill too, which takes longer
        :return: dictionary of ``lines`` (one dictionary each), ``amount_untaxed``,
            ``amount_tax``, ``amount_total``, ``unpriced_count`` (events that have no
            price yet) and ``pdf`` (bytes, empty when there is nothing to bill)
        :raise UserError: when a bill run is working on this account
        """
        self.ensure_one()
        self.check_access("read")
        account = self.sudo().with_company(self.company_id)
        with account._thrown_away():
            run = account._preview_run(period_start, period_end)
            run._do_rate()
            run._preview_accounts()
            return run._preview_result(with_document)

    @contextmanager
    def _thrown_away(self):
        """Undo in the database whatever the block does; don't wait for bill runs."""
        name = self.display_name
        try:
            with thrown_away(self.env):
                self.env.cr.execute(SQL("SET LOCAL lock_timeout = %s", LOCK_WAIT))
                yield
        except LockNotAvailable as error:
            raise UserError(
                self.env._("A bill run is working on %s: try again in a moment.", name)
            ) from error

    def _preview_run(self, period_start, period_end):
        """Return a run of this account alone, with all that other runs keep waiting."""
        for name in ("50_hide_waiting", "50_release_waiting"):
            sql_steps.run(self.env, name, account_id=self.id)
        Run = self.env["telecom.bill.run"].with_context(tracking_disable=True)
        return Run.create(
            {
                "is_preview": True,
                "company_id": self.company_id.id,
                "only_account_ids": self.ids,
                "period_start": period_start,
                "period_end": period_end,
            }
        )


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _preview_result(self, with_document=True):
        """Return what ``preview_bill`` tells of a previewed account."""
        own = self.account_ids
        lines = own.line_ids.sorted()
        unpriced = [
            row
            for row in self._check_rows("usage_unrated")
            if row["billing_account_id"] == self.only_account_ids.id
        ]
        return {
            "lines": [
                {**vals, "subscription_id": (vals["subscription_id"] or [False])[0]}
                for vals in lines.read(LINE_FIELDS, load="_classic_read")
            ],
            "amount_untaxed": own.amount_untaxed,
            "amount_tax": own.amount_tax,
            "amount_total": own.amount_total,
            "unpriced_count": len(unpriced),
            "pdf": own._telecom_preview_pdf() if lines and with_document else b"",
        }
