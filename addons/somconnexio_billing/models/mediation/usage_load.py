# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Take decoded rows of one usage file into the database, in batches."""

from contextlib import closing
from io import BytesIO

from ... import sql_steps
from ...mediation.copy_text import CopyText, copy_batches
from ...mediation.prefetch import prefetch

# Small enough that a day's file is decoded and inserted at the same time.
BATCH_ROWS = 2_500
#: Steps that a load begins with: its tables, and the numbers that usage can be of.
PREPARATION = (
    "12_create_staging",
    "12_create_taken",
    "12_create_served",
    "12_index_served",
    "12_clear_served",
    "12_list_served",
    "12_analyze_served",
)


class UsageLoad:
    """First load of a file: each row becomes an event or a rejection.

    :param file: a ``telecom.usage.file``, locked by the caller
    :param FormatSpec spec: its format
    """

    guided_state = "guided"

    def __init__(self, file, spec):
        self.env = file.env
        self.company_id = file.company_id.id
        self.params = {"file_id": file.id, "user_id": file.env.uid}
        self.writer = CopyText(self.company_id, spec.key_field_names)
        self.is_analyzed = False

    def run(self, decoder):
        """Take all rows; they are decoded while the last batch is being inserted.

        :param FileDecoder decoder: of the file
        """
        self._take_all(decoder.copy_lines(self.writer))

    def run_lines(self, decoder, line_numbers):
        """Take the rows of some lines only, by their numbers."""
        self._take_all(map(self.writer.line, decoder.rows_of(line_numbers)))

    def _take_all(self, lines):
        for step in PREPARATION:
            sql_steps.run(self.env, step, company_id=self.company_id)
        with closing(prefetch(copy_batches(lines, BATCH_ROWS))) as batches:
            for batch in batches:
                self._take(batch)

    def _take(self, batch):
        self.env.cr.copy_expert(sql_steps.statement("13_copy_staged"), BytesIO(batch))
        staged_count = self.env.cr.rowcount
        if not self.is_analyzed:
            sql_steps.run(self.env, "14_analyze_staged")
            self.is_analyzed = True
        event_count = sql_steps.run(
            self.env,
            "15_insert_event",
            company_id=self.company_id,
            file_id=self.params["file_id"],
            guided_state=self.guided_state,
        )
        self._settle(staged_count - event_count)
        sql_steps.run(self.env, "18_clear_staging")

    def _settle(self, left_count):
        """Deal with the staged rows that became no event."""
        params = {"company_id": self.company_id, **self.params}
        if left_count:
            left_count -= sql_steps.run(self.env, "16_reject_unreadable", **params)
        if left_count:
            sql_steps.run(self.env, "17_reject_duplicate", **params)


class UsageReload(UsageLoad):
    """Second reading of a file's rejected lines, after a correction."""

    guided_state = "recycled"

    def _settle(self, left_count):
        """Say in each rejection what became of its line this time."""
        sql_steps.run(self.env, "21_settle_rejection", **self.params)
