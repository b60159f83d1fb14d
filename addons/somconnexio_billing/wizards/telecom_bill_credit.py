# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError


class TelecomBillCredit(models.TransientModel):
    """Give back part of a posted bill: some of its lines, whole or in part.

    The bill stays, and so does what it charged: no later preview bills it again.
    """

    _name = "telecom.bill.credit"
    _description = "Credit a part of a bill"

    move_id = fields.Many2one("account.move", required=True, readonly=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    reason = fields.Char(required=True, help="Printed on the credit note.")
    line_ids = fields.One2many(
        "telecom.bill.credit.line",
        "credit_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    amount_untaxed = fields.Monetary(
        "Credit without tax", compute="_compute_amount_untaxed"
    )

    @api.depends("move_id")
    def _compute_line_ids(self):
        for credit in self:
            items = credit.move_id.invoice_line_ids.filtered(
                lambda item: item.display_type == "product"
            )
            credit.line_ids = [
                Command.clear(),
                *(Command.create({"move_line_id": item.id}) for item in items),
            ]

    @api.depends("line_ids.amount")
    def _compute_amount_untaxed(self):
        for credit in self:
            credit.amount_untaxed = sum(credit.line_ids.mapped("amount"))

    def action_credit(self):
        """Make the draft credit note and open it.

        :raise UserError: when nothing is to be credited, or the bill is not posted
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("amount")
        if not chosen:
            raise UserError(self.env._("Give the amount of one line at least."))
        if self.move_id.state != "posted" or self.move_id.move_type != "out_invoice":
            raise UserError(self.env._("Only a posted bill can be credited."))
        credit = self.env["account.move"].create(self._prepare_credit(chosen))
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": credit.id,
            "view_mode": "form",
        }

    def _prepare_credit(self, lines):
        """Return the values of the credit note."""
        bill = self.move_id
        return {
            "move_type": "out_refund",
            "company_id": bill.company_id.id,
            "journal_id": bill.journal_id.id,
            "partner_id": bill.partner_id.id,
            "currency_id": bill.currency_id.id,
            "fiscal_position_id": bill.fiscal_position_id.id,
            "invoice_date": bill.company_id._telecom_today(),
            "reversed_entry_id": bill.id,
            "ref": self.env._("Part of %(bill)s", bill=bill.name),
            "telecom_billing_account_id": bill.telecom_billing_account_id.id,
            "telecom_correction_reason": self.reason,
            "invoice_line_ids": [
                Command.create(line._prepare_credit_line()) for line in lines
            ],
        }


class TelecomBillCreditLine(models.TransientModel):
    """How much of one line of the bill is given back."""

    _name = "telecom.bill.credit.line"
    _description = "Line of a credit of a part of a bill"

    credit_id = fields.Many2one(
        "telecom.bill.credit", required=True, ondelete="cascade"
    )
    move_line_id = fields.Many2one("account.move.line", required=True, readonly=True)
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    name = fields.Char(related="move_line_id.name")
    subscription_id = fields.Many2one(related="move_line_id.telecom_subscription_id")
    billed_amount = fields.Monetary(
        "Billed", related="move_line_id.price_subtotal", currency_field="currency_id"
    )
    credited_amount = fields.Monetary("Credited before", compute="_compute_credited")
    amount = fields.Monetary("Credit now", help="Without tax.")

    @api.depends("move_line_id")
    def _compute_credited(self):
        """Sum up what other credit notes have given back of each line."""
        totals = dict(
            self.env["account.move.line"]._read_group(
                [
                    ("telecom_credited_line_id", "in", self.move_line_id.ids),
                    ("parent_state", "!=", "cancel"),
                ],
                ["telecom_credited_line_id"],
                ["price_subtotal:sum"],
            )
        )
        for line in self:
            line.credited_amount = totals.get(line.move_line_id, 0)

    @api.constrains("amount")
    def _check_amount(self):
        for line in self:
            rest = line.billed_amount - line.credited_amount
            too_much = line.amount < 0 or (
                line.currency_id.compare_amounts(line.amount, max(rest, 0)) > 0
            )
            if too_much:
                raise ValidationError(
                    self.env._(
                        "Of %(line)s between 0 and %(rest)s can be given back.",
                        line=line.name,
                        rest=line.currency_id.format(max(rest, 0)),
                    )
                )

    def _prepare_credit_line(self):
        """Return the values of a line of the credit note."""
        item = self.move_line_id
        return {
            "name": item.name,
            "product_id": item.product_id.id,
            "product_uom_id": item.product_uom_id.id,
            "account_id": item.account_id.id,
            "quantity": 1,
            "price_unit": self.amount,
            "tax_ids": [Command.set(item.tax_ids.ids)],
            "telecom_subscription_id": item.telecom_subscription_id.id,
            "telecom_credited_line_id": item.id,
        }
