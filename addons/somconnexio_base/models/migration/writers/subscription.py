# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from .... import lifecycle
from ...contract_completion import LIFECYCLE_PASS
from .base import UnknownCode, Writer, by_code


class SubscriptionWriter(Writer):
    """Subscriptions in the state they are in, with the history that led there.

    They are written as they are, without the verbs: nobody is told, nothing is ordered
    and nothing is billed because a service of long ago is now known here.
    """

    kind_name = "subscription"
    model_name = "contract.contract"
    fields = {
        "partner": "partner_id",
        "billing_account": "telecom_billing_account_id",
        "code": "code",
        "service_address": "service_partner_id",
        "note": "note",
    }

    def __init__(self, env, profile):
        super().__init__(env, profile)
        self.types = by_code(self.env["telecom.service.type"].search([]))
        reasons = self.env["telecom.lifecycle.reason"].with_context(active_test=False)
        self.reasons = {(r.kind, r.code): r for r in reasons.search([])}

    def _from_external_id(self, row):
        return {"company_id": self.company.id}

    def _from_service_type(self, row):
        code = row.values["service_type"]
        if code not in self.types:
            raise UnknownCode("service type")
        return {"telecom_service_type_id": self.types[code].id}

    def _from_state(self, row):
        started = row.values.get("activation_date")
        if not started:
            ended = row.values.get("termination_date")
            return {
                "telecom_state": lifecycle.PENDING,
                **({"date": ended} if ended else {}),
            }
        return {
            "telecom_state": lifecycle.ACTIVE,
            "activation_date": started,
            "date": started,
        }

    def _from_suspension_reason(self, row):
        self._reason(row, "suspend", "suspension_reason")
        return {}

    def _from_termination_reason(self, row):
        self._reason(row, "terminate", "termination_reason")
        return {}

    def _reason(self, row, kind, column):
        """Return the id of a reason, False for none."""
        code = row.values.get(column)
        if code and (kind, code) not in self.reasons:
            raise UnknownCode("reason")
        return self.reasons[kind, code].id if code else False

    def complete(self, pairs):
        """Bring the subscriptions into their state, and write its history."""
        rows = []
        for row, subscription in pairs:
            steps = list(self._steps(row))
            vals = {}
            state = subscription.telecom_state
            for to_state, day, step_vals, reason_id in steps:
                vals.update(step_vals)
                if to_state:
                    vals["telecom_state"] = to_state
                    rows.append(
                        self._transition(subscription, state, to_state, day, reason_id)
                    )
                    state = to_state
            if vals:
                subscription.with_context(telecom_pass=LIFECYCLE_PASS).write(vals)
        self.env["telecom.subscription.transition"]._append(rows)

    def _steps(self, row):
        """Yield ``(state or None, day, values, reason id)`` after the first state."""
        values = row.values
        state, ended = values["state"], values.get("termination_date")
        if state == lifecycle.SUSPENDED:
            reason_id = self._reason(row, "suspend", "suspension_reason")
            day = values["suspension_date"]
            vals = {"suspension_date": day, "suspension_reason_id": reason_id}
            yield lifecycle.SUSPENDED, day, vals, reason_id
        if ended:
            reason_id = self._reason(row, "terminate", "termination_reason")
            vals = {"termination_date": ended, "termination_reason_id": reason_id}
            has_ended = state == lifecycle.TERMINATED
            yield (lifecycle.TERMINATED if has_ended else None), ended, vals, reason_id

    @staticmethod
    def _transition(subscription, from_state, to_state, day, reason_id):
        return {
            "subscription_id": subscription.id,
            "from_state": from_state,
            "to_state": to_state,
            "effective_date": day,
            "reason_id": reason_id,
        }
