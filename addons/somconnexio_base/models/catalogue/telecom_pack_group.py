# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...catalogue import packs


class TelecomPackGroup(models.Model):
    """A pack that a customer has: which subscriptions are in it, and since when."""

    _name = "telecom.pack.group"
    _description = "Pack of a Customer"
    _order = "id desc"

    pack_id = fields.Many2one(
        "telecom.pack", required=True, index=True, ondelete="restrict"
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="billing_account_id.partner_id", store=True)
    company_id = fields.Many2one(
        related="billing_account_id.company_id", store=True, index=True
    )
    member_ids = fields.One2many("telecom.pack.member", "group_id", string="Members")
    member_count = fields.Integer(compute="_compute_today")
    is_complete = fields.Boolean(
        string="Complete",
        compute="_compute_today",
        help="Each part has at least its least number.",
    )

    @api.depends("pack_id.name", "partner_id.name")
    def _compute_display_name(self):
        for group in self:
            names = (group.pack_id.name, group.partner_id.name)
            group.display_name = " · ".join(filter(None, names))

    @api.depends("member_ids.start_date", "member_ids.end_date")
    def _compute_today(self):
        for group in self:
            today = group.company_id._telecom_today()
            counts = group.member_ids._on(today)._count_by_slot()
            group.member_count = sum(counts.values())
            group.is_complete = bool(counts) and packs.is_complete(
                group.pack_id._pure_slots(), counts
            )
