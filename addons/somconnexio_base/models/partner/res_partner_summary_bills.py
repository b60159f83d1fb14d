# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import defaultdict

from odoo import fields, models
from odoo.tools import formatLang

from .summary_section import MAX_ROWS, fact, row, section

BILL_ROLES = (
    "somconnexio_base.group_telecom_agent",
    "somconnexio_base.group_telecom_accountant",
)


class ResPartner(models.Model):
    """Bills and debt of a customer, in the 360° view of those who may see them."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override to add bills and debt."""
        return [*super()._summary_sections(), self._summary_bills()]

    def _may_see_bills(self):
        """Tell whether the user's role has to do with bills."""
        return any(self.env.user.has_group(role) for role in BILL_ROLES)

    def _summary_bills(self):
        """Return the latest bills and what is owed; None for roles without bills."""
        if not self._may_see_bills():
            return None
        domain = [
            ("commercial_partner_id", "=", self.id),
            ("telecom_billing_account_id", "!=", False),
            ("move_type", "in", ("out_invoice", "out_refund")),
            ("state", "!=", "cancel"),
        ]
        Move = self.env["account.move"]
        bills = Move.search(domain, order="invoice_date desc, id desc", limit=MAX_ROWS)
        return section(
            "bills",
            self.env._("Bills and debt"),
            40,
            icon="fa-file-text-o",
            facts=self._debt_facts(domain),
            columns=[
                self.env._("Bill"),
                self.env._("Date"),
                self.env._("Total"),
                self.env._("Owed"),
                self.env._("Payment status"),
            ],
            rows=self._bill_rows(bills),
            count=Move.search_count(domain),
            empty=self.env._("No bill yet"),
            button="action_view_telecom_bills",
        )

    def _bill_rows(self, bills):
        """Return the rows of bills."""
        states = self._selection_labels("account.move", "state")
        payments = self._selection_labels("account.move", "payment_state")
        today = fields.Date.context_today(self)
        return [
            row(
                bill,
                [
                    bill.name if bill.name not in (False, "/") else "",
                    self._shown_date(bill.invoice_date),
                    self._shown_amount(bill.amount_total_signed, bill),
                    self._shown_amount(bill.amount_residual_signed, bill),
                    (payments if bill.state == "posted" else states).get(
                        bill.payment_state if bill.state == "posted" else bill.state
                    ),
                ],
                "danger" if self._is_overdue(bill, today) else "",
            )
            for bill in bills
        ]

    def _is_overdue(self, bill, today):
        return bool(
            bill.state == "posted"
            and bill.amount_residual_signed > 0
            and bill.invoice_date_due
            and bill.invoice_date_due < today
        )

    def _shown_amount(self, amount, bill):
        return formatLang(self.env, amount, currency_obj=bill.company_currency_id)

    def _debt_facts(self, domain):
        """Return what is owed in all, and what of it is overdue, in each currency."""
        today = fields.Date.context_today(self)
        open_bills = [
            *domain,
            ("state", "=", "posted"),
            ("amount_residual_signed", "!=", 0),
        ]
        groups = self.env["account.move"]._read_group(
            open_bills,
            ["company_id", "invoice_date_due:day"],
            ["amount_residual_signed:sum"],
        )
        owed, overdue = defaultdict(float), defaultdict(float)
        for company, due, amount in groups:
            currency = company.currency_id
            owed[currency] += amount
            overdue[currency] += amount if due and due < today else 0
        return [
            self._debt_fact(self.env._("Owed"), owed, "warning"),
            self._debt_fact(self.env._("Overdue"), overdue, "danger"),
        ]

    def _debt_fact(self, label, amounts, level):
        """Return amounts by currency as one fact; of the company's own if none."""
        own = self.env.company.currency_id
        shown = [
            formatLang(self.env, amount, currency_obj=currency)
            for currency, amount in (amounts or {own: 0}).items()
        ]
        has_debt = any(amount > 0 for amount in amounts.values())
        return fact(label, " + ".join(shown), level if has_debt else "success")
