# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

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
    kind = fields.Selection([*KINDS, ("preview", "Preview")], required=True)
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
    held_by_id = fields.Many2one("res.users", help="Who held it by hand.")
    released_by_id = fields.Many2one("res.users")
    released_at = fields.Datetime()
    release_reason = fields.Char("Released because")
    release_ids = fields.One2many("telecom.bill.run.release", "run_account_id")
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
        "(billing_account_id, period_start, kind) WHERE state != 'cancelled'"
        " AND (kind = 'cycle' OR move_id IS NULL)",
        "This billing account is already being billed for this period.",
    )

    @api.depends("billing_account_id", "run_id")
    def _compute_display_name(self):
        for account in self:
            account.display_name = (
                f"{account.run_id.name} · {account.billing_account_id.display_name}"
            )

    def action_view_bill(self):
        """Open the bill of this account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
