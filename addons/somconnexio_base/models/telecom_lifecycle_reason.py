# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomLifecycleReason(models.Model):
    _name = "telecom.lifecycle.reason"
    _description = "Reason to Suspend or Terminate a Subscription"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable name that other systems use.")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("suspend", "Suspension"), ("terminate", "Termination")], required=True
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another lifecycle reason already has this code."
    )
