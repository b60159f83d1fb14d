# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run the controls of a stage, keep their results and hold the accounts they name."""

from odoo import fields, models

from ... import sql_steps
from .checks import CHECKS

SAMPLE_ROWS = 20
# What a control may say about the bills it stands for, not for the run.
BILL_SHOCK_FACTOR = 3


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _run_checks(self, stage_code):
        """Run the controls of a stage.

        Accounts held by these controls and no longer named by any go on; accounts
        that somebody released are not held again.

        :return: the telecom.bill.run.check of the stage
        """
        self.env.flush_all()
        severities = self._severities()
        checks = [
            check
            for check in CHECKS
            if check.stage == stage_code and severities[check.code] != "off"
        ]
        rows_by_check = {check: self._check_rows(check.code) for check in checks}
        self._free_accounts([c.code for c in CHECKS if c.stage == stage_code])
        for check, rows in rows_by_check.items():
            if severities[check.code] == "block_account":
                self._hold_accounts(check, rows)
        self._forget_checks_turned_off(severities)
        return self._store_checks(rows_by_check, severities)

    def _check_rows(self, code):
        """Return the rows that break the rule of one control."""
        return sql_steps.fetch(
            self.env,
            f"checks/{code}",
            **self._sql_params(),
            **self._check_params(),
        )

    def _check_params(self):
        """Return the parameters of the controls that the company sets."""
        company = self.company_id
        return {
            "shock_amount": str(company.telecom_bill_shock_amount),
            "shock_factor": BILL_SHOCK_FACTOR,
            "change_amount": str(company.telecom_bill_change_amount),
            "change_factor": str(company.telecom_bill_change_factor),
            "risk_count": company.telecom_risk_count,
            "mandateless_account_ids": self._accounts_without_mandate().ids,
        }

    def _accounts_without_mandate(self):
        """Return the billing accounts of the run that nobody may collect from.

        Whoever collects knows them: without such an addon there are no mandates.

        :return: telecom.billing.account recordset
        """
        Account = self.env["telecom.billing.account"]
        return Account._without_usable_mandate(self.company_id)

    def _severities(self):
        """Return what each control does in the run's company: ``{code: severity}``."""
        controls = self.env["telecom.bill.control"]._of_company(self.company_id)
        own = {control.code: control.severity for control in controls}
        return {check.code: own.get(check.code, check.severity) for check in CHECKS}

    def _forget_checks_turned_off(self, severities):
        """Drop the results of controls that the company does without by now."""
        self.check_ids.filtered(
            lambda check: severities.get(check.code, "off") == "off"
        ).unlink()

    def _free_accounts(self, codes):
        """Let the accounts go on that these controls held before."""
        held = self.env["telecom.bill.run.account"].search(
            [
                ("run_id", "=", self.id),
                ("state", "=", "held"),
                ("hold_code", "in", codes),
            ]
        )
        held._free()

    def _hold_accounts(self, check, rows):
        """Hold the accounts that a control names and nobody has released."""
        account_ids = {row["billing_account_id"] for row in rows} - {None}
        waiting = self.env["telecom.bill.run.account"].search(
            [
                ("run_id", "=", self.id),
                ("billing_account_id", "in", list(account_ids)),
                ("state", "=", "pending"),
                ("released_at", "=", False),
                ("move_id", "=", False),
            ]
        )
        waiting._hold(check.code, self.env._("Broken: %s", self.env._(check.name)))

    def _store_checks(self, rows_by_check, severities):
        """Keep the result of controls, one row each.

        :return: telecom.bill.run.check recordset
        """
        Check = self.env["telecom.bill.run.check"]
        known = {check.code: check for check in self.check_ids}
        results = Check
        for check, rows in rows_by_check.items():
            vals = {
                "sequence": CHECKS.index(check),
                "severity": severities[check.code],
                "state": "fail" if rows else "pass",
                "row_count": len(rows),
                "sample": rows[:SAMPLE_ROWS],
                "checked_at": fields.Datetime.now(),
            }
            if check.code in known:
                known[check.code].write(vals)
                results |= known[check.code]
            else:
                results |= Check.create({**vals, "run_id": self.id, "code": check.code})
        return results
