# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps

#: Billing accounts of one transaction.
BATCH = 200
#: Rows of one insert into the list.
LIST_BATCH = 5000
KEPT_DAYS = 60
LINE_STATES = ("due", "waiting", "stopped", "end", "done", "left", "failed")
WORKED = ("done", "left", "failed")


class TelecomDunningRun(models.Model):
    """One look at all billing accounts: first the list, then what it says is done.

    The list is the dry run: who would get which step, and why. Carrying it out looks at
    each account again, so that what was paid meanwhile is left alone; batches are
    committed one by one, and whatever is interrupted goes on where it stopped.
    """

    _name = "telecom.dunning.run"
    _description = "Dunning Run"
    _inherit = ["cooperative.state.mixin"]
    _order = "date desc, id desc"
    _rec_name = "date"

    _state_table = {
        "draft": ("listed",),
        "listed": ("listed", "running"),
        "running": ("done",),
        "done": (),
    }
    _guarded_fields = frozenset({"state", "is_automatic", "finished_at"})

    date = fields.Date(required=True, default=fields.Date.context_today)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "New"),
            ("listed", "Listed"),
            ("running", "Being carried out"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
        index=True,
    )
    is_automatic = fields.Boolean(string="By the scheduler")
    finished_at = fields.Datetime(string="Finished")
    line_ids = fields.One2many("telecom.dunning.run.line", "run_id", string="List")
    due_count = fields.Integer(string="Due now", compute="_compute_counts")
    done_count = fields.Integer(string="Done", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    total_count = fields.Integer(string="Looked at", compute="_compute_counts")
    due_amount = fields.Monetary(
        string="Unpaid of those due", compute="_compute_counts"
    )
    progress = fields.Float(compute="_compute_counts")

    _automatic_once = models.UniqueIndex(
        "(company_id, date) WHERE is_automatic",
        "The scheduler has made the run of this day already.",
    )

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["telecom.dunning.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count", "amount:sum"]
        )
        counts, amounts = Counter(), Counter()
        for run, state, count, amount in groups:
            counts[run, state], amounts[run, state] = count, amount
        for run in self:
            by_state = {state: counts[run, state] for state in LINE_STATES}
            run.done_count, run.failed_count = by_state["done"], by_state["failed"]
            worked = run.done_count + run.failed_count + by_state["left"]
            run.due_count = by_state["due"] + worked
            run.due_amount = sum(amounts[run, s] for s in ("due", *WORKED))
            run.total_count = sum(by_state.values())
            run.progress = 100 * worked / run.due_count if run.due_count else 100

    def action_list(self):
        """Make the list of who would get what and why; nothing is done."""
        self._require_group("accountant", "billing_manager", "admin")
        for run in self:
            run._make_list()
        return True

    def action_carry_out(self):
        """Do what is due; long lists are worked off by the scheduler."""
        self._require_group("accountant", "billing_manager", "admin")
        for run in self:
            if run.date != run.company_id._telecom_today():
                raise UserError(
                    self.env._(
                        "This list is of %s: only today's list is carried out. Make a "
                        "new one.",
                        fields.Date.to_string(run.date),
                    )
                )
            run._move("running")
        due = self.env["telecom.dunning.run.line"].search_count(
            [("run_id", "in", self.ids), ("state", "=", "due")]
        )
        if due <= BATCH:
            return self._work()
        cron = self.env.ref("somconnexio_payments.cron_telecom_dunning")
        cron.sudo()._trigger()  # agents of the scheduler are nobody's to write
        return True

    def action_view_lines(self):
        """Open the list with its filters."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_dunning_run_line"
        )
        return {**action, "domain": [("run_id", "in", self.ids)]}

    def _make_list(self):
        """Read all figures in one statement and keep what follows from them."""
        self._move("listed")
        self.sudo().line_ids.unlink()
        rows = (
            self.env["telecom.dunning.case"].sudo()._decide(self.company_id, self.date)
        )
        for start in range(0, len(rows), LIST_BATCH):
            sql_steps.run(
                self.env,
                "dunning/30_insert_run_lines",
                rows=json.dumps(rows[start : start + LIST_BATCH], default=str),
                run_id=self.id,
                company_id=self.company_id.id,
                user_id=self.env.uid,
                now=fields.Datetime.now(),
            )
        self.invalidate_recordset()
