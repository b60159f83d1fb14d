# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class TelecomBillHistoryTax(models.Model):
    """What one rate of tax came to on an earlier bill."""

    _name = "telecom.bill.history.tax"
    _description = "Tax of an Earlier Bill"
    _order = "bill_id, sequence, id"
    _rec_name = "rate"

    bill_id = fields.Many2one(
        "telecom.bill.history",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="bill_id.company_id", store=True)
    currency_id = fields.Many2one(related="bill_id.currency_id")
    partner_id = fields.Many2one(related="bill_id.partner_id")
    bill_type = fields.Selection(related="bill_id.bill_type", store=True)
    issue_date = fields.Date(related="bill_id.issue_date", store=True)
    sequence = fields.Integer(readonly=True, default=1)
    rate = fields.Float(string="Rate (%)", digits=(5, 2), required=True, readonly=True)
    amount_base = fields.Monetary(string="Base", required=True, readonly=True)
    amount_tax = fields.Monetary(string="Tax", required=True, readonly=True)

    _rate_unique = models.Constraint(
        "UNIQUE (bill_id, rate)", "A bill has each rate of tax once."
    )

    def write(self, vals):
        """Override of ``base``: what a bill of the past says stays as it was.

        :raise UserError: always
        """
        raise UserError(self._told_fixed())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if self:
            raise UserError(self._told_fixed())

    def _told_fixed(self):
        return self.env._(
            "The taxes of bill %(number)s cannot be changed: it was posted in another"
            " system. Book a correction in the accounts instead.",
            number=self[:1].bill_id.number,
        )
