# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Taking a step: the notice, the fee, and what is done to the services."""

from odoo import api, models
from odoo.exceptions import LockError

from odoo.addons.somconnexio_base.models.membership.state_mixin import serialise

#: Action of a step -> state of the case after it.
STATE_AFTER = {
    "restrict_data": "restricted",
    "restrict_outgoing": "restricted",
    "suspend": "suspended",
    "terminate": "ended",
}
#: What PostgreSQL says to the second of two who change the same: begin once more.
RETRIED = ("40001", "40P01", "55P03")


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    @api.model
    def _act_on(self, company, day, account_ids):
        """Do what is due for some billing accounts; park those that fail.

        All is looked at again here, so that what was paid since the list was made is
        left alone. The caller commits.

        :return: dict: account id -> ``done``, ``nothing`` or the text of an error
        """
        rows = self._decide(company, day, account_ids)
        self._write_down(company, day, rows)
        self._settle_paid(account_ids)
        outcomes = dict.fromkeys(account_ids, "nothing")
        cases = self._of_accounts(row["account_id"] for row in rows)
        by_account = {case.billing_account_id.id: case for case in cases}
        for row in rows:
            case = by_account[row["account_id"]]
            outcomes[row["account_id"]] = case._act(row, day)
        return outcomes

    def _act(self, row, day):
        """Take the step of a decided row in a savepoint.

        :return: ``done``, ``nothing`` or the text of the error that parked the case
        """
        self.ensure_one()
        if not row["is_due"]:
            return "nothing"
        try:
            with self.env.cr.savepoint():
                self._take_step(row, day)
        except LockError:
            return "nothing"  # somebody else is at it
        except Exception as error:  # one account's fault must not stop the others
            if getattr(error, "pgcode", None) in RETRIED:
                raise
            self._park(error)
            return str(error)
        return "done"

    def _take_step(self, row, day):
        """Take the next step of a case, once."""
        serialise(self)
        step = self.next_step_id
        proof = self._proof_attempt()
        touched = self._do_action(step, day)
        notice = self._tell_step(step)
        fee_line = self._charge_fee(step, day)
        self._log(
            "step",
            date=day,
            step_id=step.id,
            amount=self.amount,
            conditions=row["conditions"],
            notice_id=notice.id,
            proof_attempt_id=proof.id,
            subscription_ids=[(6, 0, touched.ids)],
            fee_line_id=fee_line.id,
        )
        vals = {"step_id": step.id, "step_date": day}
        if notice:
            vals.update(notice_id=notice.id, handed_over_date=False)
        state = STATE_AFTER.get(step.action)
        if state and touched and state != self.state:
            vals["state"] = state
        self._write_guarded(**vals)
        self._look_again(day)

    def _look_again(self, day):
        """Write down what comes next after something was done."""
        company = self.company_id
        rows = self._decide(company, day, self.billing_account_id.ids)
        self._write_down(company, day, rows)

    def _tell_step(self, step):
        """Announce the notice of a step; return it, or nothing."""
        Notice = self.env["telecom.notice"].sudo()
        if not step.notice_kind_id:
            return Notice
        window = f"{self.cycle}.{step.id}"
        Notice._announce(step.notice_kind_id.code, self, window)
        return Notice.search(
            [
                ("kind_id", "=", step.notice_kind_id.id),
                ("res_id", "=", self.id),
                ("window_key", "=", window),
            ],
            limit=1,
        )

    def _proof_attempt(self):
        """Return the sending that proves the last notice, if one does."""
        attempts = self.sudo().notice_id.attempt_ids.filtered(
            lambda attempt: attempt.state in ("sent", "delivered")
        )
        return attempts.sorted("id")[:1]

    def _park(self, error):
        """Leave a case alone until somebody has looked at what went wrong."""
        text = str(error)[:500]
        self._write_guarded(error=text)
        self._log("error", note=text)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Dunning failed"),
            note=text,
            user_id=self.env.user.id,
        )
