# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomNoticePurpose(models.Model):
    """What notices are for. People refuse purposes, not single kinds."""

    _name = "telecom.notice.purpose"
    _description = "Purpose of notices"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    description = fields.Char(
        translate=True, help="Said to people where they choose what they want to get."
    )
    is_mandatory = fields.Boolean(
        string="Cannot be refused",
        help="The law or the contract asks for these notices: no unsubscribe link, no"
        " opting out.",
    )
    kind_ids = fields.One2many("telecom.notice.kind", "purpose_id", string="Kinds")

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another purpose already has this code."
    )
