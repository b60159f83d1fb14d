# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A file that lies is put aside whole, and somebody is told."""

import gzip
import io
import zipfile

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .mediation_common import NOW, UsageCommon, wholesale_bytes, wholesale_line

MANAGER = "somconnexio_base.group_telecom_billing_manager"


def fixed_file(count=1, seconds=65, cost=125):
    """Return a carrier's file of one call, whose trailer tells what it is given."""
    lines = [
        "HCARRIER100000720261004233000",
        f"D00000001{'34931234567':<15}{'612345678':<20}20261003102233"
        "00000650000000125NAO",
        f"T{count:08}{seconds:012}{cost:014}",
    ]
    return "".join(line.ljust(90) + "\r\n" for line in lines).encode()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestControls(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "controls_manager", MANAGER)
        cls.carrier = cls.env.ref("somconnexio_billing.usage_format_fixed_carrier")
        cls.carrier.responsible_id = cls.manager

    def _loaded_carrier(self, **told):
        file = self.File.receive(fixed_file(**told), "FIX_20261004_000007.txt")
        file.load_usage()
        return file

    def test_file_whose_trailer_tells_the_truth_is_loaded_without_a_task(self):
        file = self._loaded_carrier()
        self.assertEqual((file.state, file.row_count), ("loaded", 1))
        self.assertFalse(file.activity_ids)

    def test_file_whose_trailer_lies_is_put_aside_whole(self):
        for told, text in (
            ({"count": 2}, "tells of 2 records"),
            ({"seconds": 66}, "sum of quantities is 66"),
            ({"cost": 126}, "sum of costs is 0.0126"),
        ):
            with self.subTest(told):
                file = self._loaded_carrier(**told)
                self.assertEqual(file.state, "quarantined")
                self.assertIn(text, file.error_message)
                self.assertFalse(self._events(file) or file.rejection_ids)

    def test_file_in_quarantine_is_a_task_of_the_formats_responsible(self):
        file = self._loaded_carrier(count=2)
        self.assertEqual(file.activity_ids.user_id, self.manager)
        self.assertIn("tells of 2 records", file.activity_ids.note)

    def test_file_loaded_again_in_vain_is_still_one_task(self):
        file = self._loaded_carrier(count=2)
        file.load_usage()
        self.assertEqual(len(file.activity_ids), 1)

    def test_task_is_done_once_the_file_is_loaded(self):
        file = self._loaded_carrier(count=2)
        self.carrier.field_ids.filtered(lambda f: f.target == "control_count").unlink()
        file.load_usage()
        self.assertEqual(file.state, "loaded")
        self.assertFalse(file.activity_ids)

    def test_without_a_responsible_a_billing_manager_of_the_company_is_told(self):
        self.carrier.responsible_id = False
        user = self._loaded_carrier(count=2).activity_ids.user_id
        self.assertTrue(user.has_group(MANAGER))
        self.assertIn(self.company, user.company_ids)

    def test_billing_manager_who_loads_a_lying_file_gets_the_task(self):
        file = self.File.receive(fixed_file(count=2), "FIX_20261004_000007.txt")
        file.with_user(self.manager).load_usage()
        self.assertEqual(file.activity_ids.user_id, self.manager)

    def test_same_content_packed_in_any_way_is_the_same_file(self):
        content = wholesale_bytes(wholesale_line())
        first = self.File.receive(content, "MW_CDR_20261003_0001.csv")
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as target:
            target.writestr("MW_CDR_x.csv", content)
        for packed in (
            gzip.compress(content, 1, mtime=1),
            gzip.compress(content, 9, mtime=2),
            archive.getvalue(),
        ):
            self.assertEqual(self.File.receive(packed, "MW_CDR_again.csv"), first)
