# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..models.mediation import telecom_usage_file_back_out
from .mediation_common import wholesale_bytes, wholesale_line

CLEAN_UP = (
    "DELETE FROM telecom_usage_event WHERE file_id = ANY(%s)",
    "DELETE FROM telecom_usage_rejection WHERE file_id = ANY(%s)",
)


@tagged("post_install", "-at_install")
class TestLoadConcurrency(BaseCase):
    """What happens when two people, or a person and a crash, meet in one file.

    The tests commit what they need and remove it again.
    """

    def setUp(self):
        super().setUp()
        self.database = db_connect(get_db_name())
        self.file_ids = []
        self.addCleanup(self._remove_files)

    def _remove_files(self):
        with self.database.cursor() as cr:
            for statement in CLEAN_UP:
                cr.execute(SQL(statement, self.file_ids))
            files = self._environment(cr)["telecom.usage.file"].browse(self.file_ids)
            files.write({"state": "received"})
            files.unlink()

    @staticmethod
    def _environment(cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def _receive_by(self, cr, *lines):
        env = self._environment(cr)
        usage_format = env.ref("somconnexio_billing.usage_format_mobile_wholesale")
        return env["telecom.usage.file"].receive(
            wholesale_bytes(*lines), "test.csv", format=usage_format
        )

    def _receive(self, *lines):
        with self.database.cursor() as cr:
            file = self._receive_by(cr, *lines)
            file.received_at = "2026-11-02 08:00:00"
            self.file_ids.append(file.id)
            return file.id

    def _load(self, cr, file_id):
        self._environment(cr)["telecom.usage.file"].browse(file_id).load_usage()

    def _back_out(self, cr, file_id):
        self._environment(cr)["telecom.usage.file"].browse(file_id).back_out("Wrong")

    def _load_as_job(self, file_id):
        with self.database.cursor() as cr:
            self._environment(cr)["telecom.usage.file"].browse(file_id)._job_load()

    def _load_and_commit(self, file_id):
        with self.database.cursor() as cr:
            self._load(cr, file_id)

    def _counts(self, file_id):
        """Return the state of a file, the events it counts and those there are."""
        with self.database.cursor() as cr:
            env = self._environment(cr)
            file = env["telecom.usage.file"].browse(file_id)
            event_count = env["telecom.usage.event"].search_count(
                [("file_id", "=", file_id)]
            )
            return file.state, file.event_count, event_count

    def test_second_of_two_loads_of_one_file_is_told_so_at_once(self):
        file_id = self._receive(wholesale_line(HORA="01:00:00"))
        with self.database.cursor() as cr:
            self._load(cr, file_id)
            with (
                ThreadPoolExecutor(max_workers=1) as pool,
                self.assertRaisesRegex(UserError, "by someone else"),
            ):
                pool.submit(self._load_and_commit, file_id).result(timeout=20)
        self.assertEqual(self._counts(file_id), ("loaded", 1, 1))

    def test_job_that_finds_its_file_locked_asks_again_later(self):
        file_id = self._receive(wholesale_line(HORA="05:00:00"))
        with self.database.cursor() as cr:
            self._load(cr, file_id)
            with (
                ThreadPoolExecutor(max_workers=1) as pool,
                self.assertRaisesRegex(RetryableJobError, "by someone else"),
            ):
                pool.submit(self._load_as_job, file_id).result(timeout=20)

    @mute_logger("odoo.sql_db")
    def test_same_file_received_twice_at_once_is_one_file(self):
        line = wholesale_line(HORA="06:00:00")
        with self.database.cursor() as late:
            late.execute("SELECT 1")
            file_id = self._receive(line)
            with self.assertRaises(UniqueViolation):
                self._receive_by(late, line)
            late.rollback()
            self.assertEqual(self._receive_by(late, line).id, file_id)

    @mute_logger("odoo.sql_db")
    def test_load_that_began_before_another_ended_starts_anew(self):
        file_id = self._receive(wholesale_line(HORA="02:00:00"))
        with self.database.cursor() as late:
            late.execute("SELECT 1")  # its view of the database is that of now
            self._load_and_commit(file_id)
            with self.assertRaises(SerializationFailure):
                self._load(late, file_id)
            late.rollback()
            self._load(late, file_id)
        self.assertEqual(self._counts(file_id), ("loaded", 1, 1))

    @mute_logger("odoo.sql_db")
    def test_same_event_in_two_files_loaded_at_once_exists_once(self):
        line = wholesale_line(HORA="03:00:00")
        first_id = self._receive(line)
        second_id = self._receive(line, wholesale_line(HORA="03:00:01"))
        with self.database.cursor() as late:
            late.execute("SELECT 1")
            self._load_and_commit(first_id)
            with self.assertRaises(SerializationFailure):
                self._load(late, second_id)
            late.rollback()
            self._load(late, second_id)
        self.assertEqual(self._counts(first_id), ("loaded", 1, 1))
        self.assertEqual(self._counts(second_id), ("loaded", 1, 1))

    @mute_logger("odoo.sql_db")
    def test_back_out_waits_for_no_load_and_says_so(self):
        first_id = self._receive(wholesale_line(HORA="07:00:00"))
        second_id = self._receive(wholesale_line(HORA="07:00:01"))
        self._load_and_commit(first_id)
        with (
            patch.object(telecom_usage_file_back_out, "LOCK_WAIT", "100ms"),
            self.database.cursor() as loading,
            self.database.cursor() as other,
        ):
            self._load(loading, second_id)
            with self.assertRaisesRegex(UserError, "being loaded at this moment"):
                self._back_out(other, first_id)
        self.assertEqual(self._counts(first_id), ("loaded", 1, 1))

    def test_back_out_knows_what_was_loaded_since_it_began(self):
        line = wholesale_line(HORA="08:00:00")
        first_id = self._receive(line)
        second_id = self._receive(wholesale_line(HORA="08:00:01"), line)
        self._load_and_commit(first_id)
        with self.database.cursor() as late:
            late.execute("SELECT 1")
            self._load_and_commit(second_id)
            with self.assertRaisesRegex(UserError, "Try again"):
                self._back_out(late, first_id)
            late.rollback()
            self._back_out(late, first_id)
        self.assertEqual(self._counts(first_id), ("backed_out", 0, 0))
        self.assertEqual(self._counts(second_id), ("loaded", 2, 2))

    def test_load_that_dies_before_its_commit_leaves_nothing(self):
        file_id = self._receive(wholesale_line(HORA="04:00:00"))
        with self.database.cursor() as cr:
            self._load(cr, file_id)
            cr.rollback()
        self.assertEqual(self._counts(file_id), ("received", 0, 0))
        self._load_and_commit(file_id)
        self.assertEqual(self._counts(file_id), ("loaded", 1, 1))
