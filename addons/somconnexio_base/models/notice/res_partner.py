# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_notice_count = fields.Integer(
        string="Notices",
        compute="_compute_telecom_notice_count",
        groups="somconnexio_base.group_telecom_user",
    )
    telecom_notice_refusal_ids = fields.One2many(
        "telecom.notice.refusal",
        "partner_id",
        string="Wants no notices of",
        groups="somconnexio_base.group_telecom_user",
    )

    def _compute_telecom_notice_count(self):
        groups = self.env["telecom.notice"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = dict(groups)
        for partner in self:
            partner.telecom_notice_count = counts.get(partner, 0)

    def action_view_telecom_notices(self):
        """Open what this person was told."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_notice"
        )
        return action | {"domain": [("partner_id", "=", self.id)], "context": {}}
