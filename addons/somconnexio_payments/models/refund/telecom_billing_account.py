# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomBillingAccount(models.Model):
    """Credit on account: what a member paid too much, and its refund."""

    _inherit = "telecom.billing.account"

    telecom_refund_ids = fields.One2many(
        "telecom.refund",
        "billing_account_id",
        string="Refunds",
        readonly=True,
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
    )
    telecom_refund_count = fields.Integer(
        compute="_compute_telecom_refund_count",
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
    )

    def _compute_telecom_refund_count(self):
        self._count_into_refunds()

    def _count_into_refunds(self):
        """Count the refunds of each account in one query."""
        groups = self.env["telecom.refund"]._read_group(
            [("billing_account_id", "in", self.ids)],
            ["billing_account_id"],
            ["__count"],
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.telecom_refund_count = counts.get(account.id, 0)

    def _credit_items(self):
        """Return the open items that credit the payers: paid, and owed for no bill."""
        return self.env["account.move.line"].search(
            [
                (
                    "partner_id",
                    "in",
                    (self.partner_id | self.commercial_partner_id).ids,
                ),
                ("company_id", "in", self.company_id.ids),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("amount_residual", "<", 0),
            ]
        )

    def _free_credits(self):
        """Return the credit of each account that is not being refunded.

        What came for another billing account of the same payer is that one's.

        :return: dict: account → account.move.line, for all of these accounts
        """
        items = self._credit_items()
        known = self.env["telecom.refund"].search(
            [("credit_line_id", "in", items.ids), ("state", "!=", "cancelled")]
        )
        free = items - known.credit_line_id
        transfers = self.env["telecom.bank.transaction"].search(
            [("counterpart_line_id", "in", free.ids)]
        )
        owners = {one.counterpart_line_id: one.billing_account_id for one in transfers}
        by_payer = free.grouped(lambda item: (item.company_id, item.partner_id))
        return {account: account._own_credits(by_payer, owners) for account in self}

    def _own_credits(self, by_payer, owners):
        """Return the items of this account's payer that are no other account's.

        :param dict by_payer: (company, partner) → account.move.line
        :param dict owners: account.move.line → the account that its transfer was for
        """
        found = self.env["account.move.line"]
        for partner in self.partner_id | self.commercial_partner_id:
            found |= by_payer.get((self.company_id, partner), found.browse())
        return found.filtered(
            lambda item: (
                (
                    owners.get(item)
                    or (item.payment_id or item.move_id).telecom_billing_account_id
                )
                in (self, self.browse())
            )
        )

    def _free_credit_items(self):
        """Return the credit of this account that is not being refunded."""
        self.ensure_one()
        return self._free_credits()[self]

    def action_refund_credit(self):
        """Write down refunds of the credit on account, to be approved.

        :return: action that opens them
        :raise UserError: when bills are open, or there is no credit, or it is being
            refunded already
        """
        self.ensure_one()
        Refund = self.env["telecom.refund"]
        Refund._require_group("accountant", "admin")
        items = self._free_credit_items()
        self._check_credit_free(items)
        refunds = Refund._refund_items(
            items,
            "overpayment",
            self.env._("Credit of %s", self.code),
            billing_account_id=self.id,
        )
        return self._refunds_action(refunds)

    def _check_credit_free(self, items):
        """Raise when there is nothing to refund, or something to pay with it."""
        owed = self.move_ids.filtered(
            lambda bill: (
                bill.state == "posted"
                and bill.move_type == "out_invoice"
                and bill.amount_residual
            )
        )
        if owed:
            raise UserError(
                self.env._(
                    "%(account)s still owes %(bill)s: use the credit for it first.",
                    account=self.display_name,
                    bill=owed[0].name,
                )
            )
        if not items:
            raise UserError(
                self.env._(
                    "%s has no credit that is not being refunded.", self.display_name
                )
            )

    def action_view_refunds(self):
        """Open the refunds of the account."""
        self.ensure_one()
        return self._refunds_action(self.telecom_refund_ids)

    def _refunds_action(self, refunds):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refunds"),
            "res_model": "telecom.refund",
            "view_mode": "list,form",
            "domain": [("id", "in", refunds.ids)],
        }
