# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64decode, b64encode
from io import BytesIO

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..spreadsheet import TableError
from .catalogue_common import CatalogueCommon
from .common import NOW

HEADER = "code,name,kind,service_type,price,price_with_tax,packs,eligibility\n"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCatalogueImport(CatalogueCommon):
    """The catalogue as a workbook: written, compared, applied."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {"name": "VAT 21", "amount": 21, "type_tax_use": "sale"}
        )
        cls.company.account_sale_tax_id = cls.tax
        cls.template = cls.single.product_tmpl_id
        cls.template.write({"default_code": "TEST_MOBILE", "taxes_id": cls.tax.ids})

    def _import(self, text, **vals):
        """Return an import of a CSV text or bytes, compared."""
        content = text if isinstance(text, bytes) else (HEADER + text).encode()
        wizard = self.env["telecom.catalogue.import"].create(
            {"file": b64encode(content), **vals}
        )
        wizard.action_compare()
        return wizard

    def _product(self, code):
        return self.env["product.template"].search([("default_code", "=", code)])

    def test_one_row_is_a_product(self):
        self._rule()
        wizard = self._import(
            "TEST_NEW,New mobile,offering,mobile,,12.10,TEST_PINYA/mobile,TEST_RULE\n"
        )
        line = wizard.line_ids
        self.assertEqual(
            (line.change, line.name, line.line_number), ("added", "TEST_NEW", 2)
        )
        self.assertFalse(self._product("TEST_NEW"))
        wizard.action_apply()
        product = self._product("TEST_NEW")
        self.assertEqual((product.name, product.list_price), ("New mobile", 10))
        self.assertEqual(product.type, "service")
        self.assertTrue(product.is_telecom_offering)
        self.assertEqual(product.telecom_pack_slot_ids, self.slot_mobile)
        self.assertEqual(product.telecom_eligibility_rule_ids.code, "TEST_RULE")
        self.assertFalse(self._import("TEST_NEW,New mobile,,,,,,\n").line_ids)

    def _rule(self):
        return self.env["telecom.eligibility.rule"].create(
            {"name": "Rule", "code": "TEST_RULE", "kind": "member"}
        )

    def test_workbook_has_the_languages_of_packs_parts_and_rules(self):
        for lang in ("ca_ES", "es_ES"):
            self.env["res.lang"]._activate_lang(lang)
        self._rule()
        book = openpyxl.load_workbook(BytesIO(self._export()))
        for name, columns in (
            ("packs", {"name_ca", "name_es", "note_ca"}),
            ("parts", {"name_ca", "name_es"}),
            ("rules", {"name_ca", "explanation_es"}),
            ("offerings", {"name_ca", "terms_es", "in_packs_only"}),
        ):
            titles = {cell.value for cell in next(book[name].rows)}
            self.assertLessEqual(columns, titles, name)
        sheet = openpyxl.Workbook()
        sheet.active.title = "packs"
        sheet.active.append(["code", "name_ca"])
        sheet.active.append(["TEST_PINYA", "Pinya gran"])
        content = BytesIO()
        sheet.save(content)
        self._import(content.getvalue()).action_apply()
        pack = self.pack.with_context(lang="ca_ES")
        self.assertEqual((pack.name, self.pack.name), ("Pinya gran", "Pinya"))

    def test_only_what_differs_is_shown_and_written(self):
        wizard = self._import("TEST_MOBILE,Mobile small,,,11,,,\n")
        line = wizard.line_ids
        self.assertEqual((line.before, line.after), ("price 10.00", "price 11.00"))
        wizard.action_apply()
        self.assertEqual(self.template.list_price, 11)

    def test_either_price_may_be_written(self):
        for cells, price in (
            ("TEST_MOBILE,,,,,24.20,,", 20),
            ("TEST_MOBILE,,,,30,24.20,,", 30),
            ("TEST_MOBILE,,,,30,48.40,,", 40),
            ("TEST_MOBILE,,,,10,12.10,,", 10),
            ("TEST_MOBILE,,,,,12.10,,", 10),
        ):
            self._import(cells + "\n").action_apply()
            self.assertEqual(self.template.list_price, price)
        with self.assertRaisesRegex(UserError, "line 2, price_with_tax: 50.00 without"):
            self._import("TEST_MOBILE,,,,50,70,,\n")

    def test_faults_are_told_all_at_once_with_their_place(self):
        with self.assertRaises(UserError) as caught:
            self._import(
                "TEST_MOBILE,,car,pigeon,cheap,,NONE/mobile,\n,No code,,,,,,\n"
                "TEST_MOBILE,,,,,,,\n"
            )
        text = str(caught.exception)
        for words in (
            "line 2, kind: 'car' is none of",
            "line 2, service_type: there is no pigeon",
            "line 2, price: 'cheap' is no amount",
            "line 2, packs: there is no NONE/mobile",
            "line 3, code: is missing",
        ):
            self.assertIn(f"sheet offerings, {words}", text)
        self.assertEqual(self.template.list_price, 10)

    def test_faults_are_told_in_the_language_of_who_imports(self):
        content = b64encode((HEADER + "TEST_MOBILE,,car,,,,,\n").encode())
        wizard = self.env["telecom.catalogue.import"].create({"file": content})
        in_english = "sheet offerings, line 2, kind: 'car' is none of "
        with self.assertRaisesRegex(UserError, in_english):
            wizard.action_compare()
        told = []

        def in_catalan(source, **values):
            told.append(source)
            return source % values

        with self.assertRaises(TableError) as caught:
            self.env["telecom.catalogue"]._compare(b64decode(content))
        caught.exception.told(in_catalan)
        self.assertEqual(
            told[:2],
            ["%(text)s is none of %(choices)s", "%(column)s: %(fault)s"],
        )

    def test_row_that_stands_twice_is_refused(self):
        with self.assertRaisesRegex(UserError, "TEST_MOBILE is on line 2 too"):
            self._import("TEST_MOBILE,,,,,,,\nTEST_MOBILE,,,,,,,\n")

    def test_complete_file_archives_what_it_leaves_out(self):
        other = self._create_offering("Other", 5, default_code="TEST_OTHER")
        wizard = self._import("TEST_MOBILE,,,,,,,\n", is_complete=True)
        self.assertIn("TEST_OTHER", wizard.line_ids.mapped("name"))
        wizard.action_apply()
        self.assertFalse(other.product_tmpl_id.active)
        self.assertTrue(self.template.active)

    def test_change_in_between_asks_to_compare_again(self):
        wizard = self._import("TEST_MOBILE,,,,11,,,\n")
        self.template.list_price = 12
        with self.assertRaisesRegex(UserError, "compare again"):
            wizard.action_apply()
        wizard.action_back()
        self.assertFalse(wizard.line_ids)

    def test_file_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose a workbook"):
            self.env["telecom.catalogue.import"].create({}).action_compare()
        with self.assertRaisesRegex(UserError, "more than 5 MB"):
            self._import(b"x" * (5 * 1024 * 1024 + 1))
        with self.assertRaisesRegex(UserError, "no workbook"):
            self._import(b"PK\x03\x04")

    def test_exported_workbook_comes_back_without_a_difference(self):
        self.template.telecom_allowance_text = "=1+1"
        self.company._telecom_dated_pricelist()
        self._price("2026-12-01", "12")
        content = self._export()
        wizard = self._import(content, is_complete=True)
        self.assertEqual(wizard.line_ids.mapped("after"), [])
        book = openpyxl.load_workbook(BytesIO(content))
        self.assertEqual(
            book.sheetnames,
            [
                "offerings",
                "rules",
                "packs",
                "parts",
                "effects",
                "compatibility",
                "prices",
            ],
        )

    def _export(self):
        wizard = self.env["telecom.catalogue.export"].create({})
        wizard.action_export()
        return b64decode(wizard.file)

    def _price(self, day, price):
        rows = {
            "prices": [(2, {"offering": "TEST_MOBILE", "from": day, "price": price})]
        }
        Catalogue = self.env["telecom.catalogue"]
        Catalogue._apply(Catalogue._compare_rows(rows))

    def test_dated_price_holds_from_its_day(self):
        self._price("2026-12-01", "12")
        self._price("2027-03-01", "14")
        prices = [
            self.template._telecom_prices_on(self._day(day), self.company)[
                self.template.id
            ]
            for day in ("2026-11-30", "2026-12-01", "2027-02-28", "2027-03-01")
        ]
        self.assertEqual(prices, [10, 12, 12, 14])
        self._price("2027-03-01", "15")
        self.assertEqual(len(self.company.telecom_pricelist_id.item_ids), 2)

    def test_pack_with_its_parts_and_table_is_made_from_rows(self):
        rows = {
            "packs": [(2, {"code": "TEST_DUO", "name": "Duo"})],
            "parts": [
                (
                    2,
                    {
                        "pack": "TEST_DUO",
                        "code": "mobile",
                        "service_type": "mobile",
                        "minimum": "2",
                        "maximum": "2",
                    },
                )
            ],
            "effects": [
                (
                    2,
                    {
                        "pack": "TEST_DUO",
                        "row": "10",
                        "part": "TEST_DUO/mobile",
                        "get": "TEST_DUO_TARIFF",
                    },
                )
            ],
            "offerings": [
                (
                    2,
                    {
                        "code": "TEST_DUO_TARIFF",
                        "kind": "offering",
                        "service_type": "mobile",
                        "packs": "TEST_DUO/mobile",
                    },
                )
            ],
        }
        Catalogue = self.env["telecom.catalogue"]
        Catalogue._apply(Catalogue._compare_rows(rows))
        pack = self.env["telecom.pack"].search([("code", "=", "TEST_DUO")])
        self.assertEqual((pack.slot_ids.minimum, pack.slot_ids.maximum), (2, 2))
        self.assertEqual(
            pack.effect_ids.product_tmpl_id.default_code, "TEST_DUO_TARIFF"
        )
        self.assertEqual(Catalogue._compare_rows(rows), [])

    def test_example_is_the_demonstrations_catalogue(self):
        Catalogue = self.env["telecom.catalogue"]
        wizard = self.env["telecom.catalogue.import"].create({})
        wizard.action_example()
        Catalogue._load_example()
        self.assertEqual(Catalogue._compare(b64decode(wizard.example)), [])
        self.assertEqual(Catalogue._compare_rows(Catalogue._example_rows()), [])
        self.assertEqual(Catalogue._compare(Catalogue._example_book()), [])
        product = self._product("SE_SC_REC_BA_F_300_COM_8_11")
        self.assertIn(
            "8 to 11", product._eligibility_problems(self.partner, homes=5)[0]
        )
        codes = {"PINYA", "SHARED_50", "SHARED_120"}
        packs = self.env["telecom.pack"].search([("code", "in", list(codes))])
        self.assertEqual(set(packs.mapped("code")), codes)
