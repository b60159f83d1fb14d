# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
import re
from pathlib import Path

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..partner_data.kinds import ENTITIES, PERSONS
from .common import SomconnexioCommon

SCHEMA_PATH = Path(__file__).parents[3] / "docs" / "partner.schema.json"


@tagged("post_install", "-at_install")
class TestPartnerQuality(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spain = cls.env.ref("base.es")
        cls.raw = cls.env["res.partner"].create(
            {
                "name": "SOLER PUIG, MARIA",
                "vat": "ES40001111V",
                "phone": "612 34 56 78",
                "email": "Maria@Example.org",
                "street": "Carrer Major 3",
                "zip": "8820",
                "city": "el Prat",
                "country_id": cls.spain.id,
                "bank_ids": [(0, 0, {"acc_number": "es9121000418450200051332"})],
            }
        )
        cls.agent = new_test_user(
            cls.env, "test_care", "somconnexio_base.group_telecom_agent"
        )

    def _items(self, partner):
        check = partner.with_user(self.agent).telecom_data_check
        return {item["name"]: item for item in check["items"]}

    def test_what_was_typed_stays_until_the_normal_form_is_accepted(self):
        self.assertEqual(self.raw.phone, "612 34 56 78")
        items = self._items(self.raw)
        self.assertEqual(items["phone"]["proposal"], "+34612345678")
        self.assertEqual(items["name"]["proposal"], "Maria Soler Puig")
        self.assertEqual(items["zip"]["changes"], {"zip": "08820"})
        self.assertEqual(items["state"]["changes"]["state_id"]["id"], self._state("B"))
        self.assertEqual(items["vat"]["state"], "valid")
        self.assertFalse(items["vat"]["proposal"])

    def _state(self, code):
        return self.env.ref(f"base.state_es_{code.lower()}").id

    def test_accepted_normal_forms_are_written_and_noted(self):
        self.assertEqual(self.raw.with_user(self.agent).accept_normal_forms(), 1)
        self.assertEqual(self.raw.name, "Maria Soler Puig")
        self.assertEqual(self.raw.phone, "+34612345678")
        self.assertEqual(self.raw.email, "maria@example.org")
        self.assertEqual(
            (self.raw.zip, self.raw.state_id.id), ("08820", self._state("B"))
        )
        self.assertEqual(self.raw.bank_ids.acc_number, "ES91 2100 0418 4502 0005 1332")
        self.assertIn("612 34 56 78 → +34612345678", self.raw.message_ids[0].body)
        self.assertEqual(self.raw.with_user(self.agent).accept_normal_forms(), 0)

    def test_wrong_values_are_shown_and_never_changed(self):
        self.raw.phone = "12345"
        item = self._items(self.raw)["phone"]
        self.assertEqual((item["state"], item["proposal"]), ("invalid", ""))
        self.assertIn("no such number", item["message"])
        self.raw.accept_normal_forms()
        self.assertEqual(self.raw.phone, "12345")

    def test_form_shows_validity_while_somebody_types(self):
        with Form(self.env["res.partner"].with_user(self.agent)) as form:
            form.name = "Joan Mas"
            form.phone = "931234567"
            check = form.telecom_data_check
            phone = next(item for item in check["items"] if item["name"] == "phone")
            self.assertEqual(phone["proposal"], "+34931234567")
            self.assertIn("Tax ID", check["missing"])

    def test_bank_account_shows_whether_it_is_an_iban(self):
        account = self.raw.bank_ids
        self.assertEqual(account.telecom_iban_state, "valid")
        account.acc_number = "12345"
        self.assertEqual(account.telecom_iban_state, "invalid")

    def test_kind_of_entity_follows_the_letter_of_the_cif(self):
        for vat, kind in (
            ("ESB58378431", "company"),
            ("ESG08377277", "association"),
            ("ESP0800000B", "administration"),
            (False, "company"),
        ):
            with self.subTest(vat):
                entity = self.env["res.partner"].create(
                    {"name": "Entity", "is_company": True, "vat": vat}
                )
                self.assertEqual(entity.telecom_partner_kind, kind)

    def test_kind_makes_an_entity_or_a_person(self):
        partner = self.env["res.partner"].create(
            {"name": "Club", "telecom_partner_kind": "association"}
        )
        self.assertTrue(partner.is_company)
        partner.telecom_partner_kind = "self_employed"
        self.assertFalse(partner.is_company)
        with self.assertRaisesRegex(ValidationError, "Set both alike"):
            partner.write({"telecom_partner_kind": "company", "is_company": False})

    def test_score_follows_the_data_and_its_source(self):
        self.assertEqual(self.raw.telecom_validity, 100)
        before = self.raw.telecom_quality_score
        self.raw.phone = False
        self.assertLess(self.raw.telecom_quality_score, before)
        self.raw.phone = "12345"
        self.assertLess(self.raw.telecom_validity, 100)
        self.env["telecom.external.id"]._link(self.raw, "crm", "Q-1")
        self.env.flush_all()
        groups = (
            self.env["telecom.partner.quality"]
            .with_user(self.agent)
            ._read_group(
                [("partner_id", "in", (self.raw | self.partner).ids)],
                ["system"],
                ["telecom_quality_score:avg"],
            )
        )
        self.assertEqual(
            dict(groups),
            {
                "crm": self.raw.telecom_quality_score,
                False: self.partner.telecom_quality_score,
            },
        )

    def test_api_tells_normal_forms_and_writes_nothing(self):
        found = (
            self.env["res.partner"]
            .with_user(self.agent)
            .normal_forms({"vat": "40001111A", "zip": "8820", "country": "ES"})
        )
        self.assertEqual(found["vat"]["detail"], "checksum")
        self.assertEqual(found["zip"]["normal"], "08820")
        self.assertEqual(found["state"]["normal"], "B")
        self.assertNotIn("phone", found)

    def test_documents_agree_with_the_published_schema(self):
        if not SCHEMA_PATH.exists():
            self.skipTest("the addon is installed without the project's documents")
        schema = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
        self.env["telecom.external.id"]._link(self.raw, "crm", "Q-1")
        documents = (self.raw | self.partner).with_user(self.agent).partner_document()
        self.assertEqual(len(documents), 2)
        for document in documents:
            self._check(document, schema, "partner")
        self.assertEqual(documents[0]["phone"], "+34612345678")
        kinds = schema["properties"]["kind"]["enum"]
        self.assertEqual(set(kinds), {*PERSONS, *ENTITIES})

    def _check(self, value, schema, where):
        """Assert that a value is as the part of a JSON Schema says that we use."""
        types = {"object": dict, "array": list, "string": str, "integer": int}
        self.assertIsInstance(value, types[schema["type"]], where)
        if "enum" in schema:
            self.assertIn(value, schema["enum"], where)
        if "pattern" in schema:
            self.assertTrue(re.search(schema["pattern"], value), where)
        for item in value if schema["type"] == "array" else ():
            self._check(item, schema["items"], where)
        if schema["type"] == "object":
            self.assertFalse(set(schema.get("required", ())) - value.keys(), where)
            self.assertFalse(value.keys() - schema["properties"].keys(), where)
            for name, part in value.items():
                self._check(part, schema["properties"][name], f"{where}.{name}")

    def test_technician_changes_no_partner(self):
        user = new_test_user(
            self.env, "test_tech", "somconnexio_base.group_telecom_technician"
        )
        with self.assertRaises(AccessError):
            self.raw.with_user(user).accept_normal_forms()
