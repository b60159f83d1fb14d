# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomRoamingZone(models.Model):
    """Visited countries with the same roaming prices."""

    _name = "telecom.roaming.zone"
    _description = "Roaming zone"
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
