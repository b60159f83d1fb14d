# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

#: Compared by identity: no RPC client can put this object into a context.
UNLOGGED_PASS = object()


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_bill_history_count = fields.Integer(
        string="Earlier bills",
        compute="_compute_telecom_bill_history_count",
        groups="somconnexio_base.group_telecom_user",
    )

    def _compute_telecom_bill_history_count(self):
        groups = self.env["telecom.bill.history"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.telecom_bill_history_count = counts.get(partner.id, 0)

    def action_view_telecom_bill_history(self):
        """Open the bills that this partner had in an earlier system."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_bill_history"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        return action

    def _message_log(self, **kwargs):
        """Override of ``mail`` to leave no notes while another system is taken over."""
        if self.env.context.get("telecom_unlogged") is UNLOGGED_PASS:
            return self.env["mail.message"]
        return super()._message_log(**kwargs)
