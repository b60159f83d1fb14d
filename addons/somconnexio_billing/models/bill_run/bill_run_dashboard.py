# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a run's screen tells at a glance, and the rows behind each number."""

from odoo import api, fields, models


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    total_seconds = fields.Float(
        "Time of all steps (s)", digits=(16, 1), compute="_compute_total_seconds"
    )
    earlier_run_id = fields.Many2one(
        "telecom.bill.run", "Month before", compute="_compute_earlier_run_id"
    )
    earlier_total = fields.Monetary(
        "Total of the month before", compute="_compute_earlier_run_id"
    )
    earlier_change = fields.Float(
        "Change (%)", digits=(16, 1), compute="_compute_earlier_run_id"
    )

    @api.depends("step_ids.seconds")
    def _compute_total_seconds(self):
        for run in self:
            run.total_seconds = sum(run.step_ids.mapped("seconds"))

    @api.depends("period_start", "company_id", "kind", "amount_total")
    def _compute_earlier_run_id(self):
        for run in self:
            earlier = self.browse()
            if run.kind == "cycle":
                earlier = self.search(
                    [
                        ("company_id", "=", run.company_id.id),
                        ("kind", "=", "cycle"),
                        ("state", "!=", "cancelled"),
                        ("period_end", "=", run.period_start),
                    ],
                    limit=1,
                )
            total = earlier.amount_total
            run.earlier_run_id = earlier
            run.earlier_total = total
            run.earlier_change = total and 100 * (run.amount_total - total) / total

    def action_view_rejections(self):
        """Open the rejected rows of the run's files."""
        return self._open_rows(
            "telecom.usage.rejection",
            self.env._("Rejected rows of %s", self.name),
            [("file_id.telecom_bill_run_id", "=", self.id)],
        )

    def action_view_suspended(self):
        """Open the events of the run's files that wait in suspense."""
        return self._open_rows(
            "telecom.usage.event",
            self.env._("Suspended usage of %s", self.name),
            [
                ("file_id", "in", self.sudo().usage_file_ids.ids),
                ("state", "=", "received"),
            ],
        )

    def action_view_usage(self):
        """Open the rated usage of the run."""
        return self._open_rows(
            "telecom.rated.usage",
            self.env._("Rated usage of %s", self.name),
            [("bill_run_id", "=", self.id)],
            "list,pivot,graph,form",
        )

    def action_view_charged_usage(self):
        """Open the rated usage of the run that costs something."""
        action = self.action_view_usage()
        action["domain"] = [*action["domain"], ("amount", "!=", 0)]
        return action

    def _open_rows(self, model_name, title, domain, view_mode="list,form"):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model_name,
            "view_mode": view_mode,
            "domain": domain,
            "context": {"create": False},
        }


class TelecomBillRunStep(models.Model):
    _inherit = "telecom.bill.run.step"

    share = fields.Float(
        "Part of the time", compute="_compute_share", help="Of all steps, in percent."
    )
    rows_per_second = fields.Float(digits=(16, 2), compute="_compute_share")

    @api.depends("seconds", "row_count", "run_id.step_ids.seconds")
    def _compute_share(self):
        for step in self:
            total = sum(step.run_id.step_ids.mapped("seconds"))
            step.share = total and 100 * step.seconds / total
            step.rows_per_second = step.seconds and step.row_count / step.seconds

    def action_view_rows(self):
        """Open what the step has handled."""
        self.ensure_one()
        run = self.run_id
        return {
            "load": run.action_view_files,
            "rate": run.action_view_usage,
            "check": run.action_view_held_accounts,
            "preview": run.action_view_lines,
            "invoice": run.action_view_accounts,
            "post": run.action_view_bills,
            "deliver": run.action_view_bills,
        }[self.code]()
