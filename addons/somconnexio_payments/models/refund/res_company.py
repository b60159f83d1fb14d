# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

METHOD_CODE = "sepa_credit_transfer"


class ResCompany(models.Model):
    """How refunds are decided and paid."""

    _inherit = "res.company"

    telecom_refund_four_eyes = fields.Boolean(
        string="Refunds need a second person",
        default=True,
        help="Who wrote a refund down cannot approve it.",
    )
    telecom_refund_iban_days = fields.Integer(
        string="An IBAN is new for (days)",
        default=30,
        help="A refund to an account written down or changed within these days needs "
        "a confirmation that the member was asked.",
    )
    telecom_refund_method_line_id = fields.Many2one(
        "account.payment.method.line",
        string="Transfers of refunds",
        check_company=True,
        domain="[('code', '=', 'sepa_credit_transfer'),"
        " ('payment_type', '=', 'outbound'), ('company_id', '=', id)]",
        help="SEPA transfer of a bank journal; its account of outstanding payments is "
        "cleared by the statement.",
    )

    _telecom_refund_iban_days_not_negative = models.Constraint(
        "CHECK (telecom_refund_iban_days >= 0)",
        "The days that an IBAN is new must be zero or more.",
    )

    def _telecom_refund_method(self):
        """Return the method line by which refunds are paid.

        :raise UserError: when there is none, or it books nowhere
        """
        self.ensure_one()
        line = self.telecom_refund_method_line_id
        if not line:
            raise UserError(
                self.env._(
                    "Refunds of %s have no way out: choose the transfers of refunds in "
                    "Telecom, Configuration, Settings, Payments.",
                    self.name,
                )
            )
        if not line.payment_account_id:
            raise UserError(
                self.env._(
                    "%(method)s of %(journal)s has no account of outstanding payments: "
                    "set it on the journal, so that transfers under way are seen.",
                    method=line.name,
                    journal=line.journal_id.display_name,
                )
            )
        return line

    def action_prepare_telecom_refunds(self):
        """Give the first bank journal with an IBAN a way to transfer refunds.

        :return: True
        :raise AccessError: for who may not write the company
        :raise UserError: when no bank journal has an account number
        """
        self.check_access("write")
        for company in self.filtered(lambda one: not one.telecom_refund_method_line_id):
            company.telecom_refund_method_line_id = company._make_refund_method()
        return True

    def _make_refund_method(self):
        """Return the SEPA transfer of a bank journal, made where it is missing."""
        journal = self.env["account.journal"].search(
            [
                ("type", "=", "bank"),
                ("company_id", "=", self.id),
                ("bank_account_id", "!=", False),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._(
                    "%s has no bank journal with an account number: make one first.",
                    self.name,
                )
            )
        line = journal.outbound_payment_method_line_ids.filtered(
            lambda one: one.code == METHOD_CODE
        )[:1]
        return line or self.env["account.payment.method.line"].create(
            self._refund_method_vals(journal)
        )

    def _refund_method_vals(self, journal):
        """Return the values of a journal's SEPA transfer."""
        method = self.env["account.payment.method"].search(
            [("code", "=", METHOD_CODE), ("payment_type", "=", "outbound")], limit=1
        )
        others = journal.outbound_payment_method_line_ids
        return {
            "name": self.env._("SEPA transfer"),
            "payment_method_id": method.id,
            "journal_id": journal.id,
            "payment_account_id": others.payment_account_id[:1].id,
            "selectable": True,
            "bank_account_link": "fixed",
        }
