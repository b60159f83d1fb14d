# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The most that a month costs; what usage costs the company."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .rating_common import RatingCommon, madrid

NEXT_PERIOD = (date(2026, 11, 1), date(2026, 12, 1))


@tagged("post_install", "-at_install")
class TestRatingMaximumSpend(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("1")
        cls.tariff.maximum_spend = 5

    def _spent(self, event):
        usage = self._usage(event)
        return usage["amount"], usage["capped_amount"] or 0

    def test_event_that_reaches_the_maximum_is_cut(self):
        events = [self._add_event(180, madrid(2026, 10, day)) for day in (1, 2, 3)]
        self._rate()
        self.assertEqual(
            [self._spent(event) for event in events], [(3, 0), (2, 1), (0, 3)]
        )
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(events[1])[-2:],
            [
                f"1.00 {sign} exceed the most that a month may cost, 5.00 {sign}:"
                " they aren't charged.",
                f"2.00 {sign} are charged.",
            ],
        )

    def test_maximum_is_of_one_subscription_and_month(self):
        other = self._create_subscription(self.offering, state="active")
        events = [
            self._add_event(300, madrid(2026, 10, 1)),
            self._add_event(300, madrid(2026, 9, 30, 12)),
            self._add_event(300, subscription_id=other.id),
        ]
        self._rate()
        self.assertEqual([self._spent(event) for event in events], [(5, 0)] * 3)

    def test_what_was_billed_counts_first(self):
        self._add_event(240, madrid(2026, 10, 20))
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        late = self._add_event(180, madrid(2026, 10, 1))
        self._rate(*NEXT_PERIOD)
        self.assertEqual(self._spent(late), (1, 2))


@tagged("post_install", "-at_install")
class TestRatingWholesale(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.60")
        cls.wholesale = cls._create_tariff("TEST-WHOLESALE", purpose="wholesale")
        usage_format = cls._billing_ref("usage_format_mobile_wholesale")
        usage_format.wholesale_tariff_id = cls.wholesale
        cls.file = cls.env["telecom.usage.file"].create(
            {
                "name": "test.csv",
                "format_id": usage_format.id,
                "company_id": cls.company.id,
                "content_sha256": "0" * 64,
            }
        )

    def _add(self, quantity=60, **vals):
        return self._add_event(quantity, file_id=self.file.id, **vals)

    def test_cost_that_no_file_gives_is_the_wholesale_price(self):
        self._create_rate(
            "0.12", tariff=self.wholesale, first_increment=60, setup_fee=0.01
        )
        event, given = self._add(30), self._add(30, wholesale_cost="0.5")
        other = self._add_event(60)
        self._rate()
        usage = self._usage(event)
        self.assertEqual(usage["wholesale_cost"], Decimal("0.13"))
        self.assertEqual(usage["margin"], Decimal("0.17"))
        self.assertEqual(self._usage(given)["margin"], Decimal("-0.2"))
        self.assertIsNone(self._usage(other)["wholesale_cost"])
        self.assertIsNone(self._usage(other)["margin"])

    def test_wholesale_rate_is_per_unit(self):
        with self.assertRaisesRegex(ValidationError, "rates are per unit"):
            self._create_rate("1", tariff=self.wholesale, price_mode="package")

    def test_event_without_wholesale_rate_is_priced_all_the_same(self):
        event = self._add()
        self._rate()
        self._assert_costs(event, "0.60")
        self.assertIsNone(self._usage(event)["wholesale_cost"])

    def test_new_wholesale_price_makes_a_new_version(self):
        rate = self._create_rate("0.12", tariff=self.wholesale)
        event = self._add()
        self._rate()
        rate.unit_price = 0.24
        self._rate()
        self.assertEqual(self._usage(event)["margin"], Decimal("0.36"))
        self.assertEqual(self._usage(event)["version"], 2)
