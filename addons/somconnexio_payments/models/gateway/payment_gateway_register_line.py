# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime, time

from odoo import fields, models
from odoo.exceptions import UserError

from ...gateway_protocols.messages import Action, Command
from ...gateway_protocols.outcome import Outcome, Refusal
from ...gateway_protocols.values import read_transaction_id


class TelecomPaymentGatewayRegisterLine(models.Model):
    """One payment in the comparison; what differs waits to be settled."""

    _name = "telecom.payment.gateway.register.line"
    _description = "Line of a Bank App's Register"
    _inherit = ["telecom.bank.facts.mixin"]
    _order = "register_id desc, verdict, id"
    _rec_name = "transaction_id"
    _check_company_auto = True

    _people_write = frozenset({"note"})

    register_id = fields.Many2one(
        "telecom.payment.gateway.register",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    gateway_id = fields.Many2one(
        related="register_id.gateway_id", store=True, index=True, precompute=True
    )
    day = fields.Date(related="register_id.day", store=True, precompute=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="register_id.currency_id")
    transaction_id = fields.Char(string="Bank's number", required=True, readonly=True)
    transaction_ref_id = fields.Many2one(
        "telecom.payment.gateway.transaction",
        string="Payment here",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    identifier = fields.Char(readonly=True)
    bank_amount = fields.Monetary(string="At the bank", readonly=True)
    our_amount = fields.Monetary(string="Here", readonly=True)
    verdict = fields.Selection(
        [
            ("equal", "Equal"),
            ("amount_differs", "Other amount"),
            ("missing_here", "Missing here"),
            ("missing_there", "Missing at the bank"),
        ],
        string="Comparison",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("open", "To be settled"), ("done", "Done"), ("set_aside", "Set aside")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    note = fields.Char(string="How it was settled")

    _open_idx = models.Index("(gateway_id, transaction_id) WHERE state = 'open'")
    _once = models.Constraint(
        "UNIQUE (register_id, transaction_id)",
        "This transaction stands in the register already.",
    )

    def action_book(self):
        """Book payments that the bank has and we don't have.

        The day of the register is the day of the payment.

        :raise UserError: for what is not missing, cannot be booked, or a bank app that
            is closed or on trial
        """
        self.check_access("write")
        for line in self.sudo():
            if line.verdict != "missing_here" or line.state != "open":
                raise UserError(
                    self.env._(
                        "%s is not missing here, or is settled: only what the bank has "
                        "and we don't have can be booked.",
                        line.transaction_id,
                    )
                )
            line._book()

    def _book(self):
        """Book what the bank has, as if it had been told."""
        gateway = self.env["telecom.payment.gateway"]._by_slug(self.gateway_id.slug)
        if not gateway or gateway.is_sandbox:
            raise UserError(
                self.env._(
                    "%s is archived or on trial: nothing of it is booked. Put it in "
                    "use first.",
                    self.gateway_id.name,
                )
            )
        command = Command(
            action=Action.PAY,
            identifier=self.identifier or "",
            transaction_id=self.transaction_id,
            amount=gateway._exact(self.bank_amount),
            paid_at=datetime.combine(self.day, time(12)),
        )
        try:
            read_transaction_id(self.transaction_id, False)
            known = gateway._known_transaction(self.transaction_id)
            self._check_agrees(known)
            transaction = known or gateway._do_pay(command)["transaction"]
        except Refusal as refusal:
            raise UserError(
                self.env._(
                    "%(transaction)s of “%(identifier)s” cannot be booked: %(why)s. "
                    "Find out whose payment it is, book it by hand and set this line "
                    "aside.",
                    transaction=self.transaction_id,
                    identifier=self.identifier or "",
                    why=self._told(refusal),
                )
            ) from refusal
        transaction.register_state = "equal"
        self.write(
            {
                "state": "done",
                "transaction_ref_id": transaction.id,
                "our_amount": transaction.amount,
                "note": self.note or self.env._("Booked from the register"),
            }
        )

    def _told(self, refusal):
        """Return why something is refused, in the words of who reads it."""
        field = self.env["telecom.payment.gateway.message"]._fields["outcome"]
        labels = dict(field._description_selection(self.env))
        return refusal.comment or labels[refusal.outcome.value]

    def _check_agrees(self, known):
        """Raise when a number of the bank stands for something else here.

        :raise Refusal: cancelled or conflict
        """
        if known.state == "cancelled":
            raise Refusal(Outcome.CANCELLED)
        if known and self.currency_id.compare_amounts(known.amount, self.bank_amount):
            raise Refusal(Outcome.CONFLICT)

    def action_set_aside(self):
        """Note that a difference was settled elsewhere."""
        self.check_access("write")
        for line in self:
            if line.state != "open" or not line.note:
                raise UserError(
                    self.env._(
                        "Write down how %s was settled before you set it aside.",
                        line.transaction_id,
                    )
                )
        self.sudo().state = "set_aside"
