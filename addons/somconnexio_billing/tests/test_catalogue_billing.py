# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.somconnexio_base.spreadsheet import TableError

from ..rating.included_usage import IncludedError, read_included, write_included
from .bill_run_common import BillRunCommon

INCLUDED = "data 20480 pooled @eu; voice 150 >ES-fixed,ES-mobile @eu"


@tagged("post_install", "-at_install")
class TestCatalogueBilling(BillRunCommon):
    """What billing adds to the catalogue: tariff, included usage, discounts, packs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tariff = cls.env["telecom.tariff"].create(
            {"name": "Retail", "code": "TEST_RETAIL"}
        )

    def _apply(self, **cells):
        """Bring in one row of the sheet of offerings; return its product."""
        Catalogue = self.env["telecom.catalogue"]
        cells = {"code": "TEST_ROW", **cells}
        Catalogue._apply(Catalogue._compare_rows({"offerings": [(2, cells)]}))
        return self.env["product.template"].search([("default_code", "=", "TEST_ROW")])

    def test_one_row_is_an_offering_with_tariff_and_included_usage(self):
        product = self._apply(
            kind="offering",
            service_type="mobile",
            price="10",
            usage_tariff="TEST_RETAIL",
            included_usage="voice 150 >ES-mobile,ES-fixed @eu; data 20480 pooled @eu",
        )
        self.assertEqual(product.telecom_tariff_id, self.tariff)
        data, voice = product.telecom_allowance_ids.sorted(
            lambda a: a.usage_type_id.code
        )
        self.assertEqual((voice.quantity, voice.sharing), (9000, "subscription"))
        self.assertEqual((data.quantity, data.sharing), (20480 * 2**20, "pooled"))
        self.assertEqual(
            set(voice.destination_ids.mapped("code")), {"ES-mobile", "ES-fixed"}
        )
        self.assertEqual(product._included_usage_text(), INCLUDED)
        Catalogue = self.env["telecom.catalogue"]
        row = {"code": "TEST_ROW", "included_usage": INCLUDED}
        self.assertEqual(Catalogue._compare_rows({"offerings": [(2, row)]}), [])

    def test_other_included_usage_archives_what_bills_rest_on(self):
        product = self._apply(
            kind="offering", service_type="mobile", included_usage="voice 150"
        )
        before = product.telecom_allowance_ids
        self._apply(included_usage="voice unlimited")
        self.assertFalse(before.active)
        self.assertTrue(product.telecom_allowance_ids.is_unlimited)
        self._apply(included_usage="-")
        self.assertFalse(product.telecom_allowance_ids)

    def test_included_usage_with_no_words_stays_on_the_form(self):
        product = self._apply(
            kind="offering", service_type="mobile", included_usage="voice 150"
        )
        product.telecom_allowance_ids.rollover_months = 1
        self.assertEqual(product._included_usage_text(), "*")
        self._apply(included_usage="*")
        self.assertEqual(product.telecom_allowance_ids.rollover_months, 1)
        with self.assertRaisesRegex(TableError, "what only its form can say"):
            self._apply(included_usage="voice 300")

    def test_included_usage_that_is_wrong_says_how_to_write_it(self):
        for text, words in (
            ("voice", "write it such as voice 150"),
            ("voice many", "write it such as voice 150"),
            ("voice 150 often", "write it such as voice 150"),
            ("pigeon 150", "there is no pigeon"),
            ("voice 150 >MARS", "there is no MARS"),
            ("voice 1;" * 21, "more than 20 parts"),
        ):
            with self.assertRaisesRegex(TableError, words):
                self._apply(kind="offering", service_type="mobile", included_usage=text)
        with self.assertRaises(IncludedError):
            read_included("voice 0")
        self.assertEqual(write_included(read_included(INCLUDED)), INCLUDED)

    def test_preview_of_a_pack_counts_discounts_as_bills_do(self):
        subscription = self._create_subscriber()
        tariff = subscription.contract_line_ids
        fee = Decimal(str(tariff.price_unit))
        for terms, price in (
            ({"type": "fixed"}, Decimal(-3)),
            ({"type": "percent", "percent": 50}, -fee / 2),
            ({"type": "percent", "percent": 50, "scope": "usage"}, Decimal(0)),
            ({"type": "once"}, Decimal(0)),
        ):
            product = self._create_offering(
                "Discount",
                3,
                telecom_kind="discount",
                **{f"telecom_discount_{name}": value for name, value in terms.items()},
            )
            line = self.env["contract.line"].create(
                {
                    "contract_id": subscription.id,
                    "product_id": product.id,
                    "date_start": tariff.date_start,
                }
            )
            self.assertEqual(line._telecom_monthly_price(), price, terms)

    def test_bill_after_joining_a_pack_has_both_tariffs_by_days(self):
        subscription = self._create_subscriber()
        cheap = self._create_offering("In the pack", 6.2, taxes_id=self.tax_21.ids)
        service_type = subscription.telecom_service_type_id
        pack = self.env["telecom.pack"].create(
            {
                "name": "Pack",
                "code": "TEST_PACK",
                "slot_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Line",
                            "code": "line",
                            "service_type_id": service_type.id,
                        },
                    )
                ],
            }
        )
        self.env["telecom.pack.effect"].create(
            {
                "pack_id": pack.id,
                "slot_id": pack.slot_ids.id,
                "product_tmpl_id": cheap.product_tmpl_id.id,
            }
        )
        day = subscription._telecom_today().replace(year=2026, month=10, day=11)
        expected = subscription._preview_pack("join", day, pack=pack)[0]["fee_after"]
        subscription.join_pack(pack, day)
        run = self._go(self._create_run(period_start="2026-10-01"), "post")
        fees = run.account_ids.line_ids.filtered(
            lambda line: line.kind == "fee" and line.subscription_id == subscription
        )
        self.assertEqual(len(fees), 2)
        self.assertAlmostEqual(sum(fees.mapped("amount_untaxed")), float(expected), 6)
