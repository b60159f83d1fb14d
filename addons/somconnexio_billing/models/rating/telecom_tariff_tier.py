# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

TIERED_MODES = ("graduated", "volume")


class TelecomTariffTier(models.Model):
    """The price of a rate for units up to a position in the month."""

    _name = "telecom.tariff.tier"
    _description = "Tier of a usage rate"
    _rec_name = "up_to_quantity"
    # An open tier, written as zero, is the last one.
    _order = "rate_id, is_open, up_to_quantity, id"

    rate_id = fields.Many2one(
        "telecom.tariff.rate", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rate_id.company_id", store=True, index=True)
    up_to_quantity = fields.Float(
        string="Up to (base units)",
        digits=False,
        min_display_digits=0,
        aggregator=None,
        help="Last unit of the tier, counted over the month. 0: no end.",
    )
    is_open = fields.Boolean(
        string="No end", compute="_compute_is_open", store=True, precompute=True
    )
    unit_price = fields.Float(
        digits=False,
        min_display_digits=2,
        required=True,
        default=0.0,
        aggregator=None,
        help="Price of one price unit of the rate, taxes excluded.",
    )

    _once = models.Constraint(
        "UNIQUE (rate_id, up_to_quantity)",
        "Two tiers of a rate can't end at the same quantity.",
    )
    _not_negative = models.Constraint(
        "CHECK (up_to_quantity >= 0 AND unit_price >= 0)",
        "The end and the price of a tier can't be negative.",
    )

    @api.depends("up_to_quantity")
    def _compute_is_open(self):
        for tier in self:
            tier.is_open = not tier.up_to_quantity


class TelecomTariffRate(models.Model):
    _inherit = "telecom.tariff.rate"

    @api.constrains("price_mode", "tariff_id")
    def _check_wholesale_mode(self):
        for rate in self:
            is_wholesale = rate.tariff_id.purpose == "wholesale"
            if is_wholesale and rate.price_mode != "per_unit":
                raise ValidationError(
                    self.env._(
                        "%(tariff)s is a wholesale tariff: its rates are per unit.",
                        tariff=rate.tariff_id.name,
                    )
                )

    @api.constrains("price_mode", "tier_ids")
    def _check_tiers(self):
        for rate in self:
            if rate.price_mode in TIERED_MODES and not rate.tier_ids:
                raise ValidationError(
                    self.env._(
                        "%(rate)s is priced by tiers and has none: add its tiers, the"
                        " last one without end.",
                        rate=rate.display_name,
                    )
                )
