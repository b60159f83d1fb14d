# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_view_mandates(self):
        """Open the mandates of a person and of those billed with it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_mandate"
        )
        own = [("partner_id", "child_of", self.commercial_partner_id.id)]
        return action | {"domain": own, "context": {"default_partner_id": self.id}}
