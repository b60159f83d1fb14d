# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Take decoded rows of one usage file into the database, in batches."""

from io import BytesIO

from ... import sql_steps

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
    """

    guided_state = "guided"

    def __init__(self, file):
        self.env = file.env
        self.company_id = file.company_id.id
        self.params = {"file_id": file.id, "user_id": file.env.uid}
        self.is_analyzed = False

    def run(self, batches):
        """Take all rows.

        :param batches: iterable of COPY text, as bytes
        """
        for step in PREPARATION:
            sql_steps.run(self.env, step, company_id=self.company_id)
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
