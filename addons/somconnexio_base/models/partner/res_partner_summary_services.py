# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .summary_section import MAX_ROWS, row, section

STATE_LEVELS = {"active": "success", "suspended": "warning", "terminated": "muted"}


class ResPartner(models.Model):
    """What a customer has and who pays for it, in the 360° view."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override to add subscriptions and billing accounts."""
        return [
            *super()._summary_sections(),
            self._summary_subscriptions(),
            self._summary_billing_accounts(),
        ]

    def _summary_subscriptions(self):
        """Return the subscriptions with state, number and offering."""
        subscriptions = self.env["contract.contract"].search(
            [("is_telecom", "=", True), ("commercial_partner_id", "=", self.id)],
            order="telecom_state, activation_date desc, id desc",
        )
        labels = self._selection_labels("contract.contract", "telecom_state")
        return section(
            "subscriptions",
            self.env._("Subscriptions"),
            20,
            icon="fa-mobile",
            columns=[
                self.env._("Number or line"),
                self.env._("Offering"),
                self.env._("State"),
                self.env._("Since"),
                self.env._("Code"),
            ],
            rows=[
                row(
                    subscription,
                    [
                        subscription.main_resource_label or subscription.name,
                        subscription.telecom_offering_id.name,
                        labels.get(subscription.telecom_state),
                        self._shown_date(subscription.activation_date),
                        subscription.code,
                    ],
                    STATE_LEVELS.get(subscription.telecom_state, ""),
                )
                for subscription in subscriptions[:MAX_ROWS]
            ],
            count=len(subscriptions),
            empty=self.env._("No subscription"),
            button="action_view_telecom_subscriptions",
        )

    def _summary_billing_accounts(self):
        """Return who pays and how; the middle of account numbers is hidden."""
        accounts = self.env["telecom.billing.account"].search(
            [("commercial_partner_id", "=", self.id)]
        )
        labels = self._selection_labels("telecom.billing.account", "collection_method")
        return section(
            "billing_accounts",
            self.env._("Billing accounts"),
            35,
            icon="fa-bank",
            columns=[
                self.env._("Code"),
                self.env._("Collection Method"),
                self.env._("IBAN"),
                self.env._("Bill e-mail"),
            ],
            rows=[
                row(
                    account,
                    [
                        account.code,
                        labels.get(account.collection_method),
                        self._hidden_iban(account.partner_bank_id.acc_number),
                        account.bill_email,
                    ],
                    "warning" if account.collection_warning else "",
                )
                for account in accounts[:MAX_ROWS]
            ],
            count=len(accounts),
            empty=self.env._("No billing account"),
            button="action_view_telecom_billing_accounts",
        )

    def _hidden_iban(self, number):
        """Return the ends of an account number, enough to recognise it."""
        text = "".join((number or "").split())
        return f"{text[:4]} … {text[-4:]}" if len(text) > 8 else text
