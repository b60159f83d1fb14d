# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Why a corrective invoice was made, which it must say (RD 1619/2012, art. 15.4)."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    telecom_correction_reason = fields.Char(
        string="Reason of the correction",
        copy=False,
        help="Printed on the corrective invoice, as the law asks.",
    )

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Override of ``account``: what corrects a bill belongs to its account."""
        defaults = default_values_list or [{}] * len(self)
        defaults = [
            {"telecom_billing_account_id": move.telecom_billing_account_id.id, **values}
            for move, values in zip(self, defaults, strict=True)
        ]
        return super()._reverse_moves(defaults, cancel=cancel)


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def _prepare_default_reversal(self, move):
        """Override of ``account`` to keep the reason apart from the reference."""
        values = super()._prepare_default_reversal(move)
        if move._telecom_is_bill():
            values["telecom_correction_reason"] = self.reason
        return values
