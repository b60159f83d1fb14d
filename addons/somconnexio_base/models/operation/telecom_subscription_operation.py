# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from .kinds import KINDS

PLANNED, DONE, FAILED, CANCELLED, UNDONE = (
    "planned",
    "done",
    "failed",
    "cancelled",
    "undone",
)


class TelecomSubscriptionOperation(models.Model):
    """Something that was asked for about a subscription or a billing account.

    One row for each, from the wish to what came of it. Rows are made and changed by
    the methods only (``_ask``, ``_carry_out``, ``action_cancel``, ``action_undo``), so
    that they say what really happened; hence nobody has the right to write them, and
    the methods write as superuser after they have checked the role.
    """

    _name = "telecom.subscription.operation"
    _description = "Operation on a Subscription"
    _inherit = ["telecom.operation.terms", "mail.thread", "mail.activity.mixin"]
    _mail_post_access = "read"
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["subscription_id", "billing_account_id"]

    state = fields.Selection(
        [
            (PLANNED, "Planned"),
            (DONE, "Done"),
            (FAILED, "Failed"),
            (CANCELLED, "Cancelled"),
            (UNDONE, "Undone"),
        ],
        required=True,
        default=PLANNED,
        index=True,
        readonly=True,
    )
    subscription_id = fields.Many2one(
        "contract.contract",
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
        help="Empty: the operation is about the whole billing account.",
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Charged to",
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
        help="The billing account when it was asked for.",
    )
    customer_id = fields.Many2one(
        "res.partner",
        index=True,
        readonly=True,
        ondelete="restrict",
        help="The holder or payer when it was asked for.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    new_subscription_id = fields.Many2one(
        "contract.contract",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    leader_id = fields.Many2one(
        "telecom.subscription.operation",
        string="Together with",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The operation with which this one is done, cancelled or refused.",
    )
    follower_ids = fields.One2many(
        "telecom.subscription.operation", "leader_id", string="Goes along"
    )
    lane = fields.Char(
        readonly=True, help="One operation may be planned in each lane at a time."
    )
    execute_date = fields.Date(
        string="On",
        required=True,
        index=True,
        readonly=True,
        help="Civil day of the company on which it takes effect.",
    )
    executed_at = fields.Datetime(string="Done at", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    request_key = fields.Char(
        readonly=True,
        help="Chosen by the program that asks: a second request with the same key "
        "does nothing and answers the same.",
    )
    failure = fields.Text(readonly=True)
    outcome = fields.Text(
        readonly=True, help="Why it was cancelled, or what its execution said."
    )
    undo_data = fields.Json(readonly=True)
    has_laid_lines = fields.Boolean(
        readonly=True, help="Its dated lines are there, before its day has come."
    )

    # What two people ask for at the same time, only one gets.
    _one_planned_in_lane = models.UniqueIndex(
        "(subscription_id, lane) WHERE state = 'planned' AND lane IS NOT NULL"
        " AND subscription_id IS NOT NULL",
        "Such an operation is planned for this subscription: look at its operations "
        "and cancel that one first.",
    )
    _one_planned_on_account = models.UniqueIndex(
        "(billing_account_id, lane) WHERE state = 'planned' AND lane IS NOT NULL"
        " AND subscription_id IS NULL",
        "Such an operation is planned for this billing account: look at its "
        "operations and cancel that one first.",
    )
    _one_planned_for_resource = models.UniqueIndex(
        "(resource_id) WHERE state = 'planned' AND resource_id IS NOT NULL",
        "This number, SIM or line is promised to somebody by a planned operation: "
        "choose another one.",
    )
    _request_key_unique = models.UniqueIndex(
        "(company_id, request_key) WHERE request_key IS NOT NULL",
        "This request has been made before.",
    )
    _due_idx = models.Index("(company_id, execute_date) WHERE state = 'planned'")
    _about_something = models.Constraint(
        "CHECK (subscription_id IS NOT NULL OR billing_account_id IS NOT NULL)",
        "An operation is about a subscription or a billing account.",
    )

    def _kind(self):
        """Return the behaviour of the operation's kind."""
        self.ensure_one()
        return KINDS[self.kind]

    @api.depends("kind", "subscription_id", "billing_account_id", "execute_date")
    def _compute_display_name(self):
        """Override of ``base``: what, about what, when."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for operation in self:
            target = operation.subscription_id or operation.billing_account_id
            parts = (
                labels.get(operation.kind),
                target.display_name,
                fields.Date.to_string(operation.execute_date),
            )
            operation.display_name = " · ".join(filter(None, parts))

    def _target(self):
        """Return what the operation is about: a subscription or a billing account."""
        self.ensure_one()
        return self.subscription_id or self.billing_account_id

    def _together(self):
        """Return the operation, and those planned that are done with it."""
        self.ensure_one()
        followers = self.follower_ids.filtered(lambda one: one.state == PLANNED)
        return self | followers.sorted("id")

    def _day_text(self):
        """Return the day as people and programs read it."""
        return fields.Date.to_string(self.execute_date)

    def _instant(self):
        """Return the UTC instant at which the operation takes effect.

        Now for today's, the beginning of the day for any other.
        """
        self.ensure_one()
        if self.execute_date == self._asked_on():
            return fields.Datetime.now()
        return self.company_id._telecom_day_start_at(self.execute_date)

    def _asked_on(self):
        """Return the civil day on which the operation was asked for."""
        asked_at = self.create_date or fields.Datetime.now()
        return self.company_id._telecom_civil_date(asked_at)

    def _record(self, vals):
        """Write what happened; nobody may do that by hand."""
        self.sudo().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if self.filtered(lambda operation: operation.state != PLANNED):
            raise UserError(
                self.env._("Operations are kept as history and cannot be deleted.")
            )
