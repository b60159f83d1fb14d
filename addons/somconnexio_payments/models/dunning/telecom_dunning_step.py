# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.somconnexio_base.models.notice.telecom_notice import LETTER_PLANS
from odoo.addons.somconnexio_base.models.notice.telecom_notice_kind import CHANNEL_PLANS
from odoo.addons.somconnexio_base.money import exact
from odoo.addons.somconnexio_base.notices import plans

from ...dunning_rules import ladder, return_reasons

ACTIONS = [
    ("none", "Only the notice"),
    ("restrict_data", "Bar data"),
    ("restrict_outgoing", "Bar outgoing calls, messages and data"),
    ("suspend", "Suspend"),
    ("terminate", "Terminate"),
]


class TelecomDunningStep(models.Model):
    """One step of a policy: on which conditions, what is told, what is done."""

    _name = "telecom.dunning.step"
    _description = "Step of a Dunning Policy"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one(
        "telecom.dunning.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    currency_id = fields.Many2one(related="policy_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    min_days = fields.Integer(
        string="Days overdue",
        help="At least so many since the due date of the oldest unpaid bill.",
    )
    min_bills = fields.Integer(
        string="Bills unpaid", help="At least so many; 0: whatever."
    )
    min_amount = fields.Monetary(
        string="Amount unpaid", help="At least so much; 0: whatever."
    )
    return_class = fields.Selection(
        list(return_reasons.CLASSES),
        string="Debit returned for",
        help="Only after the last debit was returned for this; empty: whatever.",
    )
    days_after_previous = fields.Integer(
        string="Days after the step before", help="At least so many."
    )
    reevaluate_days = fields.Integer(
        string="Next look after",
        default=1,
        help="So many days after this step nothing else is done.",
    )
    notice_kind_id = fields.Many2one(
        "telecom.notice.kind",
        string="Notice",
        domain=[("model", "=", "telecom.dunning.case")],
        ondelete="restrict",
    )
    channel_plan = fields.Selection(
        CHANNEL_PLANS + LETTER_PLANS,
        string="Channels",
        compute="_compute_channel_plan",
        store=True,
        readonly=False,
        precompute=True,
        help="How this step tells it. Letters are printed from the cases; they count "
        "as proof once somebody notes that they were handed over.",
    )
    needs_notice_proof = fields.Boolean(
        string="Needs proof",
        help="The notice before was handed over, and for so many days: the mail server "
        "or the gateway took it, or a person wrote down that it was.",
    )
    notice_proof_days = fields.Integer(string="Days since the proof")
    action = fields.Selection(ACTIONS, required=True, default="none")
    fee_product_id = fields.Many2one(
        "product.product",
        string="Fee",
        domain=[("telecom_kind", "=", "one_shot")],
        ondelete="restrict",
        help="Charged on the next bill, where the policy charges fees.",
    )
    fee_max_count = fields.Integer(
        string="At most",
        default=1,
        help="How often this fee is charged until all is paid.",
    )

    _not_negative = models.Constraint(
        "CHECK (min_days >= 0 AND min_bills >= 0 AND min_amount >= 0"
        " AND days_after_previous >= 0 AND notice_proof_days >= 0"
        " AND reevaluate_days >= 1 AND fee_max_count >= 1)",
        "Days, bills and amounts are zero or more; the next look is a day away or "
        "more.",
    )
    _proof_before_suspension = models.Constraint(
        "CHECK (action NOT IN ('suspend', 'terminate')"
        " OR (needs_notice_proof AND notice_proof_days >= 1))",
        "Nothing is suspended or terminated without proof of a notice before it, a day "
        "ago or more.",
    )

    @api.depends("notice_kind_id")
    def _compute_channel_plan(self):
        """Propose the channels of the notice."""
        for step in self:
            step.channel_plan = step.notice_kind_id.channel_plan

    @api.constrains("channel_plan", "notice_kind_id")
    def _check_channels(self):
        for step in self.filtered("notice_kind_id"):
            kind = step.notice_kind_id
            channels = plans.PLANS[step.channel_plan or kind.channel_plan].channels
            if plans.SMS in channels and not kind.sms_text:
                raise ValidationError(
                    self.env._(
                        "“%(step)s” tells by SMS, but “%(kind)s” has no text for it: "
                        "write one, or choose other channels.",
                        step=step.name,
                        kind=kind.name,
                    )
                )

    @api.constrains("fee_product_id")
    def _check_fee(self):
        for step in self.filtered("fee_product_id"):
            if step.fee_product_id.telecom_kind != "one_shot":
                raise ValidationError(
                    self.env._(
                        "The fee of “%s” must be a product of the kind One-shot.",
                        step.name,
                    )
                )

    @api.constrains("sequence", "action", "needs_notice_proof", "notice_kind_id")
    def _check_order(self):
        self.policy_id._check_notices_come_first()

    @api.ondelete(at_uninstall=False)
    def _refuse_deletion_of_what_was_done(self):
        """Keep the steps that cases stand on."""
        Event = self.env["telecom.dunning.event"].sudo()
        for step in self:
            if Event.search_count([("step_id", "=", step.id)], limit=1):
                raise UserError(
                    self.env._(
                        "“%s” was taken by somebody and is kept as history: make "
                        "another policy and archive this one.",
                        step.name,
                    )
                )

    def _rung(self):
        """Return the step as the pure rules take it."""
        self.ensure_one()
        return ladder.Step(
            key=self.id,
            action=self.action,
            min_days=self.min_days,
            min_bills=self.min_bills,
            min_amount=exact(self.min_amount),
            return_class=self.return_class or "",
            days_after_previous=self.days_after_previous,
            proof_days=self.notice_proof_days if self.needs_notice_proof else None,
            reevaluate_days=self.reevaluate_days,
        )
