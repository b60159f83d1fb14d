# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomTariff(models.Model):
    """A price list of usage: dated rates and one declared rounding."""

    _name = "telecom.tariff"
    _description = "Usage tariff"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount_digits = fields.Integer(
        string="Decimals",
        required=True,
        default=6,
        help="Decimals of the amount of one event. The bill line, a sum of events, is "
        "rounded to the currency afterwards.",
    )
    rounding_method = fields.Selection(
        [
            ("half_up", "Half up"),
            ("half_even", "Half to even"),
            ("up", "Up"),
            ("down", "Down"),
        ],
        required=True,
        default="half_up",
    )
    rate_ids = fields.One2many("telecom.tariff.rate", "tariff_id", copy=True)
    active = fields.Boolean(default=True)
    note = fields.Text()

    _code_unique = models.Constraint(
        "UNIQUE (code, company_id)",
        "Another tariff of this company has this code already.",
    )
    _amount_digits_range = models.Constraint(
        "CHECK (amount_digits BETWEEN 0 AND 12)",
        "The amount of an event is rounded to between 0 and 12 decimals.",
    )
