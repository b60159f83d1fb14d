# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .mediation_common import UsageCommon, wholesale_line

GOLDEN = Path(__file__).parent / "golden" / "mediation"


@tagged("post_install", "-at_install")
class TestFormat(UsageCommon):
    def _field(self, target):
        return self.format.field_ids.filtered(lambda field: field.target == target)

    def test_shipped_formats_can_be_used(self):
        for name in ("mobile_wholesale", "fixed_carrier", "data_roaming"):
            with self.subTest(name):
                usage_format = self.env.ref(f"somconnexio_billing.usage_format_{name}")
                self.assertFalse(usage_format.problem)

    def test_tab_between_columns_can_be_typed(self):
        self.format.delimiter = "\\t"
        self.assertFalse(self.format.problem)
        self.assertEqual(self.format._spec().delimiter, "\t")

    def test_problem_is_found_in_the_header_and_the_trailer_too(self):
        usage_format = self.env.ref("somconnexio_billing.usage_format_fixed_carrier")
        for kind in ("header", "trailer"):
            field = usage_format.field_ids.filtered(lambda f, k=kind: f.line_kind == k)
            source = field[0].source
            field[0].source = "nowhere"
            self.assertIn("nowhere", usage_format.problem)
            field[0].source = source
            self.assertFalse(usage_format.problem)

    def test_problem_is_found_in_what_numbers_and_amounts_are_made_by(self):
        for record, values in (
            (self.format, {"country_code": "+34"}),
            (self.format, {"national_number_length": 0}),
            (self._field("quantity"), {"factor": 0}),
        ):
            with self.subTest(values):
                before = record.read(list(values))[0]
                record.write(values)
                self.assertTrue(self.format.problem)
                record.write({name: before[name] for name in values})
                self.assertFalse(self.format.problem)

    def test_problem_names_the_field_and_the_remedy(self):
        self._field("direction").value_map = "S=outwards"
        self.assertEqual(
            self.format.problem, "direction: 'outwards' is no value of it."
        )

    def test_problem_tells_a_pattern_that_cannot_be_read(self):
        self._field("started_date").pattern = "%d of %B"
        self.assertIn("'%d of %B' is no pattern", self.format.problem)

    def test_problem_tells_a_value_map_without_meaning(self):
        self._field("usage_type").value_map = "VOZ"
        self.assertEqual(
            self.format.problem, "usage_type: 'VOZ' is not written=meaning."
        )

    def test_problem_tells_what_is_missing(self):
        self._field("quantity").unlink()
        self.assertIn("an event cannot be without it", self.format.problem)

    def test_format_is_described_in_its_form(self):
        with Form(self.env["telecom.usage.format"]) as form:
            form.name = "New carrier"
            form.code = "new_carrier"
            form.file_name_pattern = "NEW_*.csv"
            for target, source, value_type in (
                ("served_number", "1", "number"),
                ("started_at", "2", "datetime"),
                ("quantity", "3", "integer"),
            ):
                with form.field_ids.new() as line:
                    line.target = target
                    line.source = source
                    line.value_type = value_type
            for target, default in (("usage_type", "sms"), ("direction", "outgoing")):
                with form.field_ids.new() as line:
                    line.target = target
                    line.value_type = "choice"
                    line.default_value = default
        self.assertFalse(form.record.problem)
        file = self.File.receive(b"699000123;2026-10-03T10:00:00Z;1\n", "NEW_1.csv")
        file.load_usage()
        self.assertEqual(self._events(file).usage_type_id.code, "sms")

    def test_new_usage_type_needs_a_record_and_no_code(self):
        self.env["telecom.usage.type"].create(
            {"name": "Fax", "code": "fax", "unit": "unit", "display_unit_name": "page"}
        )
        self._field("usage_type").value_map += "\nFAX=fax"
        self.assertFalse(self.format.problem)

    def test_usage_type_in_use_cannot_be_deleted(self):
        self._load(wholesale_line())
        with self.assertRaisesRegex(UserError, "usage of type Voice"):
            self.env.ref("somconnexio_billing.usage_type_voice").unlink()

    def test_copied_format_keeps_its_fields(self):
        copied = self.format.copy({"code": "copy"})
        self.assertEqual(len(copied.field_ids), len(self.format.field_ids))
        self.assertFalse(copied.problem)

    @freeze_time("2026-11-14 00:00:00")
    def test_shipped_formats_load_the_golden_files_as_expected(self):
        for path in sorted(GOLDEN.glob("*.json")):
            source = path.with_name(path.name.removesuffix(".expected.json"))
            with self.subTest(source.name):
                file = self.File.receive(source, source.name)
                file.format_id.max_rejected_ratio = 1
                file.load_usage()
                self._assert_golden(file, json.loads(path.read_text()))

    def _assert_golden(self, file, expected):
        events = [row for row in expected if row["row"] == "UsageRecord"]
        keys = {row["event_key"] for row in events}
        self.assertEqual(file.event_count, len(keys))
        self.assertEqual(file.duplicate_count, len(events) - len(keys))
        self.assertEqual(
            {
                row.line_number: row.reason
                for row in file.rejection_ids
                if row.reason != "duplicate"
            },
            {
                row["line_number"]: row["reason"]
                for row in expected
                if row["row"] == "Rejection"
            },
        )
        self.assertEqual(
            {
                (event.line_number, event.served_number, str(event.started_at))
                for event in self._events(file)
            }
            - {
                (row["line_number"], row["served_number"], row["started_at"])
                for row in events
            },
            set(),
        )
