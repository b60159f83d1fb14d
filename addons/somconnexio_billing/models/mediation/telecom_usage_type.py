# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rating.units import DisplayUnit, NumberFormat


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
        unit = self._display_unit()
        return unit.format(Decimal(str(quantity)), self._number_format())

    def _display_unit(self):
        """Return the unit in which people read quantities of this type."""
        self.ensure_one()
        return DisplayUnit(
            self.display_unit_name, self.display_factor, is_time=self.unit == "second"
        )

    def _number_format(self):
        """Return how the language of the environment writes numbers."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return NumberFormat(lang.decimal_point, lang.thousands_sep or "")
