# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from ..models.bill_run.telecom_billing_account import LINE_FIELDS


class TelecomBillPreview(models.TransientModel):
    """The bill of one account as it would be now. Nothing else is touched."""

    _name = "telecom.bill.preview"
    _description = "Preview of one bill"

    billing_account_id = fields.Many2one(
        "telecom.billing.account", required=True, readonly=True
    )
    company_id = fields.Many2one(related="billing_account_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    period_start = fields.Date(
        required=True,
        compute="_compute_period_start",
        precompute=True,
        store=True,
        readonly=False,
        help="Any day of the month.",
    )
    line_ids = fields.One2many("telecom.bill.preview.line", "preview_id", readonly=True)
    amount_untaxed = fields.Monetary("Untaxed", readonly=True)
    amount_tax = fields.Monetary("Taxes", readonly=True)
    amount_total = fields.Monetary("Total", readonly=True)
    unpriced_count = fields.Integer("Events without a price", readonly=True)
    pdf = fields.Binary("Bill", attachment=False, readonly=True)

    @api.depends("billing_account_id")
    def _compute_period_start(self):
        for preview in self:
            today = (preview.company_id or self.env.company)._telecom_today()
            preview.period_start = today + relativedelta(day=1)

    def action_compute(self):
        """Work out the bill of the month and show it."""
        self.ensure_one()
        first = self.period_start + relativedelta(day=1)
        result = self.billing_account_id.preview_bill(
            first, first + relativedelta(months=1)
        )
        lines = [
            {name: line[name] for name in LINE_FIELDS} for line in result.pop("lines")
        ]
        pdf = result.pop("pdf")
        self.write(
            {
                **result,
                "period_start": first,
                "line_ids": [Command.clear(), *map(Command.create, lines)],
                "pdf": pdf and base64.b64encode(pdf),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview of the bill"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class TelecomBillPreviewLine(models.TransientModel):
    """A line of a previewed bill, usage that costs nothing included."""

    _name = "telecom.bill.preview.line"
    _description = "Line of a preview of one bill"

    preview_id = fields.Many2one(
        "telecom.bill.preview", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="preview_id.currency_id")
    subscription_id = fields.Many2one("contract.contract")
    kind = fields.Selection(
        lambda self: self.env["telecom.bill.run.line"]._fields["kind"].selection
    )
    name = fields.Char()
    period_from = fields.Date()
    period_to = fields.Date()
    event_count = fields.Integer("Events")
    amount_untaxed = fields.Monetary("Untaxed amount")
