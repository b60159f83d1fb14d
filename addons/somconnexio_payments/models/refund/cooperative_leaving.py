# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class CooperativeLeaving(models.Model):
    """Share capital of who left is paid back by a transfer."""

    _inherit = "cooperative.leaving"

    telecom_refund_ids = fields.One2many(
        "telecom.refund", "leaving_id", string="Refunds", readonly=True
    )

    def _refund_counter_account(self):
        """Override of ``base``: the refund is a debt until the transfer pays it.

        Where no transfers are set up it is paid by hand, as without this addon.
        """
        if not self.company_id.telecom_refund_method_line_id:
            return super()._refund_counter_account()
        partner = self.partner_id.with_company(self.company_id)
        return partner.property_account_payable_id

    def _pay_out(self):
        """Override of ``base`` to write down a refund of each open item."""
        self.ensure_one()
        account = self._refund_counter_account()
        if account:
            moves = self.movement_ids.filtered(lambda one: one.kind == "refund").move_id
            self.env["telecom.refund"]._refund_items(
                moves.line_ids.filtered(lambda line: line.account_id == account),
                "capital",
                self.env._("Share capital %s", self.membership_id.display_name),
                leaving_id=self.id,
            )
        return super()._pay_out()
