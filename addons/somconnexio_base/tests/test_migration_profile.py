# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..takeover.kinds import KINDS
from ..takeover.sample.profile import PROFILE
from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
class TestMigrationProfile(MigrationCommon):
    """How a source exports, as records and as a document."""

    def test_document_of_a_profile_makes_the_same_profile(self):
        document = self.profile.as_document()
        again = self.profile.load_document(json.dumps({**document, "code": "other"}))
        self.assertEqual(again.as_document(), {**document, "code": "other"})
        self.assertEqual(document["code"], PROFILE["code"])
        self.assertEqual(set(document["layouts"]), set(PROFILE["layouts"]))

    def test_document_of_a_known_code_changes_that_profile(self):
        text = json.dumps({**PROFILE, "delimiter": "\\t"})
        self.assertEqual(self.profile.load_document(text), self.profile)
        self.assertEqual(self.profile._delimiter(), "\t")

    def test_document_that_cannot_be_used_says_why(self):
        for text, message in (
            ("{", "no JSON"),
            ("[]", "JSON object"),
            (json.dumps({"code": "x"}), "JSON object"),
            (json.dumps({**PROFILE, "colour": 1}), "no “colour”"),
            (json.dumps({**PROFILE, "layouts": {"invoice": {}}}), "no “invoice”"),
            (json.dumps({**PROFILE, "country": "XX"}), "no country"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                self.profile.load_document(text)

    def test_new_layout_has_a_line_for_each_column(self):
        layout = self.env["telecom.migration.layout"].create(
            {
                "profile_id": self.profile.copy({"layout_ids": []}).id,
                "kind": "resource",
            }
        )
        targets = layout.column_ids.mapped("target")
        self.assertEqual(targets, list(KINDS["resource"].by_name))
        self.assertIn("external_id", layout.problem)

    def test_profile_without_layouts_gets_all_of_them(self):
        profile = self.profile.copy({"layout_ids": []})
        profile.action_add_layouts()
        self.assertEqual(profile.layout_ids.mapped("kind"), list(KINDS))
        self.assertIn("Numbers and lines:", profile.problem)

    def test_file_name_tells_what_a_file_holds(self):
        for name, kind in (
            ("terceros.csv", "partner"),
            ("TERCEROS_2026.xlsx", "partner"),
            ("facturas.csv", "bill"),
            ("other.csv", False),
        ):
            with self.subTest(name):
                self.assertEqual(self.profile._layout_for(name).kind, kind)

    def test_settings_that_contradict_themselves_are_refused(self):
        column = self.profile.layout_ids[0].column_ids[0]
        for record, vals, message in (
            (self.profile, {"code": "Old ERP"}, "cannot be the code"),
            (self.profile, {"delimiter": ";;"}, "one character"),
            (column, {"value_map": "a=b\nc"}, "written=meaning"),
            (column, {"date_pattern": "yyyy"}, "no date pattern"),
            (column, {"target": "colour"}, "is no column"),
        ):
            with (
                self.subTest(message),
                self.assertRaisesRegex(ValidationError, message),
                self.env.cr.savepoint(),
            ):
                record.write(vals)

    def test_code_of_a_used_profile_stays(self):
        self.env["telecom.migration.run"].create({"profile_id": self.profile.id})
        with self.assertRaisesRegex(UserError, "has been used"):
            self.profile.code = "another"
