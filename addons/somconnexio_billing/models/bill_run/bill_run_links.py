# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the screens of a run show beside its own fields, and where they lead."""

from odoo import api, fields, models
from odoo.fields import Domain

from . import stages


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    is_running = fields.Boolean(
        compute="_compute_progress", help="Background jobs work on a step now."
    )
    progress = fields.Float(
        compute="_compute_progress", help="How much of the run is done, in percent."
    )
    held_count = fields.Integer("Held accounts", compute="_compute_account_counts")
    pending_count = fields.Integer(
        "Accounts without bill", compute="_compute_account_counts"
    )
    billed_count = fields.Integer("Bills", compute="_compute_account_counts")
    failed_check_count = fields.Integer(
        "Failed controls", compute="_compute_failed_checks"
    )
    is_blocked = fields.Boolean(compute="_compute_failed_checks")
    difference = fields.Monetary(
        "Bills less preview",
        compute="_compute_difference",
        help="Total of the bills made so far less the total of the preview.",
    )

    @api.depends(
        "state",
        "step_ids.state",
        "slice_ids.invoice_state",
        "slice_ids.post_state",
        "slice_ids.deliver_state",
    )
    def _compute_progress(self):
        for run in self:
            running = run.step_ids.filtered(lambda step: step.state == "running")
            done = (
                max(stages.ORDER.index(run.state), 0) if run.state != "cancelled" else 0
            )
            part = run._stage_progress(running[:1].code) if running else 0
            run.is_running = bool(running) or bool(run.run_until)
            run.progress = 100 * (done + part) / len(stages.STAGES)

    def _stage_progress(self, code):
        """Return the part of a sliced stage that is done, between 0 and 1."""
        field = stages.BY_CODE[code].slice_field if code else ""
        if not field or not self.slice_ids:
            return 0
        done = self.slice_ids.filtered(lambda slice_: slice_[field] == "done")
        return len(done) / len(self.slice_ids)

    @api.depends("account_ids.state")
    def _compute_account_counts(self):
        counts = {
            (run, state): count
            for run, state, count in self.env["telecom.bill.run.account"]._read_group(
                [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
            )
        }
        billed = ("invoiced", "posted", "delivered")
        for run in self:
            run.pending_count = counts.get((run, "pending"), 0)
            run.held_count = counts.get((run, "held"), 0)
            run.billed_count = sum(counts.get((run, state), 0) for state in billed)

    @api.depends("check_ids.state", "check_ids.severity")
    def _compute_failed_checks(self):
        for run in self:
            failed = run.check_ids.filtered(lambda check: check.state == "fail")
            run.failed_check_count = len(failed)
            run.is_blocked = "block_run" in failed.mapped("severity")

    @api.depends("amount_total", "invoiced_total")
    def _compute_difference(self):
        for run in self:
            run.difference = run.invoiced_total - run.amount_total

    def action_view_accounts(self):
        """Open the accounts of the run."""
        return self._open("somconnexio_billing.action_telecom_bill_run_account")

    def action_view_held_accounts(self):
        """Open the accounts of the run that are held."""
        action = self.action_view_accounts()
        action["domain"] = list(Domain(action["domain"]) & Domain("state", "=", "held"))
        return action

    def action_view_lines(self):
        """Open the lines of the run, to be cut and summed up at will."""
        return self._open("somconnexio_billing.action_telecom_bill_run_line")

    def action_view_files(self):
        """Open the usage files that the run counts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Usage files of %s", self.name),
            "res_model": "telecom.usage.file",
            "view_mode": "list,form",
            "domain": [("telecom_bill_run_id", "=", self.id)],
        }

    def action_view_bills(self):
        """Open the bills of the run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["domain"] = [("telecom_bill_run_id", "=", self.id)]
        # Without the type, the list hides customer and date.
        action["context"] = {"create": False, "default_move_type": "out_invoice"}
        return action

    def _open(self, xml_id):
        """Open an action on the records of this run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [("run_id", "=", self.id)]
        action["context"] = {"create": False}
        return action
