# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import gzip
from tempfile import NamedTemporaryFile

from odoo.exceptions import UserError
from odoo.tests import tagged

from .mediation_common import UsageCommon, wholesale_bytes, wholesale_line


@tagged("post_install", "-at_install")
class TestReceive(UsageCommon):
    def test_received_file_keeps_its_bytes_compressed(self):
        content = wholesale_bytes(wholesale_line())
        file = self.File.receive(content, "MW_CDR_20261003_0001.csv")
        self.assertEqual(file.state, "received")
        self.assertEqual(file.format_id, self.format)
        self.assertEqual(file.size_bytes, len(content))
        self.assertEqual(file.content_name, "MW_CDR_20261003_0001.csv.gz")
        with file._open_content() as kept:
            self.assertEqual(gzip.decompress(kept.read()), content)

    def test_file_is_received_from_a_path(self):
        with NamedTemporaryFile() as source:
            source.write(wholesale_bytes(wholesale_line()))
            source.flush()
            file = self.File.receive(source.name, "MW_CDR_20261003_0001.csv")
        self.assertEqual(file.state, "received")

    def test_same_content_under_another_name_is_the_file_that_is_there(self):
        first = self._receive(wholesale_line())
        again = self._receive(wholesale_line(), name="MW_CDR_20261004_0002.csv")
        self.assertEqual(again, first)
        self.assertIn("MW_CDR_20261004_0002.csv", first.message_ids[0].body)

    def test_same_content_compressed_is_the_file_that_is_there(self):
        first = self._receive(wholesale_line())
        packed = gzip.compress(wholesale_bytes(wholesale_line()))
        again = self.File.receive(packed, "MW_CDR_20261003_0001.csv")
        self.assertEqual(again, first)

    def test_two_companies_may_receive_the_same_content(self):
        first = self._receive(wholesale_line())
        other = self.env["res.company"].create({"name": "Other cooperative"})
        second = self.File.with_company(other).receive(
            wholesale_bytes(wholesale_line()), first.name
        )
        self.assertNotEqual(second, first)
        self.assertEqual(second.company_id, other)

    def test_name_that_fits_no_format_is_refused_with_a_remedy(self):
        with self.assertRaisesRegex(UserError, "no usage format|No usage format"):
            self.File.receive(b"x", "unknown.dat")
        file = self.File.receive(b"x", "unknown.dat", format=self.format)
        self.assertEqual(file.format_id, self.format)

    def test_name_that_fits_several_formats_is_refused_with_their_names(self):
        self.format.copy({"code": "copy", "name": "A second one"})
        with self.assertRaisesRegex(UserError, "A second one"):
            self._receive(wholesale_line())

    def test_format_of_another_company_is_not_taken(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        self.format.copy({"code": "copy", "company_id": other.id})
        self.assertEqual(self._receive(wholesale_line()).format_id, self.format)

    def test_truncated_gzip_is_kept_in_quarantine(self):
        lines = "".join(f'{{"recordId": "{n}"}}\n' for n in range(500))
        content = gzip.compress(lines.encode())[:-20]
        file = self.File.receive(content, "DR_20261003.jsonl.gz")
        self.assertEqual(file.state, "quarantined")
        self.assertIn("breaks off", file.error_message)
        with file._open_content() as kept:
            self.assertEqual(kept.read(), content)

    def test_truncated_gzip_received_twice_is_one_file(self):
        content = gzip.compress(bytes(range(256)) * 50)[:-20]
        first = self.File.receive(content, "DR_20261003.jsonl.gz")
        self.assertEqual(self.File.receive(content, "DR_20261003.jsonl.gz"), first)

    def test_loaded_file_cannot_be_deleted_and_a_waiting_one_can(self):
        with self.assertRaisesRegex(UserError, "refer to it"):
            self._load(wholesale_line()).unlink()
        self._receive(wholesale_line(HORA="11:00:00")).unlink()
