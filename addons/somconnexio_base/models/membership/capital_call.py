# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models

from ...cooperative import ledger, states


class CooperativeCapitalCall(models.Model):
    """One instalment of a contribution: planned, called when due, paid or failed.

    The payments addon collects called instalments by extending :meth:`_collect` and
    tells the outcome by :meth:`instalment_paid` and :meth:`instalment_failed`.
    """

    _name = "cooperative.capital.call"
    _description = "Instalment of Share Capital"
    _inherit = ["cooperative.state.mixin"]
    _order = "due_date, id"
    _check_company_auto = True
    _rec_names_search = ["membership_id"]

    _state_table = states.CALL
    _is_created_by_hand = False
    _guarded_fields = frozenset(
        {
            "state",
            "membership_id",
            "subscription_id",
            "sequence",
            "amount",
            "due_date",
            "attempt_count",
            "called_date",
            "paid_date",
            "failure_reason",
        }
    )

    membership_id = fields.Many2one(
        "cooperative.membership",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="membership_id.partner_id", string="Member", store=True, index=True
    )
    partner_bank_id = fields.Many2one(related="membership_id.partner_bank_id")
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    subscription_id = fields.Many2one(
        "cooperative.share.movement", required=True, index=True, ondelete="restrict"
    )
    share_class_id = fields.Many2one(related="subscription_id.share_class_id")
    sequence = fields.Integer(string="Instalment", required=True)
    is_last = fields.Boolean(string="Last")
    amount = fields.Monetary(required=True)
    due_date = fields.Date(required=True, index=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("called", "Called"),
            ("paid", "Paid"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        index=True,
    )
    called_date = fields.Date()
    paid_date = fields.Date()
    attempt_count = fields.Integer(
        string="Attempts", help="How often it was tried to collect it."
    )
    failure_reason = fields.Char(string="Why it failed")
    movement_ids = fields.One2many("cooperative.share.movement", "call_id")

    _once = models.Constraint(
        "UNIQUE (subscription_id, sequence)",
        "This instalment of the contribution exists already.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "An instalment must be more than nothing."
    )

    @api.depends("membership_id", "sequence")
    def _compute_display_name(self):
        for call in self:
            call.display_name = f"{call.membership_id.display_name} #{call.sequence}"

    def _exact_amount(self):
        """Return the amount as Decimal, in whole units of the currency."""
        self.ensure_one()
        return Decimal(str(self.amount)).quantize(self.share_class_id._cent())

    def _call(self, day):
        """Call planned instalments: they are owed from now on, and collected.

        :param date day: civil day of the call
        """
        if not self:
            return
        self.env["cooperative.share.movement"]._append_all(
            [
                call._movement_row(
                    "call",
                    ledger.call(call._exact_amount()),
                    day,
                    due_date=call.due_date,
                )
                for call in self
            ]
        )
        self._move("called", called_date=day, attempt_count=1)
        self._announce("instalment_called")
        self._collect()

    def _collect(self):
        """Hook: have called instalments collected by the members' means of payment.

        Without a payments addon they wait to be paid by transfer. An extension takes
        those it can collect and calls super with the others.
        """
        return True

    @api.private
    def instalment_paid(self, day, move=None, reference=""):
        """Write down that called or failed instalments have been paid.

        A pending membership begins with its first payment.

        :param day: civil day of the payment, a date or ISO text
        :param move: posted account.move that credits the account of called capital,
            when the payment has its entry already; otherwise one is made
        :param str reference: of the payment, shown in the instalment's history
        :raise UserError: when an instalment is not owed
        """
        day = fields.Date.to_date(day)
        self._serialise()
        for call in self:
            call._check_moves("paid")
            movement = call._append_movement(
                "payment",
                ledger.payment(call._exact_amount()),
                day,
                **({"move_id": move.id} if move else {}),
            )
            call._move("paid", paid_date=day, failure_reason=False)
            call._reconcile(movement.move_id)
            call._log_payment(day, reference)
        pending = self.sudo().membership_id.filtered(lambda m: m.state == "pending")
        pending._join(day)

    @api.private
    def instalment_failed(self, day, reason="", move=None):
        """Write down that instalments could not be collected, or came back.

        A payment that came back is taken out of the books. As long as attempts are
        left the instalment can be collected again; when the last instalment has used
        them up the membership is lost.

        :param day: civil day on which it failed, a date or ISO text
        :param str reason: the bank's words or code
        :param move: posted account.move that debits the account of called capital,
            when the return has its entry already; otherwise one is made
        """
        day = fields.Date.to_date(day)
        self._serialise()
        for call in self:
            if call.state == "paid":
                call._take_back_payment(day, move)
            call._move("failed", failure_reason=reason, paid_date=False)
        self._announce("instalment_failed", fields.Date.to_string(day))
        for call in self.filtered(lambda one: one._is_final_failure()):
            call.sudo()._lose_membership(day)

    def _is_final_failure(self):
        """Tell whether the last instalment has failed as often as it may."""
        limit = self.company_id.cooperative_call_attempts
        return self.is_last and self.attempt_count >= limit

    def _lose_membership(self, day):
        """End the membership whose last instalment has failed for good."""
        membership = self.membership_id
        if membership.state == "pending":
            membership._cancel_pending()
        elif membership.state in ("active", "leaving"):
            self.env["cooperative.leaving"]._lose(membership, day, self.failure_reason)

    def _take_back_payment(self, day, move=None):
        """Book a payment that came back; the instalment is owed again."""
        self._append_movement(
            "payment_return",
            ledger.payment_return(self._exact_amount()),
            day,
            **({"move_id": move.id} if move else {}),
        )

    def _append_movement(self, kind, effect, day, **links):
        """Add a movement of this instalment."""
        row = self._movement_row(kind, effect, day, **links)
        return self.env["cooperative.share.movement"]._append_all([row])

    def _movement_row(self, kind, effect, day, **links):
        """Return a row of ``_append_all``; the movement before makes it the only one.

        The second payment is that after the first return, and so on: two people who
        book the same payment at once make the same key.
        """
        answered = {"payment": "payment_return", "payment_return": "payment"}.get(kind)
        earlier = self.sudo().movement_ids.filtered(lambda m: m.kind == answered)
        return (
            self.membership_id,
            self.share_class_id,
            kind,
            effect,
            day,
            f"call:{self.id}:{kind}:{len(earlier)}",
            {"call_id": self.id, **links},
        )

    def _reconcile(self, move):
        """Match the payment with what was called, on the account of called capital.

        What was called from somebody else came with the shares that they gave.
        """
        account = self.company_id._cooperative_accounting()["called"]
        received = self.sudo().membership_id.movement_ids.filtered(
            lambda movement: movement.kind == "transfer_in"
        )
        moves = self.sudo().movement_ids.move_id | received.move_id | move.sudo()
        lines = moves.line_ids.filtered(
            lambda line: (
                line.account_id == account
                and line.partner_id == self.partner_id
                and not line.reconciled
            )
        )
        if account.reconcile and len(lines) > 1:
            lines.reconcile()

    def _log_payment(self, day, reference):
        """Note the payment in the member's history."""
        self.sudo().membership_id.message_post(
            body=self.env._(
                "Instalment %(sequence)s paid on %(date)s %(reference)s",
                sequence=self.sequence,
                date=fields.Date.to_string(day),
                reference=reference or "",
            )
        )

    def _cancel(self):
        """Drop instalments that will not be paid any more."""
        self._move("cancelled")

    def action_call_again(self):
        """Collect failed instalments once more."""
        self._require_group("accountant", "admin")
        for call in self:
            call._check_moves("called")
            call._move("called", attempt_count=call.attempt_count + 1)
        return self._collect()

    def action_outcome(self):
        """Ask when the instalments were paid, or why they were not."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Paid or not"),
            "res_model": "cooperative.payment.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_ids": self.ids},
        }

    @api.model
    def _cron_call_due(self, batch_size=200):
        """Call the instalments that have fallen due, some hundred at a time."""
        for company in self.env["res.company"].search([]):
            due = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "planned"),
                    ("due_date", "<=", company._telecom_today()),
                    ("membership_id.state", "in", ("active", "leaving")),
                ]
            )
            self.env["ir.cron"]._commit_progress(remaining=len(due))
            for start in range(0, len(due), batch_size):
                batch = due[start : start + batch_size]
                batch._call(company._telecom_today())
                self.env["ir.cron"]._commit_progress(len(batch))
