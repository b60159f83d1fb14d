# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_home_count = fields.Integer(
        string="Homes",
        help="Number of homes at this address, for offerings to communities. 0: not "
        "known.",
    )

    _telecom_home_count_not_negative = models.Constraint(
        "CHECK (telecom_home_count >= 0)", "A number of homes is zero or more."
    )

    def _is_eligible_member(self):
        """Tell whether the partner, or the company it belongs to, is a member."""
        holders = self | self.commercial_partner_id
        return any(holders.mapped("is_cooperative_member"))
