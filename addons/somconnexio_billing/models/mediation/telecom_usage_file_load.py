# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from contextlib import closing
from time import monotonic

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream

from ... import sql_steps
from ...mediation.copy_text import CopyText, copy_batches
from ...mediation.decode import FileDecoder
from ...mediation.row_decoder import Window
from .messages import file_error_text
from .usage_decoding import BATCH_ROWS, UsageDecoding, decoded_ahead
from .usage_load import UsageLoad, UsageReload

OLDEST_MONTHS = 12
REFRESHED = (
    "event_count",
    "suspended_count",
    "duplicate_count",
    "rejected_count",
    "discarded_count",
    "wholesale_cost",
    "rejection_ids",
    "unreadable_ids",
)


class TelecomUsageFile(models.Model):
    """How a file's rows become events and rejections: all of them, or none."""

    _inherit = "telecom.usage.file"

    @api.private
    def load_usage(self):
        """Load each file that is not loaded yet; a broken one goes to quarantine.

        Nothing of a quarantined file is kept but the file and the reason. Loading a
        loaded file changes nothing.

        :raise UserError: when another user is loading one of them, or a format cannot
            be used
        """
        for _file in self._load_in_turn():
            pass

    def _load_in_turn(self):
        """Load as ``load_usage`` does, and yield each file when it is loaded.

        Who iterates may commit then. The next file is being decoded meanwhile.
        """
        self._check_workable()
        to_load = self.sudo().filtered(lambda file: file.state != "loaded")
        # In the order of receipt: of a record sent twice, the first one counts.
        in_turn = to_load.sorted(lambda file: (file.received_at, file.id))
        with closing(decoded_ahead(in_turn, self._start_decoding)) as decodings:
            for file, decoding in decodings:
                file._lock()
                file.invalidate_recordset(["state"])
                if file.state != "loaded":
                    file._load_locked(decoding)
                yield file

    @api.model
    def _start_decoding(self, file):
        return UsageDecoding(file, file._usable_spec(), file._window())

    def _check_workable(self):
        """Raise unless the user may change these files and read their content.

        What follows from the content is then written with the machine's rights.
        """
        self.check_access("write")
        self._check_field_access(self._fields["content"], "read")

    def _lock(self):
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(name)s is being worked on by someone else. Wait until that is"
                    " done.",
                    name=self.display_name,
                )
            ) from error

    def _load_locked(self, decoding):
        started = monotonic()
        try:
            with self.env.cr.savepoint():
                decoder = self._load_rows(decoding)
                self._check_conserved(decoder.tally.row_count)
        except FileError as error:
            self._quarantine(error)
            return
        self.write(
            {
                "state": "loaded",
                "loaded_at": fields.Datetime.now(),
                "load_seconds": monotonic() - started,
                "error_message": False,
                "sequence_number": decoder.control.values.get("sequence_number", 0),
            }
        )
        self.control_message = self._control_text(decoder)

    def _load_rows(self, decoding):
        """Take the rows into the database and return their decoder, at its end."""
        self._ensure_partitions(decoding.window)
        UsageLoad(self).run(decoding.batches)
        decoder = decoding.decoder
        self.row_count = decoder.tally.row_count
        self._count_rows()
        return decoder

    def _usable_spec(self):
        usage_format = self.format_id
        if usage_format.problem:
            raise UserError(
                self.env._(
                    "The format %(format)s cannot be used: %(problem)s",
                    format=usage_format.display_name,
                    problem=usage_format.problem,
                )
            )
        return usage_format._spec()

    def _window(self):
        """Return the starts that this file may hold.

        Usage older than 12 months may not be kept nor billed (Ley 25/2007, art. 5);
        a day ahead allows for clocks and for who writes local time.
        """
        received_at = self.received_at
        return Window(
            received_at - relativedelta(months=OLDEST_MONTHS),
            received_at + relativedelta(days=1),
        )

    def _ensure_partitions(self, window):
        # Before anything is read: making a partition later could deadlock.
        months = [window.earliest]
        while months[-1] < window.latest:
            months.append(months[-1] + relativedelta(months=1))
        table = self.env["telecom.usage.event"]._table
        sql_steps.ensure_month_partitions(self.env.cr, table, months)

    def _count_rows(self):
        """Count again what the rows of these files are now."""
        self.flush_model()
        sql_steps.run(self.env, "19_count_file", file_ids=self.ids)
        self.invalidate_recordset(REFRESHED)

    def _check_conserved(self, row_count):
        kept = self.event_count + self.duplicate_count + self.rejected_count
        if kept != row_count:
            raise FileError("rows_lost", rows=row_count, kept=kept)

    def _quarantine(self, error):
        """Put the file aside for a ``FileError``, with the reason people can read."""
        self.write(
            {
                "state": "quarantined",
                "error_message": file_error_text(self.env, error),
                "control_message": False,
            }
        )

    def _control_text(self, decoder):
        """Return what the file's own totals and its sequence number say."""
        texts = []
        if "control_count" in decoder.control.values:
            texts.append(self.env._("The trailer agrees with the lines."))
        if "sums_not_verified" in decoder.control.notes:
            texts.append(
                self.env._(
                    "The sums of the trailer could not be verified: %(count)s lines"
                    " cannot be read.",
                    count=decoder.tally.unread_count,
                )
            )
        if self.sequence_number:
            texts.append(self._sequence_text())
        return "\n".join(filter(None, texts))

    def _sequence_text(self):
        """Return a warning when the provider's numbering has a gap or a repetition."""
        same_format = [
            ("format_id", "=", self.format_id.id),
            ("company_id", "=", self.company_id.id),
            ("state", "=", "loaded"),
            ("id", "!=", self.id),
        ]
        number = self.sequence_number
        if self.search_count([*same_format, ("sequence_number", "=", number)], limit=1):
            return self.env._("Number %(number)s was loaded before.", number=number)
        before = self.search(
            [*same_format, ("sequence_number", "<", number)],
            order="sequence_number desc",
            limit=1,
        ).sequence_number
        if before and before < number - 1:
            return self.env._(
                "Numbers %(first)s to %(last)s have not been loaded.",
                first=before + 1,
                last=number - 1,
            )
        return ""

    @api.private
    def reload_rejected(self, line_numbers):
        """Read some rejected lines of this file again, by its format of today.

        Lines that can be read now become events, recycled; the others keep their
        place, with the reason found this time.

        :param line_numbers: set of line numbers whose rejections stand
        """
        self.ensure_one()
        self._check_workable()
        file = self.sudo()
        file._lock()
        file._read_lines(line_numbers, UsageReload)

    def _read_lines(self, line_numbers, load_class):
        """Take some lines of the kept content into the database.

        :param load_class: ``UsageLoad`` or an heir: what becomes of them
        :raise UserError: when the file can no longer be read by its format
        """
        spec = self._usable_spec()
        window = self._window()
        self._ensure_partitions(window)
        try:
            with self.env.cr.savepoint(), self._open_content() as content:
                decoder = FileDecoder(spec, CappedStream(content), window)
                writer = CopyText(self.company_id.id, spec.key_field_names)
                lines = map(writer.line, decoder.rows_of(line_numbers))
                load_class(self).run(copy_batches(lines, BATCH_ROWS))
        except FileError as error:
            raise UserError(file_error_text(self.env, error)) from error
