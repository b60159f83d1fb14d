# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tariffs exported as documents and brought in from them."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..tariff_document import DocumentError, dump, parse
from .rating_common import RatingCommon, make_spanish

DOCUMENT = {
    "format": "telecom-tariff/1",
    "code": "NEW",
    "name": "New tariff",
    "minimum_spend": "3",
    "calendars": [{"code": "CAL", "name": "Holidays", "dates": ["2026-12-25"]}],
    "time_bands": [
        {
            "code": "NIGHT",
            "name": "Night",
            "calendar": "CAL",
            "windows": [{"days": [1, 2], "from": "20:00"}, {"days": "holiday"}],
        }
    ],
    "destinations": [
        {"code": "XX", "name": "Nowhere", "kind": "other", "prefixes": ["9991", "9992"]}
    ],
    "categories": [{"code": "NEW-CAT", "name": "New category"}],
    "rates": [
        {
            "usage_type": "voice",
            "destination": "XX",
            "time_band": "NIGHT",
            "unit_price": "0.012345678901",
            "price_unit": 60,
            "category": "NEW-CAT",
        },
        {
            "usage_type": "voice",
            "destination": "XX",
            "price_mode": "graduated",
            "tiers": [{"up_to": 10, "unit_price": "0.1"}, {"unit_price": "0.05"}],
            "category": "NEW-CAT",
            "valid_from": "2026-01-01",
        },
    ],
    "allowances": [
        {
            "code": "MIN",
            "name": "Minutes",
            "usage_type": "voice",
            "quantity": 100,
            "destinations": ["XX"],
            "rollover_months": 1,
        },
        {
            "code": "EURO",
            "name": "Money",
            "kind": "money",
            "usage_type": None,
            "direction": None,
            "amount": "5.5",
        },
    ],
}


@tagged("post_install", "-at_install")
class TestTariffDocument(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_spanish(cls.env)
        cls.Document = cls.env["telecom.tariff.document"]
        cls.product = cls.category.product_id
        cls.template = cls._create_offering("Imported", 10).product_tmpl_id

    def _import(self, document=None, **keys):
        return self.Document._import(
            {**(document or DOCUMENT), **keys}, self.product, self.template
        )

    def test_exported_tariff_says_what_was_imported(self):
        tariff = self._import()
        document = self.Document._export(tariff, self.template)
        given = parse(DOCUMENT)
        self.assertEqual(set(document.plan.rates), set(given.plan.rates))
        self.assertEqual(document.plan.allowances, given.plan.allowances)
        self.assertEqual(document.time_bands, given.time_bands)
        self.assertEqual(document.calendars, given.calendars)
        self.assertEqual(document.destinations, given.destinations)
        self.assertEqual(parse(dump(document)), document)

    def test_export_brought_into_another_company_is_exported_alike(self):
        document = self.Document._export(self._import(), self.template)
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": self.company.currency_id.id}
        )
        other.telecom_timezone = self.company.telecom_timezone
        offering = self.template.copy({"telecom_tariff_id": False})
        offering.telecom_allowance_ids.unlink()
        tariff = self.Document.with_company(other)._import(
            document, self.product, offering
        )
        self.assertEqual(tariff.company_id, other)
        self.assertEqual(self.Document._export(tariff, offering), document)

    def test_rate_for_any_destination_brings_them_all(self):
        self._create_rate()
        document = self.Document._export(self.tariff)
        prefixes = {p for item in document.destinations for p in item.prefixes}
        stored = self.env["telecom.destination"].search([]).prefix_ids
        self.assertEqual(prefixes, set(stored.mapped("prefix")))

    def test_destination_that_takes_numbers_out_of_a_named_one_comes_along(self):
        self._create_rate(destination_id=self.to_fixed.id)
        codes = {d.code for d in self.Document._export(self.tariff).destinations}
        self.assertIn(self.to_fixed.code, codes)
        self.assertNotIn(self.to_france.code, codes)
        inner = self.env["telecom.destination.prefix"].search(
            [("prefix", "=like", f"{self.to_fixed.prefix_ids[0].prefix}_%")]
        )
        self.assertLessEqual(set(inner.destination_id.mapped("code")), codes)

    def test_code_that_the_company_has_is_refused(self):
        with self.assertRaisesRegex(DocumentError, "code: The company has a tariff"):
            self._import(code=self.tariff.code)

    def test_other_currency_is_refused(self):
        with self.assertRaisesRegex(DocumentError, "currency: The company's prices"):
            self._import(currency="USD")

    def test_prefix_of_another_destination_is_refused_with_its_owner(self):
        prefix = self.to_mobile.prefix_ids[0].prefix
        destination = {"code": "MINE", "name": "Mine", "prefixes": [prefix]}
        with self.assertRaisesRegex(DocumentError, self.to_mobile.code):
            self._import(destinations=[*DOCUMENT["destinations"], destination])

    def test_agent_may_not_import(self):
        agent = new_test_user(
            self.env, "doc-agent", groups="somconnexio_base.group_telecom_agent"
        )
        with self.assertRaises(AccessError):
            self.Document.with_user(agent)._import(DOCUMENT, self.product)

    def test_imported_rates_can_not_be_imported_over(self):
        tariff = self._import()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            tariff.rate_ids[0].copy()
            self.env.flush_all()
