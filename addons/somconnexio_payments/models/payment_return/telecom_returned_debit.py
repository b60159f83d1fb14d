# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

STATES = [
    ("waiting", "Waiting"),
    ("booked", "Booked"),
    ("reversed", "Taken back"),
]
#: EPC's SDD Core rulebook: a payer may ask the money back without a reason within eight
#: weeks of the debit, and within thirteen months if there was no mandate.
REFUND_PERIOD = relativedelta(weeks=8)
UNAUTHORISED_PERIOD = relativedelta(months=13)


class TelecomReturnedDebit(models.Model):
    """One debit that came back, whichever files told of it; booked once."""

    _name = "telecom.returned.debit"
    _description = "Returned debit"
    _inherit = ["telecom.bank.facts.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "day desc, id desc"
    _rec_name = "end_to_end_reference"
    _rec_names_search = ["end_to_end_reference", "partner_id.name", "bill_id.name"]

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    file_id = fields.Many2one(
        "telecom.bank.file", readonly=True, index="btree_not_null"
    )
    transaction_id = fields.Many2one(
        "telecom.bank.transaction", readonly=True, index="btree_not_null"
    )
    origin = fields.Selection(
        [("entry", "Statement or notification"), ("status", "Answer to the order")],
        required=True,
        readonly=True,
        help="An order's answer comes before the money does.",
    )
    journal_id = fields.Many2one("account.journal", string="Bank", readonly=True)
    end_to_end_reference = fields.Char(string="Debit", required=True, readonly=True)
    bank_reference = fields.Char(required=True, readonly=True, default="")
    reason_code = fields.Char(readonly=True)
    reason_text = fields.Char(readonly=True)
    rule_id = fields.Many2one(
        "telecom.return.rule", string="Reason", readonly=True, ondelete="restrict"
    )
    return_class = fields.Selection(related="rule_id.return_class", store=True)
    day = fields.Date(string="Returned on", required=True, readonly=True, index=True)
    amount = fields.Monetary(readonly=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="waiting", index=True
    )
    waiting_reason = fields.Selection(
        [
            ("unknown", "No debit of ours has this reference"),
            ("not_booked", "The debit is not booked yet"),
            ("amount_differs", "The amount is not that of the debit"),
        ],
        string="Why it waits",
        readonly=True,
    )
    payment_line_id = fields.Many2one(
        "account.payment.line", string="Debit order line", readonly=True
    )
    credit_line_id = fields.Many2one(
        "account.move.line", string="Booked debit", readonly=True
    )
    bill_id = fields.Many2one("account.move", readonly=True, index="btree_not_null")
    partner_id = fields.Many2one("res.partner", string="Payer", readonly=True)
    billing_account_id = fields.Many2one(
        "telecom.billing.account", readonly=True, index="btree_not_null"
    )
    return_line_id = fields.Many2one(
        "payment.return.line", string="Return line", readonly=True
    )
    return_id = fields.Many2one(
        related="return_line_id.return_id", string="Return entry"
    )
    is_followed = fields.Boolean(
        string="Dealt with",
        readonly=True,
        help="What the rule of its reason says has been done.",
    )
    retry_date = fields.Date(string="Debited again from", readonly=True)
    fee_move_id = fields.Many2one("account.move", string="Fee bill", readonly=True)
    debited_date = fields.Date(
        string="Debited on", readonly=True, help="From here the payer's periods run."
    )
    refund_until_date = fields.Date(
        string="Refund until",
        compute="_compute_periods",
        help="Eight weeks: until then the payer may ask the money back without a"
        " reason.",
    )
    unauthorised_until_date = fields.Date(
        string="Unauthorised until",
        compute="_compute_periods",
        help="Thirteen months: until then a debit without a mandate can be disputed.",
    )

    _once = models.UniqueIndex(
        "(company_id, end_to_end_reference) WHERE state <> 'reversed'",
        "This debit has been returned already.",
    )
    _once_for_ever = models.Constraint(
        "UNIQUE (company_id, end_to_end_reference, bank_reference)",
        "The bank has told of this return already.",
    )

    @api.depends("debited_date")
    def _compute_periods(self):
        for returned in self:
            begun = returned.debited_date
            returned.refund_until_date = begun and begun + REFUND_PERIOD
            returned.unauthorised_until_date = begun and begun + UNAUTHORISED_PERIOD

    def action_try_again(self):
        """Look again for the debits of returns that wait."""
        self.check_access("write")
        waiting = self.sudo().filtered(lambda returned: returned.state == "waiting")
        waiting._book()._follow()
        return True

    def action_view_bill(self):
        """Open the bill that is open again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.bill_id.id,
            "view_mode": "form",
        }
