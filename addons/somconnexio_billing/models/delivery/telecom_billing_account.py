# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.tools import email_split


class TelecomBillingAccount(models.Model):
    """Where bills go by mail, and which address gave one back."""

    _inherit = "telecom.billing.account"

    bill_email_bounced = fields.Char(
        string="Bounced address",
        readonly=True,
        copy=False,
        help="The last address that gave back a bill.",
    )
    bill_email_warning = fields.Char(compute="_compute_bill_email_warning")

    @api.depends("bill_email", "bill_email_bounced", "bill_delivery")
    def _compute_bill_email_warning(self):
        for account in self:
            bounced = account.bill_email_bounced
            is_in_use = (
                bounced
                and account.bill_delivery == "email"
                and bounced in account._telecom_bill_addresses()
            )
            account.bill_email_warning = is_in_use and self.env._(
                "A bill came back from %(address)s. Ask for the right address: the"
                " warning goes away with the old one.",
                address=bounced,
            )

    @api.private
    def _telecom_bill_addresses(self):
        """Return the e-mail addresses of this account's bills."""
        self.ensure_one()
        return email_split(self.bill_email or "")
