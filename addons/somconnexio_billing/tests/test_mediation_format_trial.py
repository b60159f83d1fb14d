# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import gzip
import io
import zipfile

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .mediation_common import NOW, UsageCommon, wholesale_bytes, wholesale_line


def packed(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return target.getvalue()


def sample(*lines):
    return base64.b64encode(wholesale_bytes(*lines))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFormatTrial(UsageCommon):
    def test_sample_is_shown_as_the_format_reads_it(self):
        with Form(self.format) as form:
            form.sample = sample(wholesale_line())
            self.assertIn("34933334444", form.trial_html)
            self.assertIn("1 can be read, 0 cannot", form.trial_html)
            self.assertNotIn("table-danger", form.trial_html)

    def test_wrong_cell_is_marked_with_its_line_reason_and_remedy(self):
        with Form(self.format) as form:
            form.sample = sample(wholesale_line(), wholesale_line(TIPO="FAX"))
            page = form.trial_html
        self.assertEqual(page.count("table-danger"), 1)
        for text in ("FAX", "TIPO", "Unknown usage type", "Add it to the choices"):
            self.assertIn(text, page)

    def test_correcting_a_field_before_saving_takes_the_mark_away(self):
        with Form(self.format) as form:
            form.sample = sample(wholesale_line(), wholesale_line(TIPO="FAX"))
            index = self.format.field_ids.mapped("target").index("usage_type")
            with form.field_ids.edit(index) as line:
                line.value_map = f"{line.value_map}\nFAX=voice"
            self.assertNotIn("table-danger", form.trial_html)
        self.assertIn("FAX=voice", self._field("usage_type").value_map)

    def _field(self, target):
        return self.format.field_ids.filtered(lambda line: line.target == target)

    def test_sample_is_never_stored(self):
        with Form(self.format) as form:
            form.sample = sample(wholesale_line())
            form.name = "Renamed"
        self.format.invalidate_recordset()
        self.assertFalse(self.format.sample)
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", self.format._name), ("res_field", "=", "sample")]
            )
        )

    def test_file_that_would_be_quarantined_says_why_in_the_form(self):
        with Form(self.format) as form:
            form.sample = base64.b64encode(b"A;B\n1;2\n")
            self.assertIn("There is no column", form.trial_html)
            form.sample = base64.b64encode(gzip.compress(b"x" * 99)[:-9])
            self.assertIn("breaks off", form.trial_html)
            form.sample = base64.b64encode(packed(a=b"1")[:-9])
            self.assertIn("archive is damaged", form.trial_html)

    def test_format_that_cannot_be_used_says_what_is_missing(self):
        with Form(self.format) as form:
            form.sample = sample(wholesale_line())
            form.delimiter = False
            self.assertIn("must be one character", form.trial_html)
            form.delimiter = ";"

    def test_quarantined_file_can_be_tried_without_uploading_it(self):
        file = self._receive(wholesale_line(TIPO="FAX"))
        with Form(self.format) as form:
            form.trial_file_id = file
            self.assertIn("FAX", form.trial_html)

    def test_new_format_is_proposed_from_a_sample_and_reads_it(self):
        form = Form(self.env["telecom.usage.format"])
        form.name = "Proposed"
        form.code = "proposed"
        form.sample = sample(wholesale_line(), wholesale_line(TIPO="SMS"))
        self.assertIn("2 can be read, 0 cannot", form.trial_html)
        usage_format = form.save()
        self.assertEqual(usage_format.delimiter, ";")
        self.assertFalse(usage_format.problem)

    def test_name_of_a_sample_proposes_the_pattern_of_file_names(self):
        usage_format = self.format.new({"sample_name": "MW_CDR_20261003_0001.csv"})
        self.assertEqual(usage_format._pattern_of_sample(), "MW_CDR_*_*.csv")

    def test_proposal_never_overwrites_fields_that_are_there(self):
        before = self.format.field_ids.mapped("source")
        with Form(self.format) as form:
            form.sample = base64.b64encode(b"from,to,date\n1,2,3\n")
        self.assertEqual(self.format.field_ids.mapped("source"), before)

    def test_text_of_a_sample_is_no_markup_in_the_form(self):
        with Form(self.format) as form:
            form.sample = sample(wholesale_line(TIPO="<script>x</script>"))
            self.assertNotIn("<script>", form.trial_html)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestArchive(UsageCommon):
    def test_archive_gives_one_file_per_member(self):
        content = packed(
            MW_CDR_1=wholesale_bytes(wholesale_line()),
            MW_CDR_2=wholesale_bytes(wholesale_line(HORA="11:00:00")),
        )
        files = self.File.receive(content, "october.zip")
        self.assertEqual(files.mapped("name"), ["MW_CDR_1.csv", "MW_CDR_2.csv"])
        files.load_usage()
        self.assertEqual(files.mapped("event_count"), [1, 1])

    def test_member_is_the_same_file_as_its_content_sent_alone(self):
        first = self._receive(wholesale_line())
        content = packed(MW_CDR_1=wholesale_bytes(wholesale_line()))
        self.assertEqual(self.File.receive(content, "october.zip"), first)

    def test_hostile_archive_is_one_file_in_quarantine(self):
        content = packed(**{"../MW_CDR_1": b"x"})
        file = self.File.receive(content, "MW_CDR_october.csv")
        self.assertEqual(file.state, "quarantined")
        self.assertIn("unsafe name", file.error_message)
