# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import instalments, ledger
from .membership import LIVE_STATES

OPEN_CALL_STATES = ("planned", "called", "failed")
#: Field of a movement -> field of ``ledger.Effect``; the order is the effect's.
BALANCE_FIELDS = (
    "share_count",
    "subscribed_amount",
    "called_amount",
    "paid_amount",
    "refundable_amount",
)


class CooperativeMembership(models.Model):
    """A member's share capital: promised, called, paid, transferred."""

    _inherit = "cooperative.membership"

    movement_ids = fields.One2many(
        "cooperative.share.movement", "membership_id", string="Movements"
    )
    call_ids = fields.One2many(
        "cooperative.capital.call", "membership_id", string="Instalments"
    )
    share_count = fields.Integer(string="Shares", compute="_compute_balances")
    subscribed_amount = fields.Monetary(
        string="Subscribed", compute="_compute_balances"
    )
    called_amount = fields.Monetary(string="Called", compute="_compute_balances")
    paid_amount = fields.Monetary(string="Paid", compute="_compute_balances")
    refundable_amount = fields.Monetary(
        string="To be refunded", compute="_compute_balances"
    )

    @api.depends("movement_ids")
    def _compute_balances(self):
        """Sum the movements of all memberships in one query."""
        sums = {
            membership.id: values
            for membership, *values in self.env[
                "cooperative.share.movement"
            ]._read_group(
                [("membership_id", "in", self.ids)],
                ["membership_id"],
                [f"{name}:sum" for name in BALANCE_FIELDS],
            )
        }
        for membership in self:
            values = sums.get(membership.id, [0] * len(BALANCE_FIELDS))
            for name, value in zip(BALANCE_FIELDS, values, strict=True):
                membership[name] = value

    def _balance(self, share_class):
        """Return what a member holds of one class.

        :return: ``ledger.Effect`` with Decimal amounts
        """
        self.ensure_one()
        return self._balances().get(share_class, ledger.Effect())

    def _balances(self):
        """Return {share class: ledger.Effect} of one member."""
        self.ensure_one()
        cent = Decimal(1).scaleb(-self.currency_id.decimal_places)
        rows = self.env["cooperative.share.movement"]._read_group(
            [("membership_id", "=", self.id)],
            ["share_class_id"],
            [f"{name}:sum" for name in BALANCE_FIELDS],
        )
        return {
            share_class: ledger.Effect(
                shares, *(Decimal(str(amount)).quantize(cent) for amount in amounts)
            )
            for share_class, shares, *amounts in rows
        }

    @api.private
    def subscribe(self, share_class, share_count, instalment_count, day, key):
        """Promise shares: the movement, its plan of instalments, the first one called.

        :param share_class: cooperative.share.class of the same company
        :param int share_count: how many shares
        :param int instalment_count: 1 to the class's most
        :param day: of the subscription and the first instalment, a date or ISO text
        :param str key: says which subscription this is; the same key twice is refused
            by the database
        :return: the instalments, cooperative.capital.call
        :raise UserError: with all reasons why it can't be
        """
        self.ensure_one()
        day = fields.Date.to_date(day)
        self._check_may_hold_shares(share_class)
        held = self._balance(share_class).shares
        if problems := share_class._problems(share_count, instalment_count, held):
            raise UserError("\n".join(problems))
        amount = share_class.amount_of(share_count)
        movement = self.env["cooperative.share.movement"]._append(
            self,
            share_class,
            "subscription",
            ledger.subscription(share_count, amount),
            day,
            key,
        )
        calls = self._plan_calls(movement, amount, instalment_count, day)
        calls[:1]._call(day)
        return calls

    def _check_may_hold_shares(self, share_class):
        """Raise unless this is a membership of a member that has not ended."""
        self.ensure_one()
        is_open = self.state in ("pending", *LIVE_STATES)
        if self.kind != "member" or not is_open:
            raise UserError(
                self.env._(
                    "%(membership)s (%(kind)s, %(state)s) cannot hold shares: only "
                    "members who have not left do.",
                    membership=self.display_name,
                    kind=self._kind_label(),
                    state=self._state_labels()[self.state],
                )
            )
        if share_class.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(name)s is a share class of %(company)s: choose one of the "
                    "member's company.",
                    name=share_class.name,
                    company=share_class.company_id.name,
                )
            )

    def _plan_calls(self, movement, amount, count, day):
        """Return one planned instalment a month."""
        percent = movement.share_class_id.first_payment_percent
        return self.env["cooperative.capital.call"]._create_guarded(
            self._call_vals(movement, amount, count, day, percent)
        )

    def _call_vals(self, movement, amount, count, day, first_percent=0):
        """Return the values of one planned instalment a month.

        :param Decimal amount: what the instalments add up to
        :param date day: when the first is due
        :param int first_percent: of the amount, the least that the first has
        """
        parts = instalments.split_amount(
            amount, count, movement.share_class_id._cent(), first_percent
        )
        dates = instalments.due_dates(day, count)
        return [
            {
                "membership_id": self.id,
                "company_id": self.company_id.id,
                "subscription_id": movement.id,
                "sequence": place,
                "is_last": place == count,
                "amount": part,
                "due_date": due_date,
            }
            for place, (part, due_date) in enumerate(
                zip(parts, dates, strict=True), start=1
            )
        ]

    def _open_calls(self):
        """Return the instalments not yet paid and not cancelled."""
        return self.call_ids.filtered(lambda call: call.state in OPEN_CALL_STATES)

    @api.private
    def transfer_shares(self, receiver, share_class, share_count, day, key):
        """Give shares to another member; one journal entry for both movements.

        While some of a class is not paid, all of that class go together: the receiver
        owes what is still to be paid, on the days on which the giver did.

        :param receiver: cooperative.membership of a member
        :param int share_count: how many shares
        :param str key: says which transfer this is, unique
        :return: the two movements
        :raise UserError: with the reason why it can't be
        """
        self.ensure_one()
        day = fields.Date.to_date(day)
        (self | receiver)._serialise()
        self._check_transfer(receiver, share_class, share_count)
        effect = ledger.handed_over(
            self._balance(share_class), share_count, share_class.amount_of(share_count)
        )
        movements = self.env["cooperative.share.movement"]._append_transfer(
            self, receiver, share_class, effect, day, key
        )
        if effect.paid < effect.subscribed:
            self._hand_over_calls(receiver, share_class)
        return movements

    def _hand_over_calls(self, receiver, share_class):
        """Let the receiver of shares owe the instalments that are still to be paid."""
        calls = self.sudo()._open_calls()
        moving = calls.filtered(lambda call: call.share_class_id == share_class)
        moving._write_guarded(membership_id=receiver.id)
        self._reconcile_called()
        for membership in self | receiver:
            membership.sudo().message_post(
                body=self.env._(
                    "%(count)s instalments of %(name)s go from %(giver)s to "
                    "%(receiver)s with the shares.",
                    count=len(moving),
                    name=share_class.name,
                    giver=self.display_name,
                    receiver=receiver.display_name,
                )
            )

    def _check_transfer(self, receiver, share_class, share_count):
        """Raise unless giver and receiver may do the transfer."""
        receiver._check_may_hold_shares(share_class)
        if receiver == self:
            raise UserError(self.env._("Choose another member to give the shares to."))
        held = self._balance(share_class)
        if share_count < 1 or share_count > held.shares:
            raise UserError(
                self.env._(
                    "%(member)s holds %(held)s shares of %(name)s: give 1 to %(held)s.",
                    member=self.display_name,
                    held=held.shares,
                    name=share_class.name,
                )
            )
        if held.paid < held.subscribed and share_count != held.shares:
            raise UserError(
                self.env._(
                    "%(member)s has not paid all of %(name)s yet: give all %(held)s "
                    "shares, and the receiver owes the rest, or collect the "
                    "instalments first.",
                    member=self.display_name,
                    name=share_class.name,
                    held=held.shares,
                )
            )
        self._check_rest(receiver, share_class, share_count, held.shares - share_count)

    def _check_rest(self, receiver, share_class, share_count, rest):
        """Raise when giver or receiver would hold too few or too many."""
        if self.state == "active" and 0 <= rest < share_class.min_shares:
            if rest or not share_class.is_voluntary:
                raise UserError(
                    self.env._(
                        "%(member)s would keep %(rest)s shares of %(name)s: a member "
                        "holds at least %(min)s. Write down the leaving first to give "
                        "all.",
                        member=self.display_name,
                        rest=rest,
                        name=share_class.name,
                        min=share_class.min_shares,
                    )
                )
        total = receiver._balance(share_class).shares
        if problems := share_class._problems(share_count, 1, total):
            raise UserError("\n".join(problems))

    def _write_off(self):
        """Cancel all shares; what was paid of them becomes refundable.

        :return: the movements
        """
        self.ensure_one()
        return self._reduce(self.company_id._telecom_today(), f"cancel:{self.id}")

    def _reduce(self, day, key, deduction=ledger.ZERO, leaving=None):
        """Cancel the shares of every class.

        :param Decimal deduction: what is kept of what was paid, spread over the
            classes in their order
        :param str key: beginning of the movements' keys
        :param leaving: the cooperative.leaving that it follows from
        :return: the movements
        """
        self.ensure_one()
        links = {"leaving_id": leaving.id} if leaving else {}
        Movement = self.env["cooperative.share.movement"]
        movements = Movement.browse()
        for share_class, balance in self._balances().items():
            if not (balance.shares or balance.subscribed):
                continue
            kept = min(deduction, balance.paid)
            deduction -= kept
            movements += Movement._append(
                self,
                share_class,
                "reduction",
                ledger.reduction(balance, kept),
                day,
                f"{key}:reduction:{share_class.id}",
                **links,
            )
        self._reconcile_called()
        return movements

    def _reconcile_called(self):
        """Match what was called with the shares that are no more."""
        account = self.company_id._cooperative_accounting()["called"]
        lines = self.sudo().movement_ids.move_id.line_ids.filtered(
            lambda line: (
                line.account_id == account
                and line.partner_id == self.partner_id
                and not line.reconciled
            )
        )
        if account.reconcile and len(lines) > 1:
            lines.reconcile()
