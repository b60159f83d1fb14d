# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The screens that import and export rates, destinations and whole tariffs."""

from base64 import b64decode, b64encode
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.translate import code_translations

from ..tariff_document import parse
from .rating_common import RatingCommon, make_spanish

HEADER = "usage_type,destination,unit_price,price_unit,category"
DAY = date(2026, 11, 1)


@tagged("post_install", "-at_install")
class TestTariffImport(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_spanish(cls.env)
        cls.Import = cls.env["telecom.tariff.import"]
        cls.mobile_rate = cls._create_rate("0.10", destination_id=cls.to_mobile.id)
        cls.fixed_rate = cls._create_rate("0.05", destination_id=cls.to_fixed.id)

    def _row(self, price, destination="", price_unit=60):
        code = destination.code if destination else ""
        return f"voice,{code},{price},{price_unit},{self.category.code}"

    def _wizard(self, *rows, header=HEADER, **vals):
        content = "\n".join([header, *rows]).encode()
        return self.Import.create(
            {
                "kind": "rates",
                "tariff_id": self.tariff.id,
                "valid_from": DAY,
                "file": b64encode(content),
                "file_name": "rates.csv",
                **vals,
            }
        )

    def _compare(self, *rows, **vals):
        wizard = self._wizard(*rows, **vals)
        wizard.action_compare()
        return wizard

    def _changes(self, wizard):
        return sorted((line.change, line.line_number) for line in wizard.line_ids)

    def test_differences_are_shown_and_nothing_is_changed_yet(self):
        wizard = self._compare(
            self._row("0.12", self.to_mobile),
            self._row("0.05", self.to_fixed),
            self._row("0.50", self.to_france),
        )
        self.assertEqual(self._changes(wizard), [("added", 4), ("changed", 2)])
        [changed] = wizard.line_ids.filtered(lambda line: line.change == "changed")
        self.assertEqual(changed.before, "unit_price 0.1")
        self.assertEqual(changed.after, "unit_price 0.12")
        self.assertEqual((wizard.added_count, wizard.changed_count), (1, 1))
        self.assertEqual(len(self.tariff.rate_ids), 2)

    def test_applying_ends_the_old_rate_and_begins_its_successor(self):
        wizard = self._compare(
            self._row("0.12", self.to_mobile), self._row("0.50", self.to_france)
        )
        wizard.action_apply()
        self.assertEqual(self.mobile_rate.valid_to, DAY)
        self.assertFalse(self.fixed_rate.valid_to)
        new = self.tariff.rate_ids - self.mobile_rate - self.fixed_rate
        self.assertEqual(set(new.mapped("valid_from")), {DAY})
        self.assertEqual(set(new.mapped("unit_price")), {0.12, 0.5})
        self.assertEqual(new.company_id, self.company)

    def test_complete_file_ends_what_it_leaves_out(self):
        wizard = self._compare(self._row("0.10", self.to_mobile), is_complete=True)
        self.assertEqual(self._changes(wizard), [("ended", 0)])
        wizard.action_apply()
        self.assertEqual(self.fixed_rate.valid_to, DAY)
        self.assertFalse(self.mobile_rate.valid_to)

    def test_rate_that_begins_on_the_day_is_changed_itself(self):
        self._compare(self._row("0.12", self.to_mobile)).action_apply()
        self._compare(self._row("0.13", self.to_mobile)).action_apply()
        rates = self.tariff.rate_ids.filtered(
            lambda rate: rate.destination_id == self.to_mobile
        )
        self.assertEqual(sorted(rates.mapped("unit_price")), [0.10, 0.13])

    def test_new_rate_ends_where_a_later_one_begins(self):
        self._create_rate(
            "0.70", destination_id=self.to_france.id, valid_from="2026-12-01"
        )
        self._compare(self._row("0.50", self.to_france)).action_apply()
        rate = self.tariff.rate_ids.filtered(lambda rate: rate.unit_price == 0.5)
        self.assertEqual(rate.valid_to, date(2026, 12, 1))

    def test_file_that_says_the_same_changes_nothing(self):
        wizard = self._compare(
            self._row("0.10", self.to_mobile),
            self._row("0.05", self.to_fixed),
            is_complete=True,
        )
        self.assertFalse(wizard.line_ids)

    def test_tariff_that_changed_meanwhile_is_compared_again(self):
        wizard = self._compare(self._row("0.12", self.to_mobile))
        self.mobile_rate.unit_price = 0.11
        with self.assertRaisesRegex(UserError, "has changed since"):
            wizard.action_apply()

    def test_file_with_faults_is_told_by_line_and_column(self):
        with self.assertRaisesRegex(UserError, 'line 2, unit_price: "x" is no number'):
            self._compare(self._row("x", self.to_mobile))

    def test_faults_are_told_in_the_language_of_who_reads_them(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        catalan = {
            "line %(line)s, %(column)s": "línia %(line)s, %(column)s",
            "%(value)s must be %(wanted)s": "%(value)s ha de ser %(wanted)s",
            "zero or more": "zero o més",
        }
        self.startPatcher(
            patch.object(
                code_translations,
                "get_python_translations",
                lambda module, lang: catalan if lang == "ca_ES" else {},
            )
        )
        wizard = self._wizard(self._row("-1")).with_context(lang="ca_ES")
        with self.assertRaisesRegex(UserError, "línia 2, unit_price: .* zero o més"):
            wizard.action_compare()

    def test_missing_file_and_tariff_are_asked_for(self):
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self._compare(file=False)
        with self.assertRaisesRegex(UserError, "Choose the tariff"):
            self._compare(tariff_id=False)

    def test_queries_do_not_grow_with_the_rows(self):
        destinations = self.env["telecom.destination"].search([], limit=60)

        def apply(some):
            rows = [self._row("9.99", destination) for destination in some]
            wizard = self._wizard(*rows)
            return self._count_queries(
                lambda: (wizard.action_compare(), wizard.action_apply())
            )

        apply(destinations[:2])
        self.assertLessEqual(apply(destinations[30:60]), apply(destinations[2:4]) + 2)

    def test_exported_rates_compare_as_equal(self):
        for table_format in ("xlsx", "csv"):
            with self.subTest(format=table_format):
                content = self._export(kind="rates", table_format=table_format)
                wizard = self._compare(file=b64encode(content), is_complete=True)
                self.assertFalse(wizard.line_ids)

    def test_exported_destinations_compare_as_equal(self):
        content = self._export(kind="destinations", table_format="xlsx")
        wizard = self._compare(
            kind="destinations", file=b64encode(content), is_complete=True
        )
        self.assertFalse(wizard.line_ids)

    def test_exported_document_is_read_as_one(self):
        document = parse(self._export(kind="document"))
        self.assertEqual(document.code, self.tariff.code)
        self.assertEqual(len(document.plan.rates), 2)

    def _export(self, **vals):
        wizard = self.env["telecom.tariff.export"].create(
            {"tariff_id": self.tariff.id, "valid_on": DAY, **vals}
        )
        wizard.action_export()
        return b64decode(wizard.file)

    def test_destinations_are_made_changed_and_given_prefixes_of_each_other(self):
        first, second = self.to_mobile, self.to_fixed
        taken = second.prefix_ids[0].prefix
        kept = " ".join(second.prefix_ids[1:].mapped("prefix")) or "349999"
        mine = " ".join([*first.prefix_ids.mapped("prefix"), taken])
        wizard = self._compare(
            f"{first.code},Mobiles,{first.kind},{mine},ES",
            f'{second.code},"{second.name}",{second.kind},{kept},ES',
            "NEW,New,other,99977,",
            header="code,name,kind,prefixes,country",
            kind="destinations",
        )
        self.assertEqual((wizard.added_count, wizard.changed_count), (1, 2))
        wizard.action_apply()
        self.assertEqual(first.name, "Mobiles")
        self.assertIn(taken, first.prefix_ids.mapped("prefix"))
        self.assertNotIn(taken, second.prefix_ids.mapped("prefix"))
        made = self.env["telecom.destination"].search([("code", "=", "NEW")])
        self.assertEqual(made.prefix_ids.prefix, "99977")

    def test_prefix_of_a_destination_that_is_not_listed_is_told(self):
        prefix = self.to_mobile.prefix_ids[0].prefix
        with self.assertRaisesRegex(UserError, f"line 2, prefixes: {prefix} belongs"):
            self._compare(
                f"NEW,New,other,{prefix}",
                header="code,name,kind,prefixes",
                kind="destinations",
            )

    def test_whole_tariff_is_previewed_and_brought_in(self):
        document = b"""{"format": "telecom-tariff/1", "code": "JSON", "name": "J",
            "rates": [{"usage_type": "data", "unit_price": "0.01"}],
            "plans": [{"code": "P"}]}"""
        wizard = self._compare(
            kind="document", file=b64encode(document), product_id=self._product().id
        )
        self.assertEqual(
            [(line.change, line.name) for line in wizard.line_ids],
            [("added", "tariff: JSON"), ("kept", "plans")],
        )
        action = wizard.action_apply()
        tariff = self.env["telecom.tariff"].browse(action["res_id"])
        self.assertEqual((tariff.code, tariff.rate_count), ("JSON", 1))

    def _product(self):
        return self.category.product_id

    def test_only_billing_managers_import_and_export(self):
        for role, is_allowed in (
            ("agent", False),
            ("technician", False),
            ("accountant", False),
            ("billing_manager", True),
        ):
            user = new_test_user(
                self.env,
                f"import-{role}",
                groups=f"base.group_user,somconnexio_base.group_telecom_{role}",
            )
            for model in ("telecom.tariff.import", "telecom.tariff.export"):
                with self.subTest(role=role, model=model):
                    may = self.env[model].with_user(user).has_access("create")
                    self.assertEqual(may, is_allowed)

    def test_billing_manager_applies_an_import(self):
        manager = new_test_user(
            self.env,
            "import-manager",
            groups="base.group_user,somconnexio_base.group_telecom_billing_manager",
        )
        self.Import = self.Import.with_user(manager)
        wizard = self._compare(self._row("0.12", self.to_mobile))
        self.assertEqual(wizard.changed_count, 1)
        wizard.action_apply()
        self.assertEqual(self.mobile_rate.valid_to, DAY)

    def test_tariff_of_another_company_is_out_of_reach(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self._create_tariff("FOREIGN", company_id=other.id)
        manager = new_test_user(
            self.env,
            "import-foreign",
            groups="base.group_user,somconnexio_base.group_telecom_billing_manager",
        )
        self.Import = self.Import.with_user(manager)
        with self.assertRaises(AccessError):
            self._compare(self._row("0.12", self.to_mobile), tariff_id=foreign.id)
