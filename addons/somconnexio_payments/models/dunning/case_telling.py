# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the notices of a case say, and by which way the last one goes."""

from odoo import api, fields, models


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    notice_channel = fields.Selection(related="notice_id.channel")
    notice_state = fields.Selection(related="notice_id.state", string="Last notice is")
    notice_days = fields.Integer(
        compute="_compute_notice_days",
        help="How long after the next notice a service may be touched; for its words.",
    )
    overdue_bill_ids = fields.Many2many(
        "account.move",
        compute="_compute_overdue_bill_ids",
        help="For the words of notices.",
    )
    restored_subscription_ids = fields.Many2many(
        "contract.contract",
        compute="_compute_restored_subscription_ids",
        help="What was given back last, for the words of notices.",
    )

    @api.depends("policy_id.step_ids.notice_proof_days", "step_id")
    def _compute_notice_days(self):
        for case in self:
            steps = case.policy_id.step_ids
            taken = steps.ids.index(case.step_id.id) + 1 if case.step_id in steps else 0
            case.notice_days = next(
                (s.notice_proof_days for s in steps[taken:] if s.needs_notice_proof), 0
            )

    def _compute_overdue_bill_ids(self):
        for case in self:
            today = case.company_id._telecom_today()
            case.overdue_bill_ids = self.env["account.move"].search(
                [
                    ("telecom_billing_account_id", "=", case.billing_account_id.id),
                    ("company_id", "=", case.company_id.id),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("invoice_date_due", "<", today),
                    ("is_being_debited", "=", False),
                ],
                order="invoice_date_due, id",
            )

    @api.depends("event_ids")
    def _compute_restored_subscription_ids(self):
        for case in self:
            given_back = case.event_ids.filtered(lambda one: one.kind == "restored")
            latest = given_back.sorted("id", reverse=True)[:1]
            case.restored_subscription_ids = latest.subscription_ids
