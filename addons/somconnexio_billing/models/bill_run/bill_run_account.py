# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from . import stages
from .bill_run import KINDS


class TelecomBillRunAccount(models.Model):
    """One billing account of a run: what it owes and how far its bill is."""

    _name = "telecom.bill.run.account"
    _description = "Billing account of a bill run"
    _order = "run_id desc, id"
    _rec_name = "billing_account_id"
    _check_company_auto = True

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    run_state = fields.Selection(related="run_id.state", string="Run state")
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="billing_account_id.partner_id")
    period_start = fields.Date(required=True)
    kind = fields.Selection(KINDS, required=True)
    slice_id = fields.Many2one(
        "telecom.bill.run.slice", index="btree_not_null", ondelete="set null"
    )
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("held", "Held"),
            ("nothing", "Nothing to bill"),
            ("invoiced", "Invoiced"),
            ("posted", "Posted"),
            ("delivered", "Delivered"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="pending",
        index=True,
    )
    hold_code = fields.Char(
        help="The control that holds it; manual, stale or error otherwise."
    )
    hold_reason = fields.Char(help="Why it goes no further until it is released.")
    released_by_id = fields.Many2one("res.users")
    released_at = fields.Datetime()
    fiscal_position_id = fields.Many2one("account.fiscal.position", ondelete="restrict")
    amount_untaxed = fields.Monetary("Untaxed")
    amount_tax = fields.Monetary("Taxes")
    amount_total = fields.Monetary("Total")
    move_id = fields.Many2one(
        "account.move", "Bill", index="btree_not_null", ondelete="restrict"
    )
    line_ids = fields.One2many("telecom.bill.run.line", "run_account_id")
    tax_line_ids = fields.One2many("telecom.bill.run.tax", "run_account_id")

    _run_account_unique = models.Constraint(
        "UNIQUE (run_id, billing_account_id)",
        "A billing account takes part once in a bill run.",
    )
    _one_live_bill = models.UniqueIndex(
        "(billing_account_id, period_start, kind) WHERE state != 'cancelled'",
        "This billing account is already being billed for this period.",
    )

    @api.depends("billing_account_id", "run_id")
    def _compute_display_name(self):
        for account in self:
            account.display_name = (
                f"{account.run_id.name} · {account.billing_account_id.display_name}"
            )

    def action_hold(self):
        """Keep accounts out of the bills until somebody releases them."""
        accounts = self._checked()
        if accounts.filtered(lambda account: account.state not in ("pending", "held")):
            raise UserError(
                self.env._("Only an account that waits for its bill can be held.")
            )
        accounts.write({"released_by_id": False, "released_at": False})
        accounts._hold("manual", self.env._("Held by %s.", self.env.user.name))
        return True

    def action_release(self):
        """Let held accounts go on: the controls do not hold them again in this run."""
        accounts = self._checked()
        held = accounts.filtered(lambda account: account.state == "held")
        if held != accounts:
            raise UserError(self.env._("Only a held account can be released."))
        held.write(
            {
                "released_by_id": self.env.uid,
                "released_at": fields.Datetime.now(),
            }
        )
        held._free()
        return True

    def _checked(self):
        """Check role and runs; return the accounts with the machine's rights."""
        for run in self.run_id:
            run._check_role(stages.BY_CODE["invoice"])
        self.check_access("read")
        accounts = self.sudo()
        for run in accounts.run_id:
            run._lock()
        return accounts

    def _hold(self, code, reason):
        """Hold accounts for a reason that people read."""
        if self:
            self.write(
                {"state": "held", "hold_code": code, "hold_reason": reason[:500]}
            )

    def _free(self):
        """Put held accounts back where they were held: before or after their bill."""
        self.write({"hold_code": False, "hold_reason": False})
        billed = self.filtered("move_id")
        (self - billed).write({"state": "pending"})
        for account in billed:
            is_posted = account.move_id.state == "posted"
            account.state = "posted" if is_posted else "invoiced"

    def action_view_bill(self):
        """Open the bill of this account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
