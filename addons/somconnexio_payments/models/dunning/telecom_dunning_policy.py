# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...dunning_rules import ladder


class TelecomDunningPolicy(models.Model):
    """What follows for whom when bills are not paid: a ladder of steps, as data.

    The first policy whose conditions hold is an account's; it keeps it until it has
    paid all.
    """

    _name = "telecom.dunning.policy"
    _description = "Dunning Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    collection_method = fields.Selection(
        [("direct_debit", "Direct debit"), ("transfer", "Transfer")],
        string="Pays by",
        help="Empty: whatever the billing account says.",
    )
    partner_kind = fields.Selection(
        lambda self: (
            self.env["res.partner"]
            ._fields["telecom_partner_kind"]
            ._description_selection(self.env)
        ),
        string="Kind of payer",
        help="Empty: all.",
    )
    service_type_ids = fields.Many2many(
        "telecom.service.type",
        "telecom_dunning_policy_service_type",
        "policy_id",
        "service_type_id",
        string="Has a service of",
        help="Empty: whatever the account pays for.",
    )
    minimum_amount = fields.Monetary(
        string="Least amount", default=5, help="Nothing is done for less than this."
    )
    spares_rest_days = fields.Boolean(
        string="Not before days off",
        default=True,
        help="No service is touched on Fridays, Saturdays, Sundays, days off and their "
        "eves.",
    )
    charges_fees = fields.Boolean(
        string="Charges fees",
        help="The fees of the steps are charged. Never while a claim is open.",
    )
    step_ids = fields.One2many("telecom.dunning.step", "policy_id", copy=True)
    note = fields.Text(
        translate=True, help="Where the rules come from, and who confirmed them."
    )
    case_count = fields.Integer(compute="_compute_case_count")

    _minimum_not_negative = models.Constraint(
        "CHECK (minimum_amount >= 0)", "The minimum must be zero or more."
    )

    def _compute_case_count(self):
        counts = dict(
            self.env["telecom.dunning.case"]._read_group(
                [("policy_id", "in", self.ids), ("state", "!=", "clear")],
                ["policy_id"],
                ["__count"],
            )
        )
        for policy in self:
            policy.case_count = counts.get(policy, 0)

    @api.constrains("step_ids")
    def _check_notices_come_first(self):
        """Refuse a ladder on which a proof is asked for before any notice."""
        for policy in self:
            is_told = False
            for step in policy.step_ids:
                if ladder.proof_days(step._rung()) is not None and not is_told:
                    raise ValidationError(
                        self.env._(
                            "Step “%(step)s” of %(policy)s waits for the proof of a "
                            "notice, but no step before it tells the customer "
                            "anything: put a step with a notice before it.",
                            step=step.name,
                            policy=policy.name,
                        )
                    )
                is_told = is_told or bool(step.notice_kind_id)

    def _rungs(self):
        """Return the steps in their order, as the pure rules take them."""
        self.ensure_one()
        return tuple(step._rung() for step in self.step_ids)

    def action_view_cases(self):
        """Open the cases that follow this policy."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_dunning_case"
        )
        return {**action, "domain": [("policy_id", "in", self.ids)]}
