# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Carrying out a run, batch by batch, and the run of each night."""

from odoo import api, fields, models

from . import telecom_dunning_run


class TelecomDunningRun(models.Model):
    _inherit = "telecom.dunning.run"

    def _work(self):
        """Carry out what is due, batch by batch, each committed."""
        # The run does what the policies say, whatever the user's own rights are.
        runs = self.sudo()
        for run in runs:
            if not run.is_automatic:
                run._refresh_cases()
            while batch := run._next_batch():
                run._work_off(batch)
                self.env["ir.cron"]._commit_progress(len(batch))
            run._move("done", finished_at=fields.Datetime.now())
        return True

    def _next_batch(self):
        """Return the next lines that are due."""
        return self.env["telecom.dunning.run.line"].search(
            [("run_id", "=", self.id), ("state", "=", "due")],
            order="id",
            limit=telecom_dunning_run.BATCH,
        )

    def _work_off(self, lines):
        """Do what is due for the accounts of some lines, and note what came of it."""
        outcomes = self.env["telecom.dunning.case"]._act_on(
            self.company_id, self.date, lines.billing_account_id.ids
        )
        by_outcome = {"done": "done", "nothing": "left"}
        for line in lines:
            outcome = outcomes[line.billing_account_id.id]
            state = by_outcome.get(outcome, "failed")
            line.write(
                {"state": state, "error": outcome if state == "failed" else False}
            )

    @api.model
    def _cron_run(self):
        """Go on with what was begun; then make and carry out today's run."""
        self.search([("state", "=", "running")])._work()
        companies = self.env["res.company"].search(
            [("telecom_dunning_is_automatic", "=", True)]
        )
        for company in companies:
            self._run_of_day(company)

    @api.model
    def _run_of_day(self, company):
        """Make and carry out the run of a company's day, unless it was."""
        today = company._telecom_today()
        if self.search_count(
            [
                ("company_id", "=", company.id),
                ("date", "=", today),
                ("is_automatic", "=", True),
            ]
        ):
            return
        run = self._create_guarded(
            [{"company_id": company.id, "date": today, "is_automatic": True}]
        )
        run._refresh_cases()
        run._make_list()
        run._move("running")
        self.env["ir.cron"]._commit_progress()
        run._work()

    def _refresh_cases(self):
        """Write down the figures of all accounts; clear what is paid, begin anew."""
        Case = self.env["telecom.dunning.case"]
        company, day = self.company_id, self.date
        self.env["telecom.billing.account"]._use_credits(company)
        found = [row["account_id"] for row in Case._decide(company, day)]
        for start in range(0, len(found), telecom_dunning_run.LIST_BATCH):
            # Read and written in one transaction, so that no payment is overlooked.
            account_ids = found[start : start + telecom_dunning_run.LIST_BATCH]
            rows = Case._decide(company, day, account_ids)
            Case._write_down(company, day, rows)
            Case._settle_paid(account_ids)
            self.env["ir.cron"]._commit_progress()
        Case._begin_newcomers(company, day)

    @api.autovacuum
    def _gc_lists(self):
        """Forget old lists; what was done is in the history of the cases."""
        limit = fields.Date.subtract(
            fields.Date.today(), days=telecom_dunning_run.KEPT_DAYS
        )
        self.search([("date", "<", limit), ("state", "!=", "running")]).unlink()
