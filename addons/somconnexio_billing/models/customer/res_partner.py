# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import format_datetime, formatLang

from odoo.addons.somconnexio_base.models.partner.summary_section import (
    MAX_ROWS,
    fact,
    row,
    section,
)

from ...rating.civil_month import CivilMonth

#: From this share on an allowance is shown as nearly used.
NEARLY_USED = 0.8


class ResPartner(models.Model):
    """Usage of the month in the 360° view of a customer."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override of ``somconnexio_base`` to add the usage of this month."""
        return [*super()._summary_sections(), self._summary_usage()]

    def _summary_usage(self):
        """Return what was used this month; None for roles that see no usage."""
        Rated = self.env["telecom.rated.usage"]
        if not Rated.has_access("read"):
            return None
        company = self.company_id or self.env.company
        month = CivilMonth.of(fields.Datetime.now(), company.telecom_timezone)
        subscriptions = self.env["contract.contract"].search_fetch(
            [("is_telecom", "=", True), ("commercial_partner_id", "=", self.id)],
            ["main_resource_name", "telecom_billing_account_id"],
        )
        rows = self._usage_rows(subscriptions, month, company)
        rows += self._allowance_rows(subscriptions, month)
        rated_at = company.sudo().telecom_rated_at
        shown_at = format_datetime(self.env, rated_at) if rated_at else "–"
        return section(
            "usage",
            self.env._("Usage this month"),
            30,
            icon="fa-bar-chart",
            facts=[fact(self.env._("Priced until"), shown_at)],
            columns=[
                self.env._("Number or line"),
                self.env._("What"),
                self.env._("Quantity"),
                self.env._("Included"),
                self.env._("Cost without tax"),
            ],
            rows=rows[: 2 * MAX_ROWS],
            count=len(rows),
            empty=self.env._("No usage yet"),
        )

    def _usage_rows(self, subscriptions, month, company):
        """Return one row for each line and type of usage, in one query."""
        groups = self.env["telecom.rated.usage"]._read_group(
            [
                ("subscription_id", "in", subscriptions.ids),
                ("started_at", ">=", month.start_at),
                ("started_at", "<", month.end_at),
            ],
            ["subscription_id", "usage_type_id"],
            ["quantity:sum", "amount:sum"],
        )
        currency = company.currency_id
        return [
            row(
                subscription,
                [
                    subscription.main_resource_label or subscription.code,
                    usage_type.name,
                    usage_type._format(quantity),
                    "",
                    formatLang(self.env, amount, currency_obj=currency),
                ],
            )
            for subscription, usage_type, quantity, amount in groups
        ]

    def _allowance_rows(self, subscriptions, month):
        """Return one row for each allowance of the lines and accounts, in one query."""
        balances = self.env["telecom.allowance.balance"].search(
            [
                "|",
                ("month_date", "=", month.start_date),
                ("month_date", "=", False),
                "|",
                ("subscription_id", "in", subscriptions.ids),
                "&",
                ("subscription_id", "=", False),
                (
                    "billing_account_id",
                    "in",
                    subscriptions.telecom_billing_account_id.ids,
                ),
            ]
        )
        return [
            row(
                balance.subscription_id or balance.billing_account_id,
                [
                    balance.subscription_id.main_resource_label or self.env._("shared"),
                    balance.allowance_id.name,
                    balance.shown_used,
                    balance.shown_granted,
                    "",
                ],
                "warning" if balance.used_ratio >= NEARLY_USED else "",
            )
            for balance in balances
        ]
