# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2.errors import LockNotAvailable

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import sql_steps
from .usage_load import UsageLoad

LOCK_WAIT = "10s"


class TelecomUsageFile(models.Model):
    """How a loaded file is taken out again, as long as none of it is billed."""

    _inherit = "telecom.usage.file"

    backed_out_at = fields.Datetime(string="Backed out", readonly=True, copy=False)
    backed_out_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    back_out_reason = fields.Char(string="Reason", readonly=True, copy=False)

    def action_back_out(self):
        """Ask for the reason, then back out."""
        self.check_access("write")
        return self.env["telecom.usage.reason"]._ask(
            self, "back_out", self.env._("Back out")
        )

    def back_out(self, reason):
        """Take out what these files brought: as if they had never come.

        Their events, rated usage and rejections go. Rows of other files that were
        told again by these files and rejected for it become events. Prices that
        depended on them are provisional and follow with the next rating. The files
        stay, with who did it, when and why, and can be loaded again.

        :param str reason: why, in the words of who does it
        :raise UserError: when a file is not loaded, a bill holds usage of it, or usage
            is being loaded or rated at this moment
        """
        self._check_workable()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the file is backed out."))
        for file in self.sudo().sorted(_load_order, reverse=True):
            file._lock()
            file._check_loaded()
            file._back_out(reason)
        return True

    def _check_loaded(self):
        if self.state != "loaded":
            raise UserError(
                self.env._(
                    "%(name)s is not loaded: there is nothing to back out.",
                    name=self.display_name,
                )
            )

    def _back_out(self, reason):
        self._shut_out_loads()
        self._check_back_out()
        counted = self._row_counts_text()
        taken_from = self._rows_told_again()
        self._delete_rows()
        self._take_back_rows(taken_from)
        self.write(
            {
                "state": "backed_out",
                "row_count": 0,
                "backed_out_at": fields.Datetime.now(),
                "backed_out_by_id": self.env.uid,
                "back_out_reason": reason,
                "control_message": False,
            }
        )
        self.message_post(
            body=self.env._(
                "Backed out: %(counted)s. Reason: %(reason)s",
                counted=counted,
                reason=reason,
            )
        )

    def _shut_out_loads(self):
        """Let no usage come in until the transaction ends.

        :raise UserError: when some is coming in and does not end soon
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT set_config('lock_timeout', %s, true)", LOCK_WAIT)
        )
        try:
            with self.env.cr.savepoint(flush=False):
                sql_steps.run(self.env, "23_shut_out_loads")
        except LockNotAvailable as error:
            raise UserError(
                self.env._("Usage is being loaded at this moment. Try again later.")
            ) from error
        self.env.cr.execute(SQL("SET LOCAL lock_timeout TO DEFAULT"))

    def _check_back_out(self):
        """Raise when the file may not be backed out. Hook of later stages.

        This transaction sees the database as it was when it began. Whatever has been
        loaded since, but before the lock, must be known as well.
        """
        seen = {row["id"] for row in self._fetch_own("23_list_duplicates_of_file")}
        now = {row["id"] for row in self._fetch_now("23_list_duplicates_of_file")}
        if now - seen:
            raise UserError(
                self.env._("Usage has been loaded at this moment. Try again.")
            )

    def _fetch_own(self, step):
        return sql_steps.fetch(self.env, step, file_id=self.id)

    def _fetch_now(self, step):
        """Return the rows of a reading step as the database is by now."""
        with self.env.registry.cursor() as cr:
            return sql_steps.fetch(self.env(cr=cr), step, file_id=self.id)

    def _rows_told_again(self):
        """Return the lines of other files that this one won against.

        :return: ``{telecom.usage.file: {line number, ...}}``, in the order of loading
        """
        numbers = {}
        for row in self._fetch_own("23_list_duplicates_of_file"):
            numbers.setdefault(row["file_id"], set()).add(row["line_number"])
        files = self.browse(numbers).sorted(_load_order)
        return {file: numbers[file.id] for file in files}

    def _delete_rows(self):
        """Delete what the rows of this file have become. Hook of later stages."""
        for step in ("24_delete_events", "24_delete_rejections"):
            sql_steps.run(self.env, step, file_id=self.id, line_numbers=None)
        self._forget_rows()

    def _take_back_rows(self, numbers_by_file):
        """Read lines of other files again as if for the first time."""
        for file, numbers in numbers_by_file.items():
            file._lock()
            sql_steps.run(
                self.env,
                "24_delete_rejections",
                file_id=file.id,
                line_numbers=list(numbers),
            )
            file._read_lines(numbers, UsageLoad)
        self._forget_rows()
        self.union(*numbers_by_file)._count_rows()

    def _forget_rows(self):
        """Drop what the cache knows of events and rejections."""
        for model in ("telecom.usage.event", "telecom.usage.rejection"):
            self.env[model].invalidate_model(flush=False)

    def _row_counts_text(self):
        return self.env._(
            "%(rows)s rows, of which %(events)s events, %(duplicates)s duplicates,"
            " %(rejected)s rejected",
            rows=self.row_count,
            events=self.event_count,
            duplicates=self.duplicate_count,
            rejected=self.rejected_count,
        )


def _load_order(file):
    return file.loaded_at, file.received_at, file.id
