# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .bill_run_common import BillRunCommon

DISCOUNTS = ("percent_discount", "fixed_discount")


@tagged("post_install", "-at_install")
class TestBillRunDiscounts(BillRunCommon):
    """What a subscription is given: percentages, amounts, their dates and limits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def _give(self, start="2026-10-01", end=False, **terms):
        """Give the subscription a discount whose product has these terms."""
        vals = {f"telecom_discount_{name}": value for name, value in terms.items()}
        price = vals.pop("telecom_discount_price", 0)
        product = self._create_offering(
            "Discount",
            price,
            telecom_kind="discount",
            taxes_id=self.tax_21.ids,
            **vals,
        )
        return self.env["contract.line"].create(
            {
                "contract_id": self.subscription.id,
                "product_id": product.id,
                "date_start": start,
                "date_end": end,
            }
        )

    def _given(self, month="2026-10-01", until="post"):
        """Bill a month and return the amounts of its discounts."""
        run = self._go(self._create_run(period_start=month), until)
        lines = run.line_ids.filtered(lambda li: li.kind in DISCOUNTS)
        return lines.sorted().mapped("amount_untaxed")

    def test_social_tariff_halves_the_fee_each_month_and_not_the_usage(self):
        self._give(type="percent", percent=50)
        self._add_usage(self.subscription, "4.00")
        self.assertEqual(self._given(), [-5.0])
        self.assertEqual(self._given("2026-11-01"), [-5.0])

    def test_social_tariff_of_the_whole_leaves_a_bill_of_nothing(self):
        self._give(type="percent", percent=100)
        run = self._go(self._create_run(), "post")
        self.assertEqual(run.account_ids.amount_total, 0)
        self.assertEqual(run.account_ids.move_id.amount_total, 0)

    def test_discount_on_usage_and_on_everything_count_what_they_name(self):
        self._add_usage(self.subscription, "4.00")
        self._give(type="percent", percent=25, scope="usage")
        self._give(type="percent", percent=10, scope="all")
        self.assertEqual(self._given(), [-1.0, -1.4])

    def test_first_month_free_ends_by_itself_in_the_middle_of_the_next(self):
        line = self._give("2026-10-11", type="percent", percent=100, months=1)
        self.assertEqual(str(line.date_end), "2026-11-10")
        self.assertEqual(self._given(), [-6.77])
        self.assertEqual(self._given("2026-11-01"), [-3.33])
        self.assertEqual(self._given("2026-12-01"), [])

    def test_discounts_together_give_no_more_than_the_fee(self):
        self._give(type="percent", percent=70)
        self._give(type="percent", percent=70)
        self.assertEqual(self._given(), [-7.0, -3.0])

    def test_fixed_discount_comes_each_month_until_its_number_is_reached(self):
        self._give(type="fixed", price=4, max_count=2)
        given = [self._given(f"2026-{month}-01") for month in (10, 11, 12)]
        self.assertEqual(given, [[-4.0], [-4.0], []])

    def test_discount_ends_with_its_total(self):
        self._give(type="fixed", price=4, max_amount=6)
        self._give(type="percent", percent=50, max_amount=7.5)
        given = [self._given(f"2026-{month}-01") for month in (10, 11, 12)]
        self.assertEqual(given, [[-5.0, -4.0], [-2.5, -2.0], []])

    def test_fixed_discount_gives_no_more_than_there_is_to_pay(self):
        self._give(type="fixed", price=12)
        self.assertEqual(self._given(), [-10.0])

    def test_discount_before_and_after_its_dates_gives_nothing(self):
        self._give("2026-11-05", "2026-11-20", type="fixed", price=3)
        self.assertEqual(self._given(), [])
        self.assertEqual(self._given("2026-11-01"), [-3.0])
        self.assertEqual(self._given("2026-12-01"), [])

    def test_terms_of_the_line_stay_when_the_product_changes(self):
        line = self._give(type="percent", percent=50)
        line.product_id.telecom_discount_percent = 10
        self.assertEqual(self._given(), [-5.0])

    def test_preview_repeated_gives_the_discount_once(self):
        self._give(type="fixed", price=4)
        run = self._go(self._create_run(), "preview")
        run.action_preview()
        self.assertEqual(run.account_ids.amount_untaxed, 6.0)

    def test_preview_costs_as_many_queries_whatever_products_there_are(self):
        run = self._go(self._create_run(), "check")
        counts = []
        # The first round also fills the caches. No total meets half a cent: then Odoo's
        # own engine would be asked.
        for _round in range(3):
            self._give(type="percent", percent=10)
            self._give(type="fixed", price=0.3)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run._preview_accounts()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1])

    def test_fee_given_back_takes_its_discount_with_it(self):
        self.offering_mobile.telecom_fee_timing = "advance"
        self._give(type="percent", percent=50)
        self.assertEqual(self._given(), [-10.0])
        self.subscription.terminate(self.reason_terminate, "2026-11-15")
        self.assertEqual(self._given("2026-11-01", "preview"), [2.5])
