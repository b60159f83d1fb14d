# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomRatingSimulationLine(models.Model):
    """What one subscription's month cost, and what it would cost.

    Written by ``sql/simulation`` only.
    """

    _name = "telecom.rating.simulation.line"
    _description = "Rating simulation: subscription"
    _order = "simulation_id, difference desc, id"
    _rec_name = "subscription_id"

    simulation_id = fields.Many2one(
        "telecom.rating.simulation", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    subscription_id = fields.Many2one(
        "contract.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, ondelete="cascade"
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account", readonly=True, ondelete="cascade"
    )
    offering_id = fields.Many2one(
        related="subscription_id.telecom_offering_id", string="Offering now"
    )
    chunk = fields.Integer(readonly=True, aggregator=None)
    is_done = fields.Boolean(string="Worked out", readonly=True)
    event_count = fields.Integer(string="Events", readonly=True)
    unrated_count = fields.Integer(
        string="Without price",
        readonly=True,
        help="Events that the other tariff has no price for.",
    )
    old_amount = fields.Float(string="As it is", digits=(16, 6), readonly=True)
    new_amount = fields.Float(string="As it were", digits=(16, 6), readonly=True)
    difference = fields.Float(
        digits=(16, 6), readonly=True, help="Above zero: it would cost more."
    )

    _once = models.Constraint(
        "UNIQUE (simulation_id, subscription_id)",
        "A subscription is in a simulation once.",
    )
