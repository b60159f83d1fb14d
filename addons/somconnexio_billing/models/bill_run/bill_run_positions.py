# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Fiscal positions of the preview: by the payer, and by where a service is delivered.

Odoo is asked once per case: for all that it looks at to choose a position.
"""

from odoo import models


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _set_fiscal_positions(self):
        """Write the fiscal position of each open account, and of services elsewhere."""
        accounts = self._open_accounts()
        finder = _PositionFinder(self)
        self._sql(
            "55_set_fiscal_positions",
            run_account_ids=accounts.ids,
            position_ids=[
                finder.of_account(account) or None
                for account in accounts.billing_account_id.with_company(self.company_id)
            ],
        )
        elsewhere = self._subscriptions_elsewhere(accounts.billing_account_id)
        if elsewhere:
            self._sql(
                "55_set_line_positions",
                subscription_ids=elsewhere.ids,
                position_ids=[
                    finder.of_partner(subscription.service_partner_id) or None
                    for subscription in elsewhere
                ],
            )

    def _subscriptions_elsewhere(self, billing_accounts):
        """Return the subscriptions with a service address of their own.

        Whoever chose a fiscal position for an account or its payer, has chosen it for
        all that they pay.
        """
        found = self.env["contract.contract"].search(
            [
                ("telecom_billing_account_id", "in", billing_accounts.ids),
                ("telecom_billing_account_id.fiscal_position_id", "=", False),
                ("service_partner_id.country_id", "!=", False),
                ("is_telecom", "=", True),
            ]
        )
        payer = "telecom_billing_account_id.partner_id"
        return found.with_company(self.company_id).filtered(
            lambda own: not own.mapped(payer).property_account_position_id
        )


class _PositionFinder:
    """Finds the fiscal positions of a run, each case once."""

    def __init__(self, run):
        self.company = run.company_id
        self.positions = run.env["account.fiscal.position"].with_company(self.company)
        self.has_zip_ranges = self.positions.search_count(
            [
                *self.positions._check_company_domain(self.company),
                ("auto_apply", "=", True),
                ("zip_from", "!=", False),
            ],
            limit=1,
        )
        self._by_case = {}

    def of_account(self, account):
        """Return the id of an account's position: its own or its payer's."""
        return account.fiscal_position_id.id or self.of_partner(account.partner_id)

    def of_partner(self, partner):
        """Return the id of the position that Odoo finds for a partner, or False."""
        case = (
            partner.property_account_position_id.id,
            partner.country_id.id,
            partner.state_id.id,
            partner.zip if self.has_zip_ranges else None,
            (partner.vat or "")[:2],
            partner._get_vat_required_valid(company=self.company),
        )
        if case not in self._by_case:
            position = self.positions._get_fiscal_position(partner)
            self._by_case[case] = position.id
        return self._by_case[case]
