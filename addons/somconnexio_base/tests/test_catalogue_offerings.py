# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .catalogue_common import CatalogueCommon
from .common import NOW, TODAY


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCatalogueOfferings(CatalogueCommon):
    """Who may have what, with which add-ons, at which price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_billing_account()
        cls.tax = cls.env["account.tax"].create(
            {"name": "VAT 21", "amount": 21, "type_tax_use": "sale"}
        )
        cls.template = cls.offering_mobile.product_tmpl_id
        cls.template.write({"default_code": "TEST_MOBILE", "taxes_id": cls.tax.ids})

    def _rule(self, kind, **vals):
        rule = self.env["telecom.eligibility.rule"].create(
            {"name": kind, "code": f"TEST_{kind}", "kind": kind, **vals}
        )
        self.template.telecom_eligibility_rule_ids = rule
        return rule

    def _problems(self, partner=None, **kwargs):
        return self.template._eligibility_problems(partner or self.partner, **kwargs)

    def test_offering_without_rules_is_for_everybody(self):
        self.assertEqual(self._problems(), [])

    def test_unmet_rule_is_told_in_words(self):
        company = self._create_partner("Garrotxa", is_company=True)
        self._rule("holder_kind", holder_kind="company")
        self.assertEqual(
            self._problems(), ["It is for companies and organisations only."]
        )
        self.assertEqual(self._problems(company), [])
        rule = self._rule("homes", minimum=8, maximum=11)
        self.assertIn("number of homes", self._problems()[0])
        self.assertEqual(self._problems(homes=9), [])
        self.assertIn("8 to 11 homes", self._problems(homes=12)[0])
        rule.explanation = "Ask the community."
        self.assertEqual(self._problems(homes=12), ["Ask the community."])

    def test_address_and_services_of_the_holder_count(self):
        flat = self._create_partner("Flat", zip="17001", telecom_home_count=20)
        self._rule("postal_code", postal_prefixes="08, 43")
        self.assertIn("not sold at this", self._problems(address=flat)[0])
        flat.zip = "08018"
        self.assertEqual(self._problems(address=flat), [])
        self._rule("has_service", service_type_ids=self.type_fibre.ids)
        self.assertIn("another service first", self._problems()[0])
        self._create_member(self.fibre)
        self.assertEqual(self._problems(), [])
        self._rule("max_count", maximum=1)
        self.assertEqual(self._problems(), [])
        self._create_member()
        self.assertIn("may have 1", self._problems()[0])

    def test_membership_and_agreement_of_the_holder_count(self):
        agreement = self.env["cooperative.agreement"].create(
            {"name": "Our union", "code": "TEST", "partner_id": self.partner.id}
        )
        self._rule("agreement", agreement_ids=agreement.ids)
        self.assertEqual(
            self._problems(),
            ["It is for people of these agreements only: Our union."],
        )
        self._rule("member")
        self.assertEqual(
            self._problems(), ["It is for members of the cooperative only."]
        )

    def test_rule_without_what_it_needs_is_refused(self):
        for kind in ("tag", "agreement", "postal_code", "has_service", "max_count"):
            with self.assertRaisesRegex(ValidationError, "needs"):
                self._rule(kind)

    def test_dates_and_visibility_are_of_the_sale(self):
        self.template.write(
            {
                "telecom_visibility": "internal",
                "telecom_sale_start_date": "2026-10-16",
                "telecom_sale_end_date": "2026-11-01",
            }
        )
        self.assertIn("on sale from 2026-10-16", self._problems()[0])
        day = self._day("2026-10-31")
        self.assertEqual(self._problems(day=day), [])
        self.assertEqual(
            self._problems(day=day, channel="public"), ["It is sold by agents only."]
        )
        after = self._problems(day=self._day("2026-11-01"))
        self.assertIn("no longer sold", after[0])

    def test_subscription_of_who_may_not_have_it_does_not_begin(self):
        subscription = self._create_member(state="pending", start=TODAY)
        large = self._create_member(self.offering_mobile_large)
        self._rule("holder_kind", holder_kind="company")
        with self.assertRaisesRegex(UserError, "for companies and organisations"):
            subscription.activate(self._day(TODAY))
        with self.assertRaisesRegex(UserError, "for companies and organisations"):
            large.change_offering(self.offering_mobile, self._day(TODAY))

    def test_addon_goes_with_what_the_table_says(self):
        addon = self.addon.product_tmpl_id
        self.env["telecom.offering.compatibility"].create(
            [
                {"addon_id": addon.id, "service_type_id": self.type_mobile.id},
                {
                    "addon_id": addon.id,
                    "offering_id": self.offering_mobile_large.product_tmpl_id.id,
                    "kind": "excluded",
                },
            ]
        )
        mobile, fibre = self._create_member(), self._create_member(self.fibre)
        self.assertEqual(addon._compatibility_problems(self.template), [])
        vals = {"product_id": self.addon.id, "date_start": TODAY}
        mobile.write({"contract_line_ids": [(0, 0, vals)]})
        with self.assertRaisesRegex(ValidationError, "does not go with Fibre"):
            fibre.write({"contract_line_ids": [(0, 0, vals)]})
        with self.assertRaisesRegex(UserError, "does not go with Mobile large"):
            mobile.change_offering(self.offering_mobile_large, self._day("2026-11-01"))

    def test_compatibility_row_names_an_addon_and_what_it_goes_with(self):
        Row = self.env["telecom.offering.compatibility"]
        with self.assertRaisesRegex(ValidationError, "is no add-on"):
            Row.create(
                {"addon_id": self.template.id, "service_type_id": self.type_mobile.id}
            )
        with self.assertRaisesRegex(ValidationError, "Say with which"):
            Row.create({"addon_id": self.addon.product_tmpl_id.id})

    def test_available_offerings_have_prices_and_reasons(self):
        Template = self.env["product.template"]
        self._rule("holder_kind", holder_kind="company")
        found = {
            row["code"]: row
            for row in Template.available_offerings(
                self.partner.id, service_type_code="mobile", with_refused=True
            )
        }
        row = found["TEST_MOBILE"]
        self.assertEqual(
            (row["price_without_tax"], row["price_with_tax"]), ("10.00", "12.10")
        )
        self.assertEqual(len(row["problems"]), 1)
        codes = [r["code"] for r in Template.available_offerings(self.partner.id)]
        self.assertNotIn("TEST_MOBILE", codes)
        codes = [r["code"] for r in Template.available_offerings()]
        self.assertIn("TEST_MOBILE", codes)

    def test_available_offerings_say_what_is_wrong_with_the_question(self):
        ask = self.env["product.template"].available_offerings
        for kwargs, words in (
            ({"channel": "radio"}, "agent or public"),
            ({"kind": "car"}, "one of offering"),
            ({"date": "soon"}, "Write the date"),
            ({"partner": 0}, "no such partner"),
            ({"partner": "me"}, "id of a partner"),
            ({"service_type_code": "pigeon"}, "no service type pigeon"),
            ({"pricelist_code": "NONE"}, "no price list NONE"),
        ):
            with self.assertRaisesRegex(UserError, words):
                ask(**kwargs)

    def test_price_list_with_tax_shows_the_price_with_tax(self):
        self.env["product.pricelist"].create(
            {
                "name": "With tax",
                "telecom_code": "TEST21",
                "telecom_tax_shown": True,
                "currency_id": self.company.currency_id.id,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": self.template.id,
                            "fixed_price": 20,
                        },
                    )
                ],
            }
        )
        rows = self.env["product.template"].available_offerings(pricelist_code="TEST21")
        row = next(row for row in rows if row["code"] == "TEST_MOBILE")
        self.assertEqual((row["price_without_tax"], row["price"]), ("20.00", "24.20"))

    def test_second_product_of_a_code_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "has code TEST_MOBILE"):
            self._create_offering("Other", 1, default_code="TEST_MOBILE")

    def test_prices_of_the_form_are_todays(self):
        self.assertEqual(self.template.telecom_price_today, 10)
        self.assertEqual(self.template.telecom_price_today_taxed, 12.1)
        self.assertEqual(
            self.template._telecom_taxed(Decimal("10"), self.company), Decimal("12.1")
        )
