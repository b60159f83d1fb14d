# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .const import DIRECTIONS, NETWORKS


class TelecomTariffRate(models.Model):
    """The price of one kind of usage, from a day until another."""

    _name = "telecom.tariff.rate"
    _description = "Usage rate"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "rate_id"
    _order = "tariff_id, usage_type_id, direction desc, zone_id, destination_id, id"

    tariff_id = fields.Many2one(
        "telecom.tariff", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tariff_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="tariff_id.currency_id")
    usage_type_id = fields.Many2one(
        "telecom.usage.type", required=True, ondelete="restrict"
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="outgoing")
    destination_id = fields.Many2one(
        "telecom.destination",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: any destination that no other rate of the tariff names.",
    )
    zone_id = fields.Many2one(
        "telecom.roaming.zone",
        string="Roaming zone",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: usage on the home network.",
    )
    network = fields.Selection(
        NETWORKS,
        required=True,
        default="any",
        help="Own network: the other number is served by this company at that time.",
    )
    time_band_id = fields.Many2one(
        "telecom.time.band",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: any time that no other rate of the tariff names.",
    )
    valid_from = fields.Date(help="First day of the price. Empty: since ever.")
    valid_to = fields.Date(
        help="First day on which it no longer holds. Empty: until further notice."
    )
    setup_fee = fields.Float(
        string="Set-up fee",
        digits=False,
        min_display_digits=2,
        required=True,
        default=0.0,
        aggregator=None,
        help="Charged once per event, when some of it is charged.",
    )
    unit_price = fields.Float(
        digits=False,
        min_display_digits=2,
        required=True,
        default=0.0,
        aggregator=None,
        help="Price of one price unit, taxes excluded.",
    )
    price_unit = fields.Float(
        digits=False,
        min_display_digits=0,
        required=True,
        default=1.0,
        aggregator=None,
        help="Base units that the price is for: 60 seconds, 1048576 bytes, 1 message.",
    )
    first_increment = fields.Float(
        digits=False,
        min_display_digits=0,
        required=True,
        default=1.0,
        aggregator=None,
        help="Least quantity counted of an event, in base units.",
    )
    next_increment = fields.Float(
        digits=False,
        min_display_digits=0,
        required=True,
        default=1.0,
        aggregator=None,
        help="Step by which the quantity above the first increment is counted up.",
    )
    minimum_quantity = fields.Float(
        digits=False,
        min_display_digits=0,
        aggregator=None,
        help="Base units that an event counts at least, before its increments. Events "
        "of nothing stay nothing.",
    )
    setup_on_zero = fields.Boolean(
        string="Set-up fee on nothing",
        help="Charge the set-up fee of an event of zero quantity too.",
    )
    setup_on_covered = fields.Boolean(
        string="Set-up fee when covered",
        help="Charge the set-up fee of an event too that allowances cover in full.",
    )
    minimum_charge = fields.Float(
        digits=False,
        min_display_digits=2,
        aggregator=None,
        help="Least that an event costs of which something is charged. 0: none.",
    )
    maximum_charge = fields.Float(
        digits=False,
        min_display_digits=2,
        aggregator=None,
        help="Most that an event costs, set-up fee included. 0: no limit.",
    )
    price_mode = fields.Selection(
        [
            ("per_unit", "Per unit"),
            ("graduated", "Graduated: each unit by its tier"),
            ("volume", "Volume: all units by the tier reached"),
            ("package", "Per started package"),
        ],
        required=True,
        default="per_unit",
        help="Tiers and packages count what a subscription is charged in a month.",
    )
    tier_ids = fields.One2many(
        "telecom.tariff.tier", "rate_id", string="Tiers", copy=True
    )
    category_id = fields.Many2one(
        "telecom.usage.category", required=True, ondelete="restrict"
    )

    _validity_order = models.Constraint(
        "CHECK (valid_from < valid_to)", "A rate must end after the day it begins."
    )
    _price_not_negative = models.Constraint(
        "CHECK (setup_fee >= 0 AND unit_price >= 0)", "A price can't be negative."
    )
    _units_positive = models.Constraint(
        "CHECK (price_unit > 0 AND first_increment > 0 AND next_increment > 0)",
        "The price unit and the increments must be more than zero.",
    )
    _event_limits = models.Constraint(
        "CHECK (COALESCE(minimum_quantity, 0) >= 0"
        " AND COALESCE(minimum_charge, 0) >= 0 AND COALESCE(maximum_charge, 0) >= 0"
        " AND (COALESCE(maximum_charge, 0) = 0"
        " OR COALESCE(minimum_charge, 0) <= maximum_charge))",
        "Minimum and maximum of an event can't be negative, nor the minimum be more "
        "than the maximum.",
    )
    # One rate at most answers for an event. Keys are compared as ranges of one number,
    # because only ranges have a GiST operator class without an extension (ADR 0002).
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(tariff_id, tariff_id, '[]') WITH &&,
            int4range(usage_type_id, usage_type_id, '[]') WITH &&,
            int4range(
                (direction = 'outgoing')::int, (direction = 'outgoing')::int, '[]'
            ) WITH &&,
            int4range(
                COALESCE(destination_id, 0), COALESCE(destination_id, 0), '[]'
            ) WITH &&,
            int4range(COALESCE(zone_id, 0), COALESCE(zone_id, 0), '[]') WITH &&,
            int4range(
                (network = 'on_net')::int + 2 * (network = 'off_net')::int,
                (network = 'on_net')::int + 2 * (network = 'off_net')::int, '[]'
            ) WITH &&,
            int4range(COALESCE(time_band_id, 0), COALESCE(time_band_id, 0), '[]')
                WITH &&,
            daterange(valid_from, valid_to, '[)') WITH &&
        )""",
        "Two rates of a tariff for the same usage type, direction, destination, "
        "roaming zone, network and time band can't be valid on the same day. End the "
        "old one first.",
    )

    @api.depends(
        "tariff_id", "usage_type_id", "destination_id", "zone_id", "time_band_id"
    )
    def _compute_display_name(self):
        for rate in self:
            parts = (
                rate.tariff_id.name,
                rate.usage_type_id.name,
                rate.destination_id.name,
                rate.zone_id.name,
                rate.time_band_id.name,
            )
            rate.display_name = ", ".join(filter(None, parts))

    @api.onchange("usage_type_id")
    def _onchange_usage_type_id(self):
        """Propose a price for the unit that people know, such as a minute."""
        if self.usage_type_id:
            self.price_unit = self.usage_type_id.display_factor
