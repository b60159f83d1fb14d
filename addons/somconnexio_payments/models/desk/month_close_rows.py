# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import models


class TelecomMonthClose(models.Model):
    """What the figures of a month are made of: sum and link are of the same rows."""

    _inherit = "telecom.month.close"

    def _sum_rows(self, rows):
        """Return the figure of some rows: what they add up to, or how many they are.

        :param Rows rows: of ``close_rows``
        :return: number, rounded to the cents of the currency
        """
        self.ensure_one()
        Model, domain = self.env[rows.model], self._rows_domain(rows)
        if not rows.measure:
            return Model.search_count(domain)
        measures = [f"{name}:sum" for name in (rows.measure, rows.less) if name]
        (sums,) = Model._read_group(domain, [], measures)
        total, *less = (value or 0 for value in sums)
        return self.currency_id.round(rows.sign * (total - sum(less)))

    def _rows_domain(self, rows):
        """Return the domain of some rows: as they say, of this company and month.

        :param Rows rows: of ``close_rows``
        """
        self.ensure_one()
        domain = [
            (name, operator, self._value_in_domain(value))
            for name, operator, value in rows.domain
        ]
        domain.append((rows.company, "=", self.company_id.id))
        if rows.day:
            next_first = self.month_date + relativedelta(months=1)
            domain.append((rows.day, "<", self._bound(rows, next_first)))
        if rows.day and not rows.is_until:
            domain.append((rows.day, ">=", self._bound(rows, self.month_date)))
        return domain

    def _bound(self, rows, day):
        """Return a civil day as the rows' field counts time."""
        return self.company_id._telecom_day_start_at(day) if rows.is_instant else day

    def _value_in_domain(self, value):
        """Return a value of a domain, its list of ids where it names one."""
        if isinstance(value, str) and value.startswith("@"):
            return getattr(self, f"_list_{value[1:]}")()
        return value

    def _closed_banks(self):
        """Return the bank journals that have statements."""
        groups = self.env["account.bank.statement.line"]._read_group(
            [("company_id", "=", self.company_id.id), ("journal_id.type", "=", "bank")],
            ["journal_id"],
        )
        return self.env["account.journal"].union(*(journal for (journal,) in groups))

    def _list_bank_accounts(self):
        """Return the ids of the ledger accounts of banks that have statements."""
        return self._closed_banks().default_account_id.ids

    def _list_last_statements(self):
        """Return the ids of each bank's last statement until the end of the month."""
        Statement = self.env["account.bank.statement"]
        next_first = self.month_date + relativedelta(months=1)
        found = Statement
        for journal in self._closed_banks():
            found |= Statement.search(
                [("journal_id", "=", journal.id), ("date", "<", next_first)],
                order="date desc, id desc",
                limit=1,
            )
        return found.ids

    def _list_way_accounts(self):
        """Return the ids of the accounts of money between ledger and bank."""
        methods = self.env["account.payment.method.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("payment_account_id", "!=", False),
            ]
        )
        return methods.payment_account_id.ids

    def _list_capital_accounts(self):
        """Return the ids of the accounts of subscribed share capital."""
        company = self.company_id
        accounts = (
            company.cooperative_capital_account_id
            | company.cooperative_voluntary_account_id
        )
        return accounts.ids

    def _list_called_accounts(self):
        """Return the ids of the account of capital that was called."""
        return self.company_id.cooperative_called_account_id.ids

    def _list_refundable_accounts(self):
        """Return the ids of the account of capital that is owed to who left."""
        return self.company_id.cooperative_refund_account_id.ids
