# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomDestinationPrefix(models.Model):
    """Leading digits of the international numbers of a destination.

    The longest prefix that a number begins with decides its destination.
    """

    _name = "telecom.destination.prefix"
    _description = "Destination prefix"
    _rec_name = "prefix"
    _order = "prefix, id"

    prefix = fields.Char(
        required=True,
        help="Digits with the country calling code and no plus sign, such as 336. "
        "Short codes carry the country code as well: 112 is 34112 in Spain.",
    )
    destination_id = fields.Many2one(
        "telecom.destination", required=True, index=True, ondelete="cascade"
    )

    _prefix_unique = models.Constraint(
        "UNIQUE (prefix)", "This prefix belongs to a destination already."
    )
    _prefix_digits = models.Constraint(
        "CHECK (prefix ~ '^[0-9]{1,15}$')",
        "A prefix is made of 1 to 15 digits, without plus sign or spaces.",
    )
