# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The accountant's word: the proposal is right, payers are told."""

from odoo import fields, models
from odoo.exceptions import UserError

from .debit_run import ACCOUNTANT


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def action_confirm(self):
        """Fix what is debited and tell the payers: amount, day, mandate and creditor.

        What has changed since the proposal is left out, with its reason; days that
        would come too soon after telling move on.
        """
        for run in self:
            run._begin((ACCOUNTANT,), "proposed")._confirm()
        return True

    def _confirm(self):
        """Confirm one run."""
        self._leave_stale_out()
        self._sql("33_move_due_dates", **self._calendar_params(self.cutoff_date))
        self._refresh_totals()
        self._check_not_empty()
        self._check_control("file_is_residuals")
        self._show_order_state("open")
        self.write(
            {
                "state": "confirmed",
                "confirmed_by_id": self.env.uid,
                "confirmed_at": fields.Datetime.now(),
            }
        )
        self._tell_payers()

    def _check_not_empty(self):
        """Raise for a run that debits nothing (any more).

        :raise UserError: naming the run
        """
        if not self.line_count:
            raise UserError(
                self.env._(
                    "%s has nothing to debit: look at what was left out, or cancel it.",
                    self.name,
                )
            )

    def _leave_stale_out(self):
        """Leave out what was paid, changed or stopped since the proposal."""
        stale = self._rows("30_list_stale_lines")
        if stale:
            ids = [row["id"] for row in stale]
            reasons = [row["reason"] for row in stale]
            self._leave_lines_out(ids, reasons, [None] * len(ids))
        for reason, domain in self._held_back():
            self._leave_held_out(reason, domain)

    def _leave_held_out(self, reason, domain):
        """Leave out what something holds back since the proposal; parts are agreed.

        :param str reason: code of ``telecom.debit.left.out``
        :param domain: of account.move
        """
        held = self.env["account.payment.line"].search(
            [
                ("debit_run_id", "=", self.id),
                ("is_debit_open", "=", True),
                ("debit_kind", "in", ("bill", "retry")),
                ("debit_move_id", "any", domain),
            ]
        )
        if ids := held.ids:
            self._leave_lines_out(ids, [reason] * len(ids), [None] * len(ids))

    def _leave_lines_out(self, line_ids, reasons, details):
        """Move debits to the list of what is left out; parallel lists."""
        self._sql(
            "31_move_to_left_out", line_ids=line_ids, reasons=reasons, details=details
        )
        self._sql("32_delete_lines", line_ids=line_ids)

    def _tell_payers(self):
        """Announce each debit to its payer, once for each day it is planned for."""
        self.env["telecom.notice"]._announce_domain(
            "debit_announced",
            [("debit_run_id", "=", self.id)],
            window=fields.Date.to_string(self.confirmed_at),
        )

    def action_back_to_review(self):
        """Take a confirmed run back, to change it."""
        for run in self:
            run = run._begin((ACCOUNTANT,), "confirmed")
            run._show_order_state("draft")
            run.state = "proposed"
        return True

    def _show_order_state(self, state):
        """Let OCA's orders and debits show a state."""
        self.order_ids._run_passed().write({"state": state})
        self._sql("34_set_state", state=state)

    def _check_control(self, name, **params):
        """Raise when a control returns rows.

        :raise UserError: naming the first of them
        """
        rows = self._rows(f"checks/{name}", **params)
        if rows:
            raise UserError(
                self.env._(
                    "%(run)s does not add up (%(control)s), %(count)s rows, the first"
                    " one: %(row)s. Propose it again.",
                    run=self.name,
                    control=name,
                    count=len(rows),
                    row=", ".join(f"{key} {value}" for key, value in rows[0].items()),
                )
            )
