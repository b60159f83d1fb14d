# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the command line needs of a run beyond the buttons of people."""

from odoo import fields, models


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    usage_file_ids = fields.One2many(
        "telecom.usage.file", "telecom_bill_run_id", readonly=True
    )

    def _close_now(self, stage):
        """Close a stage whose slices are done, instead of the job queued for it."""
        run = self._engine()
        run._job_close(stage.code)
        self.env["queue.job"].search(
            [
                ("identity_key", "=", f"telecom.bill.run:{self.id}:close:{stage.code}"),
                ("state", "=", "pending"),
            ]
        ).button_cancelled()
