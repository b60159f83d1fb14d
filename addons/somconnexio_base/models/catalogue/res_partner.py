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

    def _holder_problems(self, offering):
        """Return why this partner may not hold a subscription of an offering.

        :param offering: product.template
        :return: list of sentences; the membership part says which
        """
        # The membership part says more, wherever it stands in the order of classes.
        found = getattr(super(), "_holder_problems", None)
        return found(offering) if found else []

    def _is_eligible_member(self):
        """Tell whether the partner, or the company it belongs to, is a member."""
        partners = self | self.commercial_partner_id
        name = "is_cooperative_member"
        return name in self._fields and any(partners.mapped(name))
