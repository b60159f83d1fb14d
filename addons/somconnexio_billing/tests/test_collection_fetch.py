# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime, timezone
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..collection.folder import FolderBox
from .collection_common import CollectionCommon
from .mediation_common import NOW, wholesale_line


@tagged("post_install", "-at_install")
class TestFetch(CollectionCommon):
    def test_file_comes_in_once_and_is_moved_away(self):
        source = self._create_source()
        self._put("MW_CDR_1.csv")
        self._fetch_all()
        file = source.file_ids
        self.assertEqual((file.name, file.state), ("MW_CDR_1.csv", "received"))
        self.assertEqual(file.create_uid, self.manager)
        self.assertEqual([path.name for path in self.inbox.iterdir()], ["done"])
        self.assertEqual(source.delivery_ids.state, "arrived")
        self.assertEqual((source.state, source.error_message), ("running", False))
        self._fetch_all()
        self.assertEqual(source.file_ids, file)

    def test_load_is_queued_when_it_is_wanted(self):
        Job = self.env["queue.job"]
        known = Job.search([])
        self._create_source(is_load_wanted=False)
        self._put("MW_CDR_1.csv")
        self._fetch_all()
        self.assertEqual(Job.search([]), known)
        self.Source.search([]).is_load_wanted = True
        self._put("MW_CDR_2.csv", wholesale_line(HORA="11:00:00"))
        self._fetch_all()
        self.assertEqual((Job.search([]) - known).method_name, "_job_load")

    def test_file_that_is_still_written_is_left_for_later(self):
        now = datetime.fromisoformat(NOW).replace(tzinfo=timezone.utc).timestamp()
        source = self._create_source(settle_seconds=60)
        self._put("MW_CDR_1.csv", seconds=now - 30)
        self._put("MW_CDR_2.csv.part")
        self._fetch_all()
        self.assertFalse(source.file_ids)
        source.settle_seconds = 20
        self._fetch_all()
        self.assertEqual(source.file_ids.name, "MW_CDR_1.csv")

    def test_file_that_does_not_fit_the_pattern_is_left_alone(self):
        source = self._create_source(name_pattern="MW_CDR_{sequence}.csv")
        self._put("MW_CDR_1.csv")
        self._put("notes.txt")
        self._fetch_all()
        self.assertEqual(source.file_ids.name, "MW_CDR_1.csv")
        self.assertTrue((self.inbox / "notes.txt").exists())

    def test_bad_file_is_told_and_stops_no_other(self):
        source = self._create_source()
        self._put("A_nobody_knows.dat")
        self._put("MW_CDR_1.csv")
        self._fetch_all()
        self.assertEqual(source.file_ids.name, "MW_CDR_1.csv")
        self.assertEqual(source.state, "failing")
        self.assertIn("A_nobody_knows.dat", source.error_message)
        failed = source.delivery_ids.filtered(lambda d: d.state == "failed")
        self.assertIn("format", failed.error_message)
        self.assertTrue((self.inbox / "A_nobody_knows.dat").exists())

    def test_failed_file_is_tried_again_when_somebody_says_so(self):
        source = self._create_source()
        self._put("A_nobody_knows.dat")
        self._fetch_all()
        source.format_id = self.format
        self._fetch_all()
        self.assertFalse(source.file_ids)
        source.delivery_ids.with_user(self.manager).action_retry()
        self._fetch_all()
        self.assertEqual(source.file_ids.name, "A_nobody_knows.dat")
        self.assertEqual(source.state, "running")

    def test_dead_host_stops_no_other_source(self):
        key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEhz1C0kV4y4x9E1m0p6yq8m3h0l7m0c6c"
        dead = self._create_source(
            name="A dead one", kind="sftp", sftp_host="127.0.0.1", sftp_host_key=key
        )
        alive = self._create_source()
        self._put("MW_CDR_1.csv")
        self._fetch_all()
        self.assertEqual(dead.state, "failing")
        self.assertIn("host key", dead.error_message)
        self.assertEqual(alive.file_ids.name, "MW_CDR_1.csv")

    def test_file_whose_taking_was_cut_off_before_the_move_comes_in_once(self):
        source = self._create_source()
        self._put("MW_CDR_1.csv")
        with patch.object(FolderBox, "put_aside", side_effect=OSError("cut off")):
            self._fetch_all()
        self.assertEqual(len(source.file_ids), 1)
        self.assertTrue((self.inbox / "MW_CDR_1.csv").exists())
        self._fetch_all()
        self.assertEqual(len(source.file_ids), 1)
        self.assertFalse((self.inbox / "MW_CDR_1.csv").exists())
        self.assertEqual(source.state, "running")

    def test_same_content_under_another_name_is_the_file_that_is_there(self):
        source = self._create_source()
        self._put("MW_CDR_1.csv")
        self._put("MW_CDR_2.csv")
        self._fetch_all()
        self.assertEqual(source.file_ids.name, "MW_CDR_1.csv")
        self.assertEqual(len(source.delivery_ids), 2)
        self.assertEqual(source.delivery_ids.file_id, source.file_ids)

    def test_folder_outside_of_the_allowed_one_is_told(self):
        source = self._create_source(folder="../..")
        self._fetch_all()
        self.assertIn("outside", source.error_message)

    def test_responsible_who_has_left_or_lost_the_right_is_told(self):
        source = self._create_source()
        self._put("MW_CDR_1.csv")
        self.manager.active = False
        self._fetch_all()
        self.assertIn("is archived", source.error_message)
        self.assertFalse(source.file_ids)

    def test_folder_is_watched_by_one_source_only(self):
        self._create_source()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            try:
                self._create_source()
            except Exception as error:
                raise ValidationError(str(error)) from error

    def test_secrets_of_a_server_are_read_by_administrators_only(self):
        source = self._create_source(kind="sftp", sftp_password="secret")
        for name in ("sftp_user", "sftp_password", "sftp_private_key", "token_hash"):
            with self.subTest(name), self.assertRaises(AccessError):
                source.with_user(self.manager).read([name])

    def test_rights_of_the_roles(self):
        source = self._create_source().with_user(self.manager)
        self.assertTrue(source.name)
        for operation in (
            lambda: source.write({"folder": "elsewhere"}),
            source.action_make_token,
            source.unlink,
            lambda: source.env["telecom.usage.delivery"].create({}),
        ):
            with self.subTest(operation), self.assertRaises(AccessError):
                operation()
        other = self.env["res.company"].create({"name": "Other cooperative"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.Source.with_user(self.manager).search([]))
