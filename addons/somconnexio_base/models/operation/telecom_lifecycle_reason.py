# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

WITHDRAWAL_CODES = frozenset({"withdrawal"})
#: Reasons for which nobody can be asked to give notice.
WAIVED_CODES = frozenset(
    {
        "ported_out",
        "changed_technology",
        "changed_holder",
        "no_coverage",
        "debt",
        "death",
        "withdrawal",
        "order_error",
    }
)


class TelecomLifecycleReason(models.Model):
    _inherit = "telecom.lifecycle.reason"

    is_withdrawal = fields.Boolean(
        string="Withdrawal",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        help="Only consumers, and only within the legal period.",
    )
    is_notice_waived = fields.Boolean(
        string="Without notice",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        help="The end may be today, whatever the notice period.",
    )
    suspension_discount_id = fields.Many2one(
        "product.product",
        string="Discount while suspended",
        domain=[("telecom_kind", "=", "discount")],
        ondelete="restrict",
        help="Given from the suspension to the resumption. Empty: the fees go on.",
    )

    @api.depends("code")
    def _compute_terms(self):
        for reason in self:
            reason.is_withdrawal = reason.code in WITHDRAWAL_CODES
            reason.is_notice_waived = reason.code in WAIVED_CODES
