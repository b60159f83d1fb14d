# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomUsageEvent(models.Model):
    _inherit = "telecom.usage.event"

    rated_usage_ids = fields.One2many(
        "telecom.rated.usage", "event_id", string="Rated usage", readonly=True
    )

    def _compute_tmf_state(self):
        """Override of the mediation: rated, re-rated or billed, by the rated usage."""
        result = super()._compute_tmf_state()
        rated = self.env["telecom.rated.usage"].search([("event_id", "in", self.ids)])
        billed = rated._billed()
        for usage in rated:
            if usage in billed:
                state = "billed"
            else:
                state = "rerated" if usage.version > 1 else "rated"
            usage.event_id.tmf_state = state
        return result

    @api.model
    def _cron_ensure_partitions(self):
        """Override of the mediation: rated usage needs the same months."""
        result = super()._cron_ensure_partitions()
        self.env["telecom.rated.usage"]._ensure_partitions(fields.Date.today())
        return result
