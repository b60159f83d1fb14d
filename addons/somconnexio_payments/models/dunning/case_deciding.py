# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From the figures of all accounts to what each of them would get, and why."""

import json

from odoo import api, fields, models

from odoo.addons.somconnexio_base.money import exact

from ... import sql_steps
from ...dunning_rules import ladder

#: What of a row goes into cases and lists beside the decision.
ROW_FIELDS = (
    "account_id",
    "partner_id",
    "policy_id",
    "owed_amount",
    "disputed_amount",
    "debited_amount",
    "amount",
    "bill_count",
    "oldest_due_date",
    "return_class",
    "shares",
)


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    @api.model
    def _decide(self, company, day, account_ids=None):
        """Return what each billing account would get on a day, in one statement.

        Accounts without a policy are left out, as nothing follows for them.

        :param company: res.company
        :param date day: civil date
        :param account_ids: list of ids of billing accounts; None: all
        :return: list of dict: ``ROW_FIELDS``, ``case_id``, ``case_state``, and of the
            decision ``next_step_id``, ``is_due``, ``next_date``, ``stop`` and
            ``conditions``
        """
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env,
            "dunning/10_read_figures",
            company_id=company.id,
            day=day,
            zone=company.telecom_timezone,
            digits=company.currency_id.decimal_places,
            account_ids=account_ids,
        )
        policies = self._ladders(company, {row["policy_id"] for row in rows} - {None})
        return [
            self._decide_row(row, day, *policies[row["policy_id"]])
            for row in rows
            if row["policy_id"]
        ]

    @api.model
    def _ladders(self, company, policy_ids):
        """Return {policy id: (steps, calendar, minimum)} of the pure rules."""
        Holiday = self.env["telecom.dunning.holiday"]
        calendars = {
            spares: Holiday._calendar(company, spares) for spares in (True, False)
        }
        return {
            policy.id: (
                policy._rungs(),
                calendars[bool(policy.spares_rest_days)],
                exact(policy.minimum_amount),
            )
            for policy in self.env["telecom.dunning.policy"].sudo().browse(policy_ids)
        }

    @api.model
    def _decide_row(self, row, day, steps, calendar, minimum):
        """Return a row of figures with the decision about it."""
        figures = self._figures(row, day, steps, minimum)
        decision = ladder.decide(figures, steps, calendar)
        return {
            **{name: row[name] for name in ROW_FIELDS},
            "case_id": row["case_id"],
            "case_state": row["case_state"],
            "next_step_id": decision.step.key if decision.step else None,
            "is_due": decision.is_due and not self._is_ended(row, decision),
            "next_date": decision.next_date,
            "stop": decision.stop or None,
            "conditions": [
                [one.code, one.needed, one.actual, one.holds]
                for one in decision.conditions
            ],
        }

    @api.model
    def _is_ended(self, row, decision):
        """Tell whether nothing is left to do: all services have ended."""
        return row["case_state"] == "ended" and decision.step.action != ladder.NONE

    @api.model
    def _figures(self, row, day, steps, minimum):
        """Return a row as the pure rules take it."""
        keys = [step.key for step in steps]
        reached = keys.index(row["step_id"]) + 1 if row["step_id"] in keys else 0
        stops = set()
        if row["has_error"]:
            stops.add("error")
        if row["hold_until_date"] and row["hold_until_date"] > day:
            stops.add("hold")
        if row["has_plan"]:
            stops.add("plan")
        return ladder.Figures(
            day=day,
            oldest_due_date=row["oldest_due_date"],
            bill_count=row["bill_count"],
            owed_amount=row["owed_amount"],
            disputed_amount=row["disputed_amount"],
            debited_amount=row["debited_amount"],
            amount=row["amount"],
            minimum_amount=minimum,
            return_class=row["return_class"] or "",
            reached=reached,
            step_date=row["step_date"],
            proof_date=row["proof_date"],
            stops=frozenset(stops),
            is_protected=row["is_protected"],
        )

    @api.model
    def _write_down(self, company, day, rows):
        """Open and update the cases and lines of decided rows, as a set.

        :param list rows: of ``_decide``
        """
        if not rows:
            return
        common = {"user_id": self.env.uid, "now": fields.Datetime.now()}
        text = json.dumps(rows, default=str)
        sql_steps.run(
            self.env,
            "dunning/20_upsert_cases",
            rows=text,
            company_id=company.id,
            day=day,
            **common,
        )
        sql_steps.run(self.env, "dunning/21_upsert_lines", rows=text, **common)
        sql_steps.run(
            self.env,
            "dunning/22_log_openings",
            account_ids=[row["account_id"] for row in rows],
            **common,
        )
        self.env.invalidate_all()

    @api.model
    def _of_accounts(self, account_ids):
        """Return the cases of billing accounts."""
        return self.search([("billing_account_id", "in", list(account_ids))])
