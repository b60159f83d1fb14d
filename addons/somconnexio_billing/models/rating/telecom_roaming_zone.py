# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class TelecomRoamingZone(models.Model):
    """Visited countries with the same roaming prices."""

    _name = "telecom.roaming.zone"
    _description = "Roaming zone"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "zone_id"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    country_ids = fields.Many2many(
        "res.country",
        "telecom_roaming_zone_country_rel",
        "zone_id",
        "country_id",
        string="Countries",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another roaming zone has this code already."
    )

    def init(self):
        """Let a country be in one zone at most, in the table of the many2many."""
        self.env.cr.execute(
            SQL(
                "CREATE UNIQUE INDEX IF NOT EXISTS telecom_roaming_zone_one_per_country"
                " ON telecom_roaming_zone_country_rel (country_id)"
            )
        )

    @api.constrains("country_ids")
    def _check_country_ids(self):
        # The many2many skips rows that the index refuses: ask where the country is.
        Zone = self.with_context(active_test=False)
        for zone in self:
            other = Zone.search(
                [
                    ("id", "!=", zone.id),
                    ("country_ids", "in", zone.country_ids.ids),
                ],
                limit=1,
            )
            if other:
                shared = other.country_ids & zone.country_ids
                raise ValidationError(
                    self.env._(
                        "%(countries)s: in the roaming zone %(zone)s already. A country"
                        " is in one zone only: take it out of there first.",
                        countries=", ".join(shared.mapped("name")),
                        zone=other.name,
                    )
                )
