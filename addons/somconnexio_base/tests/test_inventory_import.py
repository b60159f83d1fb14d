# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..spreadsheet import write_xlsx
from .common import SomconnexioCommon

SIM = ("8934041234567890122", "8934049900000000014")


@tagged("post_install", "-at_install")
class TestInventoryImport(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls._create_partner("Wholesale Mobile", is_company=True)
        cls.technician = new_test_user(
            cls.env, "test_tech", "somconnexio_base.group_telecom_technician"
        )
        cls.agent = new_test_user(
            cls.env, "test_agent", "somconnexio_base.group_telecom_agent"
        )
        cls.Import = cls.env["telecom.resource.import"].with_user(cls.technician)

    def _range(self, first, last, kind=None):
        return self.Import.create(
            {
                "kind_id": (kind or self.kind_msisdn).id,
                "provider_id": self.provider.id,
                "first_number": first,
                "last_number": last,
            }
        )

    def _file(self, content, name="sims.csv"):
        if isinstance(content, str):
            content = content.encode()
        return self.Import.create(
            {
                "kind_id": self.kind_iccid.id,
                "provider_id": self.provider.id,
                "source": "file",
                "content": base64.b64encode(content),
                "file_name": name,
            }
        )

    def _errors(self, record):
        return [(e.file_name, e.line, e.column, e.message) for e in record.error_ids]

    def test_range_of_numbers_is_checked_then_imported(self):
        record = self._range("655 00 00 98", "655 00 01 01")
        record.action_check()
        self.assertEqual((record.state, record.row_count), ("checked", 4))
        self.assertFalse(record.resource_count)
        record.action_import()
        self.assertEqual((record.state, record.resource_count), ("done", 4))
        resources = self.env["telecom.resource"].search(
            [("import_id", "=", record.id)], order="name"
        )
        self.assertEqual(
            resources.mapped("name"),
            ["34655000098", "34655000099", "34655000100", "34655000101"],
        )
        self.assertEqual(set(resources.mapped("state")), {"available"})
        self.assertEqual(resources.provider_id, self.provider)
        self.assertEqual(resources.company_id, self.company)
        with self.assertRaisesRegex(UserError, "imported already"):
            record.action_import()

    def test_range_that_cannot_be_meant_is_told(self):
        for first, last, message in (
            ("655000001", "655000000", "ends before it begins"),
            ("655000000", "655999999", "1000000 numbers"),
            ("655000000", "12", "not a valid"),
            ("655000000", False, "An empty value"),
            ("931234567", "931234568", "not a valid Mobile number"),
        ):
            with self.subTest(f"{first} {last}"):
                record = self._range(first, last)
                record.action_import()
                self.assertEqual(record.state, "checked")
                self.assertRegex(record.error_ids[0].message, message)
                self.assertFalse(record.resource_count)

    def test_range_of_cards_is_sent_to_a_file(self):
        record = self._range(*SIM, kind=self.kind_iccid)
        record.action_check()
        self.assertIn("from a file", record.error_ids.message)

    def test_sheet_of_cards_is_imported_with_its_codes_and_forgotten(self):
        xlsx = write_xlsx(
            ["iccid", "pin", "puk", "external_ref"],
            [[SIM[0], "0042", "12345678", "B1"], [SIM[1], "1111", "00000001", "B2"]],
        )
        for content, name in (
            (f"iccid;pin;puk\n{SIM[0]};0042;12345678\n", "sims.csv"),
            (xlsx, "sims.xlsx"),
        ):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                record = self._file(content, name)
                record.action_import()
                self.assertEqual(self._errors(record), [])
                self.assertEqual(record.state, "done")
                self.assertFalse(record.content)
                card = self.env["telecom.resource"].search([("name", "=", SIM[0])])
                self.assertEqual((card.pin, card.puk), ("0042", "12345678"))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_one_wrong_row_keeps_everything_out_and_is_named(self):
        self._create_resource("iccid", SIM[1])
        record = self._file(
            "iccid,pin,puk\n"
            f"{SIM[0]},0042,12345678\n"
            f"{SIM[0]},42,12345678\n"
            f"8934041234567890123,0042,1234\n"
            f"{SIM[1]},0042,12345678\n"
        )
        record.action_import()
        self.assertEqual((record.state, record.error_count), ("checked", 5))
        found = {(line, column) for _file, line, column, _text in self._errors(record)}
        self.assertEqual(
            found,
            {(3, "pin"), (3, "iccid"), (4, "iccid"), (4, "puk"), (5, "iccid")},
        )
        texts = " ".join(message for *_place, message in self._errors(record))
        for part in ("line 2 already", "check digit", "exists already", "as text"):
            self.assertIn(part, texts)
        self.assertNotIn("0042", texts)
        self.assertEqual({row[0] for row in self._errors(record)}, {"sims.csv"})
        self.assertFalse(record.resource_count)

    def test_corrected_file_is_imported_by_the_same_record(self):
        record = self._file(f"iccid\n{SIM[0][:-1]}9\n")
        record.action_check()
        self.assertEqual(record.error_count, 1)
        record.content = base64.b64encode(f"iccid\n{SIM[0]}\n".encode())
        record.action_import()
        self.assertEqual((record.state, record.error_count), ("done", 0))

    def test_file_that_cannot_be_read_is_told_why(self):
        for content, message in (
            (b"", "Choose a CSV"),
            (b"\xff\xfe", "UTF-8"),
            (b"serial\n1\n", "'serial' is no column"),
            (b"pin\n1234\n", "one column"),
            (b"PK\x03\x04broken", "no workbook"),
        ):
            with self.subTest(content):
                record = self._file(content)
                record.action_check()
                self.assertRegex(record.error_ids[0].message, message)

    def test_thousands_of_numbers_take_few_queries(self):
        record = self._range("655000000", "655009999")
        self.env.flush_all()
        queries = self._count_queries(record.action_import)
        self.assertEqual(record.resource_count, 10_000)
        self.assertLessEqual(queries, 40)

    def test_codes_are_read_by_those_who_may_and_nobody_else(self):
        card = self._create_resource("iccid", pin="0042", puk="12345678")
        self.assertEqual(card.with_user(self.technician).puk, "12345678")
        for name in ("pin", "puk", "pin2", "puk2"):
            with self.subTest(name), self.assertRaises(AccessError):
                card.with_user(self.agent).read([name])
        self.agent.group_ids += self._ref("group_telecom_sim_secrets")
        self.assertEqual(card.with_user(self.agent).puk, "12345678")
        self.assertFalse(card.copy({"name": self._next_value("iccid")}).puk)

    def test_agents_import_nothing(self):
        with self.assertRaises(AccessError):
            self.Import.with_user(self.agent).create({"kind_id": self.kind_msisdn.id})

    def test_import_of_another_company_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Islands"})
        record = self.env["telecom.resource.import"].create(
            {"kind_id": self.kind_msisdn.id, "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            record.with_user(self.technician).read(["name"])

    def test_file_that_nobody_imported_is_removed_after_a_week(self):
        record = self._file(f"iccid\n{SIM[0][:-1]}9\n")
        record.action_check()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE telecom_resource_import SET write_date = '2020-01-01'"
            " WHERE id = %s",
            [record.id],
        )
        self.env["telecom.resource.import"]._gc_contents()
        self.env.invalidate_all()
        self.assertFalse(record.content)

    def test_form_imports_what_was_checked(self):
        form = Form(self.Import)
        form.kind_id = self.kind_msisdn
        form.first_number, form.last_number = "655000000", "655000001"
        record = form.save()
        record.action_check()
        record.action_import()
        self.assertEqual(record.resource_count, 2)
        action = record.action_view_resources()
        found = self.env["telecom.resource"].search_count(action["domain"])
        self.assertEqual(found, 2)
