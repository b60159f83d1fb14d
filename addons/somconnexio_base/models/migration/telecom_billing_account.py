# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


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

    _mandate_reference_unique = models.UniqueIndex(
        "(company_id, mandate_reference) WHERE mandate_reference IS NOT NULL",
        "Another billing account already has this mandate reference.",
    )
    _mandate_is_whole = models.Constraint(
        "CHECK (mandate_reference IS NULL OR mandate_signed_date IS NOT NULL)",
        "A mandate has the date on which it was signed.",
    )

    def _mandates_taken_over(self):
        """Hook: the mandates of these accounts have just been taken over or changed.

        Called once per batch, in its transaction. Who draws money extends it.
        """
        return self
