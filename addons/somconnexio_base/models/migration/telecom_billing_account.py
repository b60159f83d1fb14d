# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...takeover.mandate import TakenMandate


class TelecomBillingAccount(models.Model):
    """The mandate that a billing account brought along from another system.

    Base draws no money: an addon that does reads these columns and makes mandates of
    its own kind, see ``_mandates_taken_over``.
    """

    _inherit = "telecom.billing.account"

    mandate_reference = fields.Char(
        size=35,
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Unique mandate reference under which the payer's bank knows it.",
    )
    mandate_signed_date = fields.Date(string="Mandate signed", copy=False)
    mandate_scheme = fields.Selection(
        [("CORE", "CORE"), ("B2B", "B2B")], copy=False, help="SEPA scheme."
    )
    mandate_last_debit_date = fields.Date(
        string="Last debit",
        copy=False,
        help="Last collection under this mandate: the next one is recurring.",
    )

    mandate_is_used = fields.Boolean(
        string="Debited before",
        copy=False,
        help="The other system has debited it: the next collection is recurring.",
    )

    _mandate_reference_unique = models.UniqueIndex(
        "(company_id, mandate_reference) WHERE mandate_reference IS NOT NULL",
        "Another billing account already has this mandate reference.",
    )
    _mandate_is_whole = models.Constraint(
        "CHECK (mandate_reference IS NULL OR mandate_signed_date IS NOT NULL)",
        "A mandate has the date on which it was signed.",
    )

    @api.private
    def taken_mandates(self):
        """Return the mandates that these accounts brought along.

        :return: list of ``TakenMandate``, of the accounts that have one
        """
        return [
            TakenMandate(
                billing_account=account,
                partner_bank=account.partner_bank_id,
                reference=account.mandate_reference,
                signed_date=account.mandate_signed_date,
                scheme=account.mandate_scheme or "CORE",
                last_debit_date=account.mandate_last_debit_date or None,
                is_used=account.mandate_is_used,
            )
            for account in self
            if account.mandate_reference
        ]

    def _mandates_taken_over(self):
        """Hook: the mandates of these accounts have just come, or changed.

        Who draws money extends it, and makes real mandates of ``taken_mandates()``,
        known by their reference: a later delivery may bring the same again with another
        date, scheme or last debit. It runs once per batch, in its transaction and in a
        savepoint. A UserError refuses the row: then the batch is done again in parts,
        so that the others are taken. An addon that is installed after a migration calls
        it for the accounts that have a ``mandate_reference``.
        """
        return self
