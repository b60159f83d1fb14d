# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps


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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_told(self):
        """Keep who was told something, as its proof; no foreign key does."""
        notice = self.env["telecom.notice"].sudo()
        if told := notice.search([("partner_id", "in", self.ids)], limit=1).partner_id:
            raise UserError(
                self.env._(
                    "%s was told something, and the proof of it is kept: archive it "
                    "instead.",
                    told.display_name,
                )
            )


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of ``base`` to take along what has no foreign key."""
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "notice/13_move_notices",
            source_ids=src_partners.ids,
            target_id=dst_partner.id,
        )
        self.env["telecom.notice"].invalidate_model()
        return result
