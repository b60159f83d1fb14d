# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomBillingAccount(models.Model):
    _inherit = "telecom.billing.account"

    itemised_bill = fields.Boolean(
        default=True,
        tracking=True,
        help="List each call on the bill. Whoever pays may ask for bills without "
        "the list (RD 899/2009).",
    )

    def action_last_bill_pdf(self):
        """Open the PDF of this account's latest bill."""
        self.ensure_one()
        bill = self.env["account.move"].search(
            [
                ("telecom_billing_account_id", "=", self.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "!=", "cancel"),
            ],
            order="invoice_date desc, id desc",
            limit=1,
        )
        if not bill:
            raise UserError(
                self.env._("%(account)s has no bill yet.", account=self.display_name)
            )
        return bill.action_telecom_bill_pdf()
