# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import identity_exact

LOAD_RETRY_SECONDS = 30


class TelecomUsageFile(models.Model):
    """The buttons of a usage file."""

    _inherit = "telecom.usage.file"

    content_name = fields.Char(compute="_compute_content_name")
    unreadable_ids = fields.One2many(
        "telecom.usage.rejection",
        "file_id",
        string="Rejected rows",
        domain=[("reason", "!=", "duplicate")],
    )

    def _compute_content_name(self):
        for file in self:
            is_packed = (file.name or "").endswith(".gz")
            file.content_name = file.name if is_packed else f"{file.name}.gz"

    def write(self, vals):
        """Override of `base`: a loaded file keeps the format that it was read by.

        :raise UserError: when the format of a loaded file is to change
        """
        if "format_id" in vals:
            self._check_format_open(vals["format_id"])
        return super().write(vals)

    def _check_format_open(self, format_id):
        loaded = self.filtered(
            lambda file: file.state == "loaded" and file.format_id.id != format_id
        )
        if loaded:
            raise UserError(
                self.env._(
                    "%(name)s is loaded by the format %(format)s, which can no longer"
                    " be changed.",
                    name=loaded[0].display_name,
                    format=loaded[0].format_id.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_loaded(self):
        rows = [("file_id", "in", self.ids)]
        loaded = self.filtered(lambda file: file.state == "loaded")
        loaded |= self.env["telecom.usage.event"].search(rows, limit=1).file_id
        if loaded:
            raise UserError(
                self.env._(
                    "%(name)s is loaded: its usage events refer to it. Only files that"
                    " are not loaded can be deleted.",
                    name=loaded[0].display_name,
                )
            )

    def action_load(self):
        """Load one file now; of several, make a job each."""
        if len(self) <= 1:
            self.load_usage()
            return self._notify_loaded()
        self._queue_load()
        message = self.env._("The files are being loaded in the background.")
        return self._notification("info", message)

    def _queue_load(self):
        """Make a background job for each file that is not loaded and has none yet."""
        for file in self.filtered(lambda file: file.state != "loaded"):
            file.with_delay(
                identity_key=identity_exact,
                description=self.env._("Load usage file %s", file.name),
            )._job_load()

    def _job_load(self):
        """Load the files; while someone else does, ask again in a moment."""
        try:
            self.load_usage()
        except UserError as error:
            if not isinstance(error.__cause__, LockError):
                raise
            raise RetryableJobError(
                str(error), seconds=LOAD_RETRY_SECONDS, ignore_retry=True
            ) from error

    def _notify_loaded(self):
        if self.state == "quarantined":
            return self._notification("danger", self.error_message)
        message = self.env._(
            "%(rows)s rows: %(events)s events (%(suspended)s suspended),"
            " %(duplicates)s duplicates, %(rejected)s rejected.",
            rows=self.row_count,
            events=self.event_count,
            suspended=self.suspended_count,
            duplicates=self.duplicate_count,
            rejected=self.rejected_count,
        )
        return self._notification("success", message)

    def _notification(self, kind, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_recycle(self):
        """Try again what is suspended or rejected in these files."""
        rejections = self.unreadable_ids.filtered(lambda row: row.state == "rejected")
        recycled = rejections._recycle()
        recycled += self.env["telecom.usage.event"]._recycle(
            [("file_id", "in", self.ids)]
        )
        message = self.env._("%s rows have been recycled.", recycled)
        return self._notification("success" if recycled else "info", message)

    def action_view_events(self):
        """Open the events of these files."""
        return self._rows_action("action_telecom_usage_event", [])

    def action_view_suspended(self):
        """Open the events of these files that are in suspense."""
        return self._rows_action(
            "action_telecom_usage_event_suspended", [("state", "=", "received")]
        )

    def action_view_rejections(self):
        """Open the rows of these files that could not be read."""
        return self._rows_action(
            "action_telecom_usage_rejection", [("reason", "!=", "duplicate")]
        )

    def action_view_duplicates(self):
        """Open the rows of these files that were told before."""
        return self._rows_action(
            "action_telecom_usage_rejection", [("reason", "=", "duplicate")]
        )

    def _rows_action(self, name, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"somconnexio_billing.{name}"
        )
        action["domain"] = [("file_id", "in", self.ids), *domain]
        action["context"] = {}
        return action
