# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models


class TelecomOutbox(models.Model):
    """Calls go out by jobs too: at once, and side by side for several endpoints.

    The cron of base stays what tries again later, and what sends when no job runner
    is up.
    """

    _inherit = "telecom.outbox"

    @api.model
    def _trigger_senders(self, endpoint_ids):
        """Override of ``somconnexio_base`` to queue a job per endpoint."""
        Endpoint = self.env["telecom.outbox.endpoint"].sudo()
        for endpoint in Endpoint.browse(endpoint_ids):
            self.sudo().with_delay(
                identity_key=f"telecom.outbox:{endpoint.id}",
                description=self.env._("Call %s", endpoint.name),
            )._job_send([endpoint.id])
        return super()._trigger_senders(endpoint_ids)
