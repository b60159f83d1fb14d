# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...outbox import credential, next_step
from .telecom_outbox import CANCELLED

ROLE = "somconnexio_base.group_telecom_technician"
REPLAYABLE_STATES = (next_step.DEAD, next_step.UNKNOWN, CANCELLED)


class TelecomOutbox(models.Model):
    """What people decide about calls that don't go on by themselves."""

    _inherit = "telecom.outbox"

    def replay(self, reason):
        """Send calls again, from the first attempt, under their old keys.

        :param str reason: why, for those who read the history
        :return: True
        :raise AccessError: for people without the role of a technician
        :raise UserError: when a call has not failed, or there is no reason
        """
        calls = self._decidable(reason, REPLAYABLE_STATES, self.env._("replayed"))
        calls._log_decision("replay", reason)
        calls.write(
            {
                "state": next_step.PENDING,
                "due_at": fields.Datetime.now(),
                "attempt_count": 0,
                "ask_count": 0,
                "done_at": False,
            }
        )
        self._wake(calls.endpoint_id)
        return True

    def settle(self, reason):
        """Note that calls were done after all, as somebody has found out.

        :param str reason: how that is known
        :return: True
        :raise AccessError: for people without the role of a technician
        :raise UserError: when a call is neither unknown nor a dead letter, or there
            is no reason
        """
        allowed = (next_step.DEAD, next_step.UNKNOWN)
        calls = self._decidable(reason, allowed, self.env._("noted as done"))
        calls._log_decision("settle", reason)
        calls.write(
            {
                "state": next_step.DONE,
                "due_at": False,
                "done_at": fields.Datetime.now(),
                "error": False,
            }
        )
        calls._settle()
        return True

    def give_up(self, reason):
        """Send calls no more; those that wait behind them go on.

        :param str reason: why
        :return: True
        :raise AccessError: for people without the role of a technician
        :raise UserError: when a call has ended or is being sent, or there is no reason
        """
        allowed = (next_step.PENDING, next_step.DEAD, next_step.UNKNOWN)
        calls = self._decidable(reason, allowed, self.env._("given up"))
        calls._log_decision("cancel", reason)
        calls.write({"state": CANCELLED, "due_at": False})
        calls._settle()
        self._wake(calls.endpoint_id)
        return True

    def _decidable(self, reason, states, verb):
        """Check role, reason and states; return the calls with the machine's rights.

        Nobody may write calls by hand: only what these verbs do is allowed.
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(ROLE):
            raise AccessError(
                self.env._("Only technicians decide about calls: ask one of them.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason: others will want to know."))
        calls = self.sudo()
        calls.lock_for_update()
        calls._check_states(states, verb)
        return calls

    def _check_states(self, states, verb):
        """Raise for a call that is in none of the states, or that a sender has."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        now = fields.Datetime.now()
        for call in self:
            is_held = call.lease_until_at and call.lease_until_at > now
            if call._may_decide(states) and not is_held:
                continue
            raise UserError(
                self.env._(
                    "%(call)s is “%(state)s” and cannot be %(verb)s%(held)s.",
                    call=call.display_name,
                    state=labels[call.state],
                    verb=verb,
                    held=self.env._(" while it is asked about") if is_held else "",
                )
            )

    def _may_decide(self, states):
        """Tell whether a call is in a state to decide in.

        A webhook that arrived may be sent again: receivers lose messages, and know
        the ones they have by their id.
        """
        is_webhook = self.endpoint_id.auth_kind == credential.WEBHOOK
        if is_webhook and states == REPLAYABLE_STATES:
            states = (*states, next_step.DONE)
        return self.state in states

    def _log_decision(self, kind, reason):
        """Add who decided what, and why, to the history of each call."""
        self._log_attempt(kind, reason=reason.strip()[:500], user_id=self.env.uid)

    def action_replay(self):
        """Ask why the calls are sent again."""
        return self._open_decision("replay", self.env._("Replay"))

    def action_settle(self):
        """Ask how it is known that the calls were done."""
        return self._open_decision("settle", self.env._("It was done"))

    def action_give_up(self):
        """Ask why the calls are given up."""
        return self._open_decision("give_up", self.env._("Give up"))

    def _open_decision(self, decision, title):
        """Return the dialog that asks for a reason."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "telecom.outbox.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_call_ids": self.ids,
                "default_decision": decision,
            },
        }
