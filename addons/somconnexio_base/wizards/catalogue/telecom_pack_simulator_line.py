# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomPackSimulatorLine(models.TransientModel):
    """One subscription before and after."""

    _name = "telecom.pack.simulator.line"
    _description = "Subscription in a Pack Simulation"
    _order = "simulator_id, id"
    _rec_name = "subscription_id"

    simulator_id = fields.Many2one(
        "telecom.pack.simulator", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="simulator_id.currency_id")
    subscription_id = fields.Many2one("contract.contract", readonly=True)
    slot_id = fields.Many2one("telecom.pack.slot", string="Part", readonly=True)
    offering_before_id = fields.Many2one(
        "product.template", string="Offering before", readonly=True
    )
    offering_after_id = fields.Many2one(
        "product.template", string="Offering after", readonly=True
    )
    price_before = fields.Monetary(string="A month before", readonly=True)
    price_after = fields.Monetary(string="A month after", readonly=True)
    taxed_before = fields.Monetary(string="With tax before", readonly=True)
    taxed_after = fields.Monetary(string="With tax after", readonly=True)
    fee_before = fields.Monetary(readonly=True)
    fee_after = fields.Monetary(readonly=True)
    fee_difference = fields.Monetary(
        string="Month of the change",
        compute="_compute_fee_difference",
        help="By how much the fees of that month change, without tax and usage.",
    )
    note = fields.Char(string="What happens", readonly=True)

    @api.depends("fee_before", "fee_after")
    def _compute_fee_difference(self):
        for line in self:
            line.fee_difference = line.fee_after - line.fee_before
