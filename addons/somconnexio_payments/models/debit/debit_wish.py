# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class TelecomDebitWish(models.Model):
    """That a bill is to be debited from a day on: once more, or a part of it.

    The next debit run whose cut-off is not before the day takes it.
    """

    _name = "telecom.debit.wish"
    _description = "Debit asked for"
    _order = "from_date, id"
    _rec_name = "move_id"
    _check_company_auto = True

    move_id = fields.Many2one(
        "account.move",
        string="Bill",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="move_id.company_currency_id")
    kind = fields.Selection(
        [("retry", "Once more"), ("part", "A part")], required=True, readonly=True
    )
    amount = fields.Monetary(
        readonly=True, help="Of a part; at most what the bill owes is debited."
    )
    owed_amount = fields.Monetary(related="move_id.amount_residual", string="Owed")
    from_date = fields.Date(string="From", required=True, readonly=True, index=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("taken", "In a debit run"),
            ("done", "Sent"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    payment_line_id = fields.Many2one(
        "account.payment.line",
        string="Debit",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _once = models.UniqueIndex(
        "(move_id, kind, from_date) WHERE state IN ('waiting', 'taken')",
        "This debit has been asked for already.",
    )
    _part_positive = models.Constraint(
        "CHECK (kind <> 'part' OR amount > 0)", "A part must be more than nothing."
    )

    @api.model
    def _ask(self, bill, kind, day, amount=0):
        """Ask for a debit; asked for again, the same one is returned.

        :param bill: posted account.move of a billing account
        :param str kind: retry or part
        :param date day: not debited before
        :param amount: Decimal, of a part
        :raise UserError: when the bill is of no billing account or not posted
        """
        if bill.state != "posted" or not bill.telecom_billing_account_id:
            raise UserError(
                self.env._(
                    "%s is no posted bill of a billing account: it cannot be debited.",
                    bill.display_name,
                )
            )
        known = self.sudo().search(
            [
                ("move_id", "=", bill.id),
                ("kind", "=", kind),
                ("from_date", "=", day),
                ("state", "in", ("waiting", "taken")),
            ]
        )
        return known or self.sudo().create(
            {"move_id": bill.id, "kind": kind, "from_date": day, "amount": amount}
        )

    @api.model
    def _is_retry_waiting(self, bill):
        """Tell whether the next debit runs take a bill once more already."""
        return self.sudo().search_count(
            [
                ("move_id", "=", bill.id),
                ("kind", "=", "retry"),
                ("state", "in", ("waiting", "taken")),
            ],
            limit=1,
        )

    def action_cancel(self):
        """Give up debits that were asked for and no run has taken."""
        for wish in self:
            if wish.state != "waiting":
                raise UserError(
                    self.env._(
                        "%s is in a debit run: leave it out there.", wish.display_name
                    )
                )
        self._require_runner()
        self.sudo().write({"state": "cancelled"})
        return True

    def _require_runner(self):
        """Raise unless the user may plan debits."""
        self.env["telecom.debit.run"]._check_role(
            (
                "somconnexio_base.group_telecom_accountant",
                "somconnexio_base.group_telecom_billing_manager",
            )
        )
