# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What the statutes of the cooperative say, as settings."""

    _inherit = "res.company"

    cooperative_requires_membership = fields.Boolean(
        string="Services for members only",
        help="A subscription needs a holder who is a member, sponsored by one, or "
        "comes by an agreement.",
    )
    cooperative_admission = fields.Selection(
        [
            ("on_payment", "When the first contribution is paid"),
            ("on_approval", "When the request is approved"),
        ],
        string="Members join",
        default="on_payment",
        required=True,
    )
    cooperative_max_sponsored = fields.Integer(
        string="Sponsored per member",
        default=5,
        help="How many people one member may sponsor at the same time.",
    )
    cooperative_call_attempts = fields.Integer(
        string="Attempts per instalment",
        default=1,
        help="How often an instalment is collected before it counts as failed for "
        "good. When that happens to the last one, the membership is lost.",
    )
    cooperative_notice_days = fields.Integer(
        string="Notice to leave (days)",
        default=0,
        help="How long before the day of leaving the board must have been told.",
    )
    cooperative_refund_months = fields.Integer(
        string="Refund after (months)",
        default=12,
        help="Contributions are paid back this long after the day of leaving. The law "
        "allows at most five years.",
    )
    cooperative_death_refund_months = fields.Integer(
        string="Refund to heirs after (months)",
        default=12,
        help="The same when a member has died. The law allows at most one year.",
    )
    cooperative_max_delegations = fields.Integer(
        string="Votes by delegation",
        default=2,
        help="How many other members one member may represent in an assembly.",
    )

    _cooperative_limits_sane = models.Constraint(
        "CHECK (cooperative_max_sponsored >= 0 AND cooperative_call_attempts >= 1"
        " AND cooperative_notice_days >= 0 AND cooperative_max_delegations >= 0)",
        "Limits of the membership must not be negative, and an instalment has at least "
        "one attempt.",
    )

    @api.constrains("cooperative_refund_months", "cooperative_death_refund_months")
    def _check_cooperative_refund_months(self):
        for company in self:
            if not (
                0 <= company.cooperative_refund_months <= 60
                and 0 <= company.cooperative_death_refund_months <= 12
            ):
                raise ValidationError(
                    self.env._(
                        "%s: contributions must be paid back within 60 months, to "
                        "heirs within 12 (Law 27/1999, art. 51).",
                        company.name,
                    )
                )
