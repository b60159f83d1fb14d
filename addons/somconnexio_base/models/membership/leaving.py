# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import states
from ...cooperative.instalments import add_months
from .state_mixin import STATE_PASS


class CooperativeLeaving(models.Model):
    """A member leaves: asked for, resolved by the board, in effect, paid back.

    Contributions are refunded after the board's resolution and after the term of the
    statutes, counted from the day of leaving: five years at most, one year to the
    heirs (Law 27/1999, art. 51). The company's settings say what its own statutes, and
    the law of its region, say within that.
    """

    _name = "cooperative.leaving"
    _description = "Leaving of a Member"
    _inherit = ["mail.thread", "mail.activity.mixin", "cooperative.state.mixin"]
    _order = "effective_date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["membership_id"]

    _state_table = states.LEAVING
    _guarded_fields = frozenset(
        {
            "state",
            "resolved_by_id",
            "refund_amount",
            "refund_due_date",
            "refunded_date",
        }
    )

    membership_id = fields.Many2one(
        "cooperative.membership",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="membership_id.partner_id", string="Member")
    membership_kind = fields.Selection(related="membership_id.kind")
    company_id = fields.Many2one(
        related="membership_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("resolved", "Resolved"),
            ("effective", "To be refunded"),
            ("closed", "Closed"),
            ("cancelled", "Withdrawn"),
        ],
        required=True,
        default="requested",
        index=True,
        tracking=True,
        copy=False,
    )
    reason = fields.Selection(
        [
            ("voluntary", "By own wish"),
            ("justified", "By own wish, justified"),
            ("death", "Death"),
            ("expulsion", "Expulsion"),
            ("no_longer_eligible", "No longer meets the conditions"),
            ("non_payment", "Contribution not paid"),
            ("became_member", "Became a member"),
        ],
        required=True,
        default="voluntary",
        tracking=True,
    )
    notice_date = fields.Date(
        string="Asked on",
        required=True,
        default=lambda self: self.env.company._telecom_today(),
    )
    effective_date = fields.Date(
        string="Leaves on",
        required=True,
        compute="_compute_effective_date",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        help="First day no longer a member.",
    )
    resolution_date = fields.Date(string="Board's resolution", tracking=True)
    resolution_reference = fields.Char(string="Minutes", help="Number of the minutes.")
    resolved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    deduction_amount = fields.Monetary(
        string="Deduction",
        tracking=True,
        help="What the board keeps of the paid contributions: losses, or leaving "
        "without a justified cause.",
    )
    refund_amount = fields.Monetary(
        string="Refund", readonly=True, help="Set when the leaving takes effect."
    )
    refund_due_date = fields.Date(
        string="Refund from",
        compute="_compute_refund_due_date",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="First day on which it is paid back, by the term of the statutes.",
    )
    refunded_date = fields.Date(readonly=True)
    movement_ids = fields.One2many("cooperative.share.movement", "leaving_id")
    note = fields.Html()

    _one_per_membership = models.UniqueIndex(
        "(membership_id) WHERE state != 'cancelled'",
        "The leaving of this member has been written down already.",
    )
    _deduction_not_negative = models.Constraint(
        "CHECK (coalesce(deduction_amount, 0) >= 0)",
        "The deduction must be zero or more.",
    )

    @api.depends("notice_date", "membership_id", "reason")
    def _compute_effective_date(self):
        for leaving in self:
            days = leaving._notice_days()
            day = leaving.notice_date or self.env.company._telecom_today()
            leaving.effective_date = day + timedelta(days=days)

    @api.depends("effective_date", "reason", "company_id")
    def _compute_refund_due_date(self):
        for leaving in self:
            company = leaving.company_id or self.env.company
            months = (
                company.cooperative_death_refund_months
                if leaving.reason == "death"
                else company.cooperative_refund_months
            )
            day = leaving.effective_date
            leaving.refund_due_date = day and add_months(day, months)

    @api.depends("membership_id", "effective_date")
    def _compute_display_name(self):
        for leaving in self:
            parts = (
                leaving.membership_id.display_name,
                fields.Date.to_string(leaving.effective_date),
            )
            leaving.display_name = " → ".join(filter(None, parts))

    def _notice_days(self):
        """Return the days of notice: only who leaves by own wish gives notice."""
        company = self.company_id or self.env.company
        is_own_wish = self.reason in ("voluntary", "justified")
        return company.cooperative_notice_days if is_own_wish else 0

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to check and to mark the members as leaving.

        Leavings of before this system are written down as they are.
        """
        if self.env.context.get("cooperative_pass") is STATE_PASS:
            return super().create(vals_list)
        # What was withdrawn must have gone before the next is inserted.
        self.flush_model(["state"])
        for vals in vals_list:
            self._check_may_leave(vals.get("membership_id"))
        leavings = super().create(vals_list)
        leavings._check_dates()
        for leaving in leavings:
            leaving.membership_id._move("leaving", leaving_reason=leaving.reason)
        return leavings

    def write(self, vals):
        """Override of ``base`` to keep what the board has resolved."""
        fixed = {
            "membership_id",
            "reason",
            "effective_date",
            "deduction_amount",
            "notice_date",
            "resolution_date",
        }
        if fixed & vals.keys() and any(one.state != "requested" for one in self):
            raise UserError(
                self.env._(
                    "The board has resolved on it: %s cannot be changed any more.",
                    ", ".join(self._field_labels(fixed & vals.keys())),
                )
            )
        if "membership_id" in vals:
            raise UserError(
                self.env._("Withdraw it and write down the leaving of the other one.")
            )
        result = super().write(vals)
        if {"effective_date", "notice_date"} & vals.keys():
            self._check_dates()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self._refuse_deletion()

    def _check_may_leave(self, membership_id):
        """Raise unless the membership with an id is in force."""
        membership = self.env["cooperative.membership"].browse(membership_id)
        if membership and membership.state != "active":
            raise UserError(
                self.env._(
                    "%(member)s is “%(state)s”: only active members can leave.",
                    member=membership.display_name,
                    state=membership._state_labels()[membership.state],
                )
            )

    def _check_dates(self):
        """Raise when a member would leave without notice, or before joining."""
        for leaving in self:
            earliest = leaving.notice_date + timedelta(days=leaving._notice_days())
            joined = leaving.membership_id.joined_date
            earliest = max(earliest, joined) if leaving._notice_days() else joined
            if leaving.effective_date < earliest:
                raise UserError(
                    self.env._(
                        "%(member)s cannot leave before %(date)s.",
                        member=leaving.membership_id.display_name,
                        date=fields.Date.to_string(earliest),
                    )
                )
