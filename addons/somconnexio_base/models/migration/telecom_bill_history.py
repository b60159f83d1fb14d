# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a bill of the past is; only what is unpaid may still change.
FACTS = frozenset(
    {
        "number",
        "company_id",
        "partner_id",
        "bill_type",
        "issue_date",
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "tax_ids",
    }
)


class TelecomBillHistory(models.Model):
    """A bill that another system posted: kept to be read, never posted again.

    Its revenue and taxes were declared from the books of that system. What is still
    unpaid may come over as one opening entry per bill (docs/adr/0011).
    """

    _name = "telecom.bill.history"
    _description = "Earlier Bill"
    _order = "issue_date desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "partner_id.name", "partner_id.vat"]
    _check_company_auto = True

    number = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    bill_type = fields.Selection(
        [("invoice", "Bill"), ("refund", "Credit note")],
        required=True,
        readonly=True,
        default="invoice",
    )
    issue_date = fields.Date(required=True, readonly=True, index=True)
    due_date = fields.Date(readonly=True)
    period_start = fields.Date(readonly=True, help="First day billed.")
    period_end = fields.Date(readonly=True, help="Last day billed.")
    amount_untaxed = fields.Monetary(readonly=True)
    amount_tax = fields.Monetary(readonly=True)
    amount_total = fields.Monetary(readonly=True)
    amount_residual = fields.Monetary(
        string="Unpaid", readonly=True, help="When it was taken over."
    )
    payment_state = fields.Selection(
        [("paid", "Paid in full"), ("partial", "Partly paid"), ("open", "Unpaid")],
        compute="_compute_payment_state",
        store=True,
        help="When it was taken over.",
    )
    tax_ids = fields.One2many(
        "telecom.bill.history.tax", "bill_id", string="Taxes", readonly=True
    )
    tax_detail = fields.Text(
        readonly=True, help="What the bill says of its taxes besides their amounts."
    )
    note = fields.Text(readonly=True)
    opening_move_id = fields.Many2one(
        "account.move",
        string="Opening entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )

    _number_unique = models.Constraint(
        "UNIQUE (company_id, number)", "An earlier bill already has this number."
    )
    _amounts = models.Constraint(
        "CHECK (amount_total = amount_untaxed + amount_tax"
        " AND amount_residual BETWEEN 0 AND amount_total)",
        "Base and tax must add up to the total, and no more than that is unpaid.",
    )

    @api.depends("amount_total", "amount_residual")
    def _compute_payment_state(self):
        for bill in self:
            if not bill.amount_residual:
                bill.payment_state = "paid"
            elif bill.amount_residual < bill.amount_total:
                bill.payment_state = "partial"
            else:
                bill.payment_state = "open"

    def write(self, vals):
        """Override of ``base``: what a bill of the past says stays as it was.

        :raise UserError: for a fact of the bill, or for what is unpaid once that is
            in the accounts
        """
        changed = FACTS & vals.keys()
        if "amount_residual" in vals and self.opening_move_id:
            changed |= {"amount_residual"}
        if changed:
            raise UserError(
                self.env._(
                    "%(fields)s of bill %(number)s cannot be changed: it was posted in"
                    " another system. Book a correction in the accounts instead.",
                    fields=", ".join(
                        sorted(self._fields[name].string for name in changed)
                    ),
                    number=self[:1].number,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        for bill in self.filtered("opening_move_id"):
            raise UserError(
                self.env._(
                    "Bill %(number)s has the opening entry %(entry)s: take that back"
                    " first.",
                    number=bill.number,
                    entry=bill.opening_move_id.display_name,
                )
            )

    def action_open_entry(self):
        """Open the entry by which the unpaid amount came into the accounts."""
        self.ensure_one()
        return self.opening_move_id._get_records_action()
