# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Mandates that nobody used for 36 months are void; somebody is warned before."""

from dateutil.relativedelta import relativedelta

from odoo import api, models

from .account_banking_mandate import USABLE

WARNING_DAYS = 60
BATCH_SIZE = 200


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    @api.model
    def _sdd_mandate_set_state_to_expired(self):
        """Override of OCA: its scheduled action lapses in batches, with a warning."""
        return self._cron_lapse()

    @api.model
    def _cron_lapse(self, batch_size=BATCH_SIZE):
        """Void the mandates whose term is over and warn of those near it."""
        for company in self.env["res.company"].search([]):
            today = company._telecom_today()
            self._do_in_batches(self._lapsing(company, today), batch_size, "_lapse")
            near = self._near_lapse(company, today)
            self._do_in_batches(near, batch_size, "_warn_of_lapse")

    def _do_in_batches(self, mandates, batch_size, method):
        """Call a method on some mandates at a time and commit after each time."""
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(mandates))
        for start in range(0, len(mandates), batch_size):
            batch = mandates[start : start + batch_size]
            getattr(batch, method)()
            Cron._commit_progress(len(batch))

    def _lapsing(self, company, today):
        """Return the mandates of a company whose term is over."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", USABLE),
                ("lapse_date", "<=", today),
            ]
        )

    def _near_lapse(self, company, today):
        """Return the mandates whose term ends soon and nobody was warned of."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", USABLE),
                ("lapse_date", ">", today),
                ("lapse_date", "<=", today + relativedelta(days=WARNING_DAYS)),
                ("lapse_warned_date", "=", False),
            ]
        )

    def _lapse(self):
        """Void mandates."""
        self._passed().write({"state": "expired"})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _warn_of_lapse(self):
        """Ask somebody to use or renew each mandate, once."""
        for mandate in self:
            mandate.activity_schedule(
                "mail.mail_activity_data_todo",
                mandate.lapse_date,
                self.env._("This mandate lapses: use it, or have it signed again"),
                user_id=mandate._responsible().id,
            )
            today = mandate.company_id._telecom_today()
            mandate._passed().write({"lapse_warned_date": today})

    def _responsible(self):
        """Return who looks after a mandate."""
        return self.company_id.telecom_debit_user_id or self.create_uid
