# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_CODE_PATTERN = re.compile(r"[a-z][a-z0-9_]*")


class TelecomServiceType(models.Model):
    _name = "telecom.service.type"
    _description = "Telecom Service Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Stable name that other systems use: lower case, digits, underscore.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    resource_kind_ids = fields.Many2many(
        "telecom.resource.kind",
        string="Required resources",
        help="A subscription of this type must hold one of each to be activated.",
    )
    main_resource_kind_id = fields.Many2one(
        "telecom.resource.kind",
        string="Known by",
        help="The identifier people say on the phone.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another service type already has this code."
    )

    @api.constrains("code")
    def _check_code(self):
        for service_type in self:
            if not _CODE_PATTERN.fullmatch(service_type.code):
                raise ValidationError(
                    self.env._(
                        "%(code)s cannot be the code of a service type: write lower "
                        "case letters, digits and underscores, beginning with a "
                        "letter.",
                        code=service_type.code,
                    )
                )
