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
        left alone. Cases that get the same step are taken together. The caller commits.

        :return: dict: account id -> ``done``, ``nothing`` or the text of an error
        """
        rows = self._decide(company, day, account_ids)
        self._write_down(company, day, rows)
        self._settle_paid(account_ids)
        outcomes = dict.fromkeys(account_ids, "nothing")
        due = {row["account_id"]: row["conditions"] for row in rows if row["is_due"]}
        cases = self._of_accounts(due).filtered(lambda case: not case.error)
        for group in cases.grouped(lambda one: (one.next_step_id, one.cycle)).values():
            outcomes.update(group._act(due, day))
        done = [key for key, outcome in outcomes.items() if outcome == "done"]
        if done:
            self._write_down(company, day, self._decide(company, day, done))
        return outcomes

    def _act(self, conditions, day):
        """Take the next step of cases in a savepoint; if that fails, one by one.

        :param dict conditions: account id -> conditions with their figures
        :return: dict: account id -> ``done``, ``nothing`` or the text of the error that
            parked the case
        """
        account_ids = self.billing_account_id.ids
        try:
            with self.env.cr.savepoint():
                self._take_step(conditions, day)
        except Exception as error:  # one account's fault must not stop the others
            if getattr(error, "pgcode", None) in RETRIED:
                raise
            if len(self) > 1:
                outcomes = {}
                for case in self:
                    outcomes.update(case._act(conditions, day))
                return outcomes
            if isinstance(error, LockError):  # somebody else is at it
                return dict.fromkeys(account_ids, "nothing")
            self._park(error)
            return dict.fromkeys(account_ids, str(error))
        return dict.fromkeys(account_ids, "done")

    def _take_step(self, conditions, day):
        """Take the next step of cases that have the same one, once.

        :param dict conditions: account id -> conditions with their figures
        """
        serialise(self)
        step = self.next_step_id
        touched = self._do_action(step, day)
        touched.case_id._follow_action(step)
        by_case = touched.grouped("case_id")
        rows = [
            {
                **case._event_vals("step"),
                "date": day,
                "step_id": step.id,
                "amount": case.amount,
                "conditions": conditions[case.billing_account_id.id],
                "proof_attempt_id": case._proof_attempt().id,
                "subscription_ids": [
                    (6, 0, by_case.get(case, touched[:0]).subscription_id.ids)
                ],
                "fee_line_id": case._charge_fee(step, day).id,
            }
            for case in self
        ]
        notices = self._tell_step(step)
        for row in rows:
            row["notice_id"] = notices.get(row["case_id"])
        self.env["telecom.dunning.event"]._append(rows)
        self._write_guarded(step_id=step.id, step_date=day)
        for case in self.filtered(lambda one: notices.get(one.id)):
            case._write_guarded(notice_id=notices[case.id], handed_over_date=False)

    def _follow_action(self, step):
        """Bring the states of cases in line with what was done to their services."""
        if state := STATE_AFTER.get(step.action):
            self.filtered(lambda case: case.state != state)._move(state)

    def _tell_step(self, step):
        """Announce the notice of a step to the payers of cases in the same cycle.

        :return: dict: case id -> id of its telecom.notice
        """
        if not step.notice_kind_id:
            return {}
        Notice = self.env["telecom.notice"].sudo()
        window = f"{self[:1].cycle}.{step.id}"
        Notice._announce(
            step.notice_kind_id.code, self, window, channel_plan=step.channel_plan
        )
        notices = Notice.search(
            [
                ("kind_id", "=", step.notice_kind_id.id),
                ("res_id", "in", self.ids),
                ("window_key", "=", window),
            ]
        )
        return {notice.res_id: notice.id for notice in notices}

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
