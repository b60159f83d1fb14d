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
        checks = [check for check in CHECKS if check.stage == stage_code]
        rows_by_check = {check: self._check_rows(check.code) for check in checks}
        self._free_accounts([check.code for check in checks])
        for check, rows in rows_by_check.items():
            if check.severity == "block_account":
                self._hold_accounts(check, rows)
        return self._store_checks(rows_by_check)

    def _check_rows(self, code):
        """Return the rows that break the rule of one control."""
        return sql_steps.fetch(
            self.env,
            f"checks/{code}",
            **self._sql_params(),
            shock_amount=str(self.company_id.telecom_bill_shock_amount),
            shock_factor=BILL_SHOCK_FACTOR,
        )

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

    def _store_checks(self, rows_by_check):
        """Keep the result of controls, one row each.

        :return: telecom.bill.run.check recordset
        """
        Check = self.env["telecom.bill.run.check"]
        known = {check.code: check for check in self.check_ids}
        results = Check
        for check, rows in rows_by_check.items():
            vals = {
                "sequence": CHECKS.index(check),
                "severity": check.severity,
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
