# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the stages before the invoices do, each in one transaction."""

from time import monotonic

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError

from ... import sql_steps
from ..rating.rating_scope import rating_scope
from . import stages
from .checks import BY_CODE


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _run_stage(self, stage):
        """Do one stage that needs no slices, and note how it went."""
        step = self._step(stage)
        step._begin()
        started = monotonic()
        work = {
            "load": self._do_load,
            "rate": self._do_rate,
            "check": self._do_check,
            "preview": self._do_preview,
        }[stage.code]
        row_count = work()
        self._refresh_totals()
        step._finish(row_count, monotonic() - started)
        self.state = stage.done_state

    def _step(self, stage):
        """Return the row of ``step_ids`` of a stage."""
        return self.step_ids.filtered(lambda step: step.code == stage.code)

    def _do_load(self):
        """Load the files that wait and count in all files no earlier run counted.

        :return: number of files of this run
        """
        if self.only_account_ids:
            # Files belong to the month and not to a bill in between.
            return 0
        File = self.env["telecom.usage.file"]
        own_company = [("company_id", "=", self.company_id.id)]
        File.search([*own_company, ("state", "=", "received")]).load_usage()
        newcomers = File.search(
            [
                *own_company,
                ("state", "=", "loaded"),
                ("telecom_bill_run_id", "=", False),
            ]
        )
        newcomers.telecom_bill_run_id = self
        return len(newcomers)

    def _do_rate(self):
        """Price the open usage up to the end of the period, and list its accounts.

        :return: number of rated events of this run
        """
        if self.only_account_ids:
            # What other accounts used stays open for the run of the month.
            with rating_scope(self.env, self._own_subscriptions().ids):
                self._rate_usage()
        else:
            self._rate_usage()
        self._insert_accounts()
        return self._sum_run()["rated_count"]

    def _rate_usage(self):
        """Price the open usage up to the end of the period, for this run."""
        self.env["telecom.rated.usage"]._rate(
            self.company_id, self.period_start, self.period_end, bill_run=self
        )

    def _own_subscriptions(self):
        """Return the subscriptions, ended ones too, of a run for some accounts."""
        Subscription = self.env["contract.contract"].with_context(active_test=False)
        return Subscription.search(
            [("telecom_billing_account_id", "in", self.only_account_ids.ids)]
        )

    def _insert_accounts(self):
        """Take the accounts into the run that have something to bill."""
        self._sql("50_insert_accounts")
        self._sql("50_analyze_accounts")

    def _do_check(self):
        """Run the controls that need no preview.

        :return: number of controls
        """
        return len(self._run_checks("check"))

    def _do_preview(self):
        """Compute lines, taxes and totals of the open accounts, then control them.

        :return: number of lines
        """
        self._insert_accounts()
        line_count = self._preview_accounts()
        self._run_checks("check")
        self._run_checks("preview")
        return line_count

    def _preview_accounts(self):
        """Compute lines, taxes and totals of the open accounts.

        :return: number of lines
        """
        self._sql("51_delete_preview")
        prices = self._automatic_prices()
        line_count = self._sql("52_insert_fee_lines", **prices)
        line_count += self._sql("52_insert_fee_credits")
        line_count += self._sql("53_insert_one_shot_lines", **prices)
        line_count += self._sql("54_insert_usage_lines")
        line_count += self._sql("54_insert_minimum_lines")
        line_count += self._sql("54_insert_adjustment_lines")
        self._sql("54_analyze_lines")
        line_count += self._sql("55_insert_percent_discounts")
        line_count += self._sql("55_insert_fixed_discounts")
        self._set_fiscal_positions()
        self._preview_taxes()
        return line_count

    def _sql(self, name, **params):
        """Run one file of ``sql/`` for this run.

        :return: number of rows touched
        """
        self.env.flush_all()
        row_count = sql_steps.run(self.env, name, **self._sql_params(), **params)
        self.env.invalidate_all()
        return row_count

    def _sql_params(self):
        """Return the parameters that every statement of a run may name."""
        company = self.company_id
        return {
            "run_id": self.id,
            "company_id": company.id,
            "kind": "preview" if self.is_preview else self.kind,
            "account_ids": self.only_account_ids.ids,
            "period_start": self.period_start,
            "period_end": self.period_end,
            "advance_end": self._advance_end(),
            "period_start_at": company._telecom_day_start_at(self.period_start),
            "period_end_at": company._telecom_day_start_at(self.period_end),
            "digits": self.currency_id.decimal_places,
            "user_id": self.env.uid,
        }

    def _advance_end(self):
        """Return the first day that fees paid in advance are not billed for.

        A monthly run bills the month after its own ahead; a run in between bills
        nothing ahead of its period.
        """
        if self.kind == "cycle":
            return self.period_end + relativedelta(months=1)
        return self.period_end

    def _automatic_prices(self):
        """Price the lines whose contract takes the price from a pricelist.

        Few contracts do: their prices need Odoo, all others are one column.

        :return: ``{"priced_line_ids": [...], "prices": [...]}``, parallel lists
        """
        lines = self.env["contract.line"].search(
            [
                ("telecom_line_kind", "!=", False),
                ("automatic_price", "=", True),
                ("company_id", "=", self.company_id.id),
                ("date_start", "<", self._advance_end()),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", self.period_start),
            ]
        )
        prices = [
            line.with_context(old_date=max(line.date_start, self.period_start))
            for line in lines
        ]
        return {
            "priced_line_ids": lines.ids,
            "prices": [f"{line.price_unit:.6f}" for line in prices],
        }

    def _refresh_totals(self):
        """Write the control totals of the run as they are now."""
        self.write(self._sum_run())

    def _sum_run(self):
        """Return the control totals of the run, as values of its fields."""
        self.env.flush_all()
        (totals,) = sql_steps.fetch(self.env, "69_sum_run", **self._sql_params())
        return totals

    def _blocking_checks(self, stage):
        """Return the failed controls that stop the run before a stage.

        Those that the stage itself runs do not: doing it again is how they turn green.
        """
        earlier = {earlier.code for earlier in stages.until(stage.code)[:-1]}
        return self.check_ids.filtered(
            lambda check: (
                check.severity == "block_run"
                and check.state == "fail"
                and BY_CODE[check.code].stage in earlier
            )
        )

    def _check_not_blocked(self, stage):
        """Raise when a control forbids the bills."""
        blocking = self._blocking_checks(stage)
        if blocking:
            raise UserError(
                self.env._(
                    "%(step)s of bill run %(run)s is stopped by its controls:"
                    " %(checks)s. Correct what they show and run the steps again.",
                    step=self._stage_label(stage),
                    run=self.name,
                    checks=", ".join(blocking.mapped("name")),
                )
            )
