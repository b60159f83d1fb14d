# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ...outbox import next_step
from ...outbox.verdict import Verdict


class TelecomOutbox(models.Model):
    """A receiver that wants no more, or never answers, is not called any more."""

    _inherit = "telecom.outbox"

    def _take_step(self, step, result):
        """Override of ``somconnexio_base`` to disable webhooks that are dead."""
        if step.state == next_step.DEAD and self.endpoint_id.webhook_ids:
            self.endpoint_id._disable(self._why_disabled(result))
        return super()._take_step(step, result)

    def _why_disabled(self, result):
        """Say why nothing is sent to a receiver any more."""
        if result.verdict is Verdict.GONE:
            return self.env._("The receiver answered 410: it wants no more messages.")
        return self.env._(
            "A message did not arrive at any of %(count)s attempts (%(error)s).",
            count=self.attempt_count,
            error=result.error or "-",
        )
