# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from .writers import WRITERS


class TelecomMigrationRun(models.Model):
    """What the buttons of a migration do."""

    _inherit = "telecom.migration.run"

    def action_try(self):
        """Try it out in the background: all is done, reported and undone."""
        self.check_access("write")
        self._check_ready()
        self._move("trial_queued", error_message=False)
        return self._trigger()

    def action_start(self):
        """Take everything over, in the background."""
        self.check_access("write")
        self._check_ready()
        self._move("queued", error_message=False)
        return self._trigger()

    def action_stop(self):
        """Stop after the batch in hand; what is done stays done."""
        self.check_access("write")
        return self._move("stopped")

    def action_reset(self):
        """Go back to the files, after a failure or a trial; nothing was taken over."""
        self.check_access("write")
        for run in self.filtered("started_at"):
            raise UserError(
                self.env._(
                    "%(run)s has taken over records: start it again to go on.",
                    run=run.display_name,
                )
            )
        return self._move("draft", error_message=False)

    def _trigger(self):
        self.env.ref("somconnexio_base.cron_telecom_migration")._trigger()
        return True

    @api.model
    def _writer_class(self, kind):
        """Return the class that writes the rows of a kind."""
        return WRITERS[kind]

    def action_view_issues(self):
        """Open the faults."""
        return self._open("action_telecom_migration_issue")

    def action_view_rows(self):
        """Open the rows, each with what became of it."""
        return self._open("action_telecom_migration_row")

    def _open(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"somconnexio_base.{name}"
        )
        action["domain"] = [("run_id", "=", self.id)]
        return action
