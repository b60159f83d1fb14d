# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_reservation_hours = fields.Integer(
        string="Reservation (hours)",
        default=48,
        help="How long a number or SIM card is kept for somebody; 0: until released.",
    )

    _telecom_reservation_hours_not_negative = models.Constraint(
        "CHECK (telecom_reservation_hours >= 0)",
        "The reservation must be zero hours or more.",
    )
