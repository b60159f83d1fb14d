# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ..telecom_resource import AVAILABLE

ACTIVITY = "somconnexio_base.activity_type_low_stock"


class TelecomResourceStockLevel(models.Model):
    """How many of a kind there should be, and who is told when there are fewer."""

    _name = "telecom.resource.stock.level"
    _description = "Stock Level of Numbers and SIM Cards"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "kind_id, provider_id, id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind_id = fields.Many2one(
        "telecom.resource.kind", required=True, index=True, ondelete="restrict"
    )
    provider_id = fields.Many2one(
        "res.partner", ondelete="restrict", help="Empty: of all providers together."
    )
    minimum_count = fields.Integer(string="At least", required=True, default=50)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        help="Gets an activity when there are fewer available.",
    )
    available_count = fields.Integer(
        string="Available", compute="_compute_available_count"
    )
    is_low = fields.Boolean(string="Low", compute="_compute_is_low")

    _scope_unique = models.UniqueIndex(
        "(company_id, kind_id, coalesce(provider_id, 0))",
        "This kind and provider has a stock level already: change that one.",
    )
    _minimum_positive = models.Constraint(
        "CHECK (minimum_count > 0)", "The stock level must be one or more."
    )

    @api.depends("kind_id", "provider_id")
    def _compute_display_name(self):
        for level in self:
            names = (level.kind_id.name, level.provider_id.name)
            level.display_name = " · ".join(filter(None, names))

    @api.depends("company_id", "kind_id", "provider_id")
    def _compute_available_count(self):
        """Count what is available, for all levels in one query."""
        counts = {}
        for company, kind, provider, count in self.env["telecom.resource"]._read_group(
            [("state", "=", AVAILABLE), ("kind_id", "in", self.kind_id.ids)],
            ["company_id", "kind_id", "provider_id"],
            ["__count"],
        ):
            for key in ((company, kind, provider), (company, kind, None)):
                counts[key] = counts.get(key, 0) + count
        for level in self:
            provider = level.provider_id or None
            key = (level.company_id, level.kind_id, provider)
            level.available_count = counts.get(key, 0)

    @api.depends("available_count", "minimum_count")
    def _compute_is_low(self):
        for level in self:
            level.is_low = level.available_count < level.minimum_count

    @api.model
    def _cron_check(self):
        """Tell who is responsible where stock is low; take it back where it isn't."""
        for level in self.search([]):
            level._check_stock()

    def action_check(self):
        """Look at the stock now."""
        for level in self:
            level._check_stock()
        return True

    def _check_stock(self):
        """Let there be one open activity while stock is low, none otherwise."""
        activity_type = self.env.ref(ACTIVITY)
        is_open = self.activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )
        if self.is_low and not is_open:
            self.activity_schedule(
                ACTIVITY,
                user_id=self.user_id.id,
                summary=self.env._(
                    "%(level)s: %(count)s available, %(minimum)s wanted",
                    level=self.display_name,
                    count=self.available_count,
                    minimum=self.minimum_count,
                ),
            )
        elif is_open and not self.is_low:
            is_open.action_feedback(feedback=self.env._("There is enough again."))

    def action_view_resources(self):
        """Open what is available of this kind."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_resource"
        )
        action["domain"] = [
            ("state", "=", AVAILABLE),
            ("kind_id", "=", self.kind_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        if self.provider_id:
            action["domain"].append(("provider_id", "=", self.provider_id.id))
        action["context"] = {}
        return action
