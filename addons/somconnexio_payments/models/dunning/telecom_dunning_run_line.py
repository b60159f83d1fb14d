# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class TelecomDunningRunLine(models.Model):
    """What one billing account would get, and why; afterwards, what came of it."""

    _name = "telecom.dunning.run.line"
    _description = "Line of a Dunning Run"
    _order = "state, amount desc, id"
    _rec_name = "billing_account_id"

    run_id = fields.Many2one(
        "telecom.dunning.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        required=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one("res.partner", string="Payer", ondelete="cascade")
    policy_id = fields.Many2one("telecom.dunning.policy", ondelete="cascade")
    step_id = fields.Many2one(
        "telecom.dunning.step", string="Next step", ondelete="cascade"
    )
    action = fields.Selection(related="step_id.action")
    state = fields.Selection(
        [
            ("due", "Due now"),
            ("waiting", "Waits"),
            ("stopped", "Stopped"),
            ("end", "End of the ladder"),
            ("done", "Done"),
            ("left", "Left alone"),
            ("failed", "Failed"),
        ],
        required=True,
        index=True,
    )
    stop = fields.Selection(
        lambda self: (
            self.env["telecom.dunning.case"]
            ._fields["stop"]
            ._description_selection(self.env)
        ),
        string="Stopped by",
    )
    next_date = fields.Date(string="Not before")
    owed_amount = fields.Monetary(string="Overdue")
    amount = fields.Monetary(string="Unpaid")
    bill_count = fields.Integer(string="Bills")
    oldest_due_date = fields.Date(string="Due since")
    conditions = fields.Json()
    why = fields.Char(compute="_compute_why")
    error = fields.Char()

    _once = models.Constraint(
        "UNIQUE (run_id, billing_account_id)", "An account is once in a list."
    )

    def action_hold(self):
        """Ask until when these accounts are left alone, and why.

        Accounts that were never reminded get their case for that.
        """
        self.check_access("read")
        for run in self.run_id.filtered(lambda run: run.state != "listed"):
            raise UserError(
                self.env._(
                    "The list of %s is not waiting to be carried out: hold the cases "
                    "themselves, in Dunning, Cases.",
                    fields.Date.to_string(run.date),
                )
            )
        return self._cases().action_hold()

    def _cases(self):
        """Return the cases of the accounts of these lines, made where there is none."""
        # Cases are made by the machine, whoever asks for it.
        Case = self.env["telecom.dunning.case"].sudo()
        for run, lines in self.grouped("run_id").items():
            account_ids = lines.billing_account_id.ids
            rows = Case._decide(run.company_id, run.date, account_ids)
            Case._write_down(run.company_id, run.date, rows)
        cases = Case._of_accounts(self.billing_account_id.ids)
        return cases.with_env(self.env)

    @api.model
    def _note_hold(self, cases):
        """Show in the lists that wait which accounts are on hold now."""
        lines = self.search(
            [
                ("billing_account_id", "in", cases.billing_account_id.ids),
                ("run_id.state", "=", "listed"),
                ("state", "in", ("due", "waiting")),
            ]
        )
        lines.write({"state": "stopped", "stop": "hold", "next_date": False})

    @api.depends("conditions")
    @api.depends_context("lang")
    def _compute_why(self):
        Case = self.env["telecom.dunning.case"]
        for line in self:
            line.why = Case._conditions_text(line.conditions)
