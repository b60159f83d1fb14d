# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class TelecomUsageType(models.Model):
    """What kind of usage an event is, and the base unit that it is counted in."""

    _name = "telecom.usage.type"
    _description = "Usage type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable key used by formats and rates.")
    sequence = fields.Integer(default=10)
    unit = fields.Selection(
        [
            ("second", "Second"),
            ("byte", "Byte"),
            ("message", "Message"),
            ("unit", "Unit"),
        ],
        required=True,
        default="unit",
        help="Base unit: every quantity of this type is stored in it.",
    )
    display_unit_name = fields.Char(
        required=True, translate=True, help="Unit shown to people, such as min or MB."
    )
    display_factor = fields.Integer(
        required=True,
        default=1,
        help="How many base units make one displayed unit (60 for minutes).",
    )

    _code_unique = models.Constraint(
        "UNIQUE(code)", "Another usage type has this code already."
    )
    _display_factor_positive = models.Constraint(
        "CHECK(display_factor > 0)", "The display factor must be 1 or more."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = [("usage_type_id", "in", self.ids)]
        event = self.env["telecom.usage.event"].search(used, limit=1)
        if event:
            raise UserError(
                self.env._(
                    "There is usage of type %(type)s: it cannot be deleted.",
                    type=event.usage_type_id.name,
                )
            )

    def _format(self, quantity):
        """Return a quantity of the base unit as people read it, such as 2:05 min.

        :param float quantity: seconds, bytes, messages or units
        """
        if not self:
            return ""
        if self.unit == "second":
            minutes, seconds = divmod(round(quantity), 60)
            return f"{minutes}:{seconds:02} {self.display_unit_name}"
        digits = 0 if self.display_factor == 1 else 2
        shown = formatLang(self.env, quantity / self.display_factor, digits=digits)
        return f"{shown} {self.display_unit_name}"
