# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .mediation_common import UsageCommon

SHIPPED = ("mobile_wholesale", "fixed_carrier", "data_roaming")


@tagged("post_install", "-at_install")
class TestFormatDocument(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Document = cls.env["telecom.usage.format.document"]
        cls.format.max_rejected_ratio = 0.1
        cls.formats = cls.env["telecom.usage.format"].browse(
            [cls.env.ref(f"somconnexio_billing.usage_format_{n}").id for n in SHIPPED]
        )

    def _exported(self):
        return json.loads(base64.b64decode(self.formats._document_content()))

    def _wizard(self, document):
        content = base64.b64encode(json.dumps(document).encode())
        return self.Document.create({"name": "formats.json", "content": content})

    def test_shipped_formats_exported_and_imported_change_nothing(self):
        wizard = self._wizard(self._exported())
        self.assertEqual(wizard.changes, "Nothing changes.")
        before = [usage_format._spec() for usage_format in self.formats]
        lines = self.formats.field_ids
        wizard.action_import()
        self.assertEqual([row._spec() for row in self.formats], before)
        self.assertEqual(self.formats.field_ids, lines)

    def test_formats_deleted_and_imported_are_what_they_were(self):
        document, before = self._exported(), [row._spec() for row in self.formats]
        self.formats.unlink()
        wizard = self._wizard(document)
        self.assertIn("Mobile wholesaler: calls and messages: is new.", wizard.changes)
        wizard.action_import()
        made = self.env["telecom.usage.format"].search([("code", "in", SHIPPED)])
        by_code = {row.code: row._spec() for row in made}
        self.assertEqual([by_code[code] for code in SHIPPED], before)

    def test_export_is_readable_and_leaves_out_what_is_usual(self):
        document = self._exported()
        carrier = next(f for f in document["formats"] if f["code"] == "fixed_carrier")
        cost = next(f for f in carrier["fields"] if f["target"] == "wholesale_cost")
        self.assertEqual(cost["factor"], "0.0001")
        self.assertNotIn("delimiter", carrier)

    def test_import_tells_what_changes_before_it_does(self):
        document = self._exported()
        wholesale = next(
            f for f in document["formats"] if f["code"] == "mobile_wholesale"
        )
        wholesale["timezone"] = "Atlantic/Canary"
        wholesale["fields"][0]["source"] = "REGISTRO"
        del wholesale["fields"][-1]
        wizard = self._wizard(document)
        name = self.format.name
        self.assertEqual(
            wizard.changes.splitlines(),
            [
                f"{name}: Timezone: Europe/Madrid → Atlantic/Canary",
                f"{name}: the field Wholesale cost goes.",
                f"{name}: Provider's record id, Source: ID_REGISTRO → REGISTRO",
            ],
        )
        self.assertEqual(self.format.timezone, "Europe/Madrid")
        wizard.action_import()
        self.assertEqual(self.format.timezone, "Atlantic/Canary")
        self.assertNotIn("wholesale_cost", self.format.field_ids.mapped("target"))

    def test_format_that_could_not_be_used_is_refused_and_nothing_changes(self):
        document = self._exported()
        document["formats"][0]["timezone"] = "Atlantic/Canary"
        document["formats"][1]["fields"][0]["source"] = "no place"
        before = [usage_format._spec() for usage_format in self.formats]
        with self.assertRaisesRegex(UserError, "could not be used"):
            with self.cr.savepoint():
                self._wizard(document).action_import()
        self.assertEqual([row._spec() for row in self.formats], before)

    def test_mistake_in_a_file_is_told_with_its_place_in_the_form(self):
        document = self._exported()
        document["formats"][1]["fields"][0]["sauce"] = "A"
        with Form(self.Document) as form:
            form.content = base64.b64encode(json.dumps(document).encode())
            self.assertIn("formats[1].fields[0].sauce", form.error_message)
            self.assertFalse(form.has_changes)

    def test_choice_that_there_is_not_is_refused_with_its_name(self):
        document = self._exported()
        document["formats"][0]["container"] = "punched cards"
        with self.assertRaisesRegex(UserError, "punched cards"):
            self._wizard(document).action_import()

    def test_billing_manager_may_export_and_only_an_administrator_import(self):
        manager, admin = (
            new_test_user(
                self.env, f"document_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("billing_manager", "admin")
        )
        action = self.formats.with_user(manager).action_export()
        self.assertIn("usage_formats.json", action["url"])
        document = self._exported()
        document["formats"][0]["timezone"] = "Atlantic/Canary"
        with self.assertRaises(AccessError):
            self._wizard(document).with_user(manager).action_import()
        content = self._wizard(document).content
        self.Document.with_user(admin).create({"content": content}).action_import()
        self.assertEqual(
            self.env["telecom.usage.format"]
            .search([("code", "=", document["formats"][0]["code"])])
            .timezone,
            "Atlantic/Canary",
        )
