# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

STATES = [
    ("waiting", "Announced"),
    ("matched", "Allocated"),
    ("exception", "Exception"),
    ("by_hand", "Allocated by hand"),
]
RULES = [
    ("end_to_end", "Reference of ours"),
    ("batch", "Debit order as a whole"),
    ("gateway", "Payment of a bank app"),
    ("bill", "Number of a bill"),
    ("account", "Billing account or member"),
    ("iban_amount", "IBAN and exact amount"),
    ("reversal", "Return taken back"),
    ("charge", "Bank charge"),
]
REASONS = [
    ("no_candidate", "Nothing known in what the payer wrote"),
    ("ambiguous", "It could be several"),
    ("amount_differs", "The amount is another"),
    ("other_payer", "The payer owes another bill of this amount"),
    ("closed", "It is paid already"),
    ("foreign", "It belongs to another company"),
    ("return_waits", "Return of a debit that is not booked"),
    ("outgoing", "Money that left for an unknown reason"),
    ("charge", "Bank charge without an account"),
    ("undone", "A person has undone the allocation"),
]


class TelecomBankTransaction(models.Model):
    """One payment, return or charge inside a bank entry, and what became of it.

    Allocated by a rule, or an exception with its reason until a person has decided.
    Rows come from bank files; their fields follow from the file and the decision.
    """

    _name = "telecom.bank.transaction"
    _description = "Bank transaction"
    _inherit = ["telecom.bank.facts.mixin"]
    _order = "day desc, id desc"

    entry_id = fields.Many2one(
        "telecom.bank.entry",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    journal_id = fields.Many2one(
        "account.journal", string="Bank", required=True, readonly=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    booking_file_id = fields.Many2one(
        "telecom.bank.file", string="File", readonly=True, index=True
    )
    day = fields.Date(required=True, readonly=True, index=True)
    amount = fields.Monetary(required=True, readonly=True)
    end_to_end_reference = fields.Char(readonly=True, index="btree_not_null")
    message_reference = fields.Char(readonly=True)
    batch_reference = fields.Char(readonly=True)
    bank_reference = fields.Char(readonly=True)
    mandate_reference = fields.Char(readonly=True)
    party_name = fields.Char(string="Payer", readonly=True)
    party_iban = fields.Char(
        string="Payer's IBAN", readonly=True, index="btree_not_null"
    )
    remittance = fields.Text(string="What the payer wrote", readonly=True)
    is_charge = fields.Boolean(readonly=True)
    is_return = fields.Boolean(readonly=True)
    return_reason = fields.Char(readonly=True)
    return_text = fields.Char(readonly=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="waiting", index=True
    )
    rule = fields.Selection(RULES, string="Allocated by", readonly=True)
    reason = fields.Selection(REASONS, string="Why it waits", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    billing_account_id = fields.Many2one("telecom.billing.account", readonly=True)
    line_ids = fields.Many2many(
        "account.move.line",
        relation="telecom_bank_transaction_line_rel",
        column1="transaction_id",
        column2="line_id",
        string="What it pays",
        readonly=True,
        copy=False,
    )
    counterpart_line_id = fields.Many2one(
        "account.move.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    statement_line_id = fields.Many2one(
        related="entry_id.statement_line_id", string="Statement line"
    )
    is_told = fields.Boolean(
        string="Thanked for",
        readonly=True,
        copy=False,
        help="The payer and other systems have been told that the money has come.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime(string="Decided on", readonly=True, copy=False)
    by_hand_share = fields.Float(
        string="Share by hand",
        readonly=True,
        aggregator="avg",
        digits=(5, 4),
        help="1 for what a person had to allocate or still has to, 0 for the rest.",
    )

    _number_unique = models.Constraint(
        "UNIQUE (entry_id, number)", "The transactions of an entry are numbered once."
    )
    _exception_idx = models.Index("(company_id, day) WHERE state = 'exception'")

    @api.depends("amount", "day", "party_name")
    def _compute_display_name(self):
        for part in self:
            names = (str(part.day), f"{part.amount:.2f}", part.party_name)
            part.display_name = " · ".join(filter(None, names))
