# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomBankEntry(models.Model):
    """One movement of an account of ours, as the bank told it; kept once.

    An entry told by an intraday report or a notification is there before it is booked;
    the statement that has it makes its statement line.
    """

    _name = "telecom.bank.entry"
    _description = "Bank entry"
    _inherit = ["telecom.bank.facts.mixin"]
    _order = "day desc, number, id"

    key = fields.Char(
        required=True,
        readonly=True,
        help="Account, reference, amount and day: the same in every file.",
    )
    file_id = fields.Many2one(
        "telecom.bank.file",
        string="First told by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    booking_file_id = fields.Many2one(
        "telecom.bank.file",
        string="Booked by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    statement_index = fields.Integer(readonly=True, aggregator=None)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    journal_id = fields.Many2one("account.journal", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    number = fields.Integer(readonly=True, aggregator=None)
    amount = fields.Monetary(required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    value_date = fields.Date(readonly=True)
    bank_reference = fields.Char(readonly=True)
    code = fields.Char(
        string="Bank's code", readonly=True, help="Such as PMNT/RCDT/ESCT."
    )
    info = fields.Char(readonly=True)
    is_reversal = fields.Boolean(readonly=True)
    message_reference = fields.Char(readonly=True)
    batch_reference = fields.Char(readonly=True)
    place = fields.Char(string="Where in the file", readonly=True)
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    transaction_ids = fields.One2many("telecom.bank.transaction", "entry_id")

    _key_unique = models.Constraint(
        "UNIQUE (company_id, key)", "This movement of the account is known already."
    )
    _booking_idx = models.Index("(booking_file_id, statement_index, day)")

    @api.depends("day", "amount", "bank_reference")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = (
                f"{entry.day} · {entry.amount:.2f} · {entry.bank_reference or '–'}"
            )
