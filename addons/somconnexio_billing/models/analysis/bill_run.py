# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ... import sql_steps


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _do_rate(self):
        """Override to let the analysis follow what was rated."""
        count = super()._do_rate()
        rows = sql_steps.fetch(
            self.env,
            "88_list_run_months",
            run_id=self.id,
            time_zone=self.company_id.telecom_timezone,
        )
        months = [row["month"] for row in rows]
        if months:
            self.env["telecom.usage.summary"]._queue_refresh(self.company_id, months)
        return count
