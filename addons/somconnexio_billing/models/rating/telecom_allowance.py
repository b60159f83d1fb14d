# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .const import DIRECTIONS, NETWORKS


class TelecomAllowance(models.Model):
    """Usage, or money for usage, that an offering includes in each civil month.

    One-shot allowances aren't given each month: subscriptions get them as
    ``telecom.allowance.grant``.
    """

    _name = "telecom.allowance"
    _description = "Included usage"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "allowance_id"
    _order = "product_tmpl_id, priority, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        help="Short name in tariffs exchanged as files, such as VOICE-150."
    )
    kind = fields.Selection(
        [("quantity", "Usage"), ("money", "Money")],
        required=True,
        default="quantity",
        help="Usage covers units; money covers what they cost, after all usage.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Offering",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="product_tmpl_id.company_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    usage_type_id = fields.Many2one(
        "telecom.usage.type",
        ondelete="restrict",
        help="Empty, for money only: any usage.",
    )
    direction = fields.Selection(
        DIRECTIONS, default="outgoing", help="Empty, for money only: any direction."
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
        help="Empty: any time.",
    )
    destination_ids = fields.Many2many(
        "telecom.destination",
        "telecom_allowance_destination_rel",
        "allowance_id",
        "destination_id",
        string="Destinations",
        help="Empty: any destination.",
    )
    include_home = fields.Boolean(
        string="Home network", default=True, help="Valid on the home network."
    )
    zone_ids = fields.Many2many(
        "telecom.roaming.zone",
        "telecom_allowance_zone_rel",
        "allowance_id",
        "zone_id",
        string="Roaming zones",
        help="Roaming zones in which it is valid too.",
    )
    is_unlimited = fields.Boolean(string="Unlimited")
    quantity = fields.Float(
        string="Quantity (base units)",
        digits=False,
        min_display_digits=0,
        aggregator=None,
        help="Included each month, in base units: seconds, bytes, messages.",
    )
    amount = fields.Float(
        digits=False,
        min_display_digits=2,
        aggregator=None,
        help="Money included each month, taxes excluded.",
    )
    shown_quantity = fields.Float(
        string="Quantity",
        digits=False,
        min_display_digits=0,
        compute="_compute_shown_quantity",
        inverse="_inverse_shown_quantity",
        help="Included each month, in the unit that people read.",
    )
    shown_unit = fields.Char(
        string="Unit", related="usage_type_id.display_unit_name", readonly=True
    )
    priority = fields.Integer(
        default=10,
        required=True,
        help="Usage draws on all that fit it, the lowest number first; among equals "
        "on the one that expires first.",
    )
    sequence = fields.Integer(default=10, required=True)
    sharing = fields.Selection(
        [
            ("subscription", "Each subscription its own"),
            ("account", "One for the billing account"),
            ("pooled", "Added up for the billing account"),
        ],
        required=True,
        default="subscription",
        help="One for the billing account: there once, however many of its "
        "subscriptions bring it. Added up: each brings its part, all draw on the sum.",
    )
    proration = fields.Selection(
        [("full", "In full"), ("by_day", "By day")],
        string="Partial month",
        required=True,
        default="full",
        help="What is given in a month of which the offering is valid in part only. "
        "By day: as the tariff counts partial months.",
    )
    rollover_months = fields.Integer(
        string="Rolls over (months)",
        help="Months for which what is left over stays usable. 0: none.",
    )
    rollover_limit = fields.Float(
        digits=False,
        min_display_digits=0,
        aggregator=None,
        help="Most that passes into one month, in base units or money; the oldest is "
        "dropped first. 0: no limit.",
    )
    is_one_shot = fields.Boolean(
        string="One-shot",
        help="Bought once, for a time: not given each month.",
    )
    grant_ids = fields.One2many("telecom.allowance.grant", "allowance_id")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(product_tmpl_id, code) WHERE code IS NOT NULL",
        "Another allowance of this offering has this code already.",
    )
    _quantity_given = models.Constraint(
        "CHECK (is_unlimited IS TRUE OR is_one_shot IS TRUE OR COALESCE("
        "CASE WHEN kind = 'money' THEN amount ELSE quantity END, 0) > 0)",
        "An allowance is unlimited or includes a quantity of more than zero.",
    )
    _usage_named = models.Constraint(
        "CHECK (kind = 'money' OR (usage_type_id IS NOT NULL"
        " AND direction IS NOT NULL))",
        "Included usage names its usage type and direction; only money may be for any.",
    )
    _rollover_possible = models.Constraint(
        "CHECK (COALESCE(rollover_months, 0) BETWEEN 0 AND 24"
        " AND COALESCE(rollover_limit, 0) >= 0"
        " AND (COALESCE(rollover_months, 0) = 0"
        " OR (is_unlimited IS NOT TRUE AND is_one_shot IS NOT TRUE)))",
        "Only what is limited and given each month rolls over, for up to 24 months.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for allowance in self:
            company = allowance.company_id or self.env.company
            allowance.currency_id = company.currency_id

    @api.depends("quantity", "usage_type_id")
    def _compute_shown_quantity(self):
        for allowance in self:
            factor = allowance.usage_type_id.display_factor or 1
            allowance.shown_quantity = allowance.quantity / factor

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: the quantity is there before the database checks it."""
        return super().create([self._with_base_quantity(vals) for vals in vals_list])

    def _with_base_quantity(self, vals):
        """Return values with the quantity that people gave in base units."""
        if "shown_quantity" not in vals or "quantity" in vals:
            return vals
        vals = dict(vals)
        usage_type = self.env["telecom.usage.type"].browse(vals.get("usage_type_id"))
        shown = vals.pop("shown_quantity")
        return {**vals, "quantity": shown * (usage_type.display_factor or 1)}

    def _inverse_shown_quantity(self):
        for allowance in self:
            factor = allowance.usage_type_id.display_factor or 1
            allowance.quantity = allowance.shown_quantity * factor

    def _format(self, quantity):
        """Return units or money of the allowance as people read them.

        :param float quantity: base units, or money
        """
        if self.kind == "money":
            return self.currency_id.format(quantity)
        return self.usage_type_id._format(quantity)
