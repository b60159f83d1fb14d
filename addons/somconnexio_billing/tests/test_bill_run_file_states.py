# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .bill_run_checks_common import BillRunChecksCommon
from .mediation_common import wholesale_line

CODE = "file_rows_lost"


@tagged("post_install", "-at_install")
class TestFileStates(BillRunChecksCommon):
    """The control that each row of a file is in exactly one place."""

    def setUp(self):
        super().setUp()
        self.run_ = self._rated_run(
            wholesale_line(ORIGEN="699999999"),
            wholesale_line(ORIGEN="699999999", HORA="11:00:00"),
            *[wholesale_line(HORA=f"12:00:{n:02}") for n in range(10)],
            wholesale_line(CANTIDAD="x"),
        )
        self.file = self.run_.usage_file_ids

    def _state(self):
        return self._recheck(self.run_, CODE).state

    def test_file_as_it_was_loaded_is_green(self):
        self.assertEqual(self._state(), "pass")

    def test_file_with_discarded_rows_is_green(self):
        rows = self.env["telecom.usage.suspense"].search(
            [("file_id", "=", self.file.id)]
        )
        self.assertEqual(rows.discard("Given up"), 3)
        self.assertEqual(self._state(), "pass")
        rows.action_restore()
        self.assertEqual(self._state(), "pass")

    def test_file_that_was_backed_out_is_green_and_counted_no_more(self):
        self.file.back_out("Wrong file")
        self.assertEqual(self._state(), "pass")
        self.run_._engine()._refresh_totals()
        self.assertEqual((self.run_.file_count, self.run_.row_count), (0, 0))

    def test_event_left_over_by_a_back_out_is_red(self):
        self.file.back_out("Wrong file")
        self._execute(
            "INSERT INTO telecom_usage_event (started_at, event_key, company_id,"
            " file_id, line_number, usage_type_id, state, direction, served_number,"
            " quantity) VALUES ('2026-10-05', gen_random_uuid(), %s, %s, 2, %s,"
            " 'guided', 'outgoing', '34699999999', 1)",
            self.company.id,
            self.file.id,
            self.usage_type.id,
        )
        self._assert_red(self._recheck(self.run_, CODE), f"{self.file.name}: 0 <> 1")

    def test_row_that_is_in_two_places_is_red(self):
        self._execute(
            "UPDATE telecom_usage_rejection SET line_number = 2 WHERE file_id = %s",
            self.file.id,
        )
        self._assert_red(self._recheck(self.run_, CODE), "twice: 1")

    def test_counter_that_is_not_true_is_red(self):
        self._execute(
            "UPDATE telecom_usage_file SET event_count = event_count - 1 WHERE id = %s",
            self.file.id,
        )
        self._assert_red(self._recheck(self.run_, CODE), self.file.name)

    def test_rows_that_retention_removed_are_counted_on_the_file(self):
        self._execute(
            "DELETE FROM telecom_usage_event WHERE file_id = %s AND line_number <= 6",
            self.file.id,
        )
        self._execute(
            "UPDATE telecom_usage_file SET expired_count = 5 WHERE id = %s",
            self.file.id,
        )
        self.assertEqual(self._state(), "pass")
        self.file._count_rows()
        self.assertEqual(self.file.event_count, 12)
        counts = self.file._count_row_states()[self.file.id]
        self.assertEqual(sum(counts.values()), self.file.row_count)
