# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomDestination(models.Model):
    """Where a call or message goes: the numbers under a set of prefixes."""

    _name = "telecom.destination"
    _description = "Usage destination"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "destination_id"
    _order = "kind, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short name in tariffs exchanged as files, such as FR-mobile.",
    )
    kind = fields.Selection(
        [
            ("landline", "Landline"),
            ("mobile", "Mobile"),
            ("international", "International"),
            ("special", "Special rate"),
            ("premium", "Premium rate"),
            ("free", "Free of charge"),
            ("other", "Other"),
        ],
        required=True,
        default="international",
        help="Tells people what it is; what it costs is said by the rates.",
    )
    country_id = fields.Many2one("res.country", index="btree_not_null")
    prefix_ids = fields.One2many("telecom.destination.prefix", "destination_id")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another destination has this code already."
    )

    @api.model
    def _keep_edited_numbering(self):
        """Let an update of the addon leave destinations and zones as people have them.

        Files of comma-separated values can't say so themselves. New rows of theirs
        still come in.
        """
        self.env["ir.model.data"].search(
            [
                ("module", "=", "somconnexio_billing"),
                (
                    "model",
                    "in",
                    [
                        "telecom.destination",
                        "telecom.destination.prefix",
                        "telecom.roaming.zone",
                    ],
                ),
                ("noupdate", "=", False),
            ]
        ).noupdate = True
