# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From what is due to a proposal: set by set, whatever the number of bills."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sepa import target2
from ..mandate.account_banking_mandate import MOST_NOTICE_DAYS
from .debit_run import ACCOUNTANT, MANAGER, OPEN_STATES

#: Bills that fall due later than this are not asked for: the calendar ends there.
MOST_DAYS_AHEAD = 400


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    @api.model
    def _propose(self, company, cutoff_date, *, reference="", fixed_date=None):
        """Select what is due, for somebody to review.

        A proposal that waits for review takes up what is new; there is one for each
        company at a time, unless people make more.

        :param company: res.company that draws the money
        :param date cutoff_date: last due day that is taken
        :param str reference: what people call a new proposal
        :param date fixed_date: the day of all debits; None: when each bill falls due
        :return: telecom.debit.run in review; empty when nothing at all is due
        :raise UserError: when the company cannot draw money yet
        """
        run = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "in", OPEN_STATES),
                ("is_automatic", "=", True),
            ],
            limit=1,
        )
        if run:
            run.cutoff_date = max(run.cutoff_date, cutoff_date)
        else:
            run = self.sudo().create(
                {
                    "company_id": company.id,
                    "reference": reference,
                    "cutoff_date": cutoff_date,
                    "due_rule": "fixed" if fixed_date else "bill",
                    "fixed_date": fixed_date,
                    "is_automatic": True,
                }
            )
        run.with_company(company)._fill()
        return run.with_env(self.env)

    def action_propose(self):
        """Select what is due and has not been selected yet; list what cannot be."""
        for run in self:
            run._begin((MANAGER, ACCOUNTANT), *OPEN_STATES)._fill()
        return True

    def _fill(self):
        """Add what is due to the run, and list what cannot be debited with reasons."""
        self._check_company_ready()
        self.env["telecom.billing.account"]._use_credits(self.company_id)
        self._sql("10_create_candidates")
        self._sql("11_empty_candidates")
        self._sql("12_insert_wishes")
        self._sql("13_insert_bills")
        self._sql("14_insert_capital")
        self._sql("14a_analyze_candidates")
        self._sql("15a_find_mandates")
        self._sql("15b_find_capital_mandates")
        self._sql("16_set_due_dates", **self._due_date_params())
        self._sql("16a_leave_disputed_out")
        self._sql("17_set_reasons")
        self._find_reasons()
        self._insert_lines()
        self._sql("22_delete_left_out")
        self._sql("23_insert_left_out")
        self._sql("23a_insert_disputed")
        self._sql("29_analyze_lines")
        self._refresh_totals()
        self.state = "proposed"

    def _insert_lines(self):
        """Insert the debits, in the order of each account of the creditor."""
        orders = self._find_orders()
        self._sql(
            "20_insert_lines",
            bill_order_id=orders["bill"].id,
            capital_order_id=orders["capital"].id,
            last_number=self._last_number(),
        )
        self._sql("21_take_wishes")

    def _last_number(self):
        """Return the last number of a debit of this run; numbers are never reused."""
        (row,) = self._rows("19_last_number")
        return row["number"]

    def _due_date_params(self):
        """Return the calendar of the debits and the day that was fixed."""
        today = self.company_id._telecom_today()
        wanted = max(filter(None, (today, self.cutoff_date, self.fixed_date)))
        if wanted > today + timedelta(days=MOST_DAYS_AHEAD):
            raise UserError(
                self.env._(
                    "%(run)s: %(day)s is too far ahead. Debits are planned for the next"
                    " %(days)s days.",
                    run=self.name,
                    day=fields.Date.to_string(wanted),
                    days=MOST_DAYS_AHEAD,
                )
            )
        return {
            "fixed_date": self.fixed_date if self.due_rule == "fixed" else None,
            **self._calendar_params(wanted),
        }

    def _calendar_params(self, last_wanted):
        """Return on which day banks settle what is due on each day, as two lists."""
        # Bills that fell due long ago are debited after the days of notice.
        today = self.company_id._telecom_today()
        last = max(last_wanted, today) + timedelta(days=MOST_NOTICE_DAYS + 1)
        days = target2.business_days(today, last)
        return {
            "civil_days": [civil_day for civil_day, _day in days],
            "business_days": [day for _civil_day, day in days],
        }

    def _find_orders(self):
        """Return the payment orders of the run, made where they are missing.

        :return: dict: ``bill`` and ``capital``, which may be the same one
        """
        company = self.company_id
        methods = {
            "bill": company._telecom_debit_method_line(),
            "capital": company._telecom_debit_method_line(is_capital=True),
        }
        return {kind: self._find_order(method) for kind, method in methods.items()}

    def _find_order(self, method):
        """Return the order of an account of the creditor."""
        found = self.order_ids.filtered(
            lambda order: order.payment_method_line_id == method
        )
        if found:
            return found
        place = len(self.order_ids) + 1
        return self.env["account.payment.order"].create(
            {
                "name": self.name if place == 1 else f"{self.name}-{place}",
                "payment_method_line_id": method.id,
                "payment_type": "inbound",
                "company_id": self.company_id.id,
                "date_prefered": "due",
                "debit_run_id": self.id,
                "description": self.reference,
            }
        )
