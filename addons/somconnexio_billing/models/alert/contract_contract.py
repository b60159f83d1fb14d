# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from ...rating.civil_month import CivilMonth


class ContractContract(models.Model):
    _inherit = "contract.contract"

    telecom_cost_limit = fields.Monetary(
        string="Cost limit",
        currency_field="currency_id",
        tracking=True,
        help="Alerts are raised when a month's usage costs this, taxes excluded. 0: the"
        " limit of the alert rule.",
    )

    def usage_this_month(self, month_date=None):
        """Return what a subscription used in a month, as last rated: for the portal.

        Prices are provisional until the month is billed.

        :param month_date: any day of the month, date or ISO text; today by default
        :return: dict: ``subscription`` (code), ``month`` (ISO date of its first day),
            ``rated_at`` (UTC, when usage was last rated, or False), ``currency``,
            ``amount``, ``usage``: a list of dict by usage type (``usage_type``,
            ``name``, ``event_count``, ``quantity``, ``shown_quantity``, ``amount``),
            ``allowances``: a list of dict (``allowance``, ``name``, ``kind``,
            ``is_shared``, ``is_unlimited``, ``granted``, ``used``, ``remaining``,
            ``shown_granted``, ``shown_used``, ``expires_at``). Quantities are in base
            units; amounts are without taxes
        :raise AccessError: when the user may not read the subscription's usage
        """
        self.ensure_one()
        self.check_access("read")
        month = self._usage_month(month_date)
        usage = self._month_usage(month)
        rated_at = self.company_id.sudo().telecom_rated_at
        return {
            "subscription": self.code,
            "month": month.start_date.isoformat(),
            "rated_at": rated_at.isoformat(" ") if rated_at else False,
            "currency": self.company_id.currency_id.name,
            "amount": sum(row["amount"] for row in usage),
            "usage": usage,
            "allowances": self._month_allowances(month),
        }

    def _usage_month(self, month_date):
        """Return the civil month of a day, or the one that is now."""
        zone = self.company_id.telecom_timezone
        if not month_date:
            return CivilMonth.of(fields.Datetime.now(), zone)
        return CivilMonth(fields.Date.to_date(month_date).replace(day=1), zone)

    def _month_usage(self, month):
        """Return usage and its cost by usage type."""
        groups = self.env["telecom.rated.usage"]._read_group(
            [
                ("subscription_id", "=", self.id),
                ("started_at", ">=", month.start_at),
                ("started_at", "<", month.end_at),
            ],
            ["usage_type_id"],
            ["__count", "quantity:sum", "amount:sum"],
        )
        return [
            {
                "usage_type": usage_type.code,
                "name": usage_type.name,
                "event_count": count,
                "quantity": quantity,
                "shown_quantity": usage_type._format(quantity),
                "amount": amount,
            }
            for usage_type, count, quantity, amount in groups
        ]

    def _month_allowances(self, month):
        """Return what there is of each allowance in a month, those shared included."""
        balances = self.env["telecom.allowance.balance"].search(
            [
                "|",
                ("month_date", "=", month.start_date),
                ("month_date", "=", False),
                "|",
                ("subscription_id", "=", self.id),
                "&",
                ("subscription_id", "=", False),
                ("billing_account_id", "=", self.telecom_billing_account_id.id),
            ]
        )
        return [balance._portal_values() for balance in balances]


class TelecomAllowanceBalance(models.Model):
    _inherit = "telecom.allowance.balance"

    def _portal_values(self):
        """Return the balance as plain data."""
        return {
            "allowance": self.allowance_id.id,
            "name": self.allowance_id.name,
            "kind": self.allowance_id.kind,
            "is_shared": not self.subscription_id,
            "is_unlimited": self.is_unlimited,
            "granted": self.granted,
            "used": self.used,
            "remaining": self.remaining,
            "shown_granted": self.shown_granted,
            "shown_used": self.shown_used,
            "expires_at": self.expires_at and self.expires_at.isoformat(" "),
        }
