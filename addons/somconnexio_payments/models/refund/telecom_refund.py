# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .states import REFUND


class TelecomRefund(models.Model):
    """Money that the cooperative owes a member, paid back by a bank transfer.

    It pays one open item of the ledger: share capital to be returned, or credit on
    account. Nothing is paid twice: an open item has one refund (UNIQUE), and a refund
    one line of one payment order.
    """

    _name = "telecom.refund"
    _description = "Refund"
    _inherit = ["mail.thread", "mail.activity.mixin", "cooperative.state.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id.name"]

    _state_table = REFUND
    _is_created_by_hand = False
    _guarded_fields = frozenset(
        {
            "name",
            "state",
            "kind",
            "partner_id",
            "company_id",
            "amount",
            "credit_line_id",
            "leaving_id",
            "author_id",
            "approver_id",
            "account_user_id",
            "approved_iban",
            "order_id",
            "payment_id",
            "sent_date",
            "paid_date",
            "failure_reason",
            "attempt_count",
        }
    )

    name = fields.Char(
        string="Reference",
        required=True,
        readonly=True,
        copy=False,
        help="Goes with the transfer and comes back with the statement.",
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
        tracking=True,
    )
    kind = fields.Selection(
        [("capital", "Share capital"), ("overpayment", "Credit on account")],
        required=True,
        readonly=True,
        index=True,
    )
    amount = fields.Monetary(required=True, readonly=True, tracking=True)
    credit_line_id = fields.Many2one(
        "account.move.line",
        string="Open item",
        required=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
        help="What the cooperative owes, in the ledger.",
    )
    leaving_id = fields.Many2one(
        "cooperative.leaving",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        string="To the account",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        domain="[('partner_id', '=', partner_id)]",
        tracking=True,
    )
    iban_warning = fields.Char(compute="_compute_iban_warning")
    is_iban_confirmed = fields.Boolean(
        string="Member was asked about the IBAN",
        copy=False,
        tracking=True,
        help="Needed where the account is new: fraud begins with a changed IBAN.",
    )
    text = fields.Char(
        string="Text of the transfer", required=True, help="What the member reads."
    )
    state = fields.Selection(
        [
            ("draft", "To approve"),
            ("approved", "Approved"),
            ("ordered", "In a file"),
            ("sent", "Sent to the bank"),
            ("paid", "Paid"),
            ("failed", "Came back"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        tracking=True,
        copy=False,
    )
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    approver_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    account_user_id = fields.Many2one(
        "res.users",
        string="Account chosen by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Somebody else approves it. Empty: the account was the member's already.",
    )
    approved_iban = fields.Char(string="Approved IBAN", readonly=True, copy=False)
    order_id = fields.Many2one(
        "account.payment.order",
        string="Transfer order",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    payment_id = fields.Many2one(
        "account.payment",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    sent_date = fields.Date(readonly=True)
    paid_date = fields.Date(readonly=True)
    failure_reason = fields.Char(string="Why it came back", readonly=True)

    attempt_count = fields.Integer(
        string="Came back", readonly=True, copy=False, help="How often."
    )

    _name_unique = models.Constraint(
        "UNIQUE (company_id, name)", "Another refund already has this reference."
    )
    _once = models.UniqueIndex(
        "(credit_line_id) WHERE state != 'cancelled'",
        "This open item is being refunded already.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A refund must be more than nothing."
    )

    @api.depends("partner_bank_id", "partner_bank_id.acc_number", "partner_id")
    def _compute_iban_warning(self):
        for refund in self:
            refund.iban_warning = refund._iban_problem() or refund._iban_novelty()

    def _iban_problem(self):
        """Return why no money can go to the account, or False."""
        self.ensure_one()
        account = self.partner_bank_id
        if not account:
            return self.env._("No account: ask the member for an IBAN.")
        if account.partner_id != self.partner_id:
            return self.env._("The account belongs to somebody else.")
        if account.telecom_iban_state != "valid":
            return self.env._("%s is not an IBAN.", account.acc_number)
        return False

    def _iban_novelty(self):
        """Return since when the account is what it is, when that is not long."""
        self.ensure_one()
        if not self._is_iban_new():
            return False
        _user, changed_at = self.partner_bank_id._telecom_written_by()
        return self.env._(
            "This account was written down or changed on %s: ask the member, by a "
            "channel that you had before.",
            fields.Date.to_string(changed_at.date()),
        )

    def _is_iban_new(self):
        """Tell whether the account was written down or changed lately."""
        limit = fields.Datetime.now() - timedelta(
            days=self.company_id.telecom_refund_iban_days
        )
        return self.partner_bank_id._telecom_written_by()[1] > limit

    @api.constrains("partner_bank_id", "partner_id")
    def _check_own_account(self):
        for refund in self.filtered("partner_bank_id"):
            if refund.partner_bank_id.partner_id != refund.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(refund)s: %(account)s belongs to %(holder)s. Refunds go to "
                        "the member's own account only.",
                        refund=refund.name,
                        account=refund.partner_bank_id.acc_number,
                        holder=refund.partner_bank_id.partner_id.display_name,
                    )
                )

    def write(self, vals):
        """Override of ``base`` to keep what was approved."""
        fixed = {"partner_bank_id", "text", "is_iban_confirmed", "billing_account_id"}
        late = self.filtered(lambda one: one.state != "draft")
        if late and fixed & vals.keys():
            raise UserError(
                self.env._(
                    "%(refund)s is “%(state)s”: take the approval back before you "
                    "change it.",
                    refund=late[0].name,
                    state=late._state_labels()[late[0].state],
                )
            )
        result = super().write(vals)
        if "partner_bank_id" in vals:
            self._write_guarded(account_user_id=self.env.uid)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self._refuse_deletion()

    @api.model
    def _refund_items(self, lines, kind, text, **vals):
        """Write down refunds of open items, to be approved.

        :param lines: account.move.line that credit a member, open
        :param str kind: ``capital`` or ``overpayment``
        :param str text: of the transfers
        :param vals: links of all of them, such as ``leaving_id``
        :return: the refunds, those of lines that are open only
        """
        lines = lines.filtered(lambda line: line.amount_residual < 0)
        rows = []
        for line in lines:
            name = self.env["ir.sequence"].next_codes(self._name, line.company_id, 1)[0]
            rows.append({**self._item_vals(line), "name": name, **vals})
        return self._create_guarded(
            [{**row, "kind": kind, "text": text} for row in rows]
        )

    def _item_vals(self, line):
        """Return the values of a refund that an open item says."""
        accounts = line.partner_id.bank_ids.filtered(
            lambda one: one.company_id in (line.company_id, one.company_id.browse())
        )
        return {
            "company_id": line.company_id.id,
            "partner_id": line.partner_id.id,
            "amount": -line.amount_residual,
            "credit_line_id": line.id,
            "author_id": self.env.uid,
            "partner_bank_id": accounts[:1].id,
        }
