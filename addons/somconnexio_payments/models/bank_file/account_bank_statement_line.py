# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountBankStatementLine(models.Model):
    """A statement line that came by a bank file knows its transactions."""

    _inherit = "account.bank.statement.line"

    telecom_entry_ids = fields.One2many(
        "telecom.bank.entry", "statement_line_id", string="Bank entry", readonly=True
    )

    def _retrieve_partner(self):
        """Override of OCA: who pays has been found already, for all lines at once."""
        if self.env.context.get("telecom_bank_booking"):
            return None
        return super()._retrieve_partner()

    def _auto_reconcile(self):
        """Override of OCA: what is paid has been found already, for all lines."""
        if self.env.context.get("telecom_bank_booking"):
            return None
        return super()._auto_reconcile()

    def reconcile_bank_line(self):
        """Override of OCA to write down who allocated an exception.

        OCA makes all items anew and forgets what those that were allocated before had
        paid: of an entry with several payments the others are settled again.
        """
        parts = self.telecom_entry_ids.transaction_ids
        known = parts.filtered(lambda part: part.state in ("matched", "by_hand"))
        result = super().reconcile_bank_line()
        known._settle_again()
        parts._decided_by_hand()
        return result

    def unreconcile_bank_line(self):
        """Override of OCA: what a person has undone waits again."""
        result = super().unreconcile_bank_line()
        self.telecom_entry_ids.transaction_ids._reopened_by_hand()
        return result
